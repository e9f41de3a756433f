/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-test-posts.h"

static const PealPostState plan[] = { PEAL_POST_SCHEDULED, PEAL_POST_HELD, PEAL_POST_PUBLISHING };

PealPostList *
peal_posts_make (Fixture *self)
{
  return peal_post_list_new (self->link, plan, G_N_ELEMENTS (plan), PEAL_POST_ORDER_SOONEST);
}

void
peal_posts_put (Fixture *self, gint64 id, const char *state, gint64 minute)
{
  peal_fake_agent_put_post (self->agent, id, state, minute, NULL);
}

void
peal_posts_put_many (Fixture *self, guint n)
{
  peal_fake_agent_clear_posts (self->agent);
  for (guint i = 1; i <= n; i++)
    peal_posts_put (self, i, "scheduled", i);
}

void
peal_posts_tell (Fixture *self, gint64 id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  peal_fake_agent_emit_changed (self->agent, "post", (const char *const[]){ text, NULL });
}

PealPostList *
peal_posts_load (Fixture *self)
{
  PealPostList *list = peal_posts_make (self);

  peal_wait_until (peal_post_list_is_loaded (list));
  return list;
}

gint64
peal_posts_get_id (PealPostList *list, guint position)
{
  g_autoptr (PealPostItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  return item != NULL ? peal_post_item_get_id (item) : 0;
}

/* (transfer full): "1 2 3" */
static char *
join (PealPostList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", peal_posts_get_id (list, i));
  return g_string_free_and_steal (text);
}

gboolean
peal_posts_are (PealPostList *list, const char *ids)
{
  g_autofree char *text = join (list);

  return g_str_equal (text, ids);
}

void
peal_posts_assert (PealPostList *list, const char *ids)
{
  g_autofree char *text = join (list);

  g_assert_cmpstr (text, ==, ids);
}

static void
items_changed_cb (PealPostsChange *self, guint position, guint removed, guint added, GListModel *model)
{
  self->n++;
  self->position = position;
  self->removed = removed;
  self->added = added;
}

void
peal_posts_watch (PealPostList *list, PealPostsChange *change)
{
  *change = (PealPostsChange){ 0 };
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (items_changed_cb), change);
}

void
peal_posts_assert_change (PealPostsChange *change, guint position, guint removed, guint added)
{
  g_assert_cmpuint (change->n, ==, 1);
  g_assert_cmpuint (change->position, ==, position);
  g_assert_cmpuint (change->removed, ==, removed);
  g_assert_cmpuint (change->added, ==, added);
  change->n = 0;
}
