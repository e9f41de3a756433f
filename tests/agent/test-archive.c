/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-archive.h"

#include "peal-accounts-fixture.h"
#include "peal-wait.h"

typedef struct
{
  AccountsFixture accounts;
  PealArchive *archive;
} F;

static void
set_up (F *f, gconstpointer data)
{
  accounts_fixture_set_up (&f->accounts, data);
  f->archive = peal_archive_new (f->accounts.database, PEAL_CLOCK (f->accounts.clock));
}

static void
tear_down (F *f, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&f->archive));
  accounts_fixture_tear_down (&f->accounts, data);
}

static PealVideo *
new_video (const char *id, gint64 create_time_s, gint64 views)
{
  PealVideo *video = g_new0 (PealVideo, 1);

  video->id = g_strdup (id);
  video->create_time_s = create_time_s;
  video->duration_s = video->width = video->height = -1;
  video->view_count = views;
  video->like_count = 0;
  video->comment_count = video->share_count = -1;
  return video;
}

static void
add_video (F *f, const char *id, gint64 create_time_s, gint64 views)
{
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func ((GDestroyNotify)peal_video_free);

  g_ptr_array_add (videos, new_video (id, create_time_s, views));
  peal_wait_ok (peal_archive_add_videos (f->archive, f->accounts.account, videos));
}

static void
pass (F *f, gint64 us)
{
  peal_fake_clock_advance (f->accounts.clock, us);
}

static void
test_user (F *f, gconstpointer data)
{
  g_autoptr (GVariant) samples = NULL;
  g_autofree char *printed = NULL;
  PealUser user = {
    .display_name = (char *)"New name",
    .is_verified = 1,
    .follower_count = 12,
    .following_count = 0,
    .likes_count = -1,
    .video_count = -1,
  };

  peal_wait_ok (peal_archive_add_user (f->archive, f->accounts.account, &user));
  pass (f, 1);
  peal_wait_ok (peal_archive_add_user (f->archive, f->accounts.account, &user));
  samples = peal_wait_variant (peal_archive_get_samples (f->archive, f->accounts.account, 0));
  g_assert_true (g_variant_is_of_type (samples, G_VARIANT_TYPE ("a(xxxxx)")));
  printed = g_variant_print (samples, FALSE);
  g_assert_cmpstr (printed, ==, "[(1795543200000000, 12, 0, -1, -1), (1795543200000001, 12, 0, -1, -1)]");
  g_assert_cmpint (accounts_fixture_query (&f->accounts, "SELECT likes_count IS NULL FROM account_sample"),
                   ==, 1);
  g_assert_cmpint (accounts_fixture_query (&f->accounts,
                                           "SELECT count (*) FROM account WHERE is_verified = 1 AND "
                                           "display_name = 'New name' AND username = 'mara.bakes'"),
                   ==, 1);
}

/* Without user.info.stats nothing is known, and nothing is written. */
static void
test_user_unknown (F *f, gconstpointer data)
{
  PealUser user = {
    .is_verified = -1, .follower_count = -1, .following_count = -1, .likes_count = -1, .video_count = -1
  };

  peal_wait_ok (peal_archive_add_user (f->archive, f->accounts.account, &user));
  g_assert_cmpint (accounts_fixture_query (&f->accounts, "SELECT count (*) FROM account_sample"), ==, 0);
}

static void
test_readings (F *f, gconstpointer data)
{
  g_autoptr (GVariant) samples = NULL;
  g_autoptr (GVariant) later = NULL;

  add_video (f, "1", 100, 5);
  pass (f, G_TIME_SPAN_HOUR);
  add_video (f, "1", 100, 5);
  g_assert_cmpint (accounts_fixture_query (&f->accounts, "SELECT count (*) FROM video_sample"), ==, 1);
  pass (f, G_TIME_SPAN_HOUR);
  add_video (f, "1", 100, 6);
  g_assert_cmpint (accounts_fixture_query (&f->accounts, "SELECT count (*) FROM video_sample"), ==, 2);
  pass (f, G_TIME_SPAN_DAY - 1);
  add_video (f, "1", 100, 6);
  g_assert_cmpint (accounts_fixture_query (&f->accounts, "SELECT count (*) FROM video_sample"), ==, 2);
  pass (f, 1);
  add_video (f, "1", 100, 6);
  samples = peal_wait_variant (peal_archive_get_video_samples (f->archive, f->accounts.account, "1", 0));
  g_assert_cmpuint (g_variant_n_children (samples), ==, 3);
  later = peal_wait_variant (peal_archive_get_video_samples (f->archive, f->accounts.account, "1",
                                                             1795543200000000 + G_TIME_SPAN_HOUR));
  g_assert_cmpuint (g_variant_n_children (later), ==, 2);
  g_assert_cmpint (accounts_fixture_query (&f->accounts, "SELECT comment_count IS NULL FROM video"), ==, 1);
}

static gint64
get_number (GVariant *list, gsize index, const char *name)
{
  g_autoptr (GVariant) dict = g_variant_get_child_value (list, index);
  gint64 number = -1;

  g_variant_lookup (dict, name, "x", &number);
  return number;
}

/* Videos of one second are not torn apart by a page's end. */
static void
test_list (F *f, gconstpointer data)
{
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GVariant) second = NULL;

  add_video (f, "a", 300, 1);
  add_video (f, "b", 200, 2);
  add_video (f, "c", 200, 3);
  add_video (f, "d", 100, -1);
  first = peal_wait_variant (peal_archive_list_videos (f->archive, f->accounts.account, 0, 2));
  g_assert_true (g_variant_is_of_type (first, G_VARIANT_TYPE ("aa{sv}")));
  g_assert_cmpuint (g_variant_n_children (first), ==, 3);
  g_assert_cmpint (get_number (first, 0, "create_time"), ==, 300);
  g_assert_cmpint (get_number (first, 1, "view_count"), ==, 2);
  g_assert_cmpint (get_number (first, 1, "post"), ==, -1);
  second = peal_wait_variant (peal_archive_list_videos (f->archive, f->accounts.account, 200, 2));
  g_assert_cmpuint (g_variant_n_children (second), ==, 1);
  g_assert_cmpint (get_number (second, 0, "view_count"), ==, -1);
  g_assert_cmpint (get_number (second, 0, "like_count"), ==, 0);
}

/* One transaction a page: an account that is not there leaves nothing behind. */
static void
test_whole_page (F *f, gconstpointer data)
{
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func ((GDestroyNotify)peal_video_free);

  g_ptr_array_add (videos, new_video ("1", 100, 1));
  g_assert_false (peal_wait (peal_archive_add_videos (f->archive, 4711, videos), NULL));
  g_assert_cmpint (accounts_fixture_query (&f->accounts, "SELECT count (*) FROM video"), ==, 0);
}

#define ADD(name, func) g_test_add ("/archive/" name, F, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("user", test_user);
  ADD ("user-unknown", test_user_unknown);
  ADD ("readings", test_readings);
  ADD ("list", test_list);
  ADD ("whole-page", test_whole_page);
  return g_test_run ();
}
