/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-range.h"

#include <glib/gi18n.h>

#include "peal-day.h"

/* An awake agent reads every hour, and keeps an unchanged reading of a video once a day. */
#define LONGEST_US (36 * G_TIME_SPAN_HOUR)
/* Less of a chart than this may stay empty before its first point. */
#define EMPTY_PART 10

static const struct
{
  const char *title;
  int days; /* 0 for all */
} ranges[PEAL_N_RANGES] = {
  [PEAL_RANGE_7_DAYS] = { N_ ("7 days"), 7 },    [PEAL_RANGE_28_DAYS] = { N_ ("28 days"), 28 },
  [PEAL_RANGE_60_DAYS] = { N_ ("60 days"), 60 }, [PEAL_RANGE_YEAR] = { N_ ("1 year"), 365 },
  [PEAL_RANGE_ALL] = { N_ ("All"), 0 },
};

const char *
peal_range_get_title (PealRange self)
{
  g_return_val_if_fail (self < PEAL_N_RANGES, NULL);

  return _ (ranges[self].title);
}

PealChartGrain
peal_range_get_grain (PealRange self)
{
  return self == PEAL_RANGE_7_DAYS ? PEAL_CHART_READINGS : PEAL_CHART_DAYS;
}

gint64
peal_range_get_start (PealRange self, gint64 now, GTimeZone *zone)
{
  g_return_val_if_fail (self < PEAL_N_RANGES, 0);
  g_return_val_if_fail (zone != NULL, 0);

  return ranges[self].days > 0 ? peal_day_move (zone, now, 1 - ranges[self].days) : 0;
}

/* (transfer full) */
static PealSeries *
take_counter (const PealSample *samples, gsize n, PealCounter counter)
{
  PealPoint *points = g_new (PealPoint, n);

  for (gsize i = 0; i < n; i++)
    points[i] = (PealPoint){ samples[i].at, samples[i].count[counter] };
  return peal_series_new_take (points, n);
}

/* The instants of the first and last point, @otherwise where there is none. */
static void
get_ends (const PealSeries *series, gint64 otherwise, gint64 *first, gint64 *last)
{
  gsize n;
  const PealPoint *points = peal_series_get (series, &n);

  *first = n > 0 ? points[0].at : otherwise;
  *last = n > 0 ? points[n - 1].at : otherwise;
}

PealSeries *
peal_range_make_series (PealRange self,
                        const PealSample *samples,
                        gsize n,
                        PealCounter counter,
                        gint64 now,
                        GTimeZone *zone,
                        gint64 *from,
                        gint64 *to)
{
  g_autoptr (PealSeries) all = NULL;
  g_autoptr (PealSeries) shown = NULL;
  gint64 first;
  gint64 last;

  g_return_val_if_fail (self < PEAL_N_RANGES, NULL);
  g_return_val_if_fail (zone != NULL, NULL);
  g_return_val_if_fail (from != NULL && to != NULL, NULL);

  all = take_counter (samples, n, counter);
  get_ends (all, now, &first, &last);
  /* Somebody may have set the clock back. */
  *to = MAX (now, last);
  *from =
      self == PEAL_RANGE_ALL ? MIN (first, *to - G_TIME_SPAN_DAY) : peal_range_get_start (self, now, zone);
  *from = MIN (*from, *to - 1);
  shown = peal_series_cut (all, *from, *to);
  return peal_range_get_grain (self) == PEAL_CHART_DAYS ? peal_series_take_days (shown, zone)
                                                        : peal_series_mark_gaps (shown, LONGEST_US);
}

PealSeries *
peal_range_make_video_series (const PealSample *samples,
                              gsize n,
                              PealCounter counter,
                              gint64 published,
                              gint64 now,
                              gint64 *from,
                              gint64 *to)
{
  g_autoptr (PealSeries) all = NULL;
  gint64 first;
  gint64 last;

  g_return_val_if_fail (from != NULL && to != NULL, NULL);

  all = take_counter (samples, n, counter);
  get_ends (all, now, &first, &last);
  *to = MAX (now, last);
  *from = first;
  if (published > 0 && published < first && (first - published) <= (*to - published) / EMPTY_PART)
    *from = published;
  *from = MIN (*from, *to - G_TIME_SPAN_HOUR);
  return peal_series_mark_gaps (all, LONGEST_US);
}
