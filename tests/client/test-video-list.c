/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-client-fixture.h"
#include "peal-error.h"
#include "peal-samples.h"
#include "peal-test-fiber.h"
#include "peal-video-list.h"

#define PAGE 500
#define MARA "-000ExampleMara"

static void
put_many (Fixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    peal_fake_agent_put_video (self->agent, i, NULL);
}

static guint
get_length (PealVideoList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static PealVideoList *
make_list (Fixture *self)
{
  PealVideoList *list = peal_video_list_new (self->link, MARA);

  g_assert_true (peal_video_list_is_loading (list));
  peal_wait_until (!peal_video_list_is_loading (list));
  return list;
}

/* The @n-th of the fake agent's. */
static void
assert_video (PealVideoList *list, guint position, guint n)
{
  g_autoptr (PealVideoItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);
  g_autofree char *title = g_strdup_printf ("Video %u", n);

  g_assert_cmpstr (peal_video_item_get_title (item), ==, title);
}

/* All of them, page by page, videos of one second on one page; the first page is there before the rest. */
static void
test_pages (Fixture *self, gconstpointer data)
{
  const guint n = 2 * PAGE + 301;
  g_autoptr (PealVideoList) list = NULL;

  put_many (self, n);
  list = peal_video_list_new (self->link, MARA);
  peal_fixture_count (self, list, "items-changed");
  peal_wait_until (peal_video_list_is_loaded (list));
  g_assert_cmpuint (get_length (list), ==, PAGE);
  g_assert_true (peal_video_list_is_loading (list));
  peal_wait_until (!peal_video_list_is_loading (list));
  g_assert_cmpuint (get_length (list), ==, n);
  g_assert_cmpuint (self->n_signals, ==, 3);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListVideos"), ==, 3);
  for (guint i = 0; i < n; i++)
    assert_video (list, i, i);
  g_assert_null (peal_video_list_get_error (list));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == PEAL_TYPE_VIDEO_ITEM);
}

/* A page may be longer than it was asked for, and a page that is whole may be the last. */
static void
test_page_ends (Fixture *self, gconstpointer data)
{
  g_autoptr (PealVideoList) list = NULL;

  put_many (self, 2 * PAGE);
  /* An odd number before the pairs: the page would end between two of one second. */
  peal_fake_agent_put_video (self->agent, 0, "{'create_time': <int64 1800000000>}");
  peal_fake_agent_put_video (self->agent, 1, "{'create_time': <int64 1799999999>}");
  peal_fake_agent_put_video (self->agent, 2, "{'create_time': <int64 1799999998>}");
  list = make_list (self);
  g_assert_cmpuint (get_length (list), ==, 2 * PAGE);
  for (guint i = 0; i < 2 * PAGE; i++)
    assert_video (list, i, i);
}

static void
test_change (Fixture *self, gconstpointer data)
{
  g_autoptr (PealVideoList) list = NULL;
  g_autoptr (PealVideoItem) item = NULL;
  g_autoptr (PealVideoItem) same = NULL;

  put_many (self, PAGE + 7);
  list = make_list (self);
  item = g_list_model_get_item (G_LIST_MODEL (list), 3);
  peal_fixture_count (self, list, "items-changed");
  peal_fake_agent_put_video (self->agent, 3, "{'view_count': <int64 777>}");
  peal_fake_agent_emit_changed (self->agent, "video", (const char *const[]){ "-000ExampleOtto", MARA, NULL });
  peal_wait_until (peal_video_item_get_view_count (item) == 777);
  peal_wait_until (!peal_video_list_is_loading (list));
  g_assert_cmpuint (self->n_signals, ==, 0);
  same = g_list_model_get_item (G_LIST_MODEL (list), 3);
  g_assert_true (same == item);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListVideos"), ==, 4);

  /* Another account's, and other things, are not ours. */
  peal_fake_agent_emit_changed (self->agent, "video", (const char *const[]){ "-000ExampleOtto", NULL });
  peal_fake_agent_emit_changed (self->agent, "post", (const char *const[]){ NULL });
  peal_fixture_settle (self);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListVideos"), ==, 4);

  /* One that is new, and all accounts at once. */
  put_many (self, PAGE + 8);
  peal_fake_agent_emit_changed (self->agent, "video", (const char *const[]){ NULL });
  peal_wait_until (get_length (list) == PAGE + 8);
  g_assert_cmpuint (self->n_signals, ==, 1);
}

