/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a video is cut into chunks (TikTok: content-posting-api-media-transfer-guide). One chunk up to
 * 64,000,000 bytes, else chunks of 10,000,000 of which the last takes the remainder; this satisfies the
 * documented rules and those seen in practice, under either reading of "MB". */

#define PEAL_MAX_VIDEO_BYTES G_GINT64_CONSTANT (4000000000)

typedef struct
{
  gint64 video_size; /* bytes */
  gint64 chunk_size; /* bytes, as told to TikTok */
  gint64 count;
} PealChunkPlan;

/* FALSE where @video_size is below 1 or above PEAL_MAX_VIDEO_BYTES. */
gboolean peal_chunk_plan_init (PealChunkPlan *self, gint64 video_size);
/* Chunk @index, 0 ≤ index < count: its first byte, and its length in bytes. */
gint64 peal_chunk_plan_get_offset (const PealChunkPlan *self, gint64 index);
gint64 peal_chunk_plan_get_length (const PealChunkPlan *self, gint64 index);
gboolean peal_chunk_plan_is_last (const PealChunkPlan *self, gint64 index);

G_END_DECLS
