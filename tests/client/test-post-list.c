/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-client-fixture.h"
#include "peal-error.h"
#include "peal-test-posts.h"

#define PAGE PEAL_POSTS_PAGE

static const PealPostState past[] = { PEAL_POST_PUBLISHED, PEAL_POST_CANCELLED };

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;

  peal_fake_agent_clear_posts (self->agent);
  list = peal_posts_load (self);
  peal_posts_assert (list, "");
  g_assert_false (peal_post_list_has_more (list));
  g_assert_false (peal_post_list_is_loading (list));
  g_assert_null (peal_post_list_get_error (list));
  peal_post_list_load_more (list);
  peal_fixture_settle (self);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListPosts"), ==, 1);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 0));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == PEAL_TYPE_POST_ITEM);
}

/* The agent answers to what the list asks: the states, the order, and the place behind which a page begins.
 */
static void
test_pages (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;
  g_autofree char *asked = NULL;
  PealPostsChange change;

  peal_posts_put_many (self, 2 * PAGE + 20);
  peal_posts_put (self, 1000, "published", 1);
  list = peal_posts_load (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, PAGE);
  g_assert_true (peal_post_list_has_more (list));
  peal_posts_watch (list, &change);
  peal_post_list_load_more (list);
  g_assert_true (peal_post_list_is_loading (list));
  peal_post_list_load_more (list);
  peal_wait_until (!peal_post_list_is_loading (list));
  peal_posts_assert_change (&change, PAGE, 0, PAGE);
  peal_post_list_load_more (list);
  peal_wait_until (!peal_post_list_has_more (list));
  peal_posts_assert_change (&change, 2 * PAGE, 0, 20);
  for (guint i = 0; i < 2 * PAGE + 20; i++)
    g_assert_cmpint (peal_posts_get_id (list, i), ==, i + 1);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListPosts"), ==, 3);
  asked = g_variant_print (peal_fake_agent_get_last (self->agent, "ListPosts"), FALSE);
  g_assert_nonnull (strstr (asked, "'states': <['scheduled', 'held', 'publishing']>"));
  g_assert_nonnull (strstr (asked, "'order': <'soonest'>"));
  g_assert_nonnull (strstr (asked, "'after': <int64 80>"));
  g_assert_nonnull (strstr (asked, "'after_instant': <int64 1793625600000000>"));
  g_assert_nonnull (strstr (asked, ", 40)"));
}

/* A page that ends among those without a due goes on behind an id alone. */
static void
test_without_due (Fixture *self, gconstpointer data)
{
  const PealPostState drafts[] = { PEAL_POST_DRAFT };
  g_autoptr (PealPostList) list = NULL;

  peal_fake_agent_clear_posts (self->agent);
  peal_posts_put (self, 500, "draft", 9);
  for (guint i = 1; i <= PAGE + 5; i++)
    peal_fake_agent_put_post (self->agent, i, "draft", 0, "{'due': <()>}");
  list = peal_post_list_new (self->link, drafts, 1, PEAL_POST_ORDER_SOONEST);
  peal_wait_until (peal_post_list_has_more (list));
  peal_post_list_load_more (list);
  peal_wait_until (!peal_post_list_has_more (list));
  g_assert_cmpint (peal_posts_get_id (list, 0), ==, 500);
  for (guint i = 1; i <= PAGE + 5; i++)
    g_assert_cmpint (peal_posts_get_id (list, i), ==, i);
}

static void
test_latest (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;

  peal_fake_agent_clear_posts (self->agent);
  peal_posts_put (self, 1, "published", 10);
  peal_fake_agent_put_post (self->agent, 2, "published", 20, "{'published_at': <int64 1793620800000000>}");
  peal_fake_agent_put_post (self->agent, 3, "cancelled", 5, "{'ended_at': <int64 1793630000000000>}");
  peal_fake_agent_put_post (self->agent, 4, "cancelled", 0, "{'due': <()>}");
  peal_posts_put (self, 5, "cancelled", 10);
  list = peal_post_list_new (self->link, past, G_N_ELEMENTS (past), PEAL_POST_ORDER_LATEST);
  peal_wait_until (peal_post_list_is_loaded (list));
  peal_posts_assert (list, "3 5 1 2 4");
  /* Inserted by the same order as the agent's. */
  peal_posts_put (self, 6, "cancelled", 10);
  peal_posts_tell (self, 6);
  peal_wait_until (peal_posts_are (list, "3 6 5 1 2 4"));
}

