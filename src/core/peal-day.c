/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-day.h"

#include "peal-timetable.h"

static void
get_date (GTimeZone *zone, gint64 instant, GDate *date)
{
  PealWallTime wall;

  peal_timetable_get_wall (zone, CLAMP (instant, PEAL_DAY_MIN, PEAL_DAY_MAX), &wall);
  g_date_set_dmy (date, (GDateDay)wall.day, (GDateMonth)wall.month, (GDateYear)wall.year);
}

static gint64
get_midnight (GTimeZone *zone, const GDate *date)
{
  PealWallTime wall = { .year = g_date_get_year (date),
                        .month = (int)g_date_get_month (date),
                        .day = g_date_get_day (date) };
  PealWallKind kind;
  gint64 first;
  gint64 second;

  if (!peal_timetable_resolve (zone, &wall, &kind, &first, &second))
    return PEAL_DAY_MAX;
  return kind == PEAL_WALL_GAP ? second : first;
}

gint64
peal_day_start (GTimeZone *zone, gint64 instant)
{
  return peal_day_move (zone, instant, 0);
}

gint64
peal_day_move (GTimeZone *zone, gint64 instant, int days)
{
  GDate date;
  gint64 number;

  g_return_val_if_fail (zone != NULL, 0);

  g_date_clear (&date, 1);
  get_date (zone, instant, &date);
  number = (gint64)g_date_get_julian (&date) + days;
  /* A GDate ends where the calendar of PEAL_DAY_MAX does, more or less. */
  g_date_set_julian (&date, (guint)CLAMP (number, 1, 3652059));
  return get_midnight (zone, &date);
}

gint64
peal_day_of_month (GTimeZone *zone, int year, int month)
{
  gint64 months = (gint64)year * 12 + month - 1;
  GDate date;

  g_return_val_if_fail (zone != NULL, 0);

  months = CLAMP (months, 12, 9999 * 12 + 11);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, (GDateMonth)(months % 12 + 1), (GDateYear)(months / 12));
  return get_midnight (zone, &date);
}

guint
peal_day_number (GTimeZone *zone, gint64 instant)
{
  GDate date;

  g_return_val_if_fail (zone != NULL, 0);

  g_date_clear (&date, 1);
  get_date (zone, instant, &date);
  return g_date_get_julian (&date);
}
