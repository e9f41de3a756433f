/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-clock.h"

G_BEGIN_DECLS

/* A clock that stands still until a test moves it. Both times start where the test says; whoever sleeps wakes
 * when the boot time reaches the end of the sleep, in the order of these ends. For one thread. */

#define PEAL_TYPE_FAKE_CLOCK (peal_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (PealFakeClock, peal_fake_clock, PEAL, FAKE_CLOCK, GObject)

/* (transfer full): @real_us: µs since 1970 UTC; the boot time starts at one hour. */
PealFakeClock *peal_fake_clock_new (gint64 real_us);
/* The same, from RFC 3339: "2026-11-24T18:00:00+01:00". */
PealFakeClock *peal_fake_clock_new_at (const char *rfc3339);
/* Both times go on by @us ≥ 0, sleepers wake; with the time at which each does, not all at the end. */
void peal_fake_clock_advance (PealFakeClock *self, gint64 us);
/* The computer sleeps for @us ≥ 0: both times jump; who slept until then wakes with the next step. */
void peal_fake_clock_jump (PealFakeClock *self, gint64 us);
/* Somebody sets the clock: the real time alone jumps. */
void peal_fake_clock_set_real (PealFakeClock *self, gint64 real_us);
/* The boot time alone, forward only: sleepers wake. */
void peal_fake_clock_set_boot (PealFakeClock *self, gint64 boot_us);
/* How many sleep. */
guint peal_fake_clock_get_n_sleepers (PealFakeClock *self);
/* µs until the next of them wakes, or -1. */
gint64 peal_fake_clock_get_next_us (PealFakeClock *self);

G_END_DECLS
