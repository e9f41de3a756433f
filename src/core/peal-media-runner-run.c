/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-media-runner-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-fiber.h"

#define FILE_FD 3
#define PIECE (64 * 1024)
/* What bubblewrap ends with when it cannot make a sandbox. */
#define BWRAP_FAILED 1

/* One request, which the caller may drop before it is done. */
typedef struct
{
  PealMediaRunner *runner;
  GCancellable *cancellable;
  GStrv arguments;
  gint64 patience_us;
  gsize most;
  int fd;
} Request;

static void
request_free (Request *self)
{
  g_clear_object (&self->runner);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->arguments, g_strfreev);
  g_clear_fd (&self->fd, NULL);
  g_free (self);
}

/* One run of the program. Whoever listens may outlive whoever waits. */
typedef struct
{
  gatomicrefcount refs;
  GSubprocess *process;
  GByteArray *output;
  gsize most;
} Run;

static Run *
run_new (gsize most)
{
  Run *self = g_new0 (Run, 1);

  g_atomic_ref_count_init (&self->refs);
  self->output = g_byte_array_new ();
  self->most = most;
  return self;
}

static Run *
run_ref (Run *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
run_unref (Run *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->process);
  g_clear_pointer (&self->output, g_byte_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_unref)

static GError *
new_error (const char *reason, const char *message)
{
  return peal_error_new (PEAL_ERROR_MEDIA, reason, "%s", message);
}

/* (transfer full): how to start the program, in a sandbox or bare. /usr is all that it needs: it loads
 * GStreamer from there, and reads no configuration. On Debian some libraries of /usr are links that lead
 * through /etc/alternatives. */
static GStrv
build_command (Request *request, gboolean in_sandbox)
{
  static const char *const sandbox[] = {
    "--unshare-all",
    "--die-with-parent",
    "--new-session",
    "--clearenv",
    "--cap-drop",
    "ALL",
    "--ro-bind",
    "/usr",
    "/usr",
    "--symlink",
    "usr/bin",
    "/bin",
    "--symlink",
    "usr/lib",
    "/lib",
    "--symlink",
    "usr/lib64",
    "/lib64",
    "--ro-bind-try",
    "/etc/ld.so.cache",
    "/etc/ld.so.cache",
    "--ro-bind-try",
    "/etc/alternatives",
    "/etc/alternatives",
    "--dev",
    "/dev",
    "--tmpfs",
    "/tmp",
    "--chdir",
    "/",
    NULL,
  };
  const char *program = peal_media_runner_get_program (request->runner);
  g_autoptr (GStrvBuilder) command = g_strv_builder_new ();

  if (in_sandbox)
    {
      g_strv_builder_add (command, peal_media_runner_get_bwrap (request->runner));
      g_strv_builder_addv (command, (const char **)sandbox);
      if (!g_str_has_prefix (program, "/usr/"))
        g_strv_builder_add_many (command, "--ro-bind", program, program, NULL);
      g_strv_builder_add (command, "--");
    }
  g_strv_builder_add (command, program);
  g_strv_builder_addv (command, (const char **)request->arguments);
  return g_strv_builder_end (command);
}

/* GLib starts a process that inherits descriptors and the folder with posix_spawn (), without a copy of this
 * one's page tables: copying those of a window stops it for 30 ms. So all descriptors are closed at exec;
 * what another thread opens otherwise in that moment, peal-media closes. */
static GSubprocess *
start (Request *request, gboolean in_sandbox, GError **error)
{
  g_auto (GStrv) nothing = g_new0 (char *, 1);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_INHERIT_FDS);
  g_auto (GStrv) command = build_command (request, in_sandbox);
  g_autofd int fd = fcntl (request->fd, F_DUPFD_CLOEXEC, FILE_FD + 1);

  if (fd < 0 || g_fdwalk_set_cloexec (FILE_FD) < 0)
    {
      g_propagate_error (error, new_error ("probe_failed", g_strerror (errno)));
      return NULL;
    }
  g_subprocess_launcher_set_environ (launcher, nothing);
  g_subprocess_launcher_take_fd (launcher, g_steal_fd (&fd), FILE_FD);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *)command, error);
}

