/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "peal-agent-application.h"
#include "peal-backup.h"
#include "peal-instance-lock.h"
#include "peal-keyring-file-check.h"
#include "peal-keyring.h"
#include "peal-practice-child.h"
#include "peal-settings.h"

#define MACHINE_ID "/etc/machine-id"
#define PRACTICE_APP_ID APP_ID ".Practice"
#define PRACTICE_CLIENT_KEY "practice-desktop"
#define PRACTICE_CLIENT_SECRET "practice-secret"
/* How long a service waits for the one that has just left the bus. */
#define LEAVING_US (5 * G_USEC_PER_SEC)

/* What the command line asks for. */
typedef struct
{
  gboolean is_practice, is_service, wants_version, restores;
  char *backup; /* of --restore-backup=FILE; NULL for the newest */
  char *server; /* of --practice=ADDRESS; NULL for TikTok, and for the practice server that comes with Peal */
} Request;

/* All that is wired together, in the order in which it comes to life. */
typedef struct
{
  char *server; /* address, or NULL for TikTok */
  char *state_directory, *machine;
  GSubprocess *practice;
  PealClock *clock;
  PealVault *vault;
  PealTiktokClient *client;
  PealBusServices services;
  PealBusFace *face;
} House;

static gboolean
practice_option_cb (const char *name, const char *value, gpointer data, GError **error)
{
  Request *request = data;

  request->is_practice = TRUE;
  g_set_str (&request->server, value);
  return TRUE;
}

static gboolean
restore_option_cb (const char *name, const char *value, gpointer data, GError **error)
{
  Request *request = data;

  request->restores = TRUE;
  g_set_str (&request->backup, value);
  return TRUE;
}

static gboolean
parse (Request *request, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "practice", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, practice_option_cb,
      "Use the practice world, or the one at ADDRESS on this computer", "ADDRESS" },
    { "gapplication-service", 0, 0, G_OPTION_ARG_NONE, &request->is_service,
      "Leave when there is nothing to do", NULL },
    { "restore-backup", 0, G_OPTION_FLAG_OPTIONAL_ARG | G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK,
      restore_option_cb, "Put a backup in the place of the data: the newest, or FILE", "FILE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &request->wants_version, "Print the version", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GOptionGroup *group = g_option_group_new ("", "", "", request, NULL);

  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  g_option_context_set_summary (context,
                                "Publishes your scheduled posts. Peal and pealctl start it by themselves.");
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc == 1)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "Unexpected argument “%s”", (*argv)[1]);
  return FALSE;
}

/* Secrets stay out of core files and of what others can read. */
static void
harden (void)
{
  const struct rlimit no_core = { 0, 0 };

  umask (077);
  setrlimit (RLIMIT_CORE, &no_core);
  g_unsetenv ("SSLKEYLOGFILE");
  g_unsetenv ("GNUTLS_DEBUG_LEVEL");
  g_unsetenv ("SOUP_DEBUG");
}

static PealPictureStore *
new_picture_store (PealTiktokClient *client, const char *application_id)
{
  g_autofree char *directory = g_build_filename (g_get_user_cache_dir (), application_id, "pictures", NULL);
  g_autoptr (PealPictureReader) reader = peal_picture_reader_new (client);

  return peal_picture_store_new (reader, directory, PEAL_PICTURE_STORE_MAX_BYTES);
}

static gboolean
find_server (const Request *request, const char *data_directory, House *house, GError **error)
{
  g_autofree char *state = NULL;

  if (!request->is_practice)
    return TRUE;
  if (request->server != NULL)
    {
      house->server = g_strdup (request->server);
      return TRUE;
    }
  state = g_build_filename (data_directory, "server", NULL);
  house->server = peal_practice_child_start (state, &house->practice, error);
  return house->server != NULL;
}

/* The practice server that comes with Peal has another port at each start, but it is always the same world.
 */
