/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-certificate.h"
#include "peal-practice-random.h"
#include "peal-practice-server.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <locale.h>
#include <sys/stat.h>

typedef struct
{
  int port;
  gint64 seed;
  char *state;
  gboolean auto_consent;
  gboolean tls;
  double time_scale;
  gboolean show_version;
} Options;

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port, "Listen on this port of 127.0.0.1 (0: any)", "PORT" },
    { "seed", 's', 0, G_OPTION_ARG_INT64, &options->seed, "Make this world", "NUMBER" },
    { "state", 'd', 0, G_OPTION_ARG_FILENAME, &options->state, "Keep the world in this directory", "DIR" },
    { "auto-consent", 0, 0, G_OPTION_ARG_NONE, &options->auto_consent, "Allow everything without asking",
      NULL },
    { "tls", 0, 0, G_OPTION_ARG_NONE, &options->tls,
      "Speak TLS, with a CA made for it in the state directory", NULL },
    { "time-scale", 0, 0, G_OPTION_ARG_DOUBLE, &options->time_scale, "Run the world's clock X times faster",
      "X" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->show_version, "Show the version", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Stands in for TikTok's Open API on 127.0.0.1.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->port < 0 || options->port > 65535)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--port takes 0 to 65535");
  else if (!(options->time_scale > 0 && options->time_scale <= 1e6))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--time-scale takes up to 1000000");
  else if (options->tls && options->state == NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "--tls needs --state DIR, to put the CA's certificate into");
  else if (*argc > 1)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "unknown argument: %s", (*argv)[1]);
  else
    return TRUE;
  return FALSE;
}

static gboolean
write_private (const char *dir, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  return g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
prepare_state (const char *dir, GError **error)
{
  if (dir == NULL || (g_mkdir_with_parents (dir, 0700) == 0 && chmod (dir, 0700) == 0))
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", dir, g_strerror (errno));
  return FALSE;
}

static gboolean
announce (const Options *options, PealPracticeWorld *world, const char *token, GError **error)
{
  g_autofree char *address = g_strconcat (world->base, "/", NULL);

  if (options->state != NULL
      && (!write_private (options->state, "control-token", token, error)
          || !write_private (options->state, "address", address, error)
          || !peal_practice_world_save (world, error)))
    return FALSE;
  g_print ("listening %s\ncontrol %s\n", address, token);
  fflush (stdout);
  return TRUE;
}

static gboolean
serve (const Options *options, GError **error)
{
  g_autofree char *token = peal_practice_secret_text (40);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (PealPracticeWorld) world = NULL;
  g_autoptr (PealPracticeServer) server = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (!prepare_state (options->state, error))
    return FALSE;
  if (options->tls && (certificate = peal_practice_certificate_load (options->state, error)) == NULL)
    return FALSE;
  world = peal_practice_world_new ((guint64)options->seed, options->time_scale, options->state, error);
  if (world == NULL)
    return FALSE;
  world->settings.auto_consent = options->auto_consent;
  server = peal_practice_server_new (world, token, (guint16)options->port, certificate, error);
  if (server == NULL)
    return FALSE;
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  if (!announce (options, world, token, error))
    return FALSE;
  g_main_loop_run (loop);
  g_clear_pointer (&server, peal_practice_server_free);
  return peal_practice_world_save (world, error);
}

int
main (int argc, char **argv)
{
  Options options = { .seed = 1, .time_scale = 1 };
  g_autoptr (GError) error = NULL;
  int status = 0;

  setlocale (LC_ALL, "");
  umask (077);
  if (!parse (&options, &argc, &argv, &error))
    status = 2;
  else if (options.show_version)
    g_print ("peal-practice %s\n", PEAL_VERSION);
  else if (!serve (&options, &error))
    status = 1;
  if (error != NULL)
    g_printerr ("peal-practice: %s\n", error->message);
  g_free (options.state);
  return status;
}
