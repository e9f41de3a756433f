/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-client-fixture.h"
#include "peal-error.h"
#include "peal-test-posts.h"

#define PAGE PEAL_POSTS_PAGE

/* A page that is on its way when something changes tells of it as it was; that must not stay. */
static void
test_late_page (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;

  peal_posts_put_many (self, 3);
  peal_fake_agent_hold (self->agent, "ListPosts");
  list = peal_posts_make (self);
  peal_wait_until (peal_fake_agent_get_n_calls (self->agent, "ListPosts") == 1);
  peal_fixture_count (self, self->link, "changed");
  peal_posts_put (self, 2, "published", 2);
  peal_posts_tell (self, 2);
  peal_posts_put (self, 3, "held", -9);
  peal_posts_tell (self, 3);
  peal_wait_until (self->n_signals == 2);
  peal_fixture_settle (self);
  peal_fake_agent_release (self->agent);
  peal_wait_until (peal_posts_are (list, "3 1"));
}

/* As many as are held are read again, without a moment in which there are none. */
static void
test_loss (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;
  g_autoptr (PealPostItem) item = NULL;
  g_autoptr (PealPostItem) same = NULL;
  PealPostsChange change;

  peal_posts_put_many (self, 3 * PAGE);
  list = peal_posts_load (self);
  peal_post_list_load_more (list);
  peal_wait_until (!peal_post_list_is_loading (list));
  item = g_list_model_get_item (G_LIST_MODEL (list), PAGE + PAGE / 2);
  peal_posts_watch (list, &change);

  peal_fixture_kill_agent (self);
  peal_wait_until (peal_agent_link_get_state (self->link) == PEAL_LINK_LOST);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2 * PAGE);
  g_assert_false (peal_post_list_is_loading (list));

  peal_fixture_bring_agent (self, 1);
  peal_posts_put_many (self, 3 * PAGE);
  peal_fake_agent_remove_post (self->agent, 10);
  peal_posts_put (self, 2000, "scheduled", 20);
  peal_wait_until (peal_post_list_is_loading (list));
  peal_wait_until (!peal_post_list_is_loading (list));
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListPosts"), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2 * PAGE);
  g_assert_cmpint (peal_posts_get_id (list, 9), ==, 11);
  g_assert_cmpint (peal_posts_get_id (list, 19), ==, 2000);
  same = g_list_model_get_item (G_LIST_MODEL (list), PAGE + PAGE / 2);
  g_assert_true (same == item);
  /* One change of what is between the two, and the rest is not touched. */
  peal_posts_assert_change (&change, 9, 11, 11);
  g_assert_true (peal_post_list_has_more (list));
}

/* Fewer than before, and nothing at all. */
static void
test_shrink (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;

  peal_posts_put_many (self, 2 * PAGE);
  list = peal_posts_load (self);
  peal_post_list_load_more (list);
  peal_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 2 * PAGE);
  peal_posts_put_many (self, PAGE + 3);
  peal_fake_agent_emit_changed (self->agent, "post", (const char *const[]){ NULL });
  peal_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == PAGE + 3);
  g_assert_false (peal_post_list_has_more (list));
  peal_fake_agent_clear_posts (self->agent);
  peal_fake_agent_emit_changed (self->agent, "post", (const char *const[]){ NULL });
  peal_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0);
}

