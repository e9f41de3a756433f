/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-gst-plugins.h"
#include "peal-upright.h"

/* (transfer full): a frame of @width × @height RGBA pixels, the first of which are @letters, each a red of
 * that character; the rest is black. */
static GstSample *
make_sample (int width, int height, const char *letters)
{
  gsize length = (gsize)width * (gsize)height * 4;
  guint8 *pixels = g_malloc0 (length);
  g_autoptr (GstBuffer) buffer = gst_buffer_new_wrapped (pixels, length);
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "RGBA", "width",
                                                  G_TYPE_INT, width, "height", G_TYPE_INT, height, NULL);

  for (gsize i = 0; letters[i] != '\0'; i++)
    {
      pixels[i * 4] = (guint8)letters[i];
      pixels[i * 4 + 3] = (guint8)(letters[i] + 100);
    }
  return gst_sample_new (buffer, caps, NULL, NULL);
}

/* (transfer full): the reds of @picture, row by row. */
static char *
read_letters (const PealPicture *picture)
{
  gsize n_pixels = (gsize)picture->width * (gsize)picture->height;
  const guint8 *pixels = g_bytes_get_data (picture->rgba, NULL);
  char *letters = g_malloc0 (n_pixels + 1);

  g_assert_cmpint (g_bytes_get_size (picture->rgba), ==, n_pixels * 4);
  for (gsize i = 0; i < n_pixels; i++)
    {
      letters[i] = (char)pixels[i * 4];
      g_assert_cmpint (pixels[i * 4 + 3], ==, letters[i] + 100);
    }
  return letters;
}

/* Of two columns and three rows: ab, cd, ef */
static const struct
{
  const char *name;
  GstVideoOrientationMethod turn;
  int width, height;
  const char *letters;
} turns[] = {
  { "identity", GST_VIDEO_ORIENTATION_IDENTITY, 2, 3, "abcdef" },
  { "90r", GST_VIDEO_ORIENTATION_90R, 3, 2, "ecafdb" },
  { "180", GST_VIDEO_ORIENTATION_180, 2, 3, "fedcba" },
  { "90l", GST_VIDEO_ORIENTATION_90L, 3, 2, "bdface" },
  { "horiz", GST_VIDEO_ORIENTATION_HORIZ, 2, 3, "badcfe" },
  { "vert", GST_VIDEO_ORIENTATION_VERT, 2, 3, "efcdab" },
  { "ul-lr", GST_VIDEO_ORIENTATION_UL_LR, 3, 2, "acebdf" },
  { "ur-ll", GST_VIDEO_ORIENTATION_UR_LL, 3, 2, "fdbeca" },
};

static void
test_turns (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autoptr (GstSample) sample = make_sample (2, 3, "abcdef");
      g_autoptr (PealPicture) picture = peal_upright_picture (sample, turns[i].turn, 3);
      g_autofree char *letters = NULL;

      g_test_message ("%s", turns[i].name);
      g_assert_nonnull (picture);
      g_assert_cmpint (picture->width, ==, turns[i].width);
      g_assert_cmpint (picture->height, ==, turns[i].height);
      letters = read_letters (picture);
      g_assert_cmpstr (letters, ==, turns[i].letters);
    }
}

/* A row that becomes a column looks the same in memory. */
static void
test_row (void)
{
  g_autoptr (GstSample) sample = make_sample (1, 3, "abc");
  g_autoptr (PealPicture) row = peal_upright_picture (sample, GST_VIDEO_ORIENTATION_UL_LR, 3);
  g_autofree char *letters = read_letters (row);

  g_assert_cmpint (row->width, ==, 3);
  g_assert_cmpint (row->height, ==, 1);
  g_assert_cmpstr (letters, ==, "abc");
}

