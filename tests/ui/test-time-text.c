/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <locale.h>

#include "peal-clock-format.h"
#include "peal-time-text.h"

#define S G_USEC_PER_SEC
#define MINUTE (G_GINT64_CONSTANT (60) * S)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static gint64
at (const char *rfc3339)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (rfc3339, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix_usec (time);
}

static void
test_days (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  gint64 now = at ("2026-11-24T23:30:00+01:00");
  const struct
  {
    const char *instant;
    const char *text;
  } days[] = {
    { "2026-11-24T00:00:00+01:00", "Today" },
    { "2026-11-24T22:59:00Z", "Today" },
    { "2026-11-24T23:00:00Z", "Tomorrow" },
    { "2026-11-23T12:00:00+01:00", "Yesterday" },
    { "2026-11-27T09:00:00+01:00", "Friday 27 November" },
    { "2027-01-01T09:00:00+01:00", "Friday 1 January 2027" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *text = peal_time_text_day (at (days[i].instant), now, zone);

      g_assert_cmpstr (text, ==, days[i].text);
    }
}

/* The hour that comes twice is told apart by its zone. */
static void
test_full (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autofree char *first = peal_time_text_full (at ("2026-10-25T00:30:00Z"), zone);
  g_autofree char *second = peal_time_text_full (at ("2026-10-25T01:30:00Z"), zone);

  g_assert_cmpstr (first, ==, "Sun 25 Oct 2026, 02:30 (CEST)");
  g_assert_cmpstr (second, ==, "Sun 25 Oct 2026, 02:30 (CET)");
}

static void
test_clock_formats (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *by_24 = peal_time_text_clock (at ("2026-11-24T18:05:00Z"), zone);
  g_autofree char *by_12 = NULL;
  g_autofree char *full = NULL;

  g_assert_cmpstr (by_24, ==, "18:05");
  peal_time_text_set_clock_format (PEAL_CLOCK_FORMAT_12H);
  by_12 = peal_time_text_clock (at ("2026-11-24T18:05:00Z"), zone);
  full = peal_time_text_full (at ("2026-11-24T18:05:00Z"), zone);
  peal_time_text_set_clock_format (PEAL_CLOCK_FORMAT_24H);
  g_assert_cmpstr (by_12, ==, "6:05 PM");
  g_assert_cmpstr (full, ==, "Tue 24 Nov 2026, 6:05 PM (UTC)");
  g_assert_cmpint (peal_clock_format_of_pattern ("%H:%M:%S"), ==, PEAL_CLOCK_FORMAT_24H);
  g_assert_cmpint (peal_clock_format_of_pattern ("%r"), ==, PEAL_CLOCK_FORMAT_12H);
  g_assert_cmpint (peal_clock_format_of_pattern ("%I:%M:%S %p"), ==, PEAL_CLOCK_FORMAT_12H);
}

static void
test_distances (void)
{
  const struct
  {
    gint64 distance;
    const char *text;
  } distances[] = {
    { 0, "just now" },
    { 59 * S, "in less than a minute" },
    { MINUTE, "in 1 minute" },
    { HOUR - 1, "in 59 minutes" },
    { HOUR, "in 1 hour" },
    { DAY - 1, "in 23 hours" },
    { 3 * DAY, "in 3 days" },
    { -59 * S, "just now" },
    { -MINUTE, "1 minute ago" },
    { -2 * HOUR, "2 hours ago" },
    { -400 * DAY, "400 days ago" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (distances); i++)
    {
      g_autofree char *text = peal_time_text_distance (1000 * DAY + distances[i].distance, 1000 * DAY);

      g_assert_cmpstr (text, ==, distances[i].text);
    }
}

/* What the agent may say of times is any number. */
static void
test_out_of_range (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const gint64 instants[] = { G_MININT64, G_MAXINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autofree char *day = peal_time_text_day (instants[i], 0, zone);
      g_autofree char *full = peal_time_text_full (instants[i], zone);
      g_autofree char *text = peal_time_text_short (instants[i], 0, zone);
      g_autofree char *distance = peal_time_text_distance (instants[i], -instants[i] / 2);

      g_assert_cmpstr (day, ==, "–");
      g_assert_cmpstr (full, ==, "–");
      g_assert_nonnull (text);
      g_assert_nonnull (distance);
    }
}

static void
test_counts (void)
{
  const struct
  {
    gint64 count;
    const char *text;
  } counts[] = {
    { -1, "–" },
    { 0, "0" },
    { 9999, "9999" },
    { 12345, "12.3K" },
    { 999999, "999.9K" },
    { 1000000, "1.0M" },
    { 4560000, "4.5M" },
    { 1234567890, "1.2B" },
    { G_MAXINT64, "9223372036.8B" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *text = peal_count_text_compact (counts[i].count);

      g_assert_cmpstr (text, ==, counts[i].text);
    }
}

static void
test_large_counts_are_exact (void)
{
  g_autofree char *text = peal_count_text (G_GINT64_CONSTANT (9007199254740993));

  g_assert_cmpstr (text, ==, "9007199254740993");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-text/days", test_days);
  g_test_add_func ("/time-text/full", test_full);
  g_test_add_func ("/time-text/clock-formats", test_clock_formats);
  g_test_add_func ("/time-text/distances", test_distances);
  g_test_add_func ("/time-text/out-of-range", test_out_of_range);
  g_test_add_func ("/time-text/counts", test_counts);
  g_test_add_func ("/time-text/large-counts-are-exact", test_large_counts_are_exact);
  return g_test_run ();
}
