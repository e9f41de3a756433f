/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-when-choice.h"

#include <glib/gi18n.h>

#include "peal-time-text.h"
#include "peal-when-clock.h"

#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define DAY_US (24 * HOUR_US)
/* As far ahead as the agent takes a post, and a day less for what leap years differ. */
#define MAX_AHEAD_US (3652 * DAY_US)
#define MORNING 9
#define EVENING 18

static void
settle (PealWhenChoice *self, gint64 instant, gint64 now)
{
  if (instant < now)
    self->verdict = PEAL_WHEN_PAST;
  else if (instant - now > MAX_AHEAD_US)
    self->verdict = PEAL_WHEN_FAR;
  else
    {
      self->verdict = PEAL_WHEN_FINE;
      self->due = instant;
    }
}

static void
settle_twofold (PealWhenChoice *self, PealWhenReading reading, gint64 now)
{
  self->is_twofold = TRUE;
  if (reading == PEAL_WHEN_FIRST)
    settle (self, self->first, now);
  else if (reading == PEAL_WHEN_SECOND || self->first < now)
    /* Only the second is still to come. */
    settle (self, self->second, now);
  else
    self->verdict = PEAL_WHEN_FOLD;
}

void
peal_when_choose (PealWhenChoice *self,
                  GTimeZone *zone,
                  const PealWallTime *date,
                  const char *clock,
                  PealWhenReading reading,
                  gint64 now)
{
  PealWallTime wall = { 0 };
  PealWallKind kind;

  g_return_if_fail (self != NULL);
  g_return_if_fail (zone != NULL && date != NULL && clock != NULL);

  *self = (PealWhenChoice){ .verdict = PEAL_WHEN_NO_TIME, .due = -1, .first = -1, .second = -1 };
  wall.year = date->year;
  wall.month = date->month;
  wall.day = date->day;
  if (!peal_when_clock_parse (clock, &wall.hour, &wall.minute)
      || !peal_timetable_resolve (zone, &wall, &kind, &self->first, &self->second))
    return;
  if (kind == PEAL_WALL_UNIQUE)
    settle (self, self->first, now);
  else if (kind == PEAL_WALL_FOLD)
    settle_twofold (self, reading, now);
  else
    self->verdict = self->second < now ? PEAL_WHEN_PAST : PEAL_WHEN_GAP;
}

static char *
describe_gap (const PealWhenChoice *self, GTimeZone *zone)
{
  g_autofree char *after = peal_time_text_clock (self->second, zone);

  /* Translators: %s is a time of day, as in "03:00" */
  return g_strdup_printf (_ ("This time does not exist: the clocks go forward then. The next one is %s."),
                          after);
}

char *
peal_when_choice_to_sentence (const PealWhenChoice *self, GTimeZone *zone, gint64 now)
{
  g_autofree char *full = NULL;
  g_autofree char *distance = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  switch (self->verdict)
    {
    case PEAL_WHEN_FINE:
      full = peal_time_text_full (self->due, zone);
      distance = peal_time_text_distance (self->due, now);
      /* Translators: as in "Tue 24 Nov 2026, 18:00 (CET) — in 2 days" */
      return g_strdup_printf (C_ ("time and distance", "%s — %s"), full, distance);
    case PEAL_WHEN_PAST:
      return g_strdup (_ ("This time is past. Choose one that is still to come."));
    case PEAL_WHEN_FAR:
      return g_strdup (_ ("This time is more than ten years away. Choose an earlier one."));
    case PEAL_WHEN_GAP:
      return describe_gap (self, zone);
    case PEAL_WHEN_FOLD:
      return g_strdup (_ ("This time comes twice: the clocks go back then. Say which one you mean."));
    case PEAL_WHEN_NO_TIME:
    default:
      return peal_time_text_get_clock_format () == PEAL_CLOCK_FORMAT_12H
                 ? g_strdup (_ ("This is no time of day. Write it like 6:00 PM."))
                 : g_strdup (_ ("This is no time of day. Write it like 18:00."));
    }
}

/* The instant at which clocks in @zone show @wall; after a gap, the first of two. */
static gint64
resolve (GTimeZone *zone, const PealWallTime *wall)
{
  PealWallKind kind;
  gint64 first, second;

  if (!peal_timetable_resolve (zone, wall, &kind, &first, &second))
    return -1;
  return kind == PEAL_WALL_GAP ? second : first;
}

gint64
peal_when_round_up (GTimeZone *zone, gint64 now, gint64 ahead)
{
  PealWallTime wall;
  gint64 instant = now + ahead;
  gint64 rounded;

  g_return_val_if_fail (zone != NULL, -1);

  peal_timetable_get_wall (zone, instant, &wall);
  /* Whole hours of the clock, which in some zones are not those of UTC. */
  rounded = instant - instant % G_USEC_PER_SEC - (gint64)(wall.minute * 60 + wall.second) * G_USEC_PER_SEC;
  return rounded < instant ? rounded + HOUR_US : rounded;
}

gint64
peal_when_add_days (GTimeZone *zone, gint64 instant, int days)
{
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) later = NULL;
  PealWallTime wall;

  g_return_val_if_fail (zone != NULL, -1);

  peal_timetable_get_wall (zone, instant, &wall);
  day = g_date_time_new_utc (wall.year, wall.month, wall.day, 0, 0, 0);
  later = day != NULL ? g_date_time_add_days (day, days) : NULL;
  if (later == NULL)
    return instant;
  g_date_time_get_ymd (later, &wall.year, &wall.month, &wall.day);
  return resolve (zone, &wall);
}

static gint64
at_hour (GTimeZone *zone, gint64 instant, int hour)
{
  PealWallTime wall;

  peal_timetable_get_wall (zone, instant, &wall);
  wall.hour = hour;
  wall.minute = 0;
  wall.second = 0;
  return resolve (zone, &wall);
}

guint
peal_when_propose (GTimeZone *zone, gint64 now, gint64 proposals[PEAL_WHEN_N_PROPOSALS])
{
  gint64 wanted[PEAL_WHEN_N_PROPOSALS];
  gint64 soon;
  guint n = 0;

  g_return_val_if_fail (zone != NULL, 0);
  g_return_val_if_fail (proposals != NULL, 0);

  soon = peal_when_round_up (zone, now, HOUR_US / 2);
  wanted[0] = soon;
  wanted[1] = at_hour (zone, now, EVENING);
  wanted[2] = peal_when_add_days (zone, at_hour (zone, now, MORNING), 1);
  wanted[3] = peal_when_add_days (zone, at_hour (zone, now, EVENING), 1);
  for (guint i = 0; i < PEAL_WHEN_N_PROPOSALS; i++)
    if (wanted[i] >= soon && (n == 0 || wanted[i] > proposals[n - 1]))
      proposals[n++] = wanted[i];
  return n;
}
