/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-replay-stream.h"

struct _PealReplayStream
{
  GIOStream parent_instance;

  GIOStream *connection;
  GInputStream *input;
};

G_DEFINE_FINAL_TYPE (PealReplayStream, peal_replay_stream, G_TYPE_IO_STREAM)

static GInputStream *
peal_replay_stream_get_input_stream (GIOStream *stream)
{
  return PEAL_REPLAY_STREAM (stream)->input;
}

static GOutputStream *
peal_replay_stream_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (PEAL_REPLAY_STREAM (stream)->connection);
}

static gboolean
peal_replay_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (PEAL_REPLAY_STREAM (stream)->connection, cancellable, error);
}

static void
peal_replay_stream_finalize (GObject *object)
{
  PealReplayStream *self = PEAL_REPLAY_STREAM (object);

  /* The parent's dispose () has closed the stream, and needed both. */
  g_clear_object (&self->connection);
  g_clear_object (&self->input);

  G_OBJECT_CLASS (peal_replay_stream_parent_class)->finalize (object);
}

static void
peal_replay_stream_class_init (PealReplayStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = peal_replay_stream_finalize;
  stream_class->get_input_stream = peal_replay_stream_get_input_stream;
  stream_class->get_output_stream = peal_replay_stream_get_output_stream;
  stream_class->close_fn = peal_replay_stream_close;
}

static void
peal_replay_stream_init (PealReplayStream *self)
{
}

GIOStream *
peal_replay_stream_new (GIOStream *connection, GBytes *head)
{
  PealReplayStream *self;

  g_return_val_if_fail (G_IS_IO_STREAM (connection), NULL);
  g_return_val_if_fail (head != NULL, NULL);

  self = g_object_new (PEAL_TYPE_REPLAY_STREAM, NULL);
  self->connection = g_object_ref (connection);
  self->input = g_memory_input_stream_new_from_bytes (head);

  return G_IO_STREAM (self);
}
