/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-redirect-gate.h"

#include <string.h>

#include "peal-io.h"
#include "peal-fiber.h"
#include "peal-redirect-head.h"
#include "peal-redirect-page.h"
#include "peal-secret.h"

/* What somebody who was refused may still send before the line is cut; an answer does not arrive over a
 * connection that is closed with bytes unread. */
#define DRAIN_MAX_BYTES (2 * 1024 * 1024)
#define BUFFER_BYTES (PEAL_REDIRECT_HEAD_MAX_BYTES + 1)

typedef struct
{
  GIOStream *connection;
  guint16 port;
  GCancellable *stop;
  char *buffer; /* may hold a code: wiped */
  gsize length;
} Guard;

static void
guard_free (gpointer data)
{
  Guard *self = data;

  g_clear_object (&self->connection);
  g_clear_object (&self->stop);
  peal_wipe_free (g_steal_pointer (&self->buffer), BUFFER_BYTES);
  g_clear_pointer (&self, g_free);
}

/* The status of the first head, or 0 where none came. */
static guint
read_head (Guard *self)
{
  GInputStream *input = g_io_stream_get_input_stream (self->connection);
  guint status = 0;

  while (status == 0)
    {
      gint64 n_bytes = dex_await_int64 (
          peal_io_read (input, self->buffer + self->length, BUFFER_BYTES - self->length, self->stop), NULL);

      if (n_bytes <= 0)
        return 0;
      self->length += (gsize)n_bytes;
      status = peal_redirect_head_check (self->buffer, self->length, self->port);
    }

  return status;
}

static void
refuse (Guard *self, guint status)
{
  gboolean with_body = self->length < 5 || memcmp (self->buffer, "HEAD ", 5) != 0;
  g_autoptr (GBytes) answer = peal_redirect_page_to_bytes (PEAL_REDIRECT_PAGE_WRONG, status, with_body);
  GInputStream *input = g_io_stream_get_input_stream (self->connection);
  gint64 n_drained = 0;
  gint64 n_bytes = 1;

  g_debug ("sign-in: refused a request with %u", status);
  if (!dex_await (peal_io_write_all (g_io_stream_get_output_stream (self->connection), answer, self->stop),
                  NULL))
    return;
  if (G_IS_SOCKET_CONNECTION (self->connection))
    g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (self->connection)), FALSE, TRUE,
                       NULL);
  for (; n_bytes > 0 && n_drained < DRAIN_MAX_BYTES; n_drained += n_bytes)
    n_bytes = dex_await_int64 (peal_io_read (input, self->buffer, BUFFER_BYTES, self->stop), NULL);
}

static DexFuture *
admit_fiber (gpointer data)
{
  Guard *self = data;
  guint status = read_head (self);

  if (status == 200)
    return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new (self->buffer, self->length));
  if (status != 0)
    refuse (self, status);

  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CLOSED, "Not admitted");
}

DexFuture *
peal_redirect_gate_admit (GIOStream *connection, guint16 port, GCancellable *stop)
{
  Guard *guard;

  dex_return_error_if_fail (G_IS_IO_STREAM (connection));
  dex_return_error_if_fail (G_IS_CANCELLABLE (stop));

  guard = g_new0 (Guard, 1);
  guard->connection = g_object_ref (connection);
  guard->port = port;
  guard->stop = g_object_ref (stop);
  guard->buffer = g_malloc0 (BUFFER_BYTES);

  return peal_fiber_spawn_to_end (admit_fiber, guard, guard_free);
}