/* As many are read as were held: what was pushed behind the last page goes. */
static void
test_grow (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;

  peal_posts_put_many (self, 3 * PAGE);
  list = peal_posts_load (self);
  peal_post_list_load_more (list);
  peal_wait_until (!peal_post_list_is_loading (list));
  for (guint i = 0; i < 30; i++)
    peal_posts_put (self, 1000 + i, "scheduled", (gint64)i - 1000);
  peal_fake_agent_emit_changed (self->agent, "post", (const char *const[]){ NULL });
  peal_wait_until (peal_post_list_is_loading (list));
  peal_wait_until (!peal_post_list_is_loading (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2 * PAGE);
  g_assert_cmpint (peal_posts_get_id (list, 0), ==, 1000);
  g_assert_cmpint (peal_posts_get_id (list, 2 * PAGE - 1), ==, 2 * PAGE - 30);
  peal_post_list_load_more (list);
  peal_wait_until (!peal_post_list_is_loading (list));
  g_assert_cmpint (peal_posts_get_id (list, 2 * PAGE), ==, 2 * PAGE - 29);
}

/* Somebody types: what came too late for it is dropped. */
static void
test_filter_overtakes (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;
  guint n;

  peal_posts_put_many (self, 3);
  peal_fake_agent_put_post (self->agent, 901, "scheduled", 51, "{'caption': <'Plum pie'>}");
  list = peal_posts_load (self);
  peal_fixture_count (self, list, "notify::error");
  n = peal_fake_agent_get_n_calls (self->agent, "ListPosts");
  peal_fake_agent_hold (self->agent, "ListPosts");
  peal_post_list_set_filter (list, NULL, "cake");
  peal_wait_until (peal_fake_agent_get_n_calls (self->agent, "ListPosts") == n + 1);
  peal_post_list_set_filter (list, NULL, "plum");
  peal_wait_until (peal_fake_agent_get_n_calls (self->agent, "ListPosts") == n + 2);
  peal_fake_agent_release (self->agent);
  peal_wait_until (!peal_post_list_is_loading (list));
  peal_posts_assert (list, "901");
  peal_fixture_settle (self);
  peal_posts_assert (list, "901");
  g_assert_cmpuint (self->n_signals, ==, 0);
}

static void
test_error (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;

  peal_posts_put_many (self, PAGE + 5);
  peal_fake_agent_set_error (self->agent, "StorageCorrupt", "storage_failed: No");
  list = peal_posts_make (self);
  peal_wait_until (peal_post_list_get_error (list) != NULL);
  g_assert_cmpstr (peal_error_get_reason (peal_post_list_get_error (list)), ==, "storage_failed");
  g_assert_false (peal_post_list_is_loaded (list));
  g_assert_false (peal_post_list_is_loading (list));

  /* Asked again, it is read. */
  peal_fake_agent_set_error (self->agent, NULL, NULL);
  peal_post_list_load_more (list);
  peal_wait_until (peal_post_list_is_loaded (list));
  g_assert_null (peal_post_list_get_error (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, PAGE);

  /* So is the next page, and a single post. */
  peal_fake_agent_set_error (self->agent, "StorageCorrupt", "storage_failed: No");
  peal_post_list_load_more (list);
  peal_wait_until (peal_post_list_get_error (list) != NULL);
  g_assert_true (peal_post_list_has_more (list));
  peal_fake_agent_set_error (self->agent, NULL, NULL);
  peal_post_list_load_more (list);
  peal_wait_until (!peal_post_list_has_more (list));
  g_assert_null (peal_post_list_get_error (list));

  peal_fake_agent_set_error (self->agent, "StorageCorrupt", "storage_failed: No");
  peal_posts_put (self, 1, "scheduled", 5000);
  peal_posts_tell (self, 1);
  peal_wait_until (peal_post_list_get_error (list) != NULL);
  peal_fake_agent_set_error (self->agent, NULL, NULL);
  peal_posts_tell (self, 2);
  peal_wait_until (peal_posts_get_id (list, PAGE + 4) == 1);
  peal_wait_until (peal_post_list_get_error (list) == NULL);
}

/* Bytes of a program that is not ours. */
static void
test_nonsense (Fixture *self, gconstpointer data)
{
  const char *const replies[] = {
    "('hello',)",
    "([{'id': <int64 1>}], 5)",
    "(@aa{sv} [], @aa{sv} [])",
    "@() ()",
  };
  g_autoptr (PealPostList) list = NULL;

  peal_posts_put_many (self, 3);
  list = peal_posts_load (self);
  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_test_message ("%s", replies[i]);
      peal_fake_agent_set_reply (self->agent, "ListPosts", replies[i]);
      peal_fake_agent_emit_changed (self->agent, "post", (const char *const[]){ NULL });
      peal_wait_until (peal_post_list_get_error (list) != NULL);
      g_assert_cmpstr (peal_error_get_reason (peal_post_list_get_error (list)), ==, "agent_failed");
      peal_posts_assert (list, "1 2 3");
      peal_fake_agent_set_reply (self->agent, "ListPosts", NULL);
      peal_post_list_load_more (list);
      peal_wait_until (peal_post_list_get_error (list) == NULL);
    }
  /* What is no post is left out; ids twice, out of order, or those that are no numbers. */
  peal_fake_agent_set_reply (
      self->agent, "ListPosts",
      "([@a{sv} {}, {'id': <int64 9>, 'due': <int64 5>}, {'id': <'7'>}, {'id': <int64 -4>},"
      " {'id': <int64 8>, 'due': <int64 3>, 'state': <7>}, {'id': <int64 9>, 'due': <int64 1>}],)");
  peal_fake_agent_emit_changed (self->agent, "post", (const char *const[]){ NULL });
  peal_wait_until (!peal_posts_are (list, "1 2 3"));
  peal_posts_assert (list, "9 8");
  peal_fake_agent_emit_changed (self->agent, "post",
                                (const char *const[]){ "", "x", "-1", "1e3", "99999999999999999999", NULL });
  peal_fake_agent_set_reply (self->agent, "GetPost", "(5,)");
  peal_posts_tell (self, 8);
  peal_wait_until (peal_fake_agent_get_n_calls (self->agent, "GetPost") == 1);
  peal_fixture_settle (self);
  peal_posts_assert (list, "9 8");
}

/* An agent whose pages do not go on does not keep us busy for ever. */
static void
test_standstill (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;
  g_autoptr (GString) reply = g_string_new ("([");

  for (guint i = 1; i <= PAGE; i++)
    g_string_append_printf (reply, "%s{'id': <int64 %u>, 'due': <int64 %u>}", i > 1 ? ", " : "", i, i);
  g_string_append (reply, "],)");
  peal_fake_agent_set_reply (self->agent, "ListPosts", reply->str);
  list = peal_posts_load (self);
  peal_post_list_load_more (list);
  peal_wait_until (!peal_post_list_has_more (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, PAGE);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListPosts"), ==, 2);
}

/* Let go of with a call under way: a late reply finds nobody, and nothing holds the list. */
static void
test_let_go (Fixture *self, gconstpointer data)
{
  PealPostList *list = NULL;

  peal_posts_put_many (self, 3);
  list = peal_posts_load (self);
  g_assert_finalize_object (list);

  peal_fake_agent_hold (self->agent, "ListPosts");
  list = peal_posts_make (self);
  peal_wait_until (peal_fake_agent_get_n_calls (self->agent, "ListPosts") == 2);
  g_assert_finalize_object (list);
  peal_fake_agent_release (self->agent);

  list = peal_posts_load (self);
  peal_fake_agent_hold (self->agent, "GetPost");
  peal_posts_tell (self, 1);
  peal_wait_until (peal_fake_agent_get_n_calls (self->agent, "GetPost") == 1);
  g_assert_finalize_object (list);
  peal_fake_agent_release (self->agent);
  peal_fixture_settle (self);

  /* In the middle of its own news. */
  list = peal_posts_load (self);
  g_signal_connect (list, "items-changed", G_CALLBACK (g_object_run_dispose), NULL);
  peal_posts_put (self, 4, "scheduled", 4);
  peal_posts_tell (self, 4);
  peal_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 4);
  peal_fixture_settle (self);
  g_assert_finalize_object (list);
}

/* Ten thousand, each page one change, and one of them that moves far. */
static void
test_crowd (Fixture *self, gconstpointer data)
{
  /* Not whole pages: behind a full one there may be more. */
  const guint n = 9950;
  g_autoptr (PealPostList) list = NULL;
  guint n_changes = 0;
  PealPostsChange change;

  peal_posts_put_many (self, n);
  list = peal_posts_load (self);
  peal_posts_watch (list, &change);
  while (peal_post_list_has_more (list))
    {
      peal_post_list_load_more (list);
      peal_wait_until (!peal_post_list_is_loading (list));
      n_changes++;
      g_assert_cmpuint (change.n, ==, n_changes);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n);
  g_assert_cmpint (peal_posts_get_id (list, n - 1), ==, n);
  peal_posts_put (self, 5000, "held", 1);
  peal_posts_tell (self, 5000);
  peal_wait_until (peal_posts_get_id (list, 1) == 5000);
}

static void
test_progress (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPostList) list = NULL;
  g_autoptr (PealPostItem) item = NULL;
  guint64 bytes, total;

  peal_posts_put_many (self, 3);
  peal_posts_put (self, 2, "publishing", 2);
  list = peal_posts_load (self);
  item = g_list_model_get_item (G_LIST_MODEL (list), 1);
  peal_fixture_count (self, item, "changed");
  peal_fake_agent_set_progress (self->agent, 2, 10, 9000);
  peal_wait_until (self->n_signals == 1);
  peal_post_item_get_progress (item, &bytes, &total);
  g_assert_cmpuint (bytes, ==, 10);
  g_assert_cmpuint (total, ==, 9000);
  /* The post as the agent has it says nothing of that. */
  peal_fake_agent_put_post (self->agent, 2, "publishing", 2, "{'caption': <'New'>}");
  peal_posts_tell (self, 2);
  peal_wait_until (g_str_equal (peal_post_item_get_options (item)->caption, "New"));
  peal_fixture_settle (self);
  peal_post_item_get_progress (item, &bytes, &total);
  g_assert_cmpuint (bytes, ==, 10);
}

#define ADD(path, func)                                                                                      \
  g_test_add (path, Fixture, NULL, peal_fixture_set_up_ready, func, peal_fixture_tear_down)

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/post-list-faults/late-page", test_late_page);
  ADD ("/post-list-faults/loss", test_loss);
  ADD ("/post-list-faults/shrink", test_shrink);
  ADD ("/post-list-faults/grow", test_grow);
  ADD ("/post-list-faults/filter/overtakes", test_filter_overtakes);
  ADD ("/post-list-faults/error", test_error);
  ADD ("/post-list-faults/progress", test_progress);
  ADD ("/post-list-faults/nonsense", test_nonsense);
  ADD ("/post-list-faults/standstill", test_standstill);
  ADD ("/post-list-faults/let-go", test_let_go);
  ADD ("/post-list-faults/crowd", test_crowd);

  return g_test_run ();
}
