/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-item-store.h"

#include <stdlib.h>

/* A list model that is nothing but a store, and a second list that follows its news: at the end of each test,
 * and of each step of the random one, both must hold the same. */

#define TEST_TYPE_MODEL (test_model_get_type ())
G_DECLARE_FINAL_TYPE (TestModel, test_model, TEST, MODEL, GObject)

struct _TestModel
{
  GObject parent_instance;

  PealItemStore *store;
  GPtrArray *mirror;
  guint n_changes, position, removed, added;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestModel,
                               test_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
test_model_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
test_model_get_n_items (GListModel *model)
{
  return peal_item_store_get_length (TEST_MODEL (model)->store);
}

static gpointer
test_model_get_item (GListModel *model, guint position)
{
  gpointer item = peal_item_store_get (TEST_MODEL (model)->store, position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = test_model_get_item_type;
  iface->get_n_items = test_model_get_n_items;
  iface->get_item = test_model_get_item;
}

static void
test_model_finalize (GObject *object)
{
  TestModel *self = TEST_MODEL (object);

  g_clear_pointer (&self->store, peal_item_store_free);
  g_clear_pointer (&self->mirror, g_ptr_array_unref);
  G_OBJECT_CLASS (test_model_parent_class)->finalize (object);
}

static void
test_model_class_init (TestModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_model_finalize;
}

static void
items_changed_cb (TestModel *self, guint position, guint removed, guint added)
{
  self->n_changes++;
  self->position = position;
  self->removed = removed;
  self->added = added;
  g_assert_cmpuint (position + removed, <=, self->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (self->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->mirror, (int)(position + i),
                        g_list_model_get_item (G_LIST_MODEL (self), position + i));
  g_assert_cmpuint (self->mirror->len, ==, g_list_model_get_n_items (G_LIST_MODEL (self)));
}

static void
test_model_init (TestModel *self)
{
  self->store = peal_item_store_new (G_LIST_MODEL (self));
  self->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (self, "items-changed", G_CALLBACK (items_changed_cb), NULL);
}

/* Items say their own names; what the store has of an id is that of the item. */
static GObject *
make_item (const char *id)
{
  GObject *item = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data_full (item, "id", g_strdup (id), g_free);
  return item;
}

static void
assert_model (TestModel *self, const char *ids)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (self->mirror->len, ==, peal_item_store_get_length (self->store));
  for (guint i = 0; i < self->mirror->len; i++)
    {
      GObject *item = peal_item_store_get (self->store, i);
      const char *id = g_object_get_data (item, "id");

      g_assert_true (item == g_ptr_array_index (self->mirror, i));
      g_assert_true (item == peal_item_store_find (self->store, id));
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", id);
    }
  if (ids != NULL)
    g_assert_cmpstr (text->str, ==, ids);
}

static void
place (TestModel *self, const char *id, gint64 rank)
{
  g_autoptr (GObject) item = NULL;

  if (!g_set_object (&item, peal_item_store_find (self->store, id)))
    item = make_item (id);
  peal_item_store_place (self->store, id, (PealItemKey){ rank, 0 }, item);
}

static void
add (GPtrArray *places, TestModel *self, const char *id, gint64 rank)
{
  g_autoptr (GObject) item = NULL;

  if (!g_set_object (&item, peal_item_store_find (self->store, id)))
    item = make_item (id);
  peal_item_places_add (places, id, (PealItemKey){ rank, 0 }, item);
}

/* @text: "a1 b2", ids of a letter and their ranks. */
static void
replace (TestModel *self, const char *text, gint64 after, gint64 upto)
{
  g_autoptr (GPtrArray) places = peal_item_places_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  PealItemKey begin = { after, 0 }, end = { upto, 0 };

  self->n_changes = 0;
  for (char **word = words; *word != NULL && **word != '\0'; word++)
    {
      const char id[] = { **word, '\0' };

      add (places, self, id, atoi (*word + 1));
    }
  peal_item_store_replace (self->store, after >= 0 ? &begin : NULL, upto >= 0 ? &end : NULL, places);
}

static void
assert_change (TestModel *self, guint position, guint removed, guint added)
{
  g_assert_cmpuint (self->n_changes, ==, 1);
  g_assert_cmpuint (self->position, ==, position);
  g_assert_cmpuint (self->removed, ==, removed);
  g_assert_cmpuint (self->added, ==, added);
}

static void
test_place (void)
{
  g_autoptr (TestModel) model = g_object_new (TEST_TYPE_MODEL, NULL);

  place (model, "b", 2);
  place (model, "a", 2);
  place (model, "c", 1);
  assert_model (model, "c a b");
  g_assert_cmpuint (model->n_changes, ==, 3);
  /* Within its neighbours it stays. */
  place (model, "c", 0);
  place (model, "a", 1);
  g_assert_cmpuint (model->n_changes, ==, 3);
  place (model, "c", 9);
  g_assert_cmpuint (model->n_changes, ==, 4);
  assert_model (model, "a b c");
  place (model, "c", 0);
  assert_model (model, "c a b");
  g_assert_true (peal_item_store_remove (model->store, "a"));
  g_assert_false (peal_item_store_remove (model->store, "a"));
  assert_model (model, "c b");
  g_assert_null (peal_item_store_get (model->store, 2));
  g_assert_null (peal_item_store_find (model->store, "a"));
}

/* Another object of the same id takes its place. */
static void
test_place_other (void)
{
  g_autoptr (TestModel) model = g_object_new (TEST_TYPE_MODEL, NULL);
  g_autoptr (GObject) other = make_item ("a");

  place (model, "a", 2);
  place (model, "b", 3);
  peal_item_store_place (model->store, "a", (PealItemKey){ 2, 0 }, other);
  assert_model (model, "a b");
  g_assert_true (peal_item_store_find (model->store, "a") == other);
}

static void
test_tie (void)
{
  g_autoptr (TestModel) model = g_object_new (TEST_TYPE_MODEL, NULL);
  g_autoptr (GObject) ten = make_item ("10");
  g_autoptr (GObject) nine = make_item ("9");

  peal_item_store_place (model->store, "10", (PealItemKey){ 1, 10 }, ten);
  peal_item_store_place (model->store, "9", (PealItemKey){ 1, 9 }, nine);
  assert_model (model, "9 10");
  g_assert_cmpint (peal_item_key_compare ((PealItemKey){ G_MININT64, 0 }, (PealItemKey){ G_MAXINT64, 0 }), <,
                   0);
}

static void
test_replace (void)
{
  g_autoptr (TestModel) model = g_object_new (TEST_TYPE_MODEL, NULL);

  replace (model, "c3 a1 b2", -1, -1);
  assert_change (model, 0, 0, 3);
  assert_model (model, "a b c");
  replace (model, "a1 b2 c3", -1, -1);
  g_assert_cmpuint (model->n_changes, ==, 0);
  /* New ranks, the same order. */
  replace (model, "a4 b5 c6", -1, -1);
  g_assert_cmpuint (model->n_changes, ==, 0);
  /* Behind it. */
  replace (model, "d7 e8", 6, -1);
  assert_change (model, 3, 0, 2);
  assert_model (model, "a b c d e");
  /* In the middle. */
  replace (model, "a4 x5 c6 d7 e8", -1, -1);
  assert_change (model, 1, 1, 1);
  assert_model (model, "a x c d e");
  /* A part of it alone. */
  replace (model, "y5 z6", 4, 6);
  assert_change (model, 1, 2, 2);
  assert_model (model, "a y z d e");
  /* From elsewhere into it. */
  replace (model, "e5", 4, 6);
  assert_model (model, "a e d");
  /* Away with what is behind. */
  replace (model, "", 5, -1);
  assert_change (model, 2, 1, 0);
  assert_model (model, "a e");
  replace (model, "", -1, -1);
  assert_change (model, 0, 2, 0);
  assert_model (model, "");
}

/* What is not of the range, or comes twice, is left out. */
static void
test_replace_wrong (void)
{
  g_autoptr (TestModel) model = g_object_new (TEST_TYPE_MODEL, NULL);

  replace (model, "a1 b2 c3", -1, -1);
  replace (model, "x1 y9 z3 b3", 2, 5);
  assert_model (model, "a b z");
  replace (model, "q7 q8 q6", 5, -1);
  assert_model (model, "a b z q");
}

/* Whatever happens, what the news tell is what there is, in order. */
static void
test_random (void)
{
  g_autoptr (TestModel) model = g_object_new (TEST_TYPE_MODEL, NULL);
  GHashTable *ranks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int round = 0; round < 3000; round++)
    {
      g_autofree char *id = g_strdup_printf ("%d", g_test_rand_int_range (0, 200));
      gint64 rank = g_test_rand_int_range (0, 300);

      if (g_test_rand_int_range (0, 4) == 0)
        {
          peal_item_store_remove (model->store, id);
          g_hash_table_remove (ranks, id);
        }
      else if (g_test_rand_int_range (0, 10) == 0)
        {
          g_autoptr (GPtrArray) places = peal_item_places_new ();
          PealItemKey after = { rank, 0 }, upto = { rank + 30, 0 };
          GHashTableIter iter;
          gpointer old;

          g_hash_table_iter_init (&iter, ranks);
          while (g_hash_table_iter_next (&iter, NULL, &old))
            if (GPOINTER_TO_INT (old) > rank && GPOINTER_TO_INT (old) <= rank + 30)
              g_hash_table_iter_remove (&iter);
          for (int i = 0; i < 20; i++)
            {
              g_autofree char *other = g_strdup_printf ("%d", i * 7);
              int to = g_test_rand_int_range ((int)rank + 1, (int)rank + 31);

              add (places, model, other, to);
              g_hash_table_insert (ranks, g_steal_pointer (&other), GINT_TO_POINTER (to));
            }
          peal_item_store_replace (model->store, &after, &upto, places);
        }
      else
        {
          place (model, id, rank);
          g_hash_table_insert (ranks, g_strdup (id), GINT_TO_POINTER ((int)rank));
        }
      g_assert_cmpuint (peal_item_store_get_length (model->store), ==, g_hash_table_size (ranks));
      assert_model (model, NULL);
      for (guint i = 1; i < model->mirror->len; i++)
        {
          const char *before = g_object_get_data (g_ptr_array_index (model->mirror, i - 1), "id");
          const char *self = g_object_get_data (g_ptr_array_index (model->mirror, i), "id");

          g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (ranks, before)), <=,
                           GPOINTER_TO_INT (g_hash_table_lookup (ranks, self)));
        }
    }
  g_hash_table_unref (ranks);
}

/* Items are let go of with what held them. */
static void
test_references (void)
{
  TestModel *model = g_object_new (TEST_TYPE_MODEL, NULL);
  GObject *item = make_item ("a");

  peal_item_store_place (model->store, "a", (PealItemKey){ 1, 0 }, item);
  peal_item_store_place (model->store, "a", (PealItemKey){ 2, 0 }, item);
  replace (model, "a3 b4", -1, -1);
  replace (model, "b2 a3", -1, -1);
  g_assert_finalize_object (model);
  g_assert_finalize_object (item);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/item-store/place", test_place);
  g_test_add_func ("/item-store/place/other", test_place_other);
  g_test_add_func ("/item-store/tie", test_tie);
  g_test_add_func ("/item-store/replace", test_replace);
  g_test_add_func ("/item-store/replace/wrong", test_replace_wrong);
  g_test_add_func ("/item-store/random", test_random);
  g_test_add_func ("/item-store/references", test_references);

  return g_test_run ();
}
