/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-io.h"

static void
read_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  gssize n_bytes = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (n_bytes >= 0)
    dex_promise_resolve_int64 (promise, n_bytes);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

DexFuture *
peal_io_read (GInputStream *stream, gpointer buffer, gsize size, GCancellable *cancellable)
{
  DexPromise *promise;

  dex_return_error_if_fail (G_IS_INPUT_STREAM (stream));
  dex_return_error_if_fail (buffer != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  promise = dex_promise_new ();
  g_input_stream_read_async (stream, buffer, size, G_PRIORITY_DEFAULT, cancellable, read_ready_cb,
                             dex_ref (promise));

  return DEX_FUTURE (promise);
}

typedef struct
{
  DexPromise *promise;
  GBytes *data; /* stays until it is written */
} Write;

static void
write_free (Write *self)
{
  g_clear_pointer (&self->promise, dex_unref);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self, g_free);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Write, write_free)

static void
write_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Write) self = data;
  g_autoptr (GError) error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    dex_promise_resolve_boolean (self->promise, TRUE);
  else
    dex_promise_reject (self->promise, g_steal_pointer (&error));
}

DexFuture *
peal_io_write_all (GOutputStream *stream, GBytes *data, GCancellable *cancellable)
{
  DexPromise *promise;
  Write *self;

  dex_return_error_if_fail (G_IS_OUTPUT_STREAM (stream));
  dex_return_error_if_fail (data != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  promise = dex_promise_new ();
  self = g_new0 (Write, 1);
  self->promise = dex_ref (promise);
  self->data = g_bytes_ref (data);
  g_output_stream_write_all_async (stream, g_bytes_get_data (data, NULL), g_bytes_get_size (data),
                                   G_PRIORITY_DEFAULT, cancellable, write_ready_cb, self);

  return DEX_FUTURE (promise);
}