static void
test_loss (Fixture *self, gconstpointer data)
{
  g_autoptr (PealVideoList) list = NULL;

  put_many (self, 7);
  list = make_list (self);
  peal_fixture_kill_agent (self);
  peal_wait_until (peal_agent_link_get_state (self->link) == PEAL_LINK_LOST);
  g_assert_cmpuint (get_length (list), ==, 7);
  peal_fixture_bring_agent (self, 1);
  put_many (self, 5);
  peal_wait_until (get_length (list) == 5);
}

static void
test_error (Fixture *self, gconstpointer data)
{
  g_autoptr (PealVideoList) list = NULL;

  put_many (self, 7);
  peal_fake_agent_set_error (self->agent, "Invalid", "account_unknown: Nobody");
  list = make_list (self);
  g_assert_false (peal_video_list_is_loaded (list));
  g_assert_cmpstr (peal_error_get_reason (peal_video_list_get_error (list)), ==, "account_unknown");
  peal_fake_agent_set_error (self->agent, NULL, NULL);
  peal_fake_agent_set_reply (self->agent, "ListVideos", "('x',)");
  peal_fake_agent_emit_changed (self->agent, "video", (const char *const[]){ NULL });
  peal_wait_until (g_str_equal (peal_error_get_reason (peal_video_list_get_error (list)), "agent_failed"));
  peal_fake_agent_set_reply (self->agent, "ListVideos",
                             "([@a{sv} {}, {'id': <7>}, {'id': <'a'>}, {'id': <'a'>, 'create_time': <int64 "
                             "-5>}, {'id': <'b'>, 'create_time': <int64 5>}],)");
  peal_fake_agent_emit_changed (self->agent, "video", (const char *const[]){ NULL });
  peal_wait_until (peal_video_list_is_loaded (list));
  g_assert_null (peal_video_list_get_error (list));
  g_assert_cmpuint (get_length (list), ==, 2);
}

/* An agent whose pages do not go on does not keep us busy for ever. */
static void
test_standstill (Fixture *self, gconstpointer data)
{
  g_autoptr (PealVideoList) list = NULL;
  g_autoptr (GString) reply = g_string_new ("([");

  for (guint i = 0; i < PAGE; i++)
    g_string_append_printf (reply, "%s{'id': <'%u'>, 'create_time': <int64 9>}", i > 0 ? ", " : "", i);
  g_string_append (reply, "],)");
  peal_fake_agent_set_reply (self->agent, "ListVideos", reply->str);
  list = make_list (self);
  g_assert_cmpuint (get_length (list), ==, PAGE);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListVideos"), ==, 2);
}

static void
test_let_go (Fixture *self, gconstpointer data)
{
  PealVideoList *list = NULL;

  put_many (self, 3);
  list = make_list (self);
  g_assert_finalize_object (list);
  peal_fake_agent_hold (self->agent, "ListVideos");
  list = peal_video_list_new (self->link, MARA);
  peal_wait_until (peal_fake_agent_get_n_calls (self->agent, "ListVideos") == 2);
  g_assert_finalize_object (list);
  peal_fake_agent_release (self->agent);
  peal_fixture_settle (self);
}

static void
test_crowd (Fixture *self, gconstpointer data)
{
  const guint n = 10000;
  g_autoptr (PealVideoList) list = NULL;

  put_many (self, n);
  list = peal_video_list_new (self->link, MARA);
  for (guint length = PAGE; length <= n; length += PAGE)
    peal_wait_until (get_length (list) >= length);
  peal_wait_until (!peal_video_list_is_loading (list));
  g_assert_cmpuint (get_length (list), ==, n);
  assert_video (list, 9999, 9999);
}

