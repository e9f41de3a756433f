/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-axis.h"
#include "peal-day.h"
#include "peal-timetable.h"

static const struct
{
  gint64 low, high;
  guint max_marks;
  gint64 first, step;
  guint n;
} fits[] = {
  { 0, 0, 6, 0, 1, 2 },
  { 0, 1, 6, 0, 1, 2 },
  { 3, 3, 6, 0, 1, 4 },
  { 0, 10, 6, 0, 2, 6 },
  { 9, 10, 6, 0, 2, 6 },
  { 0, 11, 6, 0, 5, 4 },
  { 12, 12, 6, 12, 1, 2 },
  { 0, 24, 5, 0, 10, 4 },
  { 0, 100, 5, 0, 25, 5 },
  { 0, 99, 6, 0, 20, 6 },
  { 0, 104, 6, 0, 25, 6 },
  { 59, 100, 6, 0, 20, 6 },
  { 61, 100, 6, 60, 10, 5 },
  { 12000, 37569, 6, 0, 10000, 5 },
  { 37000, 37569, 6, 37000, 200, 4 },
  { 37100, 37569, 6, 37100, 100, 6 },
  { 1234567, 1234570, 6, 1232000, 2000, 3 },
  { 0, 1234567, 2, 0, 2000000, 2 },
  { 0, G_MAXINT64, 6, 0, G_GINT64_CONSTANT (2000000000000000000), 5 },
  /* 2^53 and its neighbour, which a double cannot tell apart */
  { G_GINT64_CONSTANT (9007199254740992), G_GINT64_CONSTANT (9007199254740993), 6,
    G_GINT64_CONSTANT (9000000000000000), G_GINT64_CONSTANT (10000000000000), 3 },
};

static void
test_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      PealValueAxis axis;

      g_test_message ("%" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, fits[i].low, fits[i].high);
      peal_value_axis_fit (&axis, fits[i].low, fits[i].high, fits[i].max_marks);
      g_assert_cmpint (axis.first, ==, fits[i].first);
      g_assert_cmpint (axis.step, ==, fits[i].step);
      g_assert_cmpuint (axis.n, ==, fits[i].n);
      g_assert_true (axis.broken == (axis.first > 0));
    }
}

static gboolean
is_round (gint64 step)
{
  while (step >= 100 && step % 10 == 0)
    step /= 10;
  return step == 1 || step == 2 || step == 5 || step == 10 || step == 20 || step == 25 || step == 50;
}

/* Whatever the values are: they lie on the axis, and the marks are round, few and on it too. */
static void
test_any_values (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gint64 high = (gint64)(((guint64)g_test_rand_int () << 32 | (guint32)g_test_rand_int ())
                             >> g_test_rand_int_range (1, 64));
      gint64 low = g_test_rand_bit () ? high : (gint64)(g_test_rand_double () * (double)(high / 2));
      guint max_marks = (guint)g_test_rand_int_range (2, 12);
      PealValueAxis axis;
      gint64 last;

      low = MIN (low, high);
      peal_value_axis_fit (&axis, low, high, max_marks);
      last = axis.first + (gint64)(axis.n - 1) * axis.step;
      g_assert_cmpint (axis.low, <=, low);
      g_assert_cmpint (axis.high, >=, high);
      g_assert_cmpint (axis.low, <, axis.high);
      g_assert_cmpint (axis.first, ==, axis.low);
      g_assert_cmpint (last, <=, axis.high);
      g_assert_cmpuint (axis.n, <=, max_marks);
      g_assert_cmpuint (axis.n, >=, 1);
      g_assert_true (is_round (axis.step));
      g_assert_cmpint (axis.first % axis.step, ==, 0);
      g_assert_cmpfloat (peal_value_axis_place (&axis, low), >=, 0);
      g_assert_cmpfloat (peal_value_axis_place (&axis, high), <=, 1);
    }
}

