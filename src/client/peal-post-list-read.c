/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-post-list-private.h"

#include "peal-client-private.h"
#include "peal-dict-private.h"
#include "peal-error.h"

/* So many can be taken in within a frame. */
#define PAGE 40
/* More single posts than that are not asked for one by one. */
#define MAX_SINGLE 20

typedef struct
{
  gint64 id;
} SaidId;

static const PealDictMember id_members[] = {
  { "id", PEAL_DICT_INT64, G_STRUCT_OFFSET (SaidId, id), NULL },
  { NULL },
};

static char *
format_id (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

static PealClient *
get_client (PealPostList *self)
{
  return peal_agent_link_get_client (self->link);
}

/* The agent's order: by due and id, or the other way round by instant and id. */
static PealItemKey
make_key (PealPostList *self, PealPostItem *item)
{
  gint64 id = peal_post_item_get_id (item), due = peal_post_item_get_due (item);

  if (self->order == PEAL_POST_ORDER_SOONEST)
    return (PealItemKey){ due != -1 ? due : G_MAXINT64, id };
  return (PealItemKey){ -MAX (peal_post_item_get_instant (item), -1), -id };
}

static void
put_cursor (PealPostList *self, GVariantDict *filter, const PealPostCursor *cursor)
{
  gboolean is_soonest = self->order == PEAL_POST_ORDER_SOONEST;
  gint64 instant = is_soonest ? cursor->key.rank : -cursor->key.rank;

  if (!cursor->is_set)
    return;
  g_variant_dict_insert (filter, "after", "x", is_soonest ? cursor->key.tie : -cursor->key.tie);
  if (!is_soonest || instant != G_MAXINT64)
    g_variant_dict_insert (filter, "after_instant", "x", instant);
}

static DexFuture *
ask_for_page (PealPostList *self, const PealPostCursor *behind, GCancellable *cancellable)
{
  g_auto (GVariantDict) filter = G_VARIANT_DICT_INIT (NULL);
  const char *words[PEAL_POST_N_STATES + 1] = { NULL };
  guint n = 0;

  for (int state = 0; state < PEAL_POST_N_STATES; state++)
    if (self->states & (1u << state))
      words[n++] = peal_post_state_to_string ((PealPostState)state);
  g_variant_dict_insert (&filter, "states", "^as", words);
  g_variant_dict_insert (&filter, "order", "s",
                         self->order == PEAL_POST_ORDER_SOONEST ? "soonest" : "latest");
  if (self->account != NULL)
    g_variant_dict_insert (&filter, "account", "s", self->account);
  if (self->text != NULL)
    g_variant_dict_insert (&filter, "text", "s", self->text);
  put_cursor (self, &filter, behind);
  return peal_client_call (get_client (self), "ListPosts",
                           g_variant_new ("(@a{sv}u)", g_variant_dict_end (&filter), PAGE), cancellable);
}

static DexFuture *
ask_for_posts (PealPostList *self, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (dex_unref);

  self->asked = g_hash_table_steal_all_keys (self->dirty);
  g_ptr_array_set_free_func (self->asked, g_free);
  for (guint i = 0; i < self->asked->len; i++)
    {
      gint64 id = g_ascii_strtoll (g_ptr_array_index (self->asked, i), NULL, 10);

      g_ptr_array_add (
          calls, peal_client_call (get_client (self), "GetPost", g_variant_new ("(x)", id), cancellable));
    }
  return dex_future_allv ((DexFuture *const *)calls->pdata, calls->len);
}

/* From the beginning, as far as it is held. */
static void
begin_reload (PealPostList *self)
{
  guint length = peal_item_store_get_length (self->store);

  self->n_to_reload = self->has_new_filter ? PAGE : MAX (length, PAGE);
  self->n_reloaded = 0;
  self->reload.is_set = FALSE;
  self->must_reload = self->has_new_filter = FALSE;
  self->is_reloading = TRUE;
  g_hash_table_remove_all (self->dirty);
}

DexFuture *
peal_post_list_next_call (gpointer owner, GCancellable *cancellable)
{
  PealPostList *self = owner;
  guint n_dirty = g_hash_table_size (self->dirty);

  g_clear_pointer (&self->asked, g_ptr_array_unref);
  if (peal_agent_link_get_state (self->link) != PEAL_LINK_READY)
    return NULL;
  self->has_failed = FALSE;
  /* Whether a post still has the text in it is for the agent to say. */
  if (self->must_reload || n_dirty > MAX_SINGLE || (n_dirty > 0 && self->text != NULL))
    begin_reload (self);
  else if (n_dirty > 0)
    return ask_for_posts (self, cancellable);
  peal_post_list_sync (self);
  if (self->is_reloading)
    return ask_for_page (self, &self->reload, cancellable);
  return self->wants_more ? ask_for_page (self, &self->end, cancellable) : NULL;
}

/* (transfer full) (nullable): the one that we have, brought up to date, or a new one; NULL for what is no
 * post. */
static PealPostItem *
ensure_item (PealPostList *self, GVariant *dict)
{
  g_autoptr (PealPostItem) item = NULL;
  g_auto (PealDictHold) hold = PEAL_DICT_HOLD_INIT;
  g_autofree char *id = NULL;
  SaidId said;

  peal_dict_read (dict, id_members, &said, &hold);
  if (said.id <= 0)
    return NULL;
  id = format_id (said.id);
  if (g_set_object (&item, peal_item_store_find (self->store, id)))
    peal_post_item_update (item, dict);
  else
    {
      item = peal_post_item_new (dict);
      peal_post_item_set_practice (item, peal_client_get_practice (get_client (self)));
    }
  return g_steal_pointer (&item);
}

static gboolean
belongs (PealPostList *self, PealPostItem *item, PealItemKey key)
{
  return (self->states & (1u << peal_post_item_get_state (item))) != 0
         && (self->account == NULL || g_str_equal (self->account, peal_post_item_get_account (item)))
         && (!self->end.is_set || peal_item_key_compare (key, self->end.key) <= 0);
}

static void
take_post (PealPostList *self, GVariant *reply)
{
  g_autoptr (GVariant) dict = NULL;
  g_autoptr (PealPostItem) item = NULL;
  g_autofree char *id = NULL;
  PealItemKey key;

  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sv})")))
    return;
  dict = g_variant_get_child_value (reply, 0);
  if (!(item = ensure_item (self, dict)))
    return;
  id = format_id (peal_post_item_get_id (item));
  key = make_key (self, item);
  if (belongs (self, item, key))
    peal_item_store_place (self->store, id, key, item);
  else
    peal_item_store_remove (self->store, id);
}

