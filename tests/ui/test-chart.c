/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <adwaita.h>

#include "peal-chart-private.h"
#include "peal-ui-test.h"

#define DAY G_TIME_SPAN_DAY
/* 2026-11-01T11:00:00Z: noon in Berlin */
#define START G_GINT64_CONSTANT (1793530800000000)
#define N_DAYS 28

static char *
count_followers (gint64 count)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " followers", count);
}

/* (transfer full): 1000, 1010, … a day; the days from @gap to @gap_end - 1 are unknown. */
static PealSeries *
make_days (int gap, int gap_end)
{
  PealPoint *points = g_new (PealPoint, N_DAYS);

  for (int i = 0; i < N_DAYS; i++)
    points[i] = (PealPoint){ START + i * DAY, i >= gap && i < gap_end ? -1 : 1000 + i * 10 };
  return peal_series_new_take (points, N_DAYS);
}

/* (transfer floating) */
static PealChart *
make_chart (PealSeries *series, PealChartGrain grain)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  PealChart *chart = PEAL_CHART (peal_chart_new ());

  peal_chart_set_title (chart, "Followers, 28 days");
  peal_chart_set_count_func (chart, count_followers);
  peal_chart_set_zone (chart, zone);
  peal_chart_set_series (chart, series, START - DAY / 2, START + N_DAYS * DAY - DAY / 2, grain);
  return chart;
}

static void
assert_description (PealChart *chart, const char *expected)
{
  g_assert_cmpstr (peal_chart_get_description (chart), ==, expected);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected);
}

static void
test_words (void)
{
  g_autoptr (PealSeries) series = make_days (0, 0);
  PealChart *chart = make_chart (series, PEAL_CHART_DAYS);
  GtkWindow *window = peal_ui_test_show (GTK_WIDGET (chart), 640, 240);
  static const char summary[] =
      "Line chart from 1000 followers on Sun 1 Nov 2026 to 1270 followers on Sat 28 Nov 2026: +270 (+27.0%). "
      "Highest: 1270 followers on Sat 28 Nov 2026. Lowest: 1000 followers on Sun 1 Nov 2026.";

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Followers, 28 days");
  assert_description (chart, summary);
  peal_chart_set_cursor (chart, 3);
  assert_description (chart, "Wed 4 Nov 2026: 1030 followers, +10 (+1.0%)");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (chart->card)));
  peal_chart_set_cursor (chart, -1);
  assert_description (chart, summary);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (chart->card)));
  peal_ui_test_close (window, GTK_WIDGET (chart));
}

