/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <glib-unix.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "peal-account.h"
#include "peal-client.h"
#include "peal-ctl-commands.h"
#include "peal-ctl-error.h"
#include "peal-ctl-input.h"
#include "peal-ctl-json.h"
#include "peal-ctl-output.h"
#include "peal-error.h"
#include "peal-post.h"
#include "peal-sentence.h"

/* As much as the agent reads of a secret. */
#define MAX_SECRET_BYTES 1024

/* A status that needs the user says so by its exit status only where the user asked for something; a look at
 * it is always fine. */
static void
print_counts (PealCtlTable *table, GVariant *status)
{
  g_autoptr (GVariant) counts = g_variant_lookup_value (status, "counts", G_VARIANT_TYPE ("a{su}"));

  if (counts == NULL)
    return;
  for (int i = 0; i < PEAL_POST_N_STATES; i++)
    {
      const char *state = peal_post_state_to_string ((PealPostState)i);
      g_autofree char *number = NULL;
      guint32 count = 0;

      if (!g_variant_lookup (counts, state, "u", &count) || count == 0)
        continue;
      number = g_strdup_printf ("%u", count);
      peal_ctl_table_add (table, peal_sentence_for_state (state), number, NULL);
    }
}

static void
print_next_due (PealCtlRun *run, PealCtlTable *table, GVariant *status)
{
  g_autoptr (GVariant) next = g_variant_lookup_value (status, "next_due", G_VARIANT_TYPE_VARDICT);
  g_autofree char *when = NULL;
  g_autofree char *line = NULL;
  gint64 id, due;

  if (next == NULL || !g_variant_lookup (next, "id", "x", &id) || !g_variant_lookup (next, "due", "x", &due))
    return;
  when = peal_ctl_format_instant (due, run->zone);
  /* Translators: when the next post goes out, and its number. */
  line = g_strdup_printf (_ ("%s, post %" PRId64), when, id);
  peal_ctl_table_add (table, _ ("Next post"), line, NULL);
}

static char *
describe_subject (GVariant *item)
{
  const char *account = NULL;
  gint64 id;

  if (g_variant_lookup (item, "id", "x", &id))
    return g_strdup_printf (_ ("Post %" PRId64), id);
  if (g_variant_lookup (item, "account", "&s", &account))
    return g_strdup (account);
  return g_strdup (_ ("Peal"));
}

static void
print_attention (GVariant *status)
{
  g_autoptr (GVariant) attention = g_variant_lookup_value (status, "attention", G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (PealCtlTable) table = peal_ctl_table_new ();
  GVariantIter iter;
  GVariant *item;

  if (attention == NULL || g_variant_n_children (attention) == 0)
    return;
  g_variant_iter_init (&iter, attention);
  while ((item = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) taken = item;
      g_autofree char *subject = describe_subject (item);
      g_autofree char *sentence = NULL;
      const char *reason = "";

      g_variant_lookup (item, "reason", "&s", &reason);
      sentence = peal_sentence_lookup (reason) != NULL ? peal_sentence_for_reason (reason, NULL)
                                                       : g_strdup (peal_sentence_for_hold (reason));
      peal_ctl_table_add (table, "  ", subject, sentence != NULL ? sentence : "", NULL);
    }
  peal_ctl_print (_ ("Needs attention:"));
  peal_ctl_print ("\n");
  peal_ctl_table_print (table);
}

static void
print_status (PealCtlRun *run, GVariant *status)
{
  g_autoptr (PealCtlTable) table = peal_ctl_table_new ();
  g_autofree char *media = NULL;
  const char *version = "", *profile = "", *keyring = "", *server = "";
  gboolean paused = FALSE;
  guint64 bytes = 0;

  g_variant_lookup (status, "version", "&s", &version);
  g_variant_lookup (status, "profile", "&s", &profile);
  g_variant_lookup (status, "keyring", "&s", &keyring);
  g_variant_lookup (status, "server", "&s", &server);
  g_variant_lookup (status, "paused", "b", &paused);
  g_variant_lookup (status, "media_bytes", "t", &bytes);
  media = g_format_size (bytes);

  peal_ctl_table_add (table, _ ("Agent"), version, NULL);
  peal_ctl_table_add (table, _ ("Profile"), profile, NULL);
  if (server[0] != '\0')
    peal_ctl_table_add (table, _ ("Practice server"), server, NULL);
  peal_ctl_table_add (table, _ ("Keyring"), keyring, NULL);
  peal_ctl_table_add (table, C_ ("heading", "Publishing"), paused ? _ ("paused") : _ ("on"), NULL);
  print_next_due (run, table, status);
  print_counts (table, status);
  peal_ctl_table_add (table, _ ("Video copies"), media, NULL);
  peal_ctl_table_print (table);
  print_attention (status);
}

PealCtlStatus
peal_ctl_status (PealCtlRun *run, GError **error)
{
  g_autoptr (GVariant) status = peal_ctl_run_call (run, "GetStatus", NULL, error);

  if (status == NULL)
    return PEAL_CTL_FAILED;
  if (run->options->json)
    {
      g_autoptr (JsonNode) node = peal_ctl_json_object (status, peal_ctl_status_fields, run->zone);

      peal_ctl_json_print (node);
    }
  else
    print_status (run, status);
  return PEAL_CTL_DONE;
}

static int
open_secret (const char *path, GError **error)
{
  g_autofd int fd =
      g_str_equal (path, "-") ? dup (STDIN_FILENO) : open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    g_propagate_error (error,
                       peal_error_new (PEAL_ERROR_INVALID, "secret_unreadable", "%s", g_strerror (errno)));
  return g_steal_fd (&fd);
}

/* The agent waits for no terminal: what is typed or piped in is taken whole before it is asked. */
static int
pipe_secret (int source, GError **error)
{
  char buffer[MAX_SECRET_BYTES + 1];
  gssize length = peal_ctl_read (source, buffer, sizeof buffer, "secret_unreadable", error);
  g_autofd int reader = -1;
  g_autofd int writer = -1;
  gboolean written = FALSE;
  int fds[2];

  if (length < 0)
    return -1;
  if (g_unix_open_pipe (fds, O_CLOEXEC, NULL))
    {
      reader = fds[0];
      writer = fds[1];
      written = length > 0 && write (writer, buffer, (gsize)length) == length;
    }
  explicit_bzero (buffer, sizeof buffer);
  if (written)
    return g_steal_fd (&reader);
  g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "secret_unreadable", "%s",
                                            length > 0 ? g_strerror (errno) : "There is nothing in it"));
  return -1;
}

