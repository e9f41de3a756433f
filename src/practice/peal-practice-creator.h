/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-app.h"
#include "peal-practice-life.h"
#include "peal-practice-profile.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A public video. Those from before the world began have no caption of their own: it follows from the key. */
typedef struct
{
  gint64 id;
  gint64 created; /* µs */
  gint64 listed;  /* µs: from when video/list knows it */
  guint64 key;
  char *caption;
  int duration; /* seconds */
  int width;
  int height;
  gboolean is_aigc;
} PealPracticeVideo;

/* A creator with what can change about them, and their videos, oldest first. */
typedef struct
{
  const PealPracticeProfile *profile;
  guint index;
  guint64 key;
  gint64 born; /* µs: when the world began */
  gboolean is_private;
  gboolean comment_disabled;
  gboolean duet_disabled;
  gboolean stitch_disabled;
  gboolean is_barred;
  gboolean is_app_old; /* the TikTok app of theirs cannot take photos from others */
  gint64 max_duration;
  gint64 daily_posts;
  gint64 moderation_seconds;
  char *next_fail_reason;
  GPtrArray *videos;
} PealPracticeCreator;

typedef struct
{
  gint64 followers;
  gint64 following;
  gint64 likes;
  gint64 videos;
} PealPracticeCreatorCounts;

PealPracticeCreator *peal_practice_creator_new (guint index, guint64 seed, gint64 born);
void peal_practice_creator_free (PealPracticeCreator *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPracticeCreator, peal_practice_creator_free)

/* Adds a video. Takes its caption. */
void peal_practice_creator_add_video (PealPracticeCreator *self, const PealPracticeVideo *video);

/* Returns: (nullable): the public video @id as of @now, lent. */
const PealPracticeVideo *peal_practice_creator_find_video (PealPracticeCreator *self, gint64 id, gint64 now);

PealPracticeCounts
peal_practice_creator_count_video (PealPracticeCreator *self, const PealPracticeVideo *video, gint64 now);
PealPracticeCreatorCounts peal_practice_creator_count (PealPracticeCreator *self, gint64 now);

/* Returns: (transfer full): */
char *peal_practice_creator_dup_caption (PealPracticeCreator *self, const PealPracticeVideo *video);
char *peal_practice_creator_dup_open_id (PealPracticeCreator *self, const PealPracticeApp *app);
char *peal_practice_creator_dup_union_id (PealPracticeCreator *self);

/* Returns: (nullable): who may see posts: NULL-terminated privacy levels on offer. */
const char *const *peal_practice_creator_get_privacy_levels (PealPracticeCreator *self);

/* Returns: (transfer full): what can change, as the control interface and the saved state write it. */
JsonObject *peal_practice_creator_to_json (PealPracticeCreator *self);

/* Sets what @object names; see README.md. Nothing is changed if one member is unknown or wrong.
 * Returns: (nullable) (transfer full): the name of the member at fault. */
char *peal_practice_creator_update (PealPracticeCreator *self, JsonObject *object);

G_END_DECLS
