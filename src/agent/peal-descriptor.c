/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-io.h"
#include "peal-worker.h"

#define PATIENCE_S 15
#define PIECE_BYTES (256 * 1024)

/* One writing; a worker has it while the fiber waits. */
typedef struct
{
  int fd;
  GBytes *data;
  GCancellable *cancellable;
} Writing;

static void
writing_clear (Writing *self)
{
  g_clear_fd (&self->fd, NULL);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_object (&self->cancellable);
}

static void
writing_unref (Writing *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify)writing_clear);
}

static GError *
new_error (const char *why)
{
  return peal_error_new (PEAL_ERROR_INVALID, "output_failed", "%s", why);
}

static gboolean
write_file (gpointer data, GValue *result, GError **error)
{
  Writing *writing = data;
  gsize length;
  const char *at = g_bytes_get_data (writing->data, &length);

  while (length > 0)
    {
      gssize n = TEMP_FAILURE_RETRY (write (writing->fd, at, MIN (length, PIECE_BYTES)));

      if (g_cancellable_is_cancelled (writing->cancellable))
        return peal_error_refuse (error, PEAL_ERROR_CANCELLED, "cancelled", "The call was stopped");
      if (n < 0)
        return peal_error_refuse (error, PEAL_ERROR_INVALID, "output_failed", "%s", g_strerror (errno));
      at += n;
      length -= (gsize)n;
    }
  return TRUE;
}

/* Not to wait is a matter of the open pipe, which is its owner's too: so that one is opened once more. */
static GOutputStream *
open_pipe (int fd)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  int own = open (path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

  return own >= 0 ? g_unix_output_stream_new (own, TRUE) : NULL;
}

static DexFuture *
write_pipe (Writing *writing)
{
  g_autoptr (GOutputStream) stream = open_pipe (writing->fd);
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (DexFuture) written = NULL;
  g_autoptr (GError) error = NULL;

  if (stream == NULL)
    return dex_future_new_for_error (new_error (g_strerror (errno)));
  g_clear_fd (&writing->fd, NULL);
  written = peal_io_write_all (stream, writing->data, stop);
  if (!dex_await (dex_future_first (dex_ref (written), dex_timeout_new_seconds (PATIENCE_S),
                                    dex_cancellable_new_from_cancellable (writing->cancellable), NULL),
                  &error))
    {
      g_cancellable_cancel (stop);
      /* What was lent to the stream comes back before it is closed. */
      dex_await (dex_ref (written), NULL);
    }
  g_output_stream_close (stream, NULL, NULL);
  if (error == NULL)
    return dex_future_new_true ();
  if (g_cancellable_is_cancelled (writing->cancellable))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "The call was stopped"));
  return dex_future_new_for_error (new_error (error->message));
}

static DexFuture *
write_fiber (gpointer data)
{
  Writing *writing = data;
  int flags = fcntl (writing->fd, F_GETFL);
  struct stat info;

  if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY || (flags & O_PATH) != 0 || fstat (writing->fd, &info) < 0)
    return dex_future_new_for_error (new_error ("it is not open for writing"));
  if (S_ISFIFO (info.st_mode))
    return write_pipe (writing);
  if (!S_ISREG (info.st_mode))
    return dex_future_new_for_error (new_error ("it is no file and no pipe"));
  return peal_worker_run ("file-write", write_file, g_atomic_rc_box_acquire (writing),
                          (GDestroyNotify)writing_unref);
}

DexFuture *
peal_descriptor_write (int fd, GBytes *data, GCancellable *cancellable)
{
  Writing *writing = NULL;

  dex_return_error_if_fail (fd >= 0);
  dex_return_error_if_fail (data != NULL);
  dex_return_error_if_fail (G_IS_CANCELLABLE (cancellable));

  writing = g_atomic_rc_box_new0 (Writing);
  writing->fd = fd;
  writing->data = g_bytes_ref (data);
  g_set_object (&writing->cancellable, cancellable);
  return peal_fiber_spawn_to_end (write_fiber, writing, (GDestroyNotify)writing_unref);
}
