/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-client-fixture.h"
#include "peal-post-list.h"

G_BEGIN_DECLS

/* What the tests of the post list share: posts for the fake agent, and looks at the list. */

/* What a list asks for at once. */
#define PEAL_POSTS_PAGE 40

/* Posts of the agent; those in many are scheduled, 1 to @n, each due at the minute of its number. */
void peal_posts_put (Fixture *self, gint64 id, const char *state, gint64 minute);
void peal_posts_put_many (Fixture *self, guint n);
/* The agent says that this one changed. */
void peal_posts_tell (Fixture *self, gint64 id);

/* (transfer full): of scheduled, held and publishing posts, the soonest first; the second waits for the first
 * page. */
PealPostList *peal_posts_make (Fixture *self);
PealPostList *peal_posts_load (Fixture *self);
/* 0 where there is none. */
gint64 peal_posts_get_id (PealPostList *list, guint position);
/* Whether the list is @ids, "1 2 3". */
gboolean peal_posts_are (PealPostList *list, const char *ids);
void peal_posts_assert (PealPostList *list, const char *ids);

/* How often the list told of a change, and the last of them. */
typedef struct
{
  guint n, position, removed, added;
} PealPostsChange;

void peal_posts_watch (PealPostList *list, PealPostsChange *change);
/* That it was one, and this one; forgets it. */
void peal_posts_assert_change (PealPostsChange *change, guint position, guint removed, guint added);

G_END_DECLS