static char *
read_text (PealChart *chart, guint start, guint end)
{
  GtkAccessibleTextInterface *iface = GTK_ACCESSIBLE_TEXT_GET_IFACE (chart);
  g_autoptr (GBytes) bytes = iface->get_contents (GTK_ACCESSIBLE_TEXT (chart), start, end);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_accessible_text (void)
{
  g_autoptr (PealSeries) series = make_days (0, 0);
  g_autoptr (PealChart) chart = g_object_ref_sink (make_chart (series, PEAL_CHART_DAYS));
  GtkAccessibleTextInterface *iface = GTK_ACCESSIBLE_TEXT_GET_IFACE (chart);
  g_autofree char *whole = NULL;
  g_autofree char *part = NULL;
  g_autofree char *beyond = NULL;
  g_autoptr (GBytes) line = NULL;
  unsigned start, end;

  peal_chart_set_cursor (chart, 0);
  whole = read_text (chart, 0, G_MAXUINT);
  part = read_text (chart, 4, 9);
  beyond = read_text (chart, 4000, 5000);
  g_assert_cmpstr (whole, ==, "Sun 1 Nov 2026: 1000 followers");
  g_assert_cmpstr (part, ==, "1 Nov");
  g_assert_cmpstr (beyond, ==, "");
  line = iface->get_contents_at (GTK_ACCESSIBLE_TEXT (chart), 7, GTK_ACCESSIBLE_TEXT_GRANULARITY_LINE, &start,
                                 &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, g_utf8_strlen (whole, -1));
  g_assert_cmpuint (iface->get_caret_position (GTK_ACCESSIBLE_TEXT (chart)), ==, 0);
}

static void
assert_press (PealChart *chart, const char *key, gssize expected)
{
  g_test_message ("%s", key);
  g_assert_true (peal_ui_test_press (GTK_WIDGET (chart), key));
  g_assert_cmpint (peal_chart_get_cursor (chart), ==, expected);
}

static void
test_keys (void)
{
  g_autoptr (PealSeries) series = make_days (10, 12);
  g_autoptr (PealChart) chart = g_object_ref_sink (make_chart (series, PEAL_CHART_DAYS));

  /* Nothing to take away: it is for what is around the chart. */
  g_assert_false (peal_ui_test_press (GTK_WIDGET (chart), "Escape"));
  assert_press (chart, "Left", 27);
  assert_press (chart, "Right", 27);
  assert_press (chart, "Left", 26);
  assert_press (chart, "<Control>Left", 19);
  assert_press (chart, "<Control>Left", 12);
  /* Over the gap, by one point at least. */
  assert_press (chart, "Left", 9);
  assert_press (chart, "Right", 12);
  assert_press (chart, "<Control>Left", 5);
  assert_press (chart, "<Control>Left", 0);
  assert_press (chart, "Left", 0);
  assert_press (chart, "<Control>Right", 7);
  assert_press (chart, "Page_Down", 27);
  assert_press (chart, "Page_Up", 0);
  assert_press (chart, "End", 27);
  assert_press (chart, "Home", 0);
  assert_press (chart, "KP_Right", 1);
  assert_press (chart, "Escape", -1);
  assert_press (chart, "Right", 0);
}

/* Arrows go where they point, Home stays the first day. */
static void
test_keys_mirrored (void)
{
  g_autoptr (PealSeries) series = make_days (0, 0);
  g_autoptr (PealChart) chart = g_object_ref_sink (make_chart (series, PEAL_CHART_DAYS));

  gtk_widget_set_direction (GTK_WIDGET (chart), GTK_TEXT_DIR_RTL);
  assert_press (chart, "Right", 27);
  assert_press (chart, "Right", 26);
  assert_press (chart, "Left", 27);
  assert_press (chart, "<Control>Right", 20);
  assert_press (chart, "Page_Up", 0);
  assert_press (chart, "End", 27);
  assert_press (chart, "Home", 0);
}

/* Readings within a day: a larger step is a day, the largest a week. */
static void
test_keys_readings (void)
{
  PealPoint *points = g_new (PealPoint, 240);
  g_autoptr (PealSeries) series = NULL;
  g_autoptr (PealChart) chart = NULL;

  for (int i = 0; i < 240; i++)
    points[i] = (PealPoint){ START + i * G_TIME_SPAN_HOUR, i };
  series = peal_series_new_take (points, 240);
  chart = g_object_ref_sink (make_chart (series, PEAL_CHART_READINGS));
  assert_press (chart, "End", 239);
  assert_press (chart, "Left", 238);
  assert_press (chart, "<Control>Left", 214);
  assert_press (chart, "Page_Up", 46);
  g_assert_cmpstr (peal_chart_get_description (chart), ==, "Tue 3 Nov 2026, 10:00: 46 followers, +1 (+2.2%)");
}

static void
test_empty (void)
{
  PealPoint *points = g_new (PealPoint, 1);
  g_autoptr (PealSeries) unknown = NULL;
  PealChart *chart = make_chart (NULL, PEAL_CHART_DAYS);
  GtkWindow *window = peal_ui_test_show (GTK_WIDGET (chart), 640, 240);

  points[0] = (PealPoint){ START, -1 };
  unknown = peal_series_new_take (points, 1);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GskRenderNode) node = peal_ui_test_draw (GTK_WIDGET (chart));

      g_assert_nonnull (node);
      assert_description (chart, "Line chart without any numbers.");
      assert_press (chart, "Left", -1);
      assert_press (chart, "Home", -1);
      peal_chart_set_series (chart, unknown, START, START + DAY, PEAL_CHART_READINGS);
      peal_ui_test_next_frame (GTK_WIDGET (chart));
    }
  peal_ui_test_close (window, GTK_WIDGET (chart));
}

