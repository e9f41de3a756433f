/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-picture.h"

static const struct
{
  int width, height;
  gsize length;
  gboolean is_good;
} cases[] = {
  { 1, 1, 4, TRUE },
  { 3, 2, 24, TRUE },
  { PEAL_PICTURE_MAX_SIDE, 1, PEAL_PICTURE_MAX_SIDE * 4, TRUE },
  { 1, PEAL_PICTURE_MAX_SIDE, PEAL_PICTURE_MAX_SIDE * 4, TRUE },
  { 3, 2, 23, FALSE },
  { 3, 2, 25, FALSE },
  { 3, 2, 0, FALSE },
  { 0, 2, 0, FALSE },
  { 2, 0, 0, FALSE },
  { -1, 1, 4, FALSE },
  { -1, -1, 4, FALSE },
  { PEAL_PICTURE_MAX_SIDE + 1, 1, (PEAL_PICTURE_MAX_SIDE + 1) * 4, FALSE },
  { 1, PEAL_PICTURE_MAX_SIDE + 1, (PEAL_PICTURE_MAX_SIDE + 1) * 4, FALSE },
  { G_MAXINT, G_MAXINT, 4, FALSE },
};

static void
count_cb (gpointer data)
{
  int *n_freed = data;

  (*n_freed)++;
}

/* The bytes are taken, whether they fit or not. */
static void
test_new (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *bytes = g_malloc0 (MAX (cases[i].length, 1));
      int n_freed = 0;
      GBytes *rgba = g_bytes_new_with_free_func (bytes, cases[i].length, count_cb, &n_freed);
      PealPicture *picture = peal_picture_new_take (cases[i].width, cases[i].height, rgba);

      g_test_message ("%d, %d, %" G_GSIZE_FORMAT, cases[i].width, cases[i].height, cases[i].length);
      g_assert_cmpint (picture != NULL, ==, cases[i].is_good);
      if (picture != NULL)
        {
          g_assert_cmpint (picture->width, ==, cases[i].width);
          g_assert_cmpint (picture->height, ==, cases[i].height);
          g_assert_true (picture->rgba == rgba);
          g_assert_cmpint (n_freed, ==, 0);
          peal_picture_free (picture);
        }
      g_assert_cmpint (n_freed, ==, 1);
    }
}

static void
test_boxed (void)
{
  PealPicture *picture = peal_picture_new_take (2, 1, g_bytes_new_static ("12345678", 8));
  g_auto (GValue) value = G_VALUE_INIT;
  const PealPicture *kept;

  g_value_init (&value, PEAL_TYPE_PICTURE);
  g_value_set_boxed (&value, picture);
  kept = g_value_get_boxed (&value);
  g_assert_true (kept != picture);
  g_assert_true (kept->rgba == picture->rgba);
  g_clear_pointer (&picture, peal_picture_free);
  g_assert_cmpint (kept->width, ==, 2);
  g_assert_cmpint (kept->height, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (kept->rgba, NULL), g_bytes_get_size (kept->rgba), "12345678", 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture/new", test_new);
  g_test_add_func ("/picture/boxed", test_boxed);

  return g_test_run ();
}
