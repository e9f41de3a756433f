/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-life.h"

#include "peal-practice-random.h"

#include <math.h>

/* Most videos stay near what is usual, a few go far beyond it. */
static double
reach_of (guint64 key)
{
  double luck = peal_practice_key_unit (key, 1);

  return 0.25 + 1.2 * peal_practice_key_unit (key, 2) + (luck > 0.93 ? 30 * (luck - 0.93) / 0.07 : 0);
}

PealPracticeCounts
peal_practice_life_video (guint64 key, double typical_views, gint64 age)
{
  PealPracticeCounts counts = { 0 };
  double days = (double)MAX (age, 0) / (double)G_TIME_SPAN_DAY;
  double half = 0.4 + 2.2 * peal_practice_key_unit (key, 3);
  double share = days / (days + half);
  double tail = 0.002 * days;
  double views = typical_views * reach_of (key) * (share + tail);

  counts.views = (gint64)views;
  counts.likes = (gint64)(views * (0.03 + 0.09 * peal_practice_key_unit (key, 4)));
  counts.comments = (gint64)(views * (0.001 + 0.006 * peal_practice_key_unit (key, 5)));
  counts.shares = (gint64)(views * (0.0008 + 0.004 * peal_practice_key_unit (key, 6)));
  return counts;
}

/* Time that runs unevenly: by day faster than at night, and never backwards as long as @strength is below 1.
 */
static double
uneven (double days, double period, double phase, double strength)
{
  return -strength * period / (2 * G_PI)
         * (cos (2 * G_PI * (days / period + phase)) - cos (2 * G_PI * phase));
}

gint64
peal_practice_life_followers (guint64 key, gint64 first, double a_day, gint64 age)
{
  double days = (double)MAX (age, 0) / (double)G_TIME_SPAN_DAY;
  double warped = days + uneven (days, 1, peal_practice_key_unit (key, 7), 0.6)
                  + uneven (days, 7, peal_practice_key_unit (key, 8), 0.35);

  return first + (gint64)(a_day * warped);
}
