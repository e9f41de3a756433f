/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-chunk-plan.h"

/* Decimal, so that they hold whether TikTok counts in MB or in MiB. */
#define SINGLE_MAX G_GINT64_CONSTANT (64000000)
#define CHUNK_SIZE G_GINT64_CONSTANT (10000000)

gboolean
peal_chunk_plan_init (PealChunkPlan *self, gint64 video_size)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (video_size < 1 || video_size > PEAL_MAX_VIDEO_BYTES)
    return FALSE;
  self->video_size = video_size;
  self->chunk_size = video_size <= SINGLE_MAX ? video_size : CHUNK_SIZE;
  self->count = video_size / self->chunk_size;
  return TRUE;
}

gint64
peal_chunk_plan_get_offset (const PealChunkPlan *self, gint64 index)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index >= 0 && index < self->count, 0);

  return index * self->chunk_size;
}

gint64
peal_chunk_plan_get_length (const PealChunkPlan *self, gint64 index)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index >= 0 && index < self->count, 0);

  if (peal_chunk_plan_is_last (self, index))
    return self->video_size - index * self->chunk_size;
  return self->chunk_size;
}

gboolean
peal_chunk_plan_is_last (const PealChunkPlan *self, gint64 index)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (index >= 0 && index < self->count, FALSE);

  return index == self->count - 1;
}
