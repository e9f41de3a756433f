/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-range-stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_BYTES (64 * 1024)

struct _PealRangeStream
{
  GInputStream parent_instance;

  int fd;
  gint64 offset;
  gint64 length;
  gint64 position; /* handed on, from the beginning of the range */
  _Atomic gint64 *handed_on;
  gboolean failed;
  GOutputStream *shortcut; /* nullable */

  char *buffer;
  gsize buffer_start;
  gsize buffer_end;
};

G_DEFINE_FINAL_TYPE (PealRangeStream, peal_range_stream, G_TYPE_INPUT_STREAM)

static gboolean
fill (PealRangeStream *self, GError **error)
{
  gsize wanted = (gsize)MIN (self->length - self->position, BUFFER_BYTES);
  ssize_t n_bytes;

  do
    n_bytes = pread (self->fd, self->buffer, wanted, (off_t)(self->offset + self->position));
  while (n_bytes < 0 && errno == EINTR);
  if (n_bytes <= 0)
    {
      self->failed = TRUE;
      g_set_error_literal (error, G_IO_ERROR,
                           n_bytes < 0 ? g_io_error_from_errno (errno) : G_IO_ERROR_PARTIAL_INPUT,
                           n_bytes < 0 ? "The video cannot be read" : "The video ends early");
      return FALSE;
    }
  self->buffer_start = 0;
  self->buffer_end = (gsize)n_bytes;

  return TRUE;
}

/* What is left, into the shortcut. */
static gboolean
send_rest (PealRangeStream *self, GCancellable *cancellable, GError **error)
{
  while (self->position < self->length)
    {
      gsize n_bytes;

      if (self->buffer_start == self->buffer_end && !fill (self, error))
        return FALSE;
      n_bytes = self->buffer_end - self->buffer_start;
      /* Some of it may leave even where the whole does not. */
      self->position += (gint64)n_bytes;
      if (!g_output_stream_write_all (self->shortcut, self->buffer + self->buffer_start, n_bytes, NULL,
                                      cancellable, error))
        return FALSE;
      self->buffer_start = self->buffer_end;
      if (self->handed_on != NULL)
        *self->handed_on = self->offset + self->position;
    }

  return TRUE;
}

static gssize
peal_range_stream_read (GInputStream *stream,
                        void *buffer,
                        gsize count,
                        GCancellable *cancellable,
                        GError **error)
{
  PealRangeStream *self = PEAL_RANGE_STREAM (stream);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  /* Whoever comes back for more has passed on what it took before. */
  if (self->handed_on != NULL)
    *self->handed_on = self->offset + self->position;
  if (self->shortcut != NULL && !send_rest (self, cancellable, error))
    return -1;
  if (self->position == self->length)
    return 0;
  if (self->buffer_start == self->buffer_end && !fill (self, error))
    return -1;

  count = MIN (count, self->buffer_end - self->buffer_start);
  memcpy (buffer, self->buffer + self->buffer_start, count);
  self->buffer_start += count;
  self->position += (gint64)count;

  return (gssize)count;
}

static void
peal_range_stream_finalize (GObject *object)
{
  PealRangeStream *self = PEAL_RANGE_STREAM (object);

  g_clear_object (&self->shortcut);
  g_clear_pointer (&self->buffer, g_free);

  G_OBJECT_CLASS (peal_range_stream_parent_class)->finalize (object);
}

static void
peal_range_stream_class_init (PealRangeStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_range_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = peal_range_stream_read;
}

static void
peal_range_stream_init (PealRangeStream *self)
{
  self->buffer = g_malloc (BUFFER_BYTES);
}

PealRangeStream *
peal_range_stream_new (int fd, gint64 offset, gint64 length, _Atomic gint64 *handed_on)
{
  PealRangeStream *self;

  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (offset >= 0, NULL);
  g_return_val_if_fail (length >= 0, NULL);

  self = g_object_new (PEAL_TYPE_RANGE_STREAM, NULL);
  self->fd = fd;
  self->offset = offset;
  self->length = length;
  self->handed_on = handed_on;

  return self;
}

void
peal_range_stream_set_shortcut (PealRangeStream *self, GOutputStream *output)
{
  g_return_if_fail (PEAL_IS_RANGE_STREAM (self));
  g_return_if_fail (output == NULL || G_IS_OUTPUT_STREAM (output));

  g_set_object (&self->shortcut, output);
}

gboolean
peal_range_stream_has_begun (PealRangeStream *self)
{
  g_return_val_if_fail (PEAL_IS_RANGE_STREAM (self), TRUE);

  return self->position > 0;
}

gboolean
peal_range_stream_has_failed (PealRangeStream *self)
{
  g_return_val_if_fail (PEAL_IS_RANGE_STREAM (self), TRUE);

  return self->failed;
}
