/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-timetable.h"

#define MINUTE_US (60 * G_USEC_PER_SEC)
#define MAX_DAYS_AHEAD 366

static gint64
to_minute (gint64 instant)
{
  return instant / MINUTE_US - (instant % MINUTE_US < 0 ? 1 : 0);
}

static int
compare_minutes (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* (transfer full) (element-type gint64): the minutes of @taken, sorted, so that a full year stays quick. */
static GArray *
sort_taken (const gint64 *taken, gsize n_taken)
{
  g_autoptr (GArray) minutes = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint)n_taken);

  for (gsize i = 0; i < n_taken; i++)
    {
      gint64 minute = to_minute (taken[i]);

      g_array_append_val (minutes, minute);
    }
  g_array_sort (minutes, compare_minutes);
  return g_steal_pointer (&minutes);
}

static gboolean
is_taken (GArray *minutes, gint64 instant)
{
  gint64 minute = to_minute (instant);

  return g_array_binary_search (minutes, &minute, compare_minutes, NULL);
}

/* When @slot comes on @day, or -1 where that is another day of the week. */
static gint64
place (GTimeZone *zone, const PealSlot *slot, const GDate *day)
{
  PealWallTime wall = {
    .year = g_date_get_year (day),
    .month = (int)g_date_get_month (day),
    .day = g_date_get_day (day),
    .hour = slot->minute / 60,
    .minute = slot->minute % 60,
  };
  PealWallKind kind;
  gint64 first;
  gint64 second;

  if ((int)g_date_get_weekday (day) != slot->weekday || slot->minute < 0 || slot->minute >= 24 * 60)
    return -1;
  if (!peal_timetable_resolve (zone, &wall, &kind, &first, &second))
    return -1;
  return kind == PEAL_WALL_GAP ? second : first;
}

gint64
peal_timetable_next_slot (GTimeZone *zone,
                          const PealSlot *slots,
                          gsize n_slots,
                          const gint64 *taken,
                          gsize n_taken,
                          gint64 after)
{
  g_autoptr (GArray) minutes = NULL;
  PealWallTime start;
  GDate day;

  g_return_val_if_fail (zone != NULL, -1);
  g_return_val_if_fail (slots != NULL || n_slots == 0, -1);
  g_return_val_if_fail (taken != NULL || n_taken == 0, -1);

  minutes = sort_taken (taken, n_taken);
  peal_timetable_get_wall (zone, after, &start);
  g_return_val_if_fail (
      g_date_valid_dmy ((GDateDay)start.day, (GDateMonth)start.month, (GDateYear)start.year), -1);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay)start.day, (GDateMonth)start.month, (GDateYear)start.year);
  for (int i = 0; i <= MAX_DAYS_AHEAD; i++, g_date_add_days (&day, 1))
    {
      gint64 best = -1;

      for (gsize s = 0; s < n_slots; s++)
        {
          gint64 instant = place (zone, &slots[s], &day);

          if (instant > after && (best < 0 || instant < best) && !is_taken (minutes, instant))
            best = instant;
        }
      if (best >= 0)
        return best;
    }
  return -1;
}