static void
test_place (void)
{
  PealValueAxis axis;

  peal_value_axis_fit (&axis, 0, 100, 5);
  g_assert_cmpfloat (peal_value_axis_place (&axis, 0), ==, 0);
  g_assert_cmpfloat (peal_value_axis_place (&axis, 25), ==, 0.25);
  g_assert_cmpfloat (peal_value_axis_place (&axis, 100), ==, 1);
}

static const struct
{
  const char *zone;
  const char *from, *to;
  int first_weekday;
  guint max_marks;
  PealTimeUnit unit;
  const char *format;
  const char *marks; /* in @zone */
} times[] = {
  { "Europe/Berlin", "2026-11-20T12:00:00+01:00", "2026-11-27T12:00:00+01:00", 1, 7, PEAL_TIME_UNIT_DAY, "%d",
    "21 22 23 24 25 26 27" },
  { "Europe/Berlin", "2026-11-20T12:00:00+01:00", "2026-11-27T12:00:00+01:00", 1, 4, PEAL_TIME_UNIT_DAY, "%d",
    "22 24 26" },
  { "Europe/Berlin", "2026-10-30T12:00:00+01:00", "2026-11-27T12:00:00+01:00", 1, 7, PEAL_TIME_UNIT_WEEK,
    "%a%d", "Mon02 Mon09 Mon16 Mon23" },
  { "Europe/Berlin", "2026-10-30T12:00:00+01:00", "2026-11-27T12:00:00+01:00", 7, 7, PEAL_TIME_UNIT_WEEK,
    "%a%d", "Sun01 Sun08 Sun15 Sun22" },
  { "Europe/Berlin", "2026-10-30T12:00:00+01:00", "2026-11-27T12:00:00+01:00", 1, 2, PEAL_TIME_UNIT_WEEK,
    "%a%d", "Mon09 Mon23" },
  /* Every mark is a midnight although one day has 25 hours. */
  { "Europe/Berlin", "2026-10-23T00:00:00+02:00", "2026-10-28T00:00:00+01:00", 1, 9, PEAL_TIME_UNIT_DAY,
    "%d%H:%M%z", "2300:00+0200 2400:00+0200 2500:00+0200 2600:00+0100 2700:00+0100 2800:00+0100" },
  { "Europe/Berlin", "2027-03-27T00:00:00+01:00", "2027-03-29T00:00:00+02:00", 1, 9, PEAL_TIME_UNIT_HOUR,
    "%d/%H", "27/00 27/06 27/12 27/18 28/00 28/06 28/12 28/18 29/00" },
  { "Europe/Berlin", "2027-03-28T00:00:00+01:00", "2027-03-28T05:00:00+02:00", 1, 9, PEAL_TIME_UNIT_HOUR,
    "%H", "00 01 03 04 05" },
  { "Europe/Berlin", "2026-10-25T00:00:00+02:00", "2026-10-25T05:00:00+01:00", 1, 9, PEAL_TIME_UNIT_HOUR,
    "%H%z", "00+0200 01+0200 02+0200 03+0100 04+0100 05+0100" },
  { "America/Santiago", "2026-09-05T00:00:00-04:00", "2026-09-08T00:00:00-03:00", 1, 5, PEAL_TIME_UNIT_DAY,
    "%d/%H", "05/00 06/01 07/00 08/00" },
  { "Asia/Kolkata", "2026-01-10T00:00:00+05:30", "2026-12-31T00:00:00+05:30", 1, 11, PEAL_TIME_UNIT_MONTH,
    "%d.%m.%H:%M",
    "01.02.00:00 01.03.00:00 01.04.00:00 01.05.00:00 01.06.00:00 01.07.00:00 01.08.00:00 01.09.00:00 "
    "01.10.00:00 "
    "01.11.00:00 01.12.00:00" },
  { "UTC", "2026-01-10T00:00:00Z", "2026-12-31T00:00:00Z", 1, 4, PEAL_TIME_UNIT_MONTH, "%b", "Apr Jul Oct" },
  { "UTC", "2021-06-10T00:00:00Z", "2026-11-27T00:00:00Z", 1, 6, PEAL_TIME_UNIT_YEAR, "%Y",
    "2022 2023 2024 2025 2026" },
  { "UTC", "2021-06-10T00:00:00Z", "2026-11-27T00:00:00Z", 1, 1, PEAL_TIME_UNIT_YEAR, "%Y", "2025" },
  { "UTC", "1971-01-01T00:00:00Z", "9998-01-01T00:00:00Z", 1, 8, PEAL_TIME_UNIT_YEAR, "%Y",
    "2000 3000 4000 5000 6000 7000 8000 9000" },
  { "UTC", "2026-11-27T12:10:00Z", "2026-11-27T12:20:00Z", 1, 6, PEAL_TIME_UNIT_HOUR, "%H", "" },
  { "UTC", "2026-11-27T12:00:00Z", "2026-11-27T12:00:00Z", 1, 6, PEAL_TIME_UNIT_HOUR, "%H", "12" },
};

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (date);
  return g_date_time_to_unix_usec (date);
}

