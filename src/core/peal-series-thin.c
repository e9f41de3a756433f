/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-series.h"

#include "peal-day.h"

/* What a column of pixels has: indices of known points; the breaks only count where there is nothing else. */
typedef struct
{
  gssize first, low, high, last; /* -1 where nothing is known */
  gssize gap;                    /* -1 where nothing is unknown */
} Column;

static const Column empty_column = { -1, -1, -1, -1, -1 };

static void
column_add (Column *self, const PealPoint *points, gssize index)
{
  gint64 value = points[index].value;

  if (value == PEAL_SERIES_UNKNOWN)
    {
      self->gap = index;
      return;
    }
  if (self->first < 0)
    self->first = self->low = self->high = index;
  if (value < points[self->low].value)
    self->low = index;
  if (value > points[self->high].value)
    self->high = index;
  self->last = index;
}

static void
append_once (GArray *array, const PealPoint *points, gssize index)
{
  const PealPoint *last = array->len > 0 ? &g_array_index (array, PealPoint, array->len - 1) : NULL;

  if (last == NULL || last->at < points[index].at)
    g_array_append_val (array, points[index]);
}

static void
column_flush (Column *self, const PealPoint *points, GArray *array)
{
  if (self->first >= 0)
    {
      append_once (array, points, self->first);
      append_once (array, points, MIN (self->low, self->high));
      append_once (array, points, MAX (self->low, self->high));
      append_once (array, points, self->last);
    }
  else if (self->gap >= 0)
    append_once (array, points, self->gap);
  *self = empty_column;
}

PealSeries *
peal_series_thin (const PealSeries *self, gint64 from, gint64 to, guint columns)
{
  g_autoptr (GArray) array = NULL;
  const PealPoint *points;
  Column column = empty_column;
  gint64 column_end; /* the first instant behind the column under way */
  double column_us;
  PealPoint *thinned;
  gsize n;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (from < to, NULL);
  g_return_val_if_fail (columns > 0, NULL);

  from = CLAMP (from, PEAL_DAY_MIN, PEAL_DAY_MAX - 1);
  to = CLAMP (to, from + 1, PEAL_DAY_MAX);
  column_end = from;
  array = g_array_new (FALSE, FALSE, sizeof (PealPoint));
  points = peal_series_get (self, &n);
  column_us = ((double)to - (double)from) / columns;
  for (gsize i = 0; i < n; i++)
    {
      gint64 at = points[i].at;

      /* Of what is outside, one point on each side. */
      if ((at < from && i + 1 < n && points[i + 1].at < from) || (at > to && i > 0 && points[i - 1].at > to))
        continue;
      if (at >= column_end)
        {
          double end = ((double)(gint64)(((double)at - (double)from) / column_us) + 1) * column_us;

          column_flush (&column, points, array);
          column_end = from + (gint64)end + ((double)(gint64)end < end ? 1 : 0);
        }
      column_add (&column, points, (gssize)i);
    }
  column_flush (&column, points, array);
  thinned = g_array_steal (array, &n);
  return peal_series_new_take (thinned, n);
}
