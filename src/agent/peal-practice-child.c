/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-practice-child.h"

#include <signal.h>
#include <sys/prctl.h>

#include "peal-error.h"

#define DEADLINE_S 20

static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *directory = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  char *beside = g_build_filename (directory, "peal-practice", NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return beside;
  g_free (beside);
  return g_build_filename (PEAL_BINDIR, "peal-practice", NULL);
}

/* In the child. */
static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

typedef struct
{
  char *line;
  gboolean is_done;
} FirstLine;

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FirstLine *first = data;

  first->line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  first->is_done = TRUE;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static char *
read_first_line (GInputStream *stream)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 deadline = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;
  FirstLine first = { 0 };
  guint tick = g_timeout_add_seconds (1, tick_cb, NULL);

  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, cancellable, line_read_cb, &first);
  while (!first.is_done)
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () > deadline)
        g_cancellable_cancel (cancellable);
    }
  g_source_remove (tick);
  return first.line;
}

char *
peal_practice_child_start (const char *directory, GSubprocess **child, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *program = find_program ();
  g_autofree char *line = NULL;
  gsize length;

  g_return_val_if_fail (directory != NULL && child != NULL, NULL);

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  process = g_subprocess_launcher_spawn (launcher, NULL, program, "--state", directory, NULL);
  line = process != NULL ? read_first_line (g_subprocess_get_stdout_pipe (process)) : NULL;
  if (line == NULL || !g_str_has_prefix (line, "listening "))
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "practice_failed", "%s did not start", program));
      return NULL;
    }
  *child = g_steal_pointer (&process);
  length = strlen (line);
  if (line[length - 1] == '/')
    line[length - 1] = '\0';
  return g_strdup (line + strlen ("listening "));
}
