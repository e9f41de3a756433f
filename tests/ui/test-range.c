/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-range.h"

#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (date);
  return g_date_time_to_unix_usec (date);
}

static GTimeZone *
get_berlin (void)
{
  return g_time_zone_new_identifier ("Europe/Berlin");
}

static void
test_starts (void)
{
  static const struct
  {
    PealRange range;
    const char *now;
    const char *start;
  } cases[] = {
    { PEAL_RANGE_7_DAYS, "2026-11-27T10:00:00+01:00", "2026-11-21T00:00:00+01:00" },
    { PEAL_RANGE_28_DAYS, "2026-11-27T10:00:00+01:00", "2026-10-31T00:00:00+01:00" },
    /* Over the change of the clocks a midnight stays a midnight. */
    { PEAL_RANGE_60_DAYS, "2026-11-27T10:00:00+01:00", "2026-09-29T00:00:00+02:00" },
    { PEAL_RANGE_YEAR, "2026-11-27T00:00:00+01:00", "2025-11-28T00:00:00+01:00" },
    { PEAL_RANGE_ALL, "2026-11-27T10:00:00+01:00", "1970-01-01T00:00:00Z" },
  };
  g_autoptr (GTimeZone) zone = get_berlin ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (peal_range_get_start (cases[i].range, at (cases[i].now), zone), ==, at (cases[i].start));
}

/* @n hourly readings up to @last: followers 1000, 1001, …, likes unknown. (transfer full) */
static PealSample *
make_hourly (guint n, gint64 last)
{
  PealSample *samples = g_new (PealSample, n);

  for (guint i = 0; i < n; i++)
    samples[i] = (PealSample){ last - (gint64)(n - 1 - i) * HOUR, { 1000 + i, -1, -1, 42 } };
  return samples;
}

static void
test_series (void)
{
  static const struct
  {
    PealRange range;
    guint points; /* of 100 days of hourly readings, until 10:00 */
  } cases[] = {
    { PEAL_RANGE_7_DAYS, 6 * 24 + 11 }, { PEAL_RANGE_28_DAYS, 28 }, { PEAL_RANGE_60_DAYS, 60 },
    { PEAL_RANGE_YEAR, 101 },           { PEAL_RANGE_ALL, 101 },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  gint64 now = at ("2026-11-27T10:00:00Z");
  g_autofree PealSample *samples = make_hourly (2400, now);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 from, to;
      g_autoptr (PealSeries) series = peal_range_make_series (cases[i].range, samples, 2400,
                                                              PEAL_COUNTER_FOLLOWERS, now, zone, &from, &to);
      gsize n;
      const PealPoint *points = peal_series_get (series, &n);

      g_assert_cmpuint (n, ==, cases[i].points);
      g_assert_cmpint (points[n - 1].value, ==, 3399);
      g_assert_cmpint (points[n - 1].at, ==, now);
      g_assert_cmpint (points[0].at, >=, from);
      g_assert_cmpint (to, ==, now);
    }
}

static void
test_other_counters (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  gint64 now = at ("2026-11-27T10:00:00Z");
  g_autofree PealSample *samples = make_hourly (48, now);
  gint64 from, to, low, high;
  g_autoptr (PealSeries) videos =
      peal_range_make_series (PEAL_RANGE_28_DAYS, samples, 48, PEAL_COUNTER_VIDEOS, now, zone, &from, &to);
  g_autoptr (PealSeries) likes =
      peal_range_make_series (PEAL_RANGE_28_DAYS, samples, 48, PEAL_COUNTER_LIKES, now, zone, &from, &to);

  g_assert_true (peal_series_get_bounds (videos, &low, &high));
  g_assert_cmpint (low, ==, 42);
  g_assert_cmpint (high, ==, 42);
  /* Unknown is not zero. */
  g_assert_false (peal_series_get_bounds (likes, &low, &high));
}

/* Nothing, one reading, and a clock that was set back still make a range. */
static void
test_odd (void)
{
  g_autoptr (GTimeZone) zone = get_berlin ();
  gint64 now = at ("2026-11-27T00:00:00+01:00");
  PealSample one = { now + 3 * DAY, { G_MAXINT64, -1, 0, -1 } };

  for (guint range = 0; range < PEAL_N_RANGES; range++)
    {
      gint64 from, to;
      g_autoptr (PealSeries) none =
          peal_range_make_series ((PealRange)range, NULL, 0, PEAL_COUNTER_LIKES, now, zone, &from, &to);
      g_autoptr (PealSeries) single = NULL;

      g_assert_cmpint (from, <, to);
      g_assert_cmpuint (peal_series_count_known (none), ==, 0);
      single =
          peal_range_make_series ((PealRange)range, &one, 1, PEAL_COUNTER_FOLLOWERS, now, zone, &from, &to);
      g_assert_cmpint (from, <, to);
      g_assert_cmpint (to, ==, now + 3 * DAY);
      g_assert_cmpuint (peal_series_count_known (single), ==, 1);
    }
}

static void
test_video (void)
{
  gint64 now = at ("2026-11-27T10:00:00Z");
  /* The computer was off for two days. */
  const PealSample samples[] = { { now - 100 * HOUR, { 10, 1, 0, -1 } },
                                 { now - 99 * HOUR, { 20, 2, 0, -1 } },
                                 { now - 40 * HOUR, { 30, 3, 0, -1 } } };
  gint64 from, to;
  g_autoptr (PealSeries) fresh =
      peal_range_make_video_series (samples, 3, PEAL_COUNTER_VIEWS, now - 105 * HOUR, now, &from, &to);
  gsize n;
  const PealPoint *points = peal_series_get (fresh, &n);

  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpint (points[2].value, ==, PEAL_SERIES_UNKNOWN);
  g_assert_cmpint (from, ==, now - 105 * HOUR);
  g_assert_cmpint (to, ==, now);
}

static void
test_video_starts (void)
{
  gint64 now = at ("2026-11-27T10:00:00Z");
  const PealSample sample = { now - 10 * HOUR, { 10, 1, 0, -1 } };
  static const gint64 published[] = { -1, 0, 1, G_MAXINT64 };
  gint64 from, to;

  /* Old videos begin with what is known of them, not with years of nothing. */
  for (gsize i = 0; i < G_N_ELEMENTS (published); i++)
    {
      g_autoptr (PealSeries) series =
          peal_range_make_video_series (&sample, 1, PEAL_COUNTER_VIEWS, published[i], now, &from, &to);

      g_assert_cmpint (from, ==, now - 10 * HOUR);
      g_assert_cmpint (to, ==, now);
    }
  {
    g_autoptr (PealSeries) none =
        peal_range_make_video_series (NULL, 0, PEAL_COUNTER_VIEWS, now, now, &from, &to);

    g_assert_cmpint (from, ==, now - HOUR);
    g_assert_cmpint (to, ==, now);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/range/starts", test_starts);
  g_test_add_func ("/range/series", test_series);
  g_test_add_func ("/range/other-counters", test_other_counters);
  g_test_add_func ("/range/odd", test_odd);
  g_test_add_func ("/range/video", test_video);
  g_test_add_func ("/range/video-starts", test_video_starts);
  return g_test_run ();
}