static const char *
get_server_identity (const Request *request)
{
  if (!request->is_practice)
    return "";
  return request->server != NULL ? request->server : "practice";
}

static gboolean
open_journal (House *house, GError **error)
{
  PealBusServices *services = &house->services;
  PealLease lease = { 0 };
  PealWitness *witness = NULL;

  if (!peal_lease_claim (services->database, services->state_directory, services->machine, &lease, error)
      || !(witness = peal_witness_open (services->state_directory, error)))
    return FALSE;
  services->journal = peal_journal_new (services->database, witness, house->clock);
  return peal_journal_take_over (services->journal, &lease, error);
}

static char *
get_state_directory (const char *application_id)
{
  return g_build_filename (g_get_user_state_dir (), application_id, NULL);
}

static gboolean
build (House *house,
       const Request *request,
       const char *application_id,
       const char *data_directory,
       GError **error)
{
  g_autofree char *media = g_build_filename (data_directory, "media", NULL);
  PealBusServices *services = &house->services;

  house->clock = peal_system_clock_new ();
  services->state_directory = house->state_directory = get_state_directory (application_id);
  services->machine = house->machine = peal_lease_hash_machine (MACHINE_ID);
  if (!(services->database = peal_database_open (data_directory, error))
      || !peal_settings_claim_server (services->database, get_server_identity (request), error)
      || !find_server (request, data_directory, house, error)
      || !(house->client = peal_tiktok_client_new (house->server, house->clock, error))
      || !open_journal (house, error)
      || !(services->media_store = peal_media_store_new (services->database, house->clock, media, error)))
    return FALSE;
  services->picture_store = new_picture_store (house->client, application_id);
  house->vault = peal_keyring_new (application_id);
  services->accounts = peal_accounts_new (services->database, house->vault, house->client, house->clock);
  services->archive = peal_archive_new (services->database, house->clock);
  services->collector =
      peal_collector_new (services->accounts, services->archive, services->database, house->clock);
  services->publisher = peal_publisher_new (services->journal, services->accounts, services->media_store,
                                            services->database, house->clock);
  house->face =
      peal_bus_face_new (services, request->is_practice, house->server != NULL ? house->server : "");
  return TRUE;
}

/* The last things go first: the database closes when nobody can ask for it any more. */
static void
tear_down (House *house)
{
  g_clear_object (&house->face);
  g_clear_object (&house->services.publisher);
  g_clear_object (&house->services.collector);
  g_clear_object (&house->services.archive);
  g_clear_object (&house->services.accounts);
  g_clear_object (&house->services.media_store);
  g_clear_object (&house->services.picture_store);
  g_clear_object (&house->services.journal);
  g_clear_object (&house->vault);
  g_clear_object (&house->client);
  if (house->services.database != NULL)
    peal_database_close (house->services.database);
  g_clear_object (&house->services.database);
  g_clear_object (&house->clock);
  if (house->practice != NULL)
    g_subprocess_send_signal (house->practice, SIGTERM);
  g_clear_object (&house->practice);
  g_clear_pointer (&house->server, g_free);
  g_clear_pointer (&house->state_directory, g_free);
  g_clear_pointer (&house->machine, g_free);
}

/* In the practice world that comes with Peal the app is known; only a keyring is needed for it. */
static DexFuture *
preset_credentials_fiber (gpointer data)
{
  House *house = data;
  g_autoptr (GVariant) apps =
      dex_await_variant (peal_accounts_describe_apps (house->services.accounts), NULL);
  g_autoptr (PealSecret) secret = peal_secret_new (PRACTICE_CLIENT_SECRET);
  g_autofree const char **known = NULL;
  g_autoptr (GError) error = NULL;

  if (apps == NULL || !g_variant_lookup (apps, "credentials", "^a&s", &known) || known[0] != NULL)
    return dex_future_new_true ();
  if (!dex_await (peal_accounts_set_credentials (house->services.accounts, PEAL_ENVIRONMENT_PRODUCTION,
                                                 PRACTICE_CLIENT_KEY, secret, PEAL_SHARE_DIRECT),
                  &error))
    g_debug ("the practice app could not be stored: %s", error->message);
  return dex_future_new_true ();
}

