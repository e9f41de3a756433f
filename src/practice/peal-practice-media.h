/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks at a video as it streams by: walks the boxes of MP4 and MOV or the elements of WebM, keeps moov, Info
 * and Tracks (at most 32 MiB of them), lets everything else pass. Hostile bytes only ever lead to a failed
 * check. */
typedef struct _PealPracticeMedia PealPracticeMedia;

typedef struct
{
  gboolean is_known;  /* a container, complete, with a video track of a codec that is taken */
  gint64 duration_ms; /* 0: not said */
  guint width;
  guint height;
  double frame_rate; /* 0: not said */
} PealPracticeMediaInfo;

PealPracticeMedia *peal_practice_media_new (void);
PealPracticeMedia *peal_practice_media_copy (PealPracticeMedia *self);
void peal_practice_media_free (PealPracticeMedia *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPracticeMedia, peal_practice_media_free)

void peal_practice_media_feed (PealPracticeMedia *self, const guint8 *data, gsize length);

/* What all that was fed amounts to. */
PealPracticeMediaInfo peal_practice_media_finish (PealPracticeMedia *self);

/* Returns: (nullable): TikTok's fail_reason for @info, static; durations in seconds
 * (TikTok: content-posting-api-media-transfer-guide, Video restrictions). */
const char *
peal_practice_media_fail_reason (const PealPracticeMediaInfo *info, gint64 min_duration, gint64 max_duration);

G_END_DECLS