static void
test_latest_pages (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;

  peal_fake_agent_clear_posts (self->agent);
  for (guint i = 1; i <= 2 * PAGE + 1; i++)
    peal_posts_put (self, i, "published", i / 7);
  list = peal_post_list_new (self->link, past, G_N_ELEMENTS (past), PEAL_POST_ORDER_LATEST);
  peal_wait_until (peal_post_list_is_loaded (list));
  while (peal_post_list_has_more (list))
    {
      peal_post_list_load_more (list);
      peal_wait_until (!peal_post_list_is_loading (list));
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2 * PAGE + 1);
  for (guint i = 0; i <= 2 * PAGE; i++)
    g_assert_cmpint (peal_posts_get_id (list, i), ==, 2 * PAGE + 1 - i);
}

static void
test_change (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;
  g_autoptr (PealPostItem) item = NULL;
  guint n_changed = 0;
  PealPostsChange change;

  peal_posts_put_many (self, 5);
  list = peal_posts_load (self);
  item = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (count_cb), &n_changed);
  peal_posts_watch (list, &change);

  /* In its place, moved there and back, gone to another state, and back as the same object? No: it was let
   * go. */
  peal_fake_agent_put_post (self->agent, 2, "held", 2, "{'hold_reason': <'missed'>}");
  peal_posts_tell (self, 2);
  peal_wait_until (peal_post_item_get_state (item) == PEAL_POST_HELD);
  g_assert_cmpint (peal_post_item_get_hold_reason (item), ==, PEAL_HOLD_MISSED);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (change.n, ==, 0);

  peal_posts_put (self, 2, "scheduled", 100);
  peal_posts_tell (self, 2);
  peal_wait_until (peal_posts_are (list, "1 3 4 5 2"));
  peal_posts_assert_change (&change, 1, 4, 4);

  peal_posts_put (self, 2, "published", 100);
  peal_posts_tell (self, 2);
  peal_wait_until (peal_posts_are (list, "1 3 4 5"));
  peal_posts_assert_change (&change, 4, 1, 0);

  peal_posts_put (self, 2, "scheduled", 3);
  peal_posts_tell (self, 2);
  peal_wait_until (peal_posts_are (list, "1 2 3 4 5"));
  peal_posts_assert_change (&change, 1, 0, 1);

  peal_fake_agent_remove_post (self->agent, 4);
  peal_posts_tell (self, 4);
  peal_wait_until (peal_posts_are (list, "1 2 3 5"));
  peal_posts_assert_change (&change, 3, 1, 0);

  peal_posts_put (self, 7, "scheduled", -5);
  peal_posts_tell (self, 7);
  peal_wait_until (peal_posts_are (list, "7 1 2 3 5"));
  peal_posts_assert_change (&change, 0, 0, 1);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListPosts"), ==, 1);
}

/* Nothing new is not told. */
static void
test_no_change (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;
  g_autoptr (PealPostItem) item = NULL;
  guint n_changed = 0;
  PealPostsChange change;

  peal_posts_put_many (self, 3);
  list = peal_posts_load (self);
  item = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (count_cb), &n_changed);
  peal_posts_watch (list, &change);
  peal_posts_tell (self, 2);
  peal_posts_tell (self, 99);
  peal_wait_until (peal_fake_agent_get_n_calls (self->agent, "GetPost") >= 2);
  peal_fake_agent_emit_changed (self->agent, "post", (const char *const[]){ NULL });
  peal_wait_until (peal_fake_agent_get_n_calls (self->agent, "ListPosts") == 2);
  peal_fixture_settle (self);
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_cmpuint (change.n, ==, 0);
}

/* Far away it is two changes, so that what lies between is left alone. */
static void
test_far_move (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;
  g_autoptr (PealPostItem) item = NULL;
  g_autoptr (PealPostItem) moved = NULL;
  PealPostsChange change;

  peal_posts_put_many (self, 250);
  list = peal_posts_load (self);
  while (peal_post_list_has_more (list))
    {
      peal_post_list_load_more (list);
      peal_wait_until (!peal_post_list_is_loading (list));
    }
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  peal_posts_watch (list, &change);
  peal_posts_put (self, 1, "scheduled", 1000);
  peal_posts_tell (self, 1);
  peal_wait_until (peal_posts_get_id (list, 249) == 1);
  g_assert_cmpuint (change.n, ==, 2);
  moved = g_list_model_get_item (G_LIST_MODEL (list), 249);
  g_assert_true (moved == item);
}

