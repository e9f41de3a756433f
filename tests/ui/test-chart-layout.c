/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-chart-layout.h"

#define FROM G_GINT64_CONSTANT (1795132800000000)

/* (transfer none) */
static PealChartLayout
make (gboolean rtl, float width, float height)
{
  PealChartLayout layout = { .rtl = rtl, .width = width, .height = height, .from = FROM, .to = FROM + 1000 };

  peal_value_axis_fit (&layout.values, 0, 100, 5);
  peal_chart_layout_set_plot (&layout, 40, 16);
  return layout;
}

static void
assert_near (float one, float two)
{
  g_assert_cmpfloat_with_epsilon (one, two, 0.01f);
}

static void
test_plot (void)
{
  PealChartLayout layout = make (FALSE, 640, 240);
  PealChartLayout mirrored = make (TRUE, 640, 240);

  assert_near (layout.left, 56);
  assert_near (layout.right, 632);
  assert_near (layout.top, 8);
  assert_near (layout.bottom, 216);
  assert_near (mirrored.left, 640 - layout.right);
  assert_near (mirrored.right, 640 - layout.left);
  assert_near (mirrored.bottom, layout.bottom);
}

static void
test_places (void)
{
  PealChartLayout layout = make (FALSE, 640, 240);
  PealChartLayout mirrored = make (TRUE, 640, 240);

  assert_near (peal_chart_layout_get_x (&layout, FROM), layout.left);
  assert_near (peal_chart_layout_get_x (&layout, FROM + 1000), layout.right);
  assert_near (peal_chart_layout_get_x (&mirrored, FROM), mirrored.right);
  assert_near (peal_chart_layout_get_x (&mirrored, FROM + 1000), mirrored.left);
  assert_near (peal_chart_layout_get_y (&layout, 0), layout.bottom);
  assert_near (peal_chart_layout_get_y (&layout, 100), layout.top);
  assert_near (peal_chart_layout_get_y (&layout, 50), (layout.top + layout.bottom) / 2);
  for (gint64 at = FROM; at <= FROM + 1000; at += 50)
    {
      g_assert_cmpint (ABS (peal_chart_layout_get_at (&layout, peal_chart_layout_get_x (&layout, at)) - at),
                       <=, 1);
      g_assert_cmpint (
          ABS (peal_chart_layout_get_at (&mirrored, peal_chart_layout_get_x (&mirrored, at)) - at), <=, 1);
    }
  /* Beside the plot is its edge. */
  g_assert_cmpint (peal_chart_layout_get_at (&layout, -100), ==, FROM);
  g_assert_cmpint (peal_chart_layout_get_at (&layout, 10000), ==, FROM + 1000);
  g_assert_cmpint (peal_chart_layout_get_at (&mirrored, -100), ==, FROM + 1000);
}

/* Too small for anything, it still has a plot. */
static void
test_tiny (void)
{
  for (int rtl = 0; rtl < 2; rtl++)
    {
      PealChartLayout layout = make (rtl, 1, 1);

      g_assert_cmpfloat (layout.left, <, layout.right);
      g_assert_cmpfloat (layout.top, <, layout.bottom);
      g_assert_cmpint (peal_chart_layout_get_at (&layout, 0), >=, FROM);
    }
}

static void
test_counts (void)
{
  g_assert_cmpuint (peal_chart_layout_count_value_marks (240, 16), ==, 5);
  g_assert_cmpuint (peal_chart_layout_count_value_marks (240, 32), ==, 3);
  g_assert_cmpuint (peal_chart_layout_count_value_marks (10, 16), ==, 2);
  g_assert_cmpuint (peal_chart_layout_count_time_marks (576, 44), ==, 9);
  g_assert_cmpuint (peal_chart_layout_count_time_marks (10, 44), ==, 1);
  g_assert_cmpuint (peal_chart_layout_count_time_marks (100000, 0), ==, 24);
}

static void
test_labels (void)
{
  PealChartLayout layout = make (FALSE, 640, 240);
  PealChartLayout mirrored = make (TRUE, 640, 240);
  const float centres[] = { 100, 130, 160, 190, 220, 250 };
  const float narrow[] = { 20, 20, 20, 20, 20, 20 };
  const float wide[] = { 50, 50, 50, 50, 50, 50 };
  const float huge[] = { 500, 500, 500, 500, 500, 500 };
  const float backwards[] = { 250, 220, 190, 160, 130, 100 };

  g_assert_cmpuint (peal_chart_layout_thin_labels (&layout, centres, narrow, 6), ==, 1);
  g_assert_cmpuint (peal_chart_layout_thin_labels (&layout, centres, wide, 6), ==, 2);
  g_assert_cmpuint (peal_chart_layout_thin_labels (&layout, backwards, wide, 6), ==, 2);
  /* One can always be shown. */
  g_assert_cmpuint (peal_chart_layout_thin_labels (&layout, centres, huge, 6), ==, 6);
  g_assert_cmpuint (peal_chart_layout_thin_labels (&layout, centres, huge, 0), ==, 1);
  assert_near (peal_chart_layout_place_label (&layout, 320, 50), 295);
  assert_near (peal_chart_layout_place_label (&layout, 630, 50), 586);
  assert_near (peal_chart_layout_place_label (&layout, 60, 50), 52);
  assert_near (peal_chart_layout_place_label (&mirrored, 590, 50), 538);
  assert_near (peal_chart_layout_place_label (&mirrored, 10, 50), 4);
}

static void
test_card (void)
{
  PealChartLayout layout = make (FALSE, 640, 240);
  PealChartLayout mirrored = make (TRUE, 640, 240);
  float x, y;

  /* On the older side, above the line. */
  peal_chart_layout_place_card (&layout, 400, 150, 120, 60, &x, &y);
  assert_near (x, 268);
  assert_near (y, 78);
  peal_chart_layout_place_card (&mirrored, 240, 150, 120, 60, &x, &y);
  assert_near (x, 252);
  /* On the other, below it, where there is no room. */
  peal_chart_layout_place_card (&layout, 100, 20, 120, 60, &x, &y);
  assert_near (x, 112);
  assert_near (y, 32);
  peal_chart_layout_place_card (&mirrored, 600, 20, 120, 60, &x, &y);
  assert_near (x, 468);
}

/* Wherever the point is: the card is whole, and does not lie on it while it fits beside it. */
static void
test_card_is_whole (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      PealChartLayout layout = make (i % 2, 360, 200);
      float point_x = (float)g_test_rand_double_range (0, 360);
      float point_y = (float)g_test_rand_double_range (0, 200);
      float x, y;

      peal_chart_layout_place_card (&layout, point_x, point_y, 150, 70, &x, &y);
      g_assert_cmpfloat (x, >=, 0);
      g_assert_cmpfloat (x + 150, <=, 360);
      g_assert_cmpfloat (y, >=, 0);
      g_assert_cmpfloat (y + 70, <=, 200);
      g_assert_true (point_x < x || point_x > x + 150);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-layout/plot", test_plot);
  g_test_add_func ("/chart-layout/places", test_places);
  g_test_add_func ("/chart-layout/tiny", test_tiny);
  g_test_add_func ("/chart-layout/counts", test_counts);
  g_test_add_func ("/chart-layout/labels", test_labels);
  g_test_add_func ("/chart-layout/card", test_card);
  g_test_add_func ("/chart-layout/card-is-whole", test_card_is_whole);
  return g_test_run ();
}