/* FALSE where some could not be read: they stay dirty. */
static gboolean
take_posts (PealPostList *self, DexFutureSet *done)
{
  g_autoptr (GPtrArray) asked = g_steal_pointer (&self->asked);
  GError *failure = NULL;

  for (guint i = 0; i < asked->len; i++)
    {
      const char *id = g_ptr_array_index (asked, i);
      g_autoptr (GError) error = NULL;
      const GValue *value = dex_future_set_get_value_at (done, i, &error);

      if (value != NULL)
        take_post (self, g_value_get_variant (value));
      else if (g_str_equal (peal_error_get_reason (error), "post_unknown"))
        peal_item_store_remove (self->store, id);
      else
        {
          g_hash_table_add (self->dirty, g_strdup (id));
          if (failure == NULL)
            failure = g_steal_pointer (&error);
        }
    }
  if (failure != NULL)
    peal_post_list_set_error (self, failure);
  return failure == NULL;
}

/* Where the page ends: not set where it is the last one. */
static PealPostCursor
find_end (GPtrArray *keys, const PealPostCursor *behind, guint n_posts)
{
  PealPostCursor end = { FALSE };

  for (guint i = 0; i < keys->len; i++)
    {
      PealItemKey *key = g_ptr_array_index (keys, i);

      if (i == 0 || peal_item_key_compare (end.key, *key) < 0)
        end.key = *key;
    }
  /* A page that leads nowhere is taken for the last one. */
  end.is_set = n_posts >= PAGE && keys->len > 0
               && (!behind->is_set || peal_item_key_compare (behind->key, end.key) < 0);
  return end;
}

