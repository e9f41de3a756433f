/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-day.h"
#include "peal-series.h"

#define DAY G_TIME_SPAN_DAY
#define HOUR G_TIME_SPAN_HOUR

/* 2026-11-20T00:00:00Z */
#define START G_GINT64_CONSTANT (1795132800000000)

/* (transfer full) */
static PealSeries *
make (const PealPoint *points, gsize n)
{
  return peal_series_new_take (g_memdup2 (points, n * sizeof *points), n);
}

#define MAKE(...)                                                                                            \
  make ((PealPoint[]){ __VA_ARGS__ }, sizeof ((PealPoint[]){ __VA_ARGS__ }) / sizeof (PealPoint))

/* "0:5 2:? 3:7": instants in @unit since START. */
static void
assert_series (const PealSeries *series, gint64 unit, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n;
  const PealPoint *points = peal_series_get (series, &n);

  for (gsize i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":", i > 0 ? " " : "",
                              (points[i].at - START) / unit);
      if (points[i].value == PEAL_SERIES_UNKNOWN)
        g_string_append_c (text, '?');
      else
        g_string_append_printf (text, "%" G_GINT64_FORMAT, points[i].value);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_order (void)
{
  g_autoptr (PealSeries) series = MAKE ({ START + 3 * HOUR, 30 }, { START + HOUR, 10 },
                                        { START + 2 * HOUR, 20 }, { START + HOUR, 11 }, { START, -5 });
  gint64 low, high;

  assert_series (series, HOUR, "0:? 1:11 2:20 3:30");
  g_assert_cmpuint (peal_series_count_known (series), ==, 3);
  g_assert_true (peal_series_get_bounds (series, &low, &high));
  g_assert_cmpint (low, ==, 11);
  g_assert_cmpint (high, ==, 30);
}

static void
test_hostile (void)
{
  g_autoptr (PealSeries) series =
      MAKE ({ G_MININT64, 1 }, { G_MAXINT64, 2 }, { -1, 3 }, { 0, 3 }, { START, G_MAXINT64 },
            { START + HOUR, G_MININT64 }, { START + 2 * HOUR, 0 }, { PEAL_DAY_MAX + 1, 4 });

  assert_series (series, HOUR, "0:9223372036854775807 1:? 2:0");
}

static void
test_empty (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (PealSeries) empty = peal_series_new_take (NULL, 0);
  g_autoptr (PealSeries) unknown = MAKE ({ START, -1 });
  g_autoptr (PealSeries) days = peal_series_take_days (unknown, utc);
  g_autoptr (PealSeries) thin = peal_series_thin (empty, START, START + DAY, 10);
  gint64 low = 7, high = 7;
  gsize n = 7;

  g_assert_null (peal_series_get (empty, &n));
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (peal_series_get_bounds (empty, &low, &high));
  g_assert_cmpint (low, ==, 0);
  g_assert_cmpint (peal_series_find_nearest (empty, START), ==, -1);
  g_assert_cmpint (peal_series_find_first (empty), ==, -1);
  g_assert_cmpint (peal_series_find_last (unknown), ==, -1);
  g_assert_cmpint (peal_series_find_nearest (unknown, START), ==, -1);
  assert_series (days, DAY, "");
  assert_series (thin, DAY, "");
}

static void
test_find (void)
{
  g_autoptr (PealSeries) series = MAKE ({ START, -1 }, { START + 10, 1 }, { START + 20, -1 },
                                        { START + 30, 3 }, { START + 40, 4 }, { START + 50, -1 });

  g_assert_cmpint (peal_series_find_first (series), ==, 1);
  g_assert_cmpint (peal_series_find_last (series), ==, 4);
  g_assert_cmpint (peal_series_find_before (series, 3), ==, 1);
  g_assert_cmpint (peal_series_find_before (series, 1), ==, -1);
  g_assert_cmpint (peal_series_find_after (series, 1), ==, 3);
  g_assert_cmpint (peal_series_find_after (series, 4), ==, -1);
  g_assert_cmpint (peal_series_find_nearest (series, G_MININT64), ==, 1);
  g_assert_cmpint (peal_series_find_nearest (series, G_MAXINT64), ==, 4);
  g_assert_cmpint (peal_series_find_nearest (series, START + 19), ==, 1);
  g_assert_cmpint (peal_series_find_nearest (series, START + 20), ==, 1);
  g_assert_cmpint (peal_series_find_nearest (series, START + 21), ==, 3);
  g_assert_cmpint (peal_series_find_nearest (series, START + 30), ==, 3);
  g_assert_cmpint (peal_series_find_nearest (series, START + 36), ==, 4);
}

static void
test_cut (void)
{
  g_autoptr (PealSeries) series =
      MAKE ({ START, 1 }, { START + 10, 2 }, { START + 20, -1 }, { START + 30, 4 });
  g_autoptr (PealSeries) middle = peal_series_cut (series, START + 10, START + 20);
  g_autoptr (PealSeries) all = peal_series_cut (series, G_MININT64, G_MAXINT64);
  g_autoptr (PealSeries) none = peal_series_cut (series, START + 31, G_MAXINT64);
  g_autoptr (PealSeries) wrong = peal_series_cut (series, START + 20, START + 10);

  assert_series (middle, 1, "10:2 20:?");
  g_assert_cmpuint (peal_series_count_known (middle), ==, 1);
  assert_series (all, 1, "0:1 10:2 20:? 30:4");
  assert_series (none, 1, "");
  assert_series (wrong, 1, "");
}

static void
test_gaps (void)
{
  g_autoptr (PealSeries) series =
      MAKE ({ START, 1 }, { START + 36 * HOUR, 2 }, { START + 76 * HOUR, 3 }, { START + 77 * HOUR, 4 });
  g_autoptr (PealSeries) marked = peal_series_mark_gaps (series, 36 * HOUR);

  assert_series (marked, HOUR, "0:1 36:2 56:? 76:3 77:4");
}

static void
test_days (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  /* The second day ends with a reading that says nothing, the fourth has only such; nobody looked on the
   * fifth. */
  g_autoptr (PealSeries) series =
      MAKE ({ START + HOUR, 1 }, { START + 22 * HOUR, 2 }, { START + 23 * HOUR + HOUR / 2, 3 },
            { START + 25 * HOUR, 4 }, { START + 26 * HOUR, -1 }, { START + 50 * HOUR, 5 },
            { START + 75 * HOUR, -1 }, { START + 122 * HOUR, 6 }, { START + 144 * HOUR, 7 });
  g_autoptr (PealSeries) in_utc = peal_series_take_days (series, utc);
  g_autoptr (PealSeries) in_berlin = peal_series_take_days (series, berlin);

  assert_series (in_utc, HOUR, "23:3 25:4 50:5 86:? 122:6 144:7");
  assert_series (in_berlin, HOUR, "22:2 25:4 50:5 86:? 122:6 144:7");
}

/* Two readings at 23:30 are neighbours however long the day between them is. */
static void
test_days_of_23_and_25_hours (void)
{
  static const char *const changes[] = { "2027-03-27T00:30:00+01:00", "2026-10-24T00:30:00+02:00" };
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (changes[i], NULL);
      gint64 before = g_date_time_to_unix_usec (date);
      gint64 after = peal_day_move (berlin, before, 2) + 23 * HOUR;
      g_autoptr (PealSeries) neighbours =
          MAKE ({ before, 1 }, { peal_day_move (berlin, before, 1) + HOUR, 2 }, { after, 3 });
      g_autoptr (PealSeries) apart = MAKE ({ before, 1 }, { peal_day_move (berlin, before, 2), 3 });
      g_autoptr (PealSeries) one = peal_series_take_days (neighbours, berlin);
      g_autoptr (PealSeries) two = peal_series_take_days (apart, berlin);
      gsize n;

      peal_series_get (one, &n);
      g_assert_cmpuint (n, ==, 3);
      g_assert_cmpuint (peal_series_count_known (one), ==, 3);
      peal_series_get (two, &n);
      g_assert_cmpuint (n, ==, 3);
      g_assert_cmpuint (peal_series_count_known (two), ==, 2);
    }
}

