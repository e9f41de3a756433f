/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A stretch of a file as the body of a request: read with pread () in pieces of 64 KiB, so that the file's
 * own position is nobody's business, and counted as it is handed on. Never gives less than its length: a file
 * that ends early is an error. */

#define PEAL_TYPE_RANGE_STREAM (peal_range_stream_get_type ())
G_DECLARE_FINAL_TYPE (PealRangeStream, peal_range_stream, PEAL, RANGE_STREAM, GInputStream)

/* @length bytes at @offset of @fd, which must outlive the stream. @handed_on: (nullable): the place in the
 * file up to which the reader has passed the bytes on, set from whatever thread reads. (transfer full) */
PealRangeStream *peal_range_stream_new (int fd, gint64 offset, gint64 length, _Atomic gint64 *handed_on);
/* From the first read on, the whole of it is written to @output (nullable), and the reader finds the stream
 * at its end: for a reader that would do nothing else, but in small pieces. */
void peal_range_stream_set_shortcut (PealRangeStream *self, GOutputStream *output);
/* Has anything been read? */
gboolean peal_range_stream_has_begun (PealRangeStream *self);
/* Did the file end early, or fail to be read? */
gboolean peal_range_stream_has_failed (PealRangeStream *self);

G_END_DECLS