static const struct
{
  int width, height;
  int par_n, par_d;
  int max_side;
  int shown_width, shown_height; /* 0: refused */
} sides[] = {
  { 100, 50, 1, 1, 100, 100, 50 },
  { 100, 50, 1, 1, 99, 99, 50 },
  { 100, 50, 1, 1, 10, 10, 5 },
  { 50, 100, 1, 1, 10, 5, 10 },
  { 100, 50, 1, 1, 1, 1, 1 },
  /* Never larger than it is */
  { 3, 2, 1, 1, 2048, 3, 2 },
  { 1, 1, 1, 1, 2048, 1, 1 },
  /* Pixels twice as wide as high, and twice as high as wide */
  { 100, 100, 2, 1, 2048, 100, 50 },
  { 100, 100, 1, 2, 2048, 50, 100 },
  { 100, 100, 1, G_MAXINT, 2048, 1, 100 },
  { 8192, 1, 1, 1, 2048, 2048, 1 },
  { 8192, 1, 1, 1, 1, 1, 1 },
  { 1, 8192, 1, 1, 1, 1, 1 },
  { 8193, 1, 1, 1, 2048, 0, 0 },
  { 1, 8193, 1, 1, 2048, 0, 0 },
};

static void
test_sides (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autoptr (GstSample) made = make_sample (sides[i].width, sides[i].height, "");
      g_autoptr (GstCaps) caps = gst_caps_copy (gst_sample_get_caps (made));
      g_autoptr (GstSample) sample = NULL;
      g_autoptr (PealPicture) picture = NULL;

      g_test_message ("%d × %d, %d", sides[i].width, sides[i].height, sides[i].max_side);
      gst_caps_set_simple (caps, "pixel-aspect-ratio", GST_TYPE_FRACTION, sides[i].par_n, sides[i].par_d,
                           NULL);
      sample = gst_sample_new (gst_sample_get_buffer (made), caps, NULL, NULL);
      picture = peal_upright_picture (sample, GST_VIDEO_ORIENTATION_IDENTITY, sides[i].max_side);
      g_assert_cmpint (picture != NULL ? picture->width : 0, ==, sides[i].shown_width);
      g_assert_cmpint (picture != NULL ? picture->height : 0, ==, sides[i].shown_height);
    }
}

/* What is no frame, and one with less in it than it says. */
static void
test_no_frame (void)
{
  g_autoptr (GstSample) good = make_sample (4, 4, "");
  g_autoptr (GstBuffer) one_byte = gst_buffer_new_memdup ("x", 1);
  g_autoptr (GstCaps) sound = gst_caps_new_empty_simple ("audio/x-raw");
  g_autoptr (GstSample) silent = gst_sample_new (gst_sample_get_buffer (good), sound, NULL, NULL);
  g_autoptr (GstSample) bare = gst_sample_new (gst_sample_get_buffer (good), NULL, NULL, NULL);
  g_autoptr (GstSample) empty = gst_sample_new (NULL, gst_sample_get_caps (good), NULL, NULL);
  g_autoptr (GstSample) small = gst_sample_new (one_byte, gst_sample_get_caps (good), NULL, NULL);

  g_assert_null (peal_upright_picture (silent, GST_VIDEO_ORIENTATION_IDENTITY, 4));
  g_assert_null (peal_upright_picture (bare, GST_VIDEO_ORIENTATION_IDENTITY, 4));
  g_assert_null (peal_upright_picture (empty, GST_VIDEO_ORIENTATION_IDENTITY, 4));
  g_assert_null (peal_upright_picture (small, GST_VIDEO_ORIENTATION_IDENTITY, 4));
}

int
main (int argc, char **argv)
{
  static const char *const no_plugins[] = { NULL };

  g_test_init (&argc, &argv, NULL);
  g_assert_true (peal_gst_start (no_plugins, NULL));

  g_test_add_func ("/upright/turns", test_turns);
  g_test_add_func ("/upright/row", test_row);
  g_test_add_func ("/upright/sides", test_sides);
  g_test_add_func ("/upright/no-frame", test_no_frame);

  return g_test_run ();
}
