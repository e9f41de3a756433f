/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-axis.h"

#include "peal-day.h"
#include "peal-timetable.h"

#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define DAY_US (24 * HOUR_US)

typedef struct
{
  PealTimeUnit unit;
  int every;
  gint64 least_us; /* how near two marks may be */
} Rhythm;

/* From the finest to the coarsest. */
static const Rhythm rhythms[] = {
  { PEAL_TIME_UNIT_HOUR, 1, HOUR_US },          { PEAL_TIME_UNIT_HOUR, 3, 2 * HOUR_US },
  { PEAL_TIME_UNIT_HOUR, 6, 5 * HOUR_US },      { PEAL_TIME_UNIT_HOUR, 12, 11 * HOUR_US },
  { PEAL_TIME_UNIT_DAY, 1, 23 * HOUR_US },      { PEAL_TIME_UNIT_DAY, 2, 47 * HOUR_US },
  { PEAL_TIME_UNIT_WEEK, 1, 167 * HOUR_US },    { PEAL_TIME_UNIT_WEEK, 2, 335 * HOUR_US },
  { PEAL_TIME_UNIT_MONTH, 1, 28 * DAY_US },     { PEAL_TIME_UNIT_MONTH, 2, 59 * DAY_US },
  { PEAL_TIME_UNIT_MONTH, 3, 89 * DAY_US },     { PEAL_TIME_UNIT_MONTH, 6, 180 * DAY_US },
  { PEAL_TIME_UNIT_YEAR, 1, 365 * DAY_US },     { PEAL_TIME_UNIT_YEAR, 2, 730 * DAY_US },
  { PEAL_TIME_UNIT_YEAR, 5, 1825 * DAY_US },    { PEAL_TIME_UNIT_YEAR, 10, 3652 * DAY_US },
  { PEAL_TIME_UNIT_YEAR, 100, 36524 * DAY_US }, { PEAL_TIME_UNIT_YEAR, 1000, 365240 * DAY_US },
};

/* The first mark after @mark of a day that has @mark. */
static gint64
find_next_hour (GTimeZone *zone, gint64 mark, int every)
{
  gint64 midnight = peal_day_move (zone, mark, 1);
  PealWallTime wall;
  PealWallKind kind;
  gint64 first;
  gint64 second;

  peal_timetable_get_wall (zone, mark, &wall);
  wall.minute = wall.second = 0;
  for (wall.hour = wall.hour / every * every + every; wall.hour < 24; wall.hour += every)
    {
      if (peal_timetable_resolve (zone, &wall, &kind, &first, &second) && kind != PEAL_WALL_GAP
          && first > mark && first < midnight)
        return first;
    }
  return midnight;
}

static gint64
find_next_days (GTimeZone *zone, gint64 mark, int every, int first_weekday)
{
  /* Day 1 of the calendar is a Monday. */
  gint64 number = (gint64)peal_day_number (zone, mark) - first_weekday;

  return peal_day_move (zone, mark, every - (int)((number % every + every) % every));
}

static gint64
find_next_months (GTimeZone *zone, gint64 mark, int every)
{
  PealWallTime wall;
  int months;

  peal_timetable_get_wall (zone, mark, &wall);
  months = wall.year * 12 + wall.month - 1;
  months += every - months % every;
  return peal_day_of_month (zone, months / 12, months % 12 + 1);
}

/* The first mark after @mark. */
static gint64
find_next (const Rhythm *rhythm, GTimeZone *zone, gint64 mark, int first_weekday)
{
  switch (rhythm->unit)
    {
    case PEAL_TIME_UNIT_HOUR:
      return find_next_hour (zone, mark, rhythm->every);
    case PEAL_TIME_UNIT_DAY:
      return find_next_days (zone, mark, rhythm->every, 0);
    case PEAL_TIME_UNIT_WEEK:
      return find_next_days (zone, mark, rhythm->every * 7, first_weekday);
    case PEAL_TIME_UNIT_MONTH:
      return find_next_months (zone, mark, rhythm->every);
    case PEAL_TIME_UNIT_YEAR:
    default:
      return find_next_months (zone, mark, rhythm->every * 12);
    }
}

static void
fill (GArray *marks,
      const Rhythm *rhythm,
      gint64 from,
      gint64 to,
      GTimeZone *zone,
      int first_weekday,
      guint max_marks)
{
  gint64 mark = from - 1;

  g_array_set_size (marks, 0);
  while (marks->len <= max_marks)
    {
      gint64 next = find_next (rhythm, zone, mark, first_weekday);

      if (next <= mark || next > to)
        return;
      g_array_append_val (marks, next);
      mark = next;
    }
}

GArray *
peal_time_axis_fit (gint64 from,
                    gint64 to,
                    GTimeZone *zone,
                    int first_weekday,
                    guint max_marks,
                    PealTimeUnit *unit)
{
  g_autoptr (GArray) marks = NULL;

  g_return_val_if_fail (zone != NULL, NULL);
  g_return_val_if_fail (first_weekday >= 1 && first_weekday <= 7, NULL);
  g_return_val_if_fail (max_marks >= 1, NULL);
  g_return_val_if_fail (unit != NULL, NULL);

  marks = g_array_new (FALSE, FALSE, sizeof (gint64));
  from = CLAMP (from, PEAL_DAY_MIN, PEAL_DAY_MAX);
  to = CLAMP (to, from, PEAL_DAY_MAX);
  for (gsize i = 0; i < G_N_ELEMENTS (rhythms); i++)
    {
      *unit = rhythms[i].unit;
      /* Not even worth a try. */
      if ((to - from) / rhythms[i].least_us / 2 > max_marks && i + 1 < G_N_ELEMENTS (rhythms))
        continue;
      fill (marks, &rhythms[i], from, to, zone, first_weekday, max_marks);
      if (marks->len <= max_marks)
        break;
    }
  g_array_set_size (marks, MIN (marks->len, max_marks));
  return g_steal_pointer (&marks);
}
