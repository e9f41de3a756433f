/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-video-order.h"
#include "peal-video-text.h"

/* (transfer full): numbers below -1 are left out. */
static PealVideoItem *
make (const char *id, const char *title, gint64 created, gint64 views, gint64 likes)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) variant = NULL;

  g_variant_dict_insert (&dict, "id", "s", id);
  g_variant_dict_insert (&dict, "title", "s", title);
  g_variant_dict_insert (&dict, "create_time", "x", created);
  if (views >= -1)
    g_variant_dict_insert (&dict, "view_count", "x", views);
  if (likes >= -1)
    g_variant_dict_insert (&dict, "like_count", "x", likes);
  variant = g_variant_ref_sink (g_variant_dict_end (&dict));
  return peal_video_item_new (variant);
}

static int
compare_cb (gconstpointer one, gconstpointer two, gpointer data)
{
  int *by = data;

  return peal_video_order_compare (*(PealVideoItem *const *)one, *(PealVideoItem *const *)two,
                                   (PealVideoKey)by[0], (GtkSortType)by[1]);
}

static void
assert_order (GPtrArray *videos, PealVideoKey key, GtkSortType direction, const char *expected)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  int by[] = { (int)key, (int)direction };

  g_ptr_array_sort_with_data (videos, compare_cb, by);
  for (guint i = 0; i < videos->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            peal_video_item_get_id (g_ptr_array_index (videos, i)));
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_orders (void)
{
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (videos, make ("a", "banana", 100, 9, 5));
  g_ptr_array_add (videos, make ("b", "Apple", 200, 10, 5));
  g_ptr_array_add (videos, make ("c", "", 300, -1, 7));
  g_ptr_array_add (videos, make ("d", "cherry", 400, 1000, -2));
  g_ptr_array_add (videos, make ("e", "", 500, -2, 0));

  /* By number, not by digits. */
  assert_order (videos, PEAL_VIDEO_KEY_VIEWS, GTK_SORT_ASCENDING, "a b d e c");
  assert_order (videos, PEAL_VIDEO_KEY_VIEWS, GTK_SORT_DESCENDING, "d b a e c");
  /* What is equal: the newest first, in both directions. */
  assert_order (videos, PEAL_VIDEO_KEY_LIKES, GTK_SORT_ASCENDING, "e b a c d");
  assert_order (videos, PEAL_VIDEO_KEY_LIKES, GTK_SORT_DESCENDING, "c b a e d");
  assert_order (videos, PEAL_VIDEO_KEY_PUBLISHED, GTK_SORT_DESCENDING, "e d c b a");
  assert_order (videos, PEAL_VIDEO_KEY_PUBLISHED, GTK_SORT_ASCENDING, "a b c d e");
  /* Nobody told shares. */
  assert_order (videos, PEAL_VIDEO_KEY_SHARES, GTK_SORT_ASCENDING, "e d c b a");
  assert_order (videos, PEAL_VIDEO_KEY_TITLE, GTK_SORT_ASCENDING, "b a d e c");
  assert_order (videos, PEAL_VIDEO_KEY_TITLE, GTK_SORT_DESCENDING, "d a b e c");
}

/* A double cannot tell 2^53 from its neighbour, a difference of two such numbers does not fit an int. */
static void
test_large (void)
{
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (videos, make ("a", "", 1, G_GINT64_CONSTANT (9007199254740993), 0));
  g_ptr_array_add (videos, make ("b", "", 1, G_GINT64_CONSTANT (9007199254740992), 0));
  g_ptr_array_add (videos, make ("c", "", 1, G_MAXINT64, 0));
  g_ptr_array_add (videos, make ("d", "", 1, 0, 0));
  assert_order (videos, PEAL_VIDEO_KEY_VIEWS, GTK_SORT_ASCENDING, "d b a c");
  assert_order (videos, PEAL_VIDEO_KEY_VIEWS, GTK_SORT_DESCENDING, "c a b d");
}

static void
test_new_title (void)
{
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func (g_object_unref);
  PealVideoItem *video = make ("a", "alpha", 1, 0, 0);
  g_autoptr (GVariant) renamed = g_variant_ref_sink (
      g_variant_new_parsed ("{'id': <'a'>, 'title': <'zeta'>, 'create_time': <int64 1>}"));

  g_ptr_array_add (videos, video);
  g_ptr_array_add (videos, make ("b", "beta", 1, 0, 0));
  assert_order (videos, PEAL_VIDEO_KEY_TITLE, GTK_SORT_ASCENDING, "a b");
  peal_video_item_update (video, renamed);
  assert_order (videos, PEAL_VIDEO_KEY_TITLE, GTK_SORT_ASCENDING, "b a");
}

static void
assert_title (const char *title, const char *expected)
{
  g_autoptr (PealVideoItem) video = make ("a", title, 1, 0, 0);
  g_autofree char *text = peal_video_text_title (video);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_titles (void)
{
  g_autofree char *long_title = g_strnfill (5000, 'x');
  g_autofree char *short_title = g_strndup (long_title, 300);

  assert_title ("Plum cake", "Plum cake");
  assert_title ("  Plum\n\n\tcake \xe2\x80\xa8 and more\n", "Plum cake and more");
  assert_title ("", "No caption");
  assert_title (" \n ", "No caption");
  /* Plain text, whatever it looks like. */
  assert_title ("<b>Plum</b> & cake", "<b>Plum</b> & cake");
  assert_title ("עוגת שזיפים", "עוגת שזיפים");
  assert_title ("🎂🎂", "🎂🎂");
  assert_title (long_title, short_title);
}

static void
test_texts (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (PealVideoItem) known = make ("a", "Cake", 1795559400, 1234567, 1);
  g_autoptr (PealVideoItem) unknown = make ("b", "", 0, -2, -2);
  g_autofree char *published = peal_video_text_published (known, zone);
  g_autofree char *summary = peal_video_text_summary (known, zone);
  g_autofree char *description = peal_video_text_description (known, zone);
  g_autofree char *nothing = peal_video_text_summary (unknown, zone);

  /* 23:30 in Berlin is the 24th still. */
  g_assert_cmpstr (published, ==, "24 Nov 2026");
  g_assert_cmpstr (summary, ==, "24 Nov 2026 · 1.2M views · 1 likes");
  g_assert_cmpstr (description, ==, "Cake. 24 Nov 2026, 1234567 views, 1 like, – comments, – shares");
  g_assert_cmpstr (nothing, ==, "– · – views · – likes");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/video-order/orders", test_orders);
  g_test_add_func ("/video-order/large", test_large);
  g_test_add_func ("/video-order/new-title", test_new_title);
  g_test_add_func ("/video-text/titles", test_titles);
  g_test_add_func ("/video-text/texts", test_texts);
  return g_test_run ();
}
