/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The world's clock: µs UTC that run at a chosen speed and can be pushed forward, but never go back. */
typedef struct
{
  gint64 base_monotonic;
  gint64 base_world;
  double scale;
} PealPracticeClock;

void peal_practice_clock_start (PealPracticeClock *self, gint64 world_us, double scale);
gint64 peal_practice_clock_now (const PealPracticeClock *self);

/* Pushes the clock forward by @us, which is at least 0. */
void peal_practice_clock_advance (PealPracticeClock *self, gint64 us);

G_END_DECLS