static void
test_times (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (times[i].zone);
      g_autoptr (GString) text = g_string_new (NULL);
      PealTimeUnit unit;
      g_autoptr (GArray) marks = peal_time_axis_fit (at (times[i].from), at (times[i].to), zone,
                                                     times[i].first_weekday, times[i].max_marks, &unit);

      g_test_message ("%s: %s to %s, %u", times[i].zone, times[i].from, times[i].to, times[i].max_marks);
      for (guint m = 0; m < marks->len; m++)
        {
          g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (g_array_index (marks, gint64, m));
          g_autoptr (GDateTime) date = g_date_time_to_timezone (utc, zone);
          g_autofree char *mark = g_date_time_format (date, times[i].format);

          g_string_append_printf (text, "%s%s", m > 0 ? " " : "", mark);
        }
      g_assert_cmpstr (text->str, ==, times[i].marks);
      g_assert_cmpint (unit, ==, times[i].unit);
    }
}

/* Any stretch has marks that ascend, lie within it, and are as many as asked for at most. */
static void
test_any_times (void)
{
  static const char *const zones[] = { "UTC",          "Europe/Berlin", "America/Santiago",
                                       "Asia/Kolkata", "Pacific/Apia",  "Australia/Lord_Howe" };

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[i % G_N_ELEMENTS (zones)]);
      gint64 from = (gint64)(g_test_rand_double () * 2.5e15);
      gint64 to = from
                  + (gint64)(g_test_rand_double ()
                             * (double)(G_GINT64_CONSTANT (1) << g_test_rand_int_range (30, 60)));
      guint max_marks = (guint)g_test_rand_int_range (1, 12);
      PealTimeUnit unit;
      g_autoptr (GArray) marks = peal_time_axis_fit (from, to, zone, 1 + (int)(i % 7), max_marks, &unit);

      g_assert_cmpuint (marks->len, <=, max_marks);
      for (guint m = 0; m < marks->len; m++)
        {
          gint64 mark = g_array_index (marks, gint64, m);

          g_assert_cmpint (mark, >=, from);
          g_assert_cmpint (mark, <=, to);
          if (m > 0)
            g_assert_cmpint (mark, >, g_array_index (marks, gint64, m - 1));
          if (unit != PEAL_TIME_UNIT_HOUR)
            g_assert_cmpint (mark, ==, peal_day_start (zone, mark));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/values", test_values);
  g_test_add_func ("/axis/any-values", test_any_values);
  g_test_add_func ("/axis/place", test_place);
  g_test_add_func ("/axis/times", test_times);
  g_test_add_func ("/axis/any-times", test_any_times);
  return g_test_run ();
}
