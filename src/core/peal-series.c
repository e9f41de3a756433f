/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-series.h"

#include "peal-day.h"

struct _PealSeries
{
  PealPoint *points;
  gsize n;
  gsize n_known;
  gint64 low, high; /* of the known values */
};

G_DEFINE_BOXED_TYPE (PealSeries, peal_series, peal_series_ref, peal_series_unref)

static gboolean
is_known (const PealSeries *self, gssize index)
{
  return self->points[index].value != PEAL_SERIES_UNKNOWN;
}

static int
compare_points (const void *one, const void *two, gpointer unused)
{
  const PealPoint *a = one;
  const PealPoint *b = two;

  return (a->at > b->at) - (a->at < b->at);
}

/* g_sort_array () is stable: the later of two at one instant stays the later. */
static void
put_in_order (PealPoint *points, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      if (points[i].at < points[i - 1].at)
        {
          g_sort_array (points, n, sizeof *points, compare_points, NULL);
          return;
        }
    }
}

static gsize
drop_useless (PealPoint *points, gsize n)
{
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    {
      PealPoint point = points[i];

      if (point.at < PEAL_DAY_MIN || point.at > PEAL_DAY_MAX)
        continue;
      point.value = MAX (point.value, PEAL_SERIES_UNKNOWN);
      if (kept > 0 && points[kept - 1].at == point.at)
        kept--;
      points[kept++] = point;
    }
  return kept;
}

/* (transfer full): takes @points, which are in order. */
static PealSeries *
wrap_points (PealPoint *points, gsize n)
{
  PealSeries *self = g_atomic_rc_box_new0 (PealSeries);

  self->points = points;
  self->n = n;
  for (gsize i = 0; i < n; i++)
    {
      gint64 value = points[i].value;

      if (value == PEAL_SERIES_UNKNOWN)
        continue;
      self->low = self->n_known == 0 ? value : MIN (self->low, value);
      self->high = self->n_known == 0 ? value : MAX (self->high, value);
      self->n_known++;
    }
  return self;
}

/* (transfer full) */
static PealSeries *
wrap_array (GArray *array)
{
  gsize n;
  PealPoint *points = g_array_steal (array, &n);

  return wrap_points (points, n);
}

static void
append (GArray *array, gint64 at, gint64 value)
{
  PealPoint point = { at, value };

  g_array_append_val (array, point);
}

static gint64
get_middle (gint64 from, gint64 to)
{
  return from + (to - from) / 2;
}

PealSeries *
peal_series_new_take (PealPoint *points, gsize n)
{
  g_return_val_if_fail (points != NULL || n == 0, NULL);

  put_in_order (points, n);
  return wrap_points (points, drop_useless (points, n));
}

PealSeries *
peal_series_ref (PealSeries *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  PealSeries *self = data;

  g_clear_pointer (&self->points, g_free);
}

void
peal_series_unref (PealSeries *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}

const PealPoint *
peal_series_get (const PealSeries *self, gsize *n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n != NULL, NULL);

  *n = self->n;
  return self->n > 0 ? self->points : NULL;
}

gsize
peal_series_count_known (const PealSeries *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_known;
}

gboolean
peal_series_get_bounds (const PealSeries *self, gint64 *low, gint64 *high)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (low != NULL && high != NULL, FALSE);

  *low = self->low;
  *high = self->high;
  return self->n_known > 0;
}

gssize
peal_series_find_first (const PealSeries *self)
{
  return peal_series_find_after (self, -1);
}

gssize
peal_series_find_last (const PealSeries *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return peal_series_find_before (self, (gssize)self->n);
}

gssize
peal_series_find_before (const PealSeries *self, gssize index)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (index >= -1 && index <= (gssize)self->n, -1);

  for (index--; index >= 0; index--)
    {
      if (is_known (self, index))
        return index;
    }
  return -1;
}

gssize
peal_series_find_after (const PealSeries *self, gssize index)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (index >= -1 && index <= (gssize)self->n, -1);

  for (index++; index < (gssize)self->n; index++)
    {
      if (is_known (self, index))
        return index;
    }
  return -1;
}

/* The index of the first point that is not before @at; n where all are. */
static gsize
find_place (const PealSeries *self, gint64 at)
{
  gsize low = 0;
  gsize high = self->n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->points[middle].at < at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gssize
peal_series_find_nearest (const PealSeries *self, gint64 at)
{
  gsize place;
  gssize before;
  gssize after;

  g_return_val_if_fail (self != NULL, -1);

  at = CLAMP (at, PEAL_DAY_MIN, PEAL_DAY_MAX);
  place = find_place (self, at);
  before = peal_series_find_before (self, (gssize)place);
  after = peal_series_find_after (self, (gssize)place - 1);
  if (before < 0 || after < 0)
    return MAX (before, after);
  return at - self->points[before].at <= self->points[after].at - at ? before : after;
}

PealSeries *
peal_series_cut (const PealSeries *self, gint64 from, gint64 to)
{
  gsize first;
  gsize end;

  g_return_val_if_fail (self != NULL, NULL);

  first = find_place (self, from);
  end = to == G_MAXINT64 ? self->n : MAX (first, find_place (self, to + 1));
  return wrap_points (g_memdup2 (self->points + first, (end - first) * sizeof (PealPoint)), end - first);
}

PealSeries *
peal_series_mark_gaps (const PealSeries *self, gint64 longest_us)
{
  g_autoptr (GArray) array = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (longest_us > 0, NULL);

  array = g_array_sized_new (FALSE, FALSE, sizeof (PealPoint), (guint)self->n);
  for (gsize i = 0; i < self->n; i++)
    {
      if (i > 0 && self->points[i].at - self->points[i - 1].at > longest_us)
        append (array, get_middle (self->points[i - 1].at, self->points[i].at), PEAL_SERIES_UNKNOWN);
      g_array_append_val (array, self->points[i]);
    }
  return wrap_array (array);
}

PealSeries *
peal_series_take_days (const PealSeries *self, GTimeZone *zone)
{
  g_autoptr (GArray) array = NULL;
  gint64 day_end = G_MININT64;  /* of the day of the point under way */
  gint64 next_end = G_MININT64; /* of the day after the one that was appended last */

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  array = g_array_new (FALSE, FALSE, sizeof (PealPoint));
  for (gsize i = 0; i < self->n; i++)
    {
      const PealPoint *point = &self->points[i];
      PealPoint *last = array->len > 0 ? &g_array_index (array, PealPoint, array->len - 1) : NULL;

      if (point->value == PEAL_SERIES_UNKNOWN)
        continue;
      if (point->at < day_end)
        {
          *last = *point;
          continue;
        }
      /* A day is sought only once, for there are a few thousand of them where there may be a million points.
       */
      if (last != NULL && point->at >= next_end)
        append (array, get_middle (last->at, point->at), PEAL_SERIES_UNKNOWN);
      g_array_append_val (array, *point);
      day_end = peal_day_move (zone, point->at, 1);
      next_end = peal_day_move (zone, day_end, 1);
    }
  return wrap_array (array);
}
