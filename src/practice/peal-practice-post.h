/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-creator.h"
#include "peal-practice-media.h"

G_BEGIN_DECLS

/* One publish_id: what init was told, how far the upload is, and what became of it. Times are µs, 0 for not
 * yet. */
typedef struct
{
  char *publish_id;
  char *upload_id;
  char *upload_token;
  const PealPracticeApp *app;
  PealPracticeCreator *creator;
  gboolean is_draft;
  JsonObject *post_info; /* as sent; NULL for a draft */
  gint64 size;
  gint64 chunk_size;
  gint64 chunk_count;
  gint64 begun;
  gint64 upload_until;
  gint64 received;
  gint64 chunks;
  GChecksum *digest; /* while the upload lasts */
  PealPracticeMedia *media;
  char *sha256;
  PealPracticeMediaInfo info;
  gint64 uploaded;
  gint64 due; /* when processing ends */
  gboolean is_settled;
  char *fail_reason;
  GArray *video_ids;    /* gint64; the public videos that came of it */
  gint64 ids_from;      /* when the API begins to tell the ids */
  gboolean is_finished; /* a draft that its creator has posted */
} PealPracticePost;

/* Returns: (transfer full): an upload that begins at @now. Ids are made up. */
PealPracticePost *peal_practice_post_new (const PealPracticeApp *app,
                                          PealPracticeCreator *creator,
                                          gboolean is_draft,
                                          gint64 now);
void peal_practice_post_free (PealPracticePost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPracticePost, peal_practice_post_free)

/* Returns: TikTok's status word, static. */
const char *peal_practice_post_get_status (const PealPracticePost *self);

/* Returns: (nullable): a member of post_info, lent. */
const char *peal_practice_post_get_caption (const PealPracticePost *self);
const char *peal_practice_post_get_privacy_level (const PealPracticePost *self);

JsonObject *peal_practice_post_to_json (const PealPracticePost *self);

/* Returns: (transfer full) (nullable): the post that @object describes. An upload that was under way is lost:
 * TikTok's side failed it. */
PealPracticePost *
peal_practice_post_from_json (JsonObject *object, const PealPracticeApp *app, PealPracticeCreator *creator);

G_END_DECLS
