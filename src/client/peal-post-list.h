/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-agent-link.h"
#include "peal-post-item.h"

G_BEGIN_DECLS

/* Posts in some states as a GListModel of PealPostItem, in the order of an agenda. Pages of 100 are fetched
 * on demand: the first when the link is ready, the next by peal_post_list_load_more (). Kept current by the
 * agent's signal: a changed post is read again, moves, comes and goes; a post that belongs behind the last
 * page fetched waits for its page. After a loss of the agent, or where too many changed, as many posts as are
 * held are read again, without emptying the list in between.
 *
 * Properties (read-only, notified): loading, has-more, loaded (whether the first page was read) (gboolean),
 * error (GError of the last page or post that could not be read, NULL after one that could). What could not
 * be read is read again with the next change, or by peal_post_list_load_more (). */

typedef enum
{
  PEAL_POST_ORDER_SOONEST, /* by due time, those without one last, in the order of their making */
  PEAL_POST_ORDER_LATEST,  /* by peal_post_item_get_instant (), the latest first */
} PealPostOrder;

#define PEAL_TYPE_POST_LIST (peal_post_list_get_type ())
G_DECLARE_FINAL_TYPE (PealPostList, peal_post_list, PEAL, POST_LIST, GObject)

/* (transfer full). @states: at least one. */
PealPostList *
peal_post_list_new (PealAgentLink *link, const PealPostState *states, gsize n_states, PealPostOrder order);
/* Only posts of this account, an open_id (NULL: all), whose caption, video name or account name has @text in
 * it, whatever its case (NULL or "": all). Reads anew. */
void peal_post_list_set_filter (PealPostList *self, const char *account, const char *text);
void peal_post_list_load_more (PealPostList *self);
gboolean peal_post_list_is_loading (PealPostList *self);
gboolean peal_post_list_is_loaded (PealPostList *self);
gboolean peal_post_list_has_more (PealPostList *self);
/* (transfer none) (nullable) */
const GError *peal_post_list_get_error (PealPostList *self);

G_END_DECLS
