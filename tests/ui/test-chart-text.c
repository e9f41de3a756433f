/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-chart-text.h"
#include "peal-time-text.h"

#define DAY G_TIME_SPAN_DAY
/* 2026-11-24T17:00:00Z, a Tuesday */
#define TUESDAY G_GINT64_CONSTANT (1795539600000000)

static char *
count_followers (gint64 count)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " followers", count);
}

/* (transfer full) */
static PealSeries *
make (const PealPoint *points, gsize n)
{
  return peal_series_new_take (g_memdup2 (points, n * sizeof *points), n);
}

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

/* The marks of the axis for values up to @high, joined. */
static void
assert_marks (gint64 low, gint64 high, const char *expected)
{
  PealValueAxis axis;
  g_autoptr (GString) text = g_string_new (NULL);

  peal_value_axis_fit (&axis, low, high, 5);
  for (guint i = 0; i < axis.n; i++)
    {
      g_autofree char *mark = peal_chart_text_value_mark (&axis, axis.first + (gint64)i * axis.step);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", mark);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_value_marks (void)
{
  assert_marks (0, 0, "0 1");
  assert_marks (0, 9000, "0 2.5K 5K 7.5K 10K");
  assert_marks (0, 8000, "0 2000 4000 6000 8000");
  assert_marks (0, 12000, "0 5K 10K 15K");
  assert_marks (0, 1000000, "0 250K 500K 750K 1M");
  assert_marks (37000, 37569, "37K 37.2K 37.4K 37.6K");
  assert_marks (1234567, 1234570, "1.232M 1.234M 1.236M");
  assert_marks (0, G_GINT64_CONSTANT (2000000000), "0 500M 1B 1.5B 2B");
  assert_marks (0, G_MAXINT64, "0 2500000T 5000000T 7500000T");
}

/* No two marks of an axis read the same, whatever it shows. */
static void
test_marks_differ (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      gint64 high = (gint64)(((guint64)g_test_rand_int () << 32 | (guint32)g_test_rand_int ())
                             >> g_test_rand_int_range (1, 62));
      gint64 low = g_test_rand_bit () ? high - high / g_test_rand_int_range (2, 5000) : 0;
      PealValueAxis axis;
      g_autofree char *before = NULL;

      peal_value_axis_fit (&axis, MIN (low, high), high, 6);
      for (guint m = 0; m < axis.n; m++)
        {
          g_autofree char *mark = peal_chart_text_value_mark (&axis, axis.first + (gint64)m * axis.step);

          g_assert_cmpstr (mark, !=, before);
          g_assert_cmpint (g_utf8_strlen (mark, -1), <=, 10);
          g_set_str (&before, mark);
        }
    }
}

static void
test_time_marks (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  gint64 midnight = TUESDAY - 18 * G_TIME_SPAN_HOUR;

  assert_text (peal_chart_text_time_mark (TUESDAY, PEAL_TIME_UNIT_HOUR, zone), "18:00");
  assert_text (peal_chart_text_time_mark (midnight, PEAL_TIME_UNIT_HOUR, zone), "24 Nov");
  assert_text (peal_chart_text_time_mark (midnight, PEAL_TIME_UNIT_DAY, zone), "24 Nov");
  assert_text (peal_chart_text_time_mark (midnight, PEAL_TIME_UNIT_WEEK, zone), "24 Nov");
  assert_text (peal_chart_text_time_mark (midnight, PEAL_TIME_UNIT_MONTH, zone), "Nov");
  assert_text (peal_chart_text_time_mark (midnight + 60 * DAY, PEAL_TIME_UNIT_MONTH, zone), "2027");
  assert_text (peal_chart_text_time_mark (midnight, PEAL_TIME_UNIT_YEAR, zone), "2026");
  peal_time_text_set_clock_format (PEAL_CLOCK_FORMAT_12H);
  assert_text (peal_chart_text_time_mark (TUESDAY, PEAL_TIME_UNIT_HOUR, zone), "6:00 PM");
  peal_time_text_set_clock_format (PEAL_CLOCK_FORMAT_24H);
}

static void
test_dates (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  assert_text (peal_chart_text_date (TUESDAY, PEAL_CHART_DAYS, zone), "Tue 24 Nov 2026");
  assert_text (peal_chart_text_date (TUESDAY, PEAL_CHART_READINGS, zone), "Tue 24 Nov 2026, 18:00");
  assert_text (peal_chart_text_date (G_MAXINT64, PEAL_CHART_DAYS, zone), "Fri 1 Jan 9999");
}

static void
test_changes (void)
{
  assert_text (peal_chart_text_change (12000, 12120), "+120 (+1.0%)");
  assert_text (peal_chart_text_change (1500, 1497), "−3 (−0.2%)");
  assert_text (peal_chart_text_change (5, 5), "No change");
  assert_text (peal_chart_text_change (0, 0), "No change");
  assert_text (peal_chart_text_change (0, 7), "+7");
  assert_text (peal_chart_text_change (7, 0), "−7 (−100.0%)");
  assert_text (peal_chart_text_change (1, 1000), "+999 (+99900%)");
  assert_text (peal_chart_text_change (100000, 100050), "+50 (+0.05%)");
  assert_text (peal_chart_text_change (1000000, 1000001), "+1");
  assert_text (peal_chart_text_change (-1, 5), NULL);
  assert_text (peal_chart_text_change (5, -1), NULL);
  /* 2^53 and its neighbour */
  assert_text (
      peal_chart_text_change (G_GINT64_CONSTANT (9007199254740992), G_GINT64_CONSTANT (9007199254740993)),
      "+1");
  assert_text (peal_chart_text_change (0, G_MAXINT64), "+9223372036854775807");
}

static void
test_short_changes (void)
{
  assert_text (peal_chart_text_short_change (100000, 112345), "+12.3K");
  assert_text (peal_chart_text_short_change (5, 5), "No change");
  assert_text (peal_chart_text_short_change (-1, 5), NULL);
  assert_text (peal_chart_text_share (100000, 112345), "+12.3%");
  assert_text (peal_chart_text_share (100, 50), "−50.0%");
  assert_text (peal_chart_text_share (5, 5), NULL);
  assert_text (peal_chart_text_share (0, 5), NULL);
  assert_text (peal_chart_text_share (5, -1), NULL);
}

static void
test_points (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  const PealPoint points[] = { { TUESDAY, 14693 }, { TUESDAY + DAY, -1 }, { TUESDAY + 2 * DAY, 14813 } };
  g_autoptr (PealSeries) series = make (points, G_N_ELEMENTS (points));

  assert_text (peal_chart_text_point (series, 0, PEAL_CHART_DAYS, zone, count_followers),
               "Tue 24 Nov 2026: 14693 followers");
  assert_text (peal_chart_text_point (series, 2, PEAL_CHART_DAYS, zone, count_followers),
               "Thu 26 Nov 2026: 14813 followers, +120 (+0.8%)");
}

static void
test_summaries (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  const PealPoint points[] = { { TUESDAY, -1 },
                               { TUESDAY + DAY, 200 },
                               { TUESDAY + 2 * DAY, 150 },
                               { TUESDAY + 3 * DAY, 300 },
                               { TUESDAY + 4 * DAY, 220 } };
  g_autoptr (PealSeries) many = make (points, G_N_ELEMENTS (points));
  g_autoptr (PealSeries) one = make (points, 2);
  g_autoptr (PealSeries) none = make (points, 1);

  assert_text (peal_chart_text_summary (none, PEAL_CHART_DAYS, zone, count_followers),
               "Line chart without any numbers.");
  assert_text (peal_chart_text_summary (one, PEAL_CHART_DAYS, zone, count_followers),
               "Line chart with one point: 200 followers on Wed 25 Nov 2026.");
  assert_text (
      peal_chart_text_summary (many, PEAL_CHART_DAYS, zone, count_followers),
      "Line chart from 200 followers on Wed 25 Nov 2026 to 220 followers on Sat 28 Nov 2026: +20 (+10.0%). "
      "Highest: 300 followers on Fri 27 Nov 2026. Lowest: 150 followers on Thu 26 Nov 2026.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-text/value-marks", test_value_marks);
  g_test_add_func ("/chart-text/marks-differ", test_marks_differ);
  g_test_add_func ("/chart-text/time-marks", test_time_marks);
  g_test_add_func ("/chart-text/dates", test_dates);
  g_test_add_func ("/chart-text/changes", test_changes);
  g_test_add_func ("/chart-text/short-changes", test_short_changes);
  g_test_add_func ("/chart-text/points", test_points);
  g_test_add_func ("/chart-text/summaries", test_summaries);
  return g_test_run ();
}