/* Whoever reads on while new numbers come stays where they are. */
static void
test_cursor_stays (void)
{
  g_autoptr (PealSeries) series = make_days (0, 0);
  g_autoptr (PealSeries) later = peal_series_cut (series, START + 4 * DAY, G_MAXINT64);
  g_autoptr (PealChart) chart = g_object_ref_sink (make_chart (series, PEAL_CHART_DAYS));

  peal_chart_set_cursor (chart, 10);
  peal_chart_set_series (chart, later, START, START + N_DAYS * DAY, PEAL_CHART_DAYS);
  g_assert_cmpint (peal_chart_get_cursor (chart), ==, 6);
  g_assert_cmpstr (peal_chart_get_description (chart), ==, "Wed 11 Nov 2026: 1100 followers, +10 (+0.9%)");
  /* What is out of sight has no cursor. */
  peal_chart_set_series (chart, later, START + 20 * DAY, START + N_DAYS * DAY, PEAL_CHART_DAYS);
  g_assert_cmpint (peal_chart_get_cursor (chart), ==, -1);
}

/* The cursor moves over a picture that stays; whatever changes the picture makes a new one. */
static void
test_picture_is_kept (void)
{
  g_autoptr (PealSeries) series = make_days (0, 0);
  PealChart *chart = make_chart (series, PEAL_CHART_DAYS);
  GtkWindow *window = peal_ui_test_show (GTK_WIDGET (chart), 640, 240);
  GskRenderNode *before = NULL;

  /* A window that has just come is still told that it is active, which is another look. */
  for (int i = 0; i < 300 && (before != chart->picture || !gtk_window_is_active (window)); i++)
    {
      before = chart->picture;
      peal_ui_test_next_frame (GTK_WIDGET (chart));
    }
  g_assert_nonnull (before);
  peal_chart_set_cursor (chart, 5);
  peal_ui_test_next_frame (GTK_WIDGET (chart));
  g_assert_true (chart->picture == before);
  gtk_widget_set_direction (GTK_WIDGET (chart), GTK_TEXT_DIR_RTL);
  g_assert_null (chart->picture);
  peal_ui_test_next_frame (GTK_WIDGET (chart));
  g_assert_true (chart->layout.rtl);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_null (chart->picture);
  peal_ui_test_next_frame (GTK_WIDGET (chart));
  g_assert_nonnull (chart->picture);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  peal_ui_test_close (window, GTK_WIDGET (chart));
}

static guint
count_nodes (GskRenderNode *node, GskRenderNodeType type)
{
  guint n = gsk_render_node_get_node_type (node) == type ? 1 : 0;

  switch (gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        n += count_nodes (gsk_container_node_get_child (node, i), type);
      return n;
    case GSK_CLIP_NODE:
      return n + count_nodes (gsk_clip_node_get_child (node), type);
    case GSK_TRANSFORM_NODE:
      return n + count_nodes (gsk_transform_node_get_child (node), type);
    default:
      return n;
    }
}

