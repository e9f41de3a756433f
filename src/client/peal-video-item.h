/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A public video of an account, as last read from TikTok. "changed" is emitted whenever anything about it is
 * new. Counters are -1 where unknown. */

#define PEAL_TYPE_VIDEO_ITEM (peal_video_item_get_type ())
G_DECLARE_FINAL_TYPE (PealVideoItem, peal_video_item, PEAL, VIDEO_ITEM, GObject)

/* (transfer full): from a dictionary of ListVideos. */
PealVideoItem *peal_video_item_new (GVariant *dict);
/* Takes what @dict says; emits "changed" where that is something new. */
void peal_video_item_update (PealVideoItem *self, GVariant *dict);
/* Whether it is of the practice world; FALSE at first. */
void peal_video_item_set_practice (PealVideoItem *self, gboolean is_practice);

/* (transfer none) */
const char *peal_video_item_get_id (PealVideoItem *self);
/* Seconds UTC. */
gint64 peal_video_item_get_create_time (PealVideoItem *self);
/* (transfer none): the title, else the description, else "". */
const char *peal_video_item_get_title (PealVideoItem *self);
/* (transfer none) (nullable): only ever https on TikTok, or loopback in practice. */
const char *peal_video_item_get_share_url (PealVideoItem *self);
gboolean peal_video_item_has_cover (PealVideoItem *self);
/* Seconds; -1 unknown. */
gint64 peal_video_item_get_duration (PealVideoItem *self);
gint64 peal_video_item_get_view_count (PealVideoItem *self);
gint64 peal_video_item_get_like_count (PealVideoItem *self);
gint64 peal_video_item_get_comment_count (PealVideoItem *self);
gint64 peal_video_item_get_share_count (PealVideoItem *self);
/* µs UTC; -1 unknown. */
gint64 peal_video_item_get_sampled_at (PealVideoItem *self);
/* Our post; 0 where it was not ours. */
gint64 peal_video_item_get_post (PealVideoItem *self);

G_END_DECLS
