/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-item-store.h"

#include <string.h>

/* So far may an item move for its row to move along; beyond that its neighbours should not be troubled. */
#define NEAR_MOVE 100

typedef struct
{
  char *id; /* NULL: behind all of its key */
  PealItemKey key;
  GObject *item;
  GSequenceIter *iter;
} Entry;

struct _PealItemStore
{
  GListModel *owner;
  GSequence *entries;
  GHashTable *by_id; /* of the entries' own ids and entries */
};

static Entry *
entry_new (const char *id, PealItemKey key, gpointer item)
{
  Entry *self = g_new0 (Entry, 1);

  self->id = g_strdup (id);
  self->key = key;
  self->item = g_object_ref (item);
  return self;
}

static void
entry_free (Entry *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_object (&self->item);
  g_free (self);
}

int
peal_item_key_compare (PealItemKey a, PealItemKey b)
{
  if (a.rank != b.rank)
    return a.rank < b.rank ? -1 : 1;
  if (a.tie != b.tie)
    return a.tie < b.tie ? -1 : 1;
  return 0;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Entry *x = a;
  const Entry *y = b;
  int result = peal_item_key_compare (x->key, y->key);

  if (result != 0)
    return result;
  if (x->id == NULL || y->id == NULL)
    return (x->id == NULL) - (y->id == NULL);
  return strcmp (x->id, y->id);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return compare (*(const Entry *const *)a, *(const Entry *const *)b, NULL);
}

/* The first entry behind all of @key. */
static GSequenceIter *
find_behind (PealItemStore *self, PealItemKey key)
{
  Entry probe = { NULL, key, NULL, NULL };

  return g_sequence_search (self->entries, &probe, compare, NULL);
}

static void
insert (PealItemStore *self, GSequenceIter *before, Entry *entry)
{
  entry->iter = g_sequence_insert_before (before, entry);
  g_hash_table_insert (self->by_id, entry->id, entry);
}

static void
forget (PealItemStore *self, Entry *entry)
{
  g_hash_table_remove (self->by_id, entry->id);
  g_sequence_remove (entry->iter);
}

static void
remove_and_tell (PealItemStore *self, Entry *entry)
{
  guint position = (guint)g_sequence_iter_get_position (entry->iter);

  forget (self, entry);
  g_list_model_items_changed (self->owner, position, 1, 0);
}

static void
insert_and_tell (PealItemStore *self, Entry *entry)
{
  insert (self, g_sequence_search (self->entries, entry, compare, NULL), entry);
  g_list_model_items_changed (self->owner, (guint)g_sequence_iter_get_position (entry->iter), 0, 1);
}

PealItemStore *
peal_item_store_new (GListModel *owner)
{
  PealItemStore *self = g_new0 (PealItemStore, 1);

  g_assert (G_IS_LIST_MODEL (owner));

  self->owner = owner;
  self->entries = g_sequence_new ((GDestroyNotify)entry_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
peal_item_store_free (PealItemStore *self)
{
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_sequence_free);
  g_free (self);
}

guint
peal_item_store_get_length (PealItemStore *self)
{
  return g_hash_table_size (self->by_id);
}

gpointer
peal_item_store_get (PealItemStore *self, guint position)
{
  Entry *entry = NULL;

  if (position >= peal_item_store_get_length (self))
    return NULL;
  entry = g_sequence_get (g_sequence_get_iter_at_pos (self->entries, (int)position));
  return entry->item;
}

gpointer
peal_item_store_find (PealItemStore *self, const char *id)
{
  Entry *entry = g_hash_table_lookup (self->by_id, id);

  return entry != NULL ? entry->item : NULL;
}

/* Whether @entry would stand where it stands if its key were @key. */
static gboolean
fits (Entry *entry, PealItemKey key)
{
  Entry probe = { entry->id, key, NULL, NULL };
  GSequenceIter *next = g_sequence_iter_next (entry->iter);

  return (g_sequence_iter_is_begin (entry->iter)
          || compare (g_sequence_get (g_sequence_iter_prev (entry->iter)), &probe, NULL) < 0)
         && (g_sequence_iter_is_end (next) || compare (&probe, g_sequence_get (next), NULL) < 0);
}

/* A short way is one change, for its row and what has the focus to go along. */
static void
move (PealItemStore *self, Entry *entry, PealItemKey key)
{
  Entry probe = { entry->id, key, NULL, NULL };
  int from = g_sequence_iter_get_position (entry->iter);
  int to = g_sequence_iter_get_position (g_sequence_search (self->entries, &probe, compare, NULL));

  if (ABS (to - from) < NEAR_MOVE)
    {
      guint first, n;

      entry->key = key;
      g_sequence_sort_changed (entry->iter, compare, NULL);
      to = g_sequence_iter_get_position (entry->iter);
      first = (guint)MIN (from, to);
      n = (guint)ABS (to - from) + 1;
      g_list_model_items_changed (self->owner, first, n, n);
    }
  else
    {
      Entry *moved = entry_new (entry->id, key, entry->item);

      remove_and_tell (self, entry);
      insert_and_tell (self, moved);
    }
}

void
peal_item_store_place (PealItemStore *self, const char *id, PealItemKey key, gpointer item)
{
  Entry *entry = g_hash_table_lookup (self->by_id, id);

  if (entry != NULL && entry->item != item)
    {
      remove_and_tell (self, entry);
      entry = NULL;
    }
  if (entry == NULL)
    insert_and_tell (self, entry_new (id, key, item));
  else if (fits (entry, key))
    entry->key = key;
  else
    move (self, entry, key);
}

gboolean
peal_item_store_remove (PealItemStore *self, const char *id)
{
  Entry *entry = g_hash_table_lookup (self->by_id, id);

  if (entry == NULL)
    return FALSE;
  remove_and_tell (self, entry);
  return TRUE;
}

GPtrArray *
peal_item_places_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
}