static PealPostCursor
place_page (PealPostList *self, PealDictIter *iter, const PealPostCursor *behind, guint *n_posts)
{
  g_autoptr (GPtrArray) places = peal_item_places_new ();
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  PealPostCursor end;
  GVariant *next;

  for (*n_posts = 0; (next = peal_dict_iter_next (iter)) != NULL; (*n_posts)++)
    {
      g_autoptr (GVariant) dict = next;
      g_autoptr (PealPostItem) item = ensure_item (self, dict);
      g_autofree char *id = NULL;
      PealItemKey key;

      if (item == NULL)
        continue;
      id = format_id (peal_post_item_get_id (item));
      key = make_key (self, item);
      peal_item_places_add (places, id, key, item);
      g_ptr_array_add (keys, g_memdup2 (&key, sizeof key));
    }
  end = find_end (keys, behind, *n_posts);
  peal_item_store_replace (self->store, behind->is_set ? &behind->key : NULL, end.is_set ? &end.key : NULL,
                           places);
  return end;
}

static void
drop_behind (PealPostList *self, PealItemKey key)
{
  g_autoptr (GPtrArray) none = peal_item_places_new ();

  peal_item_store_replace (self->store, &key, NULL, none);
}

static void
take_page (PealPostList *self, PealDictIter *iter)
{
  guint n_posts;
  PealPostCursor end = place_page (self, iter, self->is_reloading ? &self->reload : &self->end, &n_posts);

  if (!self->is_reloading)
    {
      self->end = end;
      self->wants_more = FALSE;
    }
  else if (end.is_set && (self->n_reloaded += n_posts) < self->n_to_reload)
    self->reload = end;
  else
    {
      self->is_reloading = FALSE;
      self->end = end;
      if (end.is_set)
        drop_behind (self, end.key);
    }
  self->wants_more &= self->end.is_set;
}

static PealReaderUrge
fail (PealPostList *self)
{
  self->has_failed = TRUE;
  peal_post_list_sync (self);
  return PEAL_READER_REST;
}

PealReaderUrge
peal_post_list_take_reply (gpointer owner, DexFuture *done)
{
  PealPostList *self = owner;
  g_auto (PealDictIter) iter = PEAL_DICT_ITER_INIT;
  GError *error = NULL;
  const GValue *value = NULL;

  if (self->asked != NULL)
    {
      if (!take_posts (self, DEX_FUTURE_SET (done)))
        return fail (self);
      if (!self->is_reloading && !self->wants_more)
        peal_post_list_set_error (self, NULL);
    }
  else
    {
      value = dex_future_get_value (done, &error);
      if (value == NULL || !peal_dict_iter_init (&iter, g_value_get_variant (value)))
        {
          if (error == NULL)
            error = peal_error_new (PEAL_ERROR_INVALID, "agent_failed", "The agent's list of posts is none");
          peal_post_list_set_error (self, error);
          return fail (self);
        }
      take_page (self, &iter);
      peal_post_list_set_error (self, NULL);
      peal_post_list_set_loaded (self);
    }
  peal_post_list_take_progress (self);
  peal_post_list_sync (self);
  if (self->wants_more)
    return PEAL_READER_NOW;
  return self->is_reloading || g_hash_table_size (self->dirty) > 0 ? PEAL_READER_LATER : PEAL_READER_REST;
}

void
peal_post_list_take_progress (PealPostList *self)
{
  GVariant *progress = peal_client_peek_progress (get_client (self));
  GVariantIter iter;
  guint64 bytes, total;
  gint64 post;

  if (progress == NULL)
    return;
  g_variant_iter_init (&iter, progress);
  while (g_variant_iter_next (&iter, "(xtt)", &post, &bytes, &total))
    {
      g_autofree char *id = format_id (post);
      PealPostItem *item = peal_item_store_find (self->store, id);

      if (item != NULL && peal_post_item_get_state (item) == PEAL_POST_PUBLISHING)
        peal_post_item_set_progress (item, bytes, total);
    }
}