static void
test_thin_keeps_extremes (void)
{
  enum
  {
    N = 100000,
    COLUMNS = 50
  };
  PealPoint *points = g_new (PealPoint, N);
  g_autoptr (PealSeries) series = NULL;
  g_autoptr (PealSeries) thin = NULL;
  const PealPoint *kept;
  gint64 low, high;
  gsize n;

  for (int i = 0; i < N; i++)
    points[i] = (PealPoint){ START + i, 1000 + i % 7 };
  points[54321].value = 5;
  points[54325].value = 9000;
  series = peal_series_new_take (points, N);
  thin = peal_series_thin (series, START, START + N - 1, COLUMNS);
  kept = peal_series_get (thin, &n);
  g_assert_cmpuint (n, <=, 4 * (COLUMNS + 1));
  g_assert_cmpuint (n, >=, 3 * COLUMNS);
  peal_series_get_bounds (thin, &low, &high);
  g_assert_cmpint (low, ==, 5);
  g_assert_cmpint (high, ==, 9000);
  g_assert_cmpint (kept[0].at, ==, START);
  g_assert_cmpint (kept[n - 1].at, ==, START + N - 1);
  for (gsize i = 1; i < n; i++)
    g_assert_cmpint (kept[i - 1].at, <, kept[i].at);
}