static void
preset_credentials (House *house)
{
  g_autoptr (DexFuture) future = dex_scheduler_spawn (NULL, 0, preset_credentials_fiber, house, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
run (House *house, const Request *request, const char *application_id, GError **error)
{
  g_autofree char *name = g_strconcat (application_id, ".Agent", NULL);
  g_autoptr (PealAgentApplication) application =
      peal_agent_application_new (name, !request->is_service, &house->services, house->face, house->clock);

  if (request->is_practice && request->server == NULL)
    preset_credentials (house);
  if (!g_application_register (G_APPLICATION (application), NULL, NULL))
    {
      g_propagate_error (
          error, peal_error_new (PEAL_ERROR_INVALID, "agent_running", "another agent is on this bus"));
      return FALSE;
    }
  if (g_application_get_dbus_connection (G_APPLICATION (application)) == NULL)
    {
      g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "no_bus", "there is no session bus"));
      return FALSE;
    }
  return g_application_run (G_APPLICATION (application), 0, NULL) == 0;
}

/* Nothing is started: the data are put in order, and what was done is said. */
static gboolean
restore (const Request *request, const char *application_id, const char *data_directory, GError **error)
{
  g_autofree char *state_directory = get_state_directory (application_id);
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_auto (PealBackupReport) report = { 0 };

  if (!peal_backup_restore (data_directory, state_directory, request->backup, clock, &report, error))
    return FALSE;
  g_print ("peal-agent: restored %s\n", report.backup);
  g_print ("peal-agent: held because their time is over: %" G_GINT64_FORMAT "\n", report.held);
  g_print ("peal-agent: blocked because TikTok may have them: %" G_GINT64_FORMAT "\n", report.blocked);
  return TRUE;
}

static int
fail (const GError *error)
{
  if (error != NULL)
    g_printerr ("peal-agent: %s: %s\n", peal_error_get_reason (error), error->message);
  return EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Request request = { 0 };
  House house = { 0 };
  const char *application_id = NULL;
  g_autofree char *data_directory = NULL;
  gboolean ok;

  if (argc == 3 && g_str_equal (argv[1], PEAL_KEYRING_FILE_CHECK_OPTION))
    {
      harden ();
      return peal_keyring_file_check_main (argv[2]);
    }
  if (!parse (&request, &argc, &argv, &error))
    {
      g_printerr ("peal-agent: usage: %s\n", error->message);
      return 2;
    }
  if (request.wants_version)
    {
      g_print ("peal-agent %s\n", PEAL_VERSION);
      return EXIT_SUCCESS;
    }
  harden ();
  /* Whoever reads from us may leave. */
  signal (SIGPIPE, SIG_IGN);
  /* A long answer is short-lived; its memory goes back to the system. */
  mallopt (M_ARENA_MAX, 2);
  mallopt (M_TRIM_THRESHOLD, 128 * 1024);
  dex_init ();
  application_id = request.is_practice ? PRACTICE_APP_ID : APP_ID;
  data_directory = g_build_filename (g_get_user_data_dir (), application_id, NULL);
  /* The service before this one may still be closing its database. */
  ok = peal_instance_lock_take (data_directory, request.is_service ? LEAVING_US : 0, &error) >= 0;
  if (ok && request.restores)
    ok = restore (&request, application_id, data_directory, &error);
  else if (ok)
    ok = build (&house, &request, application_id, data_directory, &error)
         && run (&house, &request, application_id, &error);
  tear_down (&house);
  g_clear_pointer (&request.server, g_free);
  g_clear_pointer (&request.backup, g_free);
  return ok ? EXIT_SUCCESS : fail (error);
}
