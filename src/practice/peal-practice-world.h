/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-access.h"
#include "peal-practice-clock.h"
#include "peal-practice-post.h"
#include "peal-practice-rate.h"
#include "peal-practice-settings.h"

G_BEGIN_DECLS

/* Everything that is so on TikTok's side: creators, who allowed what, posts on their way, and the ledger of
 * what was really published. Kept in one JSON file of the state directory. */
typedef struct
{
  guint64 seed;
  gint64 born; /* µs */
  PealPracticeClock clock;
  PealPracticeSettings settings;
  GPtrArray *creators;
  PealPracticeAccess *access;
  GPtrArray *posts;
  JsonArray *ledger;
  PealPracticeRate *rate;
  GHashTable *counts; /* endpoint → JsonObject */
  char *base;         /* "http://127.0.0.1:PORT" */
  char *upload_base;
  char *state_file; /* or NULL */
  guint save_id;
} PealPracticeWorld;

/* Makes the world of @seed, or the one that @state_dir (nullable) keeps, with a clock @scale times as fast.
 * Returns: (transfer full) (nullable): NULL if the kept one cannot be read. */
PealPracticeWorld *
peal_practice_world_new (guint64 seed, double scale, const char *state_dir, GError **error);
void peal_practice_world_free (PealPracticeWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPracticeWorld, peal_practice_world_free)

gint64 peal_practice_world_now (PealPracticeWorld *self);

/* Says that something changed which must outlive the process. It is written within 20 ms. */
void peal_practice_world_touch (PealPracticeWorld *self);
gboolean peal_practice_world_save (PealPracticeWorld *self, GError **error);

/* Returns: (nullable): lent. */
PealPracticeCreator *peal_practice_world_find_creator (PealPracticeWorld *self, const char *username);
PealPracticePost *peal_practice_world_find_post (PealPracticeWorld *self, const char *publish_id);
PealPracticePost *peal_practice_world_find_upload (PealPracticeWorld *self, const char *upload_id);

/* Lets happen what is due by now: processing that ended, posts that appeared. Every request begins with it.
 */
void peal_practice_world_settle (PealPracticeWorld *self);

/* The last byte of @post came: takes the digest, looks at the media, starts processing. */
void peal_practice_world_finish_upload (PealPracticeWorld *self, PealPracticePost *post);

/* The creator posts draft @post from the app. @privacy_level and @caption may be NULL. */
void peal_practice_world_finish_draft (PealPracticeWorld *self,
                                       PealPracticePost *post,
                                       const char *privacy_level,
                                       const char *caption);

/* The creator removes @app, or every app for NULL, from their connected apps. */
void peal_practice_world_revoke (PealPracticeWorld *self,
                                 const PealPracticeApp *app,
                                 PealPracticeCreator *creator);

/* What counts against the caps in the 24 h before now (TikTok: content-sharing-guidelines). */
guint peal_practice_world_count_direct_posts (PealPracticeWorld *self, PealPracticeCreator *creator);
guint peal_practice_world_count_pending_drafts (PealPracticeWorld *self, PealPracticeCreator *creator);
gboolean peal_practice_world_is_user_cap_reached (PealPracticeWorld *self,
                                                  const PealPracticeApp *app,
                                                  PealPracticeCreator *creator);

/* Counts a call of @endpoint that was answered with @status; 0 for one that was never answered. */
void peal_practice_world_count_call (PealPracticeWorld *self, const char *endpoint, guint status);

G_END_DECLS