static void
test_thin_breaks (void)
{
  /* A column of 10: in the first an unknown value among known ones, the second unknown, the third empty. */
  g_autoptr (PealSeries) series = MAKE ({ START, 1 }, { START + 3, -1 }, { START + 5, 2 }, { START + 12, -1 },
                                        { START + 15, -1 }, { START + 31, 3 }, { START + 39, 4 });
  g_autoptr (PealSeries) thin = peal_series_thin (series, START, START + 40, 4);

  assert_series (thin, 1, "0:1 5:2 15:? 31:3 39:4");
}

static void
test_thin_edges (void)
{
  g_autoptr (PealSeries) series = MAKE ({ START, 1 }, { START + 10, 2 }, { START + 20, 3 }, { START + 30, 4 },
                                        { START + 40, 5 }, { START + 50, 6 });
  g_autoptr (PealSeries) inside = peal_series_thin (series, START + 15, START + 35, 100);
  g_autoptr (PealSeries) between = peal_series_thin (series, START + 11, START + 19, 1);
  g_autoptr (PealSeries) after = peal_series_thin (series, START + 60, START + 70, 100);
  g_autoptr (PealSeries) huge = peal_series_thin (series, G_MININT64, G_MAXINT64, 1);

  assert_series (inside, 1, "10:2 20:3 30:4 40:5");
  assert_series (between, 1, "10:2 20:3");
  assert_series (after, 1, "50:6");
  assert_series (huge, 1, "0:1 50:6");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/order", test_order);
  g_test_add_func ("/series/hostile", test_hostile);
  g_test_add_func ("/series/empty", test_empty);
  g_test_add_func ("/series/find", test_find);
  g_test_add_func ("/series/cut", test_cut);
  g_test_add_func ("/series/gaps", test_gaps);
  g_test_add_func ("/series/days", test_days);
  g_test_add_func ("/series/days-of-23-and-25-hours", test_days_of_23_and_25_hours);
  g_test_add_func ("/series/thin-keeps-extremes", test_thin_keeps_extremes);
  g_test_add_func ("/series/thin-breaks", test_thin_breaks);
  g_test_add_func ("/series/thin-edges", test_thin_edges);
  return g_test_run ();
}
