/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-day.h"

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (date);
  return g_date_time_to_unix_usec (date);
}

static void
assert_instant (gint64 instant, const char *expected)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc_usec (instant);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ");

  g_assert_cmpstr (text, ==, expected);
}

static const struct
{
  const char *zone;
  const char *instant;
  int days;
  const char *expected;
} moves[] = {
  { "Europe/Berlin", "2026-11-27T23:30:00+01:00", 0, "2026-11-26T23:00:00Z" },
  { "Europe/Berlin", "2026-11-27T00:00:00+01:00", 0, "2026-11-26T23:00:00Z" },
  { "Europe/Berlin", "2026-11-26T23:59:59.999999+01:00", 0, "2026-11-25T23:00:00Z" },
  { "Europe/Berlin", "2026-11-27T12:00:00+01:00", 1, "2026-11-27T23:00:00Z" },
  { "Europe/Berlin", "2026-11-27T12:00:00+01:00", -1, "2026-11-25T23:00:00Z" },
  /* 23 and 25 hours */
  { "Europe/Berlin", "2027-03-28T12:00:00+02:00", 0, "2027-03-27T23:00:00Z" },
  { "Europe/Berlin", "2027-03-28T12:00:00+02:00", 1, "2027-03-28T22:00:00Z" },
  { "Europe/Berlin", "2026-10-25T02:30:00+02:00", 1, "2026-10-25T23:00:00Z" },
  { "Europe/Berlin", "2026-10-25T02:30:00+01:00", 0, "2026-10-24T22:00:00Z" },
  /* The clocks go forward at midnight: the day begins at one. */
  { "America/Santiago", "2026-09-06T12:00:00-03:00", 0, "2026-09-06T04:00:00Z" },
  /* They go back at midnight, to the evening before, which then has 25 hours. */
  { "America/Santiago", "2026-04-05T12:00:00-04:00", 0, "2026-04-05T04:00:00Z" },
  { "America/Santiago", "2026-04-04T23:30:00-04:00", 1, "2026-04-05T04:00:00Z" },
  /* The whole 30 December 2011 was left out. */
  { "Pacific/Apia", "2011-12-29T12:00:00-10:00", 2, "2011-12-30T10:00:00Z" },
  { "UTC", "1970-01-03T12:00:00Z", -1000, "1970-01-03T00:00:00Z" },
  { "UTC", "9998-12-31T12:00:00Z", 0, "9998-12-31T00:00:00Z" },
};

static void
test_move (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (moves[i].zone);

      g_test_message ("%s %s %+d", moves[i].zone, moves[i].instant, moves[i].days);
      if (moves[i].days < -1)
        g_assert_cmpint (peal_day_move (zone, at (moves[i].instant), moves[i].days), <,
                         at (moves[i].instant));
      else
        assert_instant (peal_day_move (zone, at (moves[i].instant), moves[i].days), moves[i].expected);
    }
}

static void
test_start (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Kolkata");

  assert_instant (peal_day_start (zone, at ("2026-11-27T00:10:00+05:30")), "2026-11-26T18:30:00Z");
}

static void
test_month (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  assert_instant (peal_day_of_month (zone, 2026, 11), "2026-10-31T23:00:00Z");
  assert_instant (peal_day_of_month (zone, 2026, 13), "2026-12-31T23:00:00Z");
  assert_instant (peal_day_of_month (zone, 2026, 0), "2025-11-30T23:00:00Z");
  assert_instant (peal_day_of_month (zone, 2026, 7), "2026-06-30T22:00:00Z");
}

static void
test_number (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 late = at ("2026-11-27T23:30:00Z");

  g_assert_cmpuint (peal_day_number (berlin, late), ==, peal_day_number (utc, late) + 1);
  /* Friday 27 November 2026 */
  g_assert_cmpuint (peal_day_number (utc, late) % 7, ==, 5);
}

/* Instants that no calendar has do no harm. */
static void
test_edges (void)
{
  static const char *const zones[] = { "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago" };
  static const gint64 instants[] = { G_MININT64, -1, 0, G_MAXINT64 - 1, G_MAXINT64 };

  for (gsize z = 0; z < G_N_ELEMENTS (zones); z++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[z]);

      for (gsize i = 0; i < G_N_ELEMENTS (instants); i++)
        {
          gint64 start = peal_day_start (zone, instants[i]);

          g_assert_cmpint (start, <=, PEAL_DAY_MAX);
          g_assert_cmpint (start, >, PEAL_DAY_MIN - 2 * G_TIME_SPAN_DAY);
          g_assert_cmpint (peal_day_move (zone, instants[i], G_MAXINT), >=, start);
          g_assert_cmpint (peal_day_move (zone, instants[i], G_MININT), <=, start);
        }
      g_assert_cmpint (peal_day_of_month (zone, G_MAXINT, G_MAXINT), >, PEAL_DAY_MIN);
      g_assert_cmpint (peal_day_of_month (zone, G_MININT, G_MININT), <, PEAL_DAY_MIN);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day/move", test_move);
  g_test_add_func ("/day/start", test_start);
  g_test_add_func ("/day/month", test_month);
  g_test_add_func ("/day/number", test_number);
  g_test_add_func ("/day/edges", test_edges);
  return g_test_run ();
}
