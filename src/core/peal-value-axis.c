/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-axis.h"

/* No mark is finer than this part of the highest value. */
#define FINEST 1000
/* An axis begins at 0 where the lowest value is below this share of the highest. */
#define ZERO_SHARE 0.6
/* Below it an axis that begins elsewhere would save nothing. */
#define SMALL 10

/* The least round step that is not less than @least, or the greatest that there is. */
static gint64
find_step (gint64 least)
{
  gint64 power = 1;

  while (power < G_MAXINT64 / 10 && power * 10 < least)
    power *= 10;
  if (power >= least)
    return power;
  if (power * 2 >= least)
    return power * 2;
  if (power >= 10 && power / 10 * 25 >= least)
    return power / 10 * 25;
  if (power * 5 >= least)
    return power * 5;
  return power < G_MAXINT64 / 10 ? power * 10 : power * 5;
}

/* Marks from the last one at or below @low to the first one at or above @high, where there is such a number.
 */
static void
set_marks (PealValueAxis *self, gint64 low, gint64 high)
{
  guint64 span;

  self->first = low / self->step * self->step;
  span = (guint64)(high - self->first);
  self->n = (guint)MIN (span / (guint64)self->step + 1, G_MAXUINT);
  self->low = self->first;
  self->high = self->first + (gint64)(self->n - 1) * self->step;
  if (self->high >= high && self->high > self->low)
    return;
  if (self->high > G_MAXINT64 - self->step)
    {
      self->high = high;
      return;
    }
  self->n++;
  self->high += self->step;
}

void
peal_value_axis_fit (PealValueAxis *self, gint64 low, gint64 high, guint max_marks)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (low >= 0 && low <= high);
  g_return_if_fail (max_marks >= 2);

  high = MAX (high, 1);
  if (high <= SMALL || (double)low < ZERO_SHARE * (double)high)
    low = 0;
  self->step = find_step (MAX ((high - low) / (max_marks - 1), MAX (high / FINEST, 1)));
  /* A line that stays where it is runs in the middle, not along an edge. */
  if (low > 0 && high - low < self->step)
    {
      low = MAX (low - self->step / 2, 0);
      high = high > G_MAXINT64 - self->step / 2 ? high : high + self->step / 2;
    }
  set_marks (self, low, high);
  while (self->n > max_marks)
    {
      self->step = find_step (self->step + 1);
      set_marks (self, low, high);
    }
  self->broken = self->low > 0;
}

double
peal_value_axis_place (const PealValueAxis *self, gint64 value)
{
  g_return_val_if_fail (self != NULL, 0);

  return ((double)value - (double)self->low) / ((double)self->high - (double)self->low);
}
