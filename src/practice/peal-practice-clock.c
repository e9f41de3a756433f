/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-clock.h"

void
peal_practice_clock_start (PealPracticeClock *self, gint64 world_us, double scale)
{
  self->base_monotonic = g_get_monotonic_time ();
  self->base_world = world_us;
  self->scale = scale;
}

gint64
peal_practice_clock_now (const PealPracticeClock *self)
{
  return self->base_world + (gint64)((double)(g_get_monotonic_time () - self->base_monotonic) * self->scale);
}

void
peal_practice_clock_advance (PealPracticeClock *self, gint64 us)
{
  g_return_if_fail (us >= 0);

  self->base_world += us;
}