static gboolean
check_setup_options (const PealCtlOptions *options, GError **error)
{
  PealEnvironment environment;
  PealShareType share_type;

  if (options->client_key == NULL || options->client_secret_file == NULL)
    return peal_ctl_fail_usage (error, _ ("“pealctl setup” needs --client-key and --client-secret-file."));
  if (options->environment != NULL && !peal_environment_from_string (options->environment, &environment))
    return peal_ctl_fail_usage (error, "%s", peal_sentence_lookup ("environment_unknown"));
  if (options->share_type != NULL && !peal_share_type_from_string (options->share_type, &share_type))
    return peal_ctl_fail_usage (error, "%s", peal_sentence_lookup ("share_type_unknown"));
  return TRUE;
}

static gboolean
print_setup (PealCtlRun *run, GError **error)
{
  g_autoptr (GVariant) status = NULL;

  if (!run->options->json)
    {
      peal_ctl_note (_ ("Key and secret are stored. “pealctl connect” signs an account in."));
      return TRUE;
    }
  return peal_ctl_status (run, error) == PEAL_CTL_DONE;
}

PealCtlStatus
peal_ctl_setup (PealCtlRun *run, GError **error)
{
  const PealCtlOptions *options = run->options;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) reply = NULL;
  g_autofd int source = -1;
  g_autofd int secret = -1;

  if (!check_setup_options (options, error))
    return PEAL_CTL_USAGE;
  if ((source = open_secret (options->client_secret_file, error)) < 0
      || (secret = pipe_secret (source, error)) < 0 || !peal_ctl_run_connect (run, error))
    return PEAL_CTL_FAILED;

  g_variant_dict_insert (&dict, "client_key", "s", options->client_key);
  g_variant_dict_insert (&dict, "environment", "s",
                         options->environment != NULL ? options->environment : "production");
  if (options->share_type != NULL)
    g_variant_dict_insert (&dict, "share_type", "s", options->share_type);
  reply =
      dex_await_variant (peal_client_call_with_fd (run->client, "SetCredentials",
                                                   g_variant_new ("(h@a{sv})", 0, g_variant_dict_end (&dict)),
                                                   secret, run->cancellable),
                         error);
  return reply != NULL && print_setup (run, error) ? PEAL_CTL_DONE : PEAL_CTL_FAILED;
}

static PealCtlStatus
print_member (PealCtlRun *run, const char *member, gboolean value, const char *sentence)
{
  if (run->options->json)
    {
      g_autofree char *json = g_strdup_printf ("{\"%s\":%s}\n", member, value ? "true" : "false");

      peal_ctl_print (json);
    }
  else
    peal_ctl_note ("%s", sentence);
  return PEAL_CTL_DONE;
}

PealCtlStatus
peal_ctl_forget_credentials (PealCtlRun *run, GError **error)
{
  const char *environment = run->options->environment != NULL ? run->options->environment : "";
  g_autoptr (GVariant) reply =
      peal_ctl_run_call (run, "ForgetCredentials", g_variant_new ("(s)", environment), error);

  if (reply == NULL)
    return PEAL_CTL_FAILED;
  return print_member (run, "forgotten", TRUE, _ ("Key and secret are removed."));
}

PealCtlStatus
peal_ctl_pause (PealCtlRun *run, GError **error)
{
  g_autoptr (GVariant) reply = peal_ctl_run_call (run, "Pause", NULL, error);

  if (reply == NULL)
    return PEAL_CTL_FAILED;
  return print_member (run, "paused", TRUE, _ ("Nothing is published until “pealctl resume”."));
}

PealCtlStatus
peal_ctl_resume (PealCtlRun *run, GError **error)
{
  g_autoptr (GVariant) reply = peal_ctl_run_call (run, "Resume", NULL, error);

  if (reply == NULL)
    return PEAL_CTL_FAILED;
  return print_member (run, "paused", FALSE, _ ("Publishing goes on."));
}

PealCtlStatus
peal_ctl_adopt (PealCtlRun *run, GError **error)
{
  g_autoptr (GVariant) reply = peal_ctl_run_call (run, "Adopt", NULL, error);

  if (reply == NULL)
    return PEAL_CTL_FAILED;
  return print_member (run, "adopted", TRUE,
                       _ ("Publishing goes on here. Use Peal on the other computer no more."));
}
