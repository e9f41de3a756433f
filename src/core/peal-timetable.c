/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-timetable.h"

/* No zone was ever further from UTC than 16 hours, nor jumped by more than 24. */
#define REACH_S (27 * 60 * 60)

/* Instants as seconds; a wall time as the seconds that a clock in UTC would make of it. From an instant to a
 * zone's offset GLib is exact; the way back, where it guesses, is not used. */

static int
find_interval (GTimeZone *zone, gint64 instant_s)
{
  return g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant_s);
}

static gboolean
read_wall (const PealWallTime *wall, gint64 *wall_s)
{
  g_autoptr (GDateTime) date = NULL;

  if (wall->year < 1 || wall->year > 9999 || wall->month < 1 || wall->month > 12 || wall->day < 1
      || wall->day > g_date_get_days_in_month ((GDateMonth)wall->month, (GDateYear)wall->year)
      || wall->hour < 0 || wall->hour > 23 || wall->minute < 0 || wall->minute > 59 || wall->second < 0
      || wall->second > 59)
    return FALSE;
  date = g_date_time_new_utc (wall->year, wall->month, wall->day, wall->hour, wall->minute, wall->second);
  if (date == NULL)
    return FALSE;
  *wall_s = g_date_time_to_unix (date);
  return TRUE;
}

static void
write_wall (PealWallTime *wall, gint64 wall_s)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (wall_s);

  *wall = (PealWallTime){ 0 };
  if (date == NULL)
    return;
  g_date_time_get_ymd (date, &wall->year, &wall->month, &wall->day);
  wall->hour = g_date_time_get_hour (date);
  wall->minute = g_date_time_get_minute (date);
  wall->second = g_date_time_get_second (date);
}

static gint64
floor_div (gint64 value, gint64 by)
{
  return value / by - (value % by < 0 ? 1 : 0);
}

/* The first second after @low (not in @interval's successors) at which @interval is over; @high is such a
 * one. */
static gint64
find_end (GTimeZone *zone, int interval, gint64 low, gint64 high)
{
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (find_interval (zone, middle) > interval)
        high = middle;
      else
        low = middle;
    }
  return high;
}

/* A time that nothing shows lies between two intervals: the offset of the earlier puts it after that one's
 * end, the offset of the later before its own start. */
static gint64
find_gap_end (GTimeZone *zone, gint64 wall_s, int from, int to)
{
  for (int i = from; i < to; i++)
    {
      gint64 after = wall_s - g_time_zone_get_offset (zone, i);
      gint64 before = wall_s - g_time_zone_get_offset (zone, i + 1);

      if (find_interval (zone, after) > i && find_interval (zone, before) <= i)
        return find_end (zone, i, before, after);
    }
  return wall_s;
}

static void
resolve_seconds (GTimeZone *zone, gint64 wall_s, PealWallKind *kind, gint64 *first, gint64 *second)
{
  int from = find_interval (zone, wall_s - REACH_S);
  int to = find_interval (zone, wall_s + REACH_S);
  gint64 found[2];
  int n_found = 0;

  for (int i = from; i <= to && n_found < 2; i++)
    {
      gint64 instant = wall_s - g_time_zone_get_offset (zone, i);

      if (find_interval (zone, instant) == i)
        found[n_found++] = instant;
    }
  if (n_found == 0)
    {
      *kind = PEAL_WALL_GAP;
      *second = find_gap_end (zone, wall_s, from, to);
      *first = *second - 1;
      return;
    }
  *kind = n_found == 1 ? PEAL_WALL_UNIQUE : PEAL_WALL_FOLD;
  *first = found[0];
  *second = n_found == 1 ? found[0] : found[1];
}

gboolean
peal_timetable_resolve (GTimeZone *zone,
                        const PealWallTime *wall,
                        PealWallKind *kind,
                        gint64 *first,
                        gint64 *second)
{
  gint64 wall_s;
  gint64 first_s;
  gint64 second_s;

  g_return_val_if_fail (zone != NULL, FALSE);
  g_return_val_if_fail (wall != NULL, FALSE);
  g_return_val_if_fail (kind != NULL && first != NULL && second != NULL, FALSE);

  if (!read_wall (wall, &wall_s))
    return FALSE;
  resolve_seconds (zone, wall_s, kind, &first_s, &second_s);
  *first = first_s * G_USEC_PER_SEC;
  if (*kind != PEAL_WALL_UNIQUE)
    *second = second_s * G_USEC_PER_SEC;
  return TRUE;
}

void
peal_timetable_get_wall (GTimeZone *zone, gint64 instant, PealWallTime *wall)
{
  gint64 instant_s;

  g_return_if_fail (zone != NULL);
  g_return_if_fail (wall != NULL);

  instant_s = floor_div (instant, G_USEC_PER_SEC);
  write_wall (wall, instant_s + g_time_zone_get_offset (zone, find_interval (zone, instant_s)));
}