/* Resolves when the program has ended, or has said more than it may. */
static DexFuture *
listen_fiber (gpointer user_data)
{
  Run *self = user_data;
  GInputStream *stream = g_subprocess_get_stdout_pipe (self->process);

  while (self->output->len <= self->most)
    {
      gsize piece = MIN (PIECE, self->most + 1 - self->output->len);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;

      bytes = dex_await_boxed (dex_input_stream_read_bytes (stream, piece, G_PRIORITY_DEFAULT), &error);
      if (bytes == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      if (g_bytes_get_size (bytes) == 0)
        break;
      g_byte_array_append (self->output, g_bytes_get_data (bytes, NULL), (guint)g_bytes_get_size (bytes));
    }
  if (self->output->len > self->most)
    g_subprocess_force_exit (self->process);
  /* How it ended is read off the process; that it failed is no error here. */
  dex_await (dex_subprocess_wait_check (self->process), NULL);
  return dex_future_new_true ();
}

/* (transfer full): the program's run, ended one way or the other. */
static Run *
run (Request *request, gboolean in_sandbox, GError **error)
{
  g_autoptr (Run) self = run_new (request->most);
  g_autoptr (DexFuture) heard = NULL;
  PealClock *clock = peal_media_runner_get_clock (request->runner);

  if (!(self->process = start (request, in_sandbox, error)))
    return NULL;
  heard = peal_fiber_spawn_to_end (listen_fiber, run_ref (self), (GDestroyNotify)run_unref);
  if (!dex_await (dex_future_first (dex_ref (heard),
                                    peal_clock_sleep (clock, request->patience_us, request->cancellable),
                                    NULL),
                  error))
    {
      g_subprocess_force_exit (self->process);
      return NULL;
    }
  if (dex_future_is_pending (heard))
    {
      g_subprocess_force_exit (self->process);
      g_propagate_error (error, new_error ("probe_timeout", "The file could not be read in time"));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* The first line of a report is written before the file is looked at. So without it the sandbox did not come
 * about, and with it a file that crashed its reader is never given to a bare one. */
static gboolean
has_sandbox_failed (Run *self)
{
  return self->output->len == 0 && g_subprocess_get_if_exited (self->process)
         && g_subprocess_get_exit_status (self->process) == BWRAP_FAILED;
}

static DexFuture *
request_fiber (gpointer user_data)
{
  Request *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Run) done = NULL;

  if (peal_media_runner_get_bwrap (self->runner) != NULL)
    {
      if (!(done = run (self, TRUE, &error)) && error->domain != G_SPAWN_ERROR)
        return dex_future_new_for_error (g_steal_pointer (&error));
      if (done == NULL || has_sandbox_failed (done))
        g_clear_pointer (&done, run_unref);
      g_clear_error (&error);
    }
  if (done == NULL)
    {
      g_debug ("No sandbox for %s, which limits itself", peal_media_runner_get_program (self->runner));
      if (!(done = run (self, FALSE, &error)))
        {
          if (error->domain == G_SPAWN_ERROR)
            return dex_future_new_for_error (new_error ("probe_failed", error->message));
          return dex_future_new_for_error (g_steal_pointer (&error));
        }
    }
  if (done->output->len > self->most)
    return dex_future_new_for_error (
        new_error ("probe_failed", "peal-media said more than it was asked for"));
  return dex_future_new_take_boxed (G_TYPE_BYTES,
                                    g_byte_array_free_to_bytes (g_steal_pointer (&done->output)));
}

DexFuture *
peal_media_runner_run (PealMediaRunner *self,
                       const char *const *arguments,
                       int fd,
                       gint64 patience_us,
                       gsize most,
                       GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  Request *request = NULL;
  int own_fd;

  dex_return_error_if_fail (PEAL_IS_MEDIA_RUNNER (self));
  dex_return_error_if_fail (arguments != NULL);
  dex_return_error_if_fail (fd >= 0);
  dex_return_error_if_fail (patience_us > 0);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (!peal_media_check_file (fd, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  own_fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  if (own_fd < 0)
    return dex_future_new_for_error (new_error ("probe_failed", g_strerror (errno)));
  request = g_new0 (Request, 1);
  request->runner = g_object_ref (self);
  request->arguments = g_strdupv ((char **)arguments);
  request->patience_us = patience_us;
  request->most = most;
  request->fd = own_fd;
  g_set_object (&request->cancellable, cancellable);
  return dex_scheduler_spawn (NULL, 0, request_fiber, request, (GDestroyNotify)request_free);
}
