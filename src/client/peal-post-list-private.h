/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-item-store.h"
#include "peal-post-list.h"
#include "peal-reader.h"

G_BEGIN_DECLS

/* What the files of the post list share: the object, and how it reads. */

/* A place in the order behind which a page begins. */
typedef struct
{
  gboolean is_set; /* else: before the first post, or behind the last */
  PealItemKey key;
} PealPostCursor;

struct _PealPostList
{
  GObject parent_instance;

  PealAgentLink *link;
  PealReader *reader;
  PealItemStore *store;

  guint states; /* bits by PealPostState */
  PealPostOrder order;
  char *account, *text; /* NULL: all */

  /* What is to be done, in the order in which it is. */
  gboolean must_reload;
  gboolean has_new_filter;
  GHashTable *dirty; /* ids of posts that changed */
  gboolean is_reloading;
  gboolean wants_more;

  gboolean has_failed;   /* and waits for somebody to wake it */
  GPtrArray *asked;      /* ids of the single posts that were asked for; NULL: a page was */
  PealPostCursor reload; /* how far the reload came */
  guint n_reloaded, n_to_reload;
  PealPostCursor end; /* behind the last page; not set: all posts are held */

  gboolean is_loading, is_loaded, has_more; /* as told */
  GError *error;
};

/* For the reader. */
DexFuture *peal_post_list_next_call (gpointer owner, GCancellable *cancellable);
PealReaderUrge peal_post_list_take_reply (gpointer owner, DexFuture *done);
/* "loading" and "has-more" as they are now. */
void peal_post_list_sync (PealPostList *self);
/* Takes @error (nullable). */
void peal_post_list_set_error (PealPostList *self, GError *error);
void peal_post_list_set_loaded (PealPostList *self);
/* What is known of uploads now. */
void peal_post_list_take_progress (PealPostList *self);

G_END_DECLS