/* (transfer full) (nullable) */
static PealSamples *
load_samples (Fixture *self, const char *video, gint64 since, const char *reason)
{
  g_autoptr (DexFuture) done = peal_test_await (peal_samples_load (self->link, MARA, video, since, NULL));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (done, &error);

  if (reason == NULL)
    g_assert_no_error (error);
  else
    g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

static void
test_samples (Fixture *self, gconstpointer data)
{
  g_autoptr (PealSamples) samples = NULL;
  g_autoptr (PealSamples) late = NULL;
  const PealSample *sample;
  gsize n;

  peal_fake_agent_set_samples (self->agent, 25000);
  samples = load_samples (self, NULL, 0, NULL);
  sample = peal_samples_get (samples, &n);
  g_assert_cmpuint (n, ==, 25000);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetSamples"), ==, 3);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpint (sample[i].count[PEAL_COUNTER_FOLLOWERS], ==, i);
  g_assert_cmpint (sample[0].at, ==, G_GINT64_CONSTANT (1793620800000000));
  g_assert_cmpint (sample[0].count[PEAL_COUNTER_FOLLOWING], ==, -1);
  g_assert_cmpint (sample[0].count[PEAL_COUNTER_LIKES], ==, G_MAXINT64);
  g_assert_cmpint (sample[0].count[PEAL_COUNTER_VIDEOS], ==, G_GINT64_CONSTANT (9007199254740993));

  late = load_samples (self, "7572003456789012345", sample[24998].at, NULL);
  g_assert_cmpint (peal_samples_get (late, &n)->count[PEAL_COUNTER_VIEWS], ==, 24998);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetVideoSamples"), ==, 1);
}

static void
test_samples_none (Fixture *self, gconstpointer data)
{
  g_autoptr (PealSamples) samples = NULL;
  gsize n = 7;

  peal_fake_agent_set_reply (self->agent, "GetSamples", "(@a(xxxxx) [],)");
  samples = load_samples (self, NULL, 0, NULL);
  g_assert_null (peal_samples_get (samples, &n));
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (peal_samples_get (samples, NULL));
}

/* Out of order, twice, at the end of time, and of another type. */
static void
test_samples_nonsense (Fixture *self, gconstpointer data)
{
  g_autoptr (PealSamples) samples = NULL;
  g_autoptr (GString) reply = g_string_new ("([");
  gsize n;

  peal_fake_agent_set_reply (
      self->agent, "GetSamples",
      "([(int64 5, int64 -9, int64 1, int64 1, int64 1), (5, 2, 2, 2, 2), (3, 3, 3, 3, "
      "3), (9223372036854775807, 4, 4, 4, 4)],)");
  samples = load_samples (self, NULL, 0, NULL);
  g_assert_cmpint (peal_samples_get (samples, &n)->count[0], ==, -1);
  g_assert_cmpuint (n, ==, 2);
  peal_fake_agent_set_reply (self->agent, "GetSamples", "([(1, 2)],)");
  g_assert_null (load_samples (self, NULL, 0, "agent_failed"));
  peal_fake_agent_set_error (self->agent, "Invalid", "account_unknown: Nobody");
  g_assert_null (load_samples (self, NULL, 0, "account_unknown"));
  peal_fake_agent_set_error (self->agent, NULL, NULL);
  /* A whole page, again and again. */
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (reply, "%s(int64 %u, int64 1, int64 1, int64 1, int64 1)", i > 0 ? ", " : "", i);
  g_string_append (reply, "],)");
  peal_fake_agent_set_reply (self->agent, "GetVideoSamples", reply->str);
  g_clear_pointer (&samples, peal_samples_unref);
  samples = load_samples (self, "1", 0, NULL);
  peal_samples_get (samples, &n);
  g_assert_cmpuint (n, ==, 10000);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetVideoSamples"), ==, 2);
}

static void
test_samples_lost (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) done = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  done = peal_test_await (peal_samples_load (self->link, MARA, NULL, 0, cancellable));
  g_assert_null (dex_future_get_value (done, &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "cancelled");
  peal_fixture_kill_agent (self);
  peal_wait_until (peal_agent_link_get_state (self->link) == PEAL_LINK_LOST);
  g_assert_null (load_samples (self, NULL, 0, "agent_unreachable"));
}

#define ADD(path, func)                                                                                      \
  g_test_add (path, Fixture, NULL, peal_fixture_set_up_ready, func, peal_fixture_tear_down)

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/video-list/pages", test_pages);
  ADD ("/video-list/page-ends", test_page_ends);
  ADD ("/video-list/change", test_change);
  ADD ("/video-list/loss", test_loss);
  ADD ("/video-list/error", test_error);
  ADD ("/video-list/standstill", test_standstill);
  ADD ("/video-list/let-go", test_let_go);
  ADD ("/video-list/crowd", test_crowd);
  ADD ("/samples/all", test_samples);
  ADD ("/samples/none", test_samples_none);
  ADD ("/samples/nonsense", test_samples_nonsense);
  ADD ("/samples/lost", test_samples_lost);

  return g_test_run ();
}