/* A break in the numbers is a break in the line: two lines and two surfaces in place of one. */
static void
test_gaps (void)
{
  g_autoptr (PealSeries) whole = make_days (0, 0);
  g_autoptr (PealSeries) broken = make_days (10, 12);
  PealChart *chart = make_chart (whole, PEAL_CHART_DAYS);
  GtkWindow *window = peal_ui_test_show (GTK_WIDGET (chart), 640, 240);
  guint strokes = count_nodes (chart->picture, GSK_STROKE_NODE);
  guint fills = count_nodes (chart->picture, GSK_FILL_NODE);

  g_assert_cmpuint (fills, ==, 1);
  peal_chart_set_series (chart, broken, START - DAY / 2, START + N_DAYS * DAY - DAY / 2, PEAL_CHART_DAYS);
  peal_ui_test_next_frame (GTK_WIDGET (chart));
  g_assert_cmpuint (count_nodes (chart->picture, GSK_STROKE_NODE), ==, strokes + 1);
  g_assert_cmpuint (count_nodes (chart->picture, GSK_FILL_NODE), ==, 2);
  peal_ui_test_close (window, GTK_WIDGET (chart));
}

/* However many readings there are, what is drawn is bound by the width of the chart. */
static void
test_million (void)
{
  enum
  {
    N = 1000000
  };
  PealPoint *points = g_new (PealPoint, N);
  g_autoptr (PealSeries) series = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PealChart *chart;
  GtkWindow *window;

  for (int i = 0; i < N; i++)
    points[i] = (PealPoint){ START + (gint64)i * (N_DAYS * DAY / N), 1000 + (gint64)i * 7919 % 5000 };
  series = peal_series_new_take (points, N);
  chart = make_chart (series, PEAL_CHART_READINGS);
  window = peal_ui_test_show (GTK_WIDGET (chart), 640, 240);
  bytes = gsk_render_node_serialize (chart->picture);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 640 * 4 * 2 * 40);
  peal_chart_set_cursor (chart, 500000);
  g_assert_true (g_str_has_prefix (peal_chart_get_description (chart), "Sun 15 Nov 2026, 12:00: "));
  assert_press (chart, "Left", 499999);
  peal_ui_test_close (window, GTK_WIDGET (chart));
}

/* The greatest numbers there are, in the smallest chart there is, with the widest words. */
static void
test_extremes (void)
{
  PealPoint *points = g_new (PealPoint, 3);
  g_autoptr (PealSeries) series = NULL;
  PealChart *chart;
  GtkWindow *window;
  graphene_rect_t bounds;

  points[0] = (PealPoint){ START, 0 };
  points[1] = (PealPoint){ START + DAY, G_GINT64_CONSTANT (9007199254740993) };
  points[2] = (PealPoint){ START + 2 * DAY, G_MAXINT64 };
  series = peal_series_new_take (points, 3);
  chart = make_chart (series, PEAL_CHART_READINGS);
  window = peal_ui_test_show (GTK_WIDGET (chart), 200, 120);
  for (gssize i = 0; i < 3; i++)
    {
      peal_chart_set_cursor (chart, i);
      peal_ui_test_next_frame (GTK_WIDGET (chart));
      g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (chart->card), GTK_WIDGET (chart), &bounds));
      g_assert_cmpfloat (bounds.origin.x, >=, 0);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (GTK_WIDGET (chart)));
    }
  g_assert_true (g_str_has_prefix (peal_chart_get_description (chart),
                                   "Tue 3 Nov 2026, 12:00: 9223372036854775807 followers, +"));
  peal_ui_test_close (window, GTK_WIDGET (chart));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/chart/words", test_words);
  g_test_add_func ("/chart/accessible-text", test_accessible_text);
  g_test_add_func ("/chart/keys", test_keys);
  g_test_add_func ("/chart/keys-mirrored", test_keys_mirrored);
  g_test_add_func ("/chart/keys-readings", test_keys_readings);
  g_test_add_func ("/chart/empty", test_empty);
  g_test_add_func ("/chart/cursor-stays", test_cursor_stays);
  g_test_add_func ("/chart/picture-is-kept", test_picture_is_kept);
  g_test_add_func ("/chart/gaps", test_gaps);
  g_test_add_func ("/chart/million", test_million);
  g_test_add_func ("/chart/extremes", test_extremes);
  return g_test_run ();
}