void
peal_item_places_add (GPtrArray *places, const char *id, PealItemKey key, gpointer item)
{
  g_ptr_array_add (places, entry_new (id, key, item));
}

static gboolean
is_between (PealItemKey key, const PealItemKey *after, const PealItemKey *upto)
{
  return (after == NULL || peal_item_key_compare (*after, key) < 0)
         && (upto == NULL || peal_item_key_compare (key, *upto) <= 0);
}

/* Each id once, in order; what comes in from elsewhere leaves its old place. */
static void
prepare (PealItemStore *self, const PealItemKey *after, const PealItemKey *upto, GPtrArray *places)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint i = 0;

  g_ptr_array_sort (places, compare_places);
  while (i < places->len)
    {
      Entry *place = g_ptr_array_index (places, i);
      Entry *entry = g_hash_table_lookup (self->by_id, place->id);

      if (!is_between (place->key, after, upto) || g_hash_table_contains (seen, place->id))
        {
          g_ptr_array_remove_index (places, i);
          continue;
        }
      g_hash_table_add (seen, place->id);
      if (entry != NULL && !is_between (entry->key, after, upto))
        remove_and_tell (self, entry);
      i++;
    }
}

/* Whether @place is where @entry is already. */
static gboolean
take_place (Entry *entry, const Entry *place)
{
  if (entry->item != place->item || !g_str_equal (entry->id, place->id))
    return FALSE;
  entry->key = place->key;
  return TRUE;
}

void
peal_item_store_replace (PealItemStore *self,
                         const PealItemKey *after,
                         const PealItemKey *upto,
                         GPtrArray *places)
{
  GSequenceIter *iter, *stop;
  guint position, n_old, n_new, first = 0;

  prepare (self, after, upto, places);
  iter = after != NULL ? find_behind (self, *after) : g_sequence_get_begin_iter (self->entries);
  stop = upto != NULL ? find_behind (self, *upto) : g_sequence_get_end_iter (self->entries);
  position = (guint)g_sequence_iter_get_position (iter);
  n_old = (guint)g_sequence_iter_get_position (stop) - position;
  n_new = places->len;

  for (; n_old > 0 && n_new > 0 && take_place (g_sequence_get (iter), g_ptr_array_index (places, first));
       position++, n_old--, n_new--, first++)
    iter = g_sequence_iter_next (iter);
  for (; n_old > 0 && n_new > 0
         && take_place (g_sequence_get (g_sequence_iter_prev (stop)),
                        g_ptr_array_index (places, first + n_new - 1));
       n_old--, n_new--)
    stop = g_sequence_iter_prev (stop);

  for (guint i = 0; i < n_old; i++)
    {
      GSequenceIter *next = g_sequence_iter_next (iter);

      forget (self, g_sequence_get (iter));
      iter = next;
    }
  for (guint i = first; i < first + n_new; i++)
    {
      Entry *place = g_ptr_array_index (places, i);

      insert (self, stop, entry_new (place->id, place->key, place->item));
    }
  if (n_old > 0 || n_new > 0)
    g_list_model_items_changed (self->owner, position, n_old, n_new);
}