/* What lies behind the last page waits for it, and what moves there goes. */
static void
test_border (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;

  peal_posts_put_many (self, PAGE + 20);
  list = peal_posts_load (self);
  peal_posts_put (self, 1000, "scheduled", PAGE + 8);
  peal_posts_tell (self, 1000);
  peal_posts_put (self, 1, "scheduled", PAGE + 12);
  peal_posts_tell (self, 1);
  peal_wait_until (peal_posts_get_id (list, 0) == 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, PAGE - 1);
  peal_post_list_load_more (list);
  peal_wait_until (!peal_post_list_has_more (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, PAGE + 21);
  g_assert_cmpint (peal_posts_get_id (list, PAGE - 1 + 8), ==, 1000);
  /* With everything held, everything has a place. */
  peal_posts_put (self, 1001, "scheduled", 5000);
  peal_posts_tell (self, 1001);
  peal_wait_until (peal_posts_get_id (list, PAGE + 21) == 1001);
}

/* Few are asked for one by one, in one go; more than that as a list. */
static void
test_many_changes (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  peal_posts_put_many (self, 35);
  list = peal_posts_load (self);
  for (guint i = 1; i <= 20; i++)
    {
      peal_posts_put (self, i, "scheduled", 1000 - i);
      g_ptr_array_add (ids, g_strdup_printf ("%u", i));
    }
  g_ptr_array_add (ids, NULL);
  peal_fake_agent_emit_changed (self->agent, "post", (const char *const *)ids->pdata);
  peal_wait_until (peal_posts_get_id (list, 0) == 21 && peal_posts_get_id (list, 34) == 1);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetPost"), ==, 20);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListPosts"), ==, 1);

  g_ptr_array_remove_index (ids, 20);
  for (guint i = 21; i <= 30; i++)
    g_ptr_array_add (ids, g_strdup_printf ("%u", i));
  g_ptr_array_add (ids, NULL);
  for (guint i = 1; i <= 30; i++)
    peal_posts_put (self, i, "scheduled", i);
  peal_fake_agent_emit_changed (self->agent, "post", (const char *const *)ids->pdata);
  peal_wait_until (peal_posts_get_id (list, 0) == 1 && peal_posts_get_id (list, 34) == 35);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetPost"), ==, 20);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListPosts"), ==, 2);
}

/* The same post again and again is asked for a few times. */
static void
test_coalesces (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;

  peal_posts_put_many (self, 3);
  list = peal_posts_load (self);
  peal_fixture_count (self, self->link, "changed");
  for (int i = 0; i < 100; i++)
    peal_posts_tell (self, 2);
  peal_wait_until (self->n_signals == 100);
  peal_fixture_settle (self);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetPost"), >, 0);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetPost"), <=, 50);
}

static void
test_filter (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;
  g_autofree char *asked = NULL;

  peal_posts_put_many (self, 2 * PAGE);
  peal_fake_agent_put_post (self->agent, 900, "scheduled", 50, "{'account': <'-000ExampleOtto'>}");
  peal_fake_agent_put_post (self->agent, 901, "scheduled", 51, "{'caption': <'Plum pie'>}");
  list = peal_posts_load (self);
  peal_post_list_load_more (list);
  peal_wait_until (!peal_post_list_is_loading (list));

  peal_post_list_set_filter (list, "-000ExampleOtto", NULL);
  g_assert_true (peal_post_list_is_loading (list));
  peal_wait_until (!peal_post_list_is_loading (list));
  peal_posts_assert (list, "900");
  /* Of another account: not here, whatever changes. */
  peal_posts_tell (self, 1);
  peal_fake_agent_put_post (self->agent, 902, "scheduled", 1, "{'account': <'-000ExampleOtto'>}");
  peal_posts_tell (self, 902);
  peal_wait_until (peal_posts_are (list, "902 900"));

  peal_post_list_set_filter (list, NULL, "PLUM");
  peal_wait_until (!peal_post_list_is_loading (list));
  peal_posts_assert (list, "901");
  asked = g_variant_print (peal_fake_agent_get_last (self->agent, "ListPosts"), FALSE);
  g_assert_nonnull (strstr (asked, "'text': <'PLUM'>"));
  /* Whether something still has it in it is asked of the agent. */
  peal_fake_agent_put_post (self->agent, 3, "scheduled", 3, "{'caption': <'More plum'>}");
  peal_posts_tell (self, 3);
  peal_wait_until (peal_posts_are (list, "3 901"));

  peal_post_list_set_filter (list, NULL, "");
  peal_wait_until (!peal_post_list_is_loading (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, PAGE);
  g_assert_true (peal_post_list_has_more (list));
}

#define ADD(path, func)                                                                                      \
  g_test_add (path, Fixture, NULL, peal_fixture_set_up_ready, func, peal_fixture_tear_down)

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/post-list/empty", test_empty);
  ADD ("/post-list/pages", test_pages);
  ADD ("/post-list/without-due", test_without_due);
  ADD ("/post-list/latest", test_latest);
  ADD ("/post-list/latest/pages", test_latest_pages);
  ADD ("/post-list/change", test_change);
  ADD ("/post-list/no-change", test_no_change);
  ADD ("/post-list/far-move", test_far_move);
  ADD ("/post-list/border", test_border);
  ADD ("/post-list/many-changes", test_many_changes);
  ADD ("/post-list/coalesces", test_coalesces);
  ADD ("/post-list/filter", test_filter);

  return g_test_run ();
}
