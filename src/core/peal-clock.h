/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Where time comes from. Everything that asks for the time or sleeps holds a PealClock, so that tests can run
 * years in a moment. The system's clock is PealSystemClock. */

#define PEAL_TYPE_CLOCK (peal_clock_get_type ())
G_DECLARE_INTERFACE (PealClock, peal_clock, PEAL, CLOCK, GObject)

struct _PealClockInterface
{
  GTypeInterface parent;

  gint64 (*get_real_us) (PealClock *self);
  gint64 (*get_boot_us) (PealClock *self);
  DexFuture *(*sleep) (PealClock *self, gint64 us);
};

/* µs since 1970 UTC. */
gint64 peal_clock_get_real_us (PealClock *self);
/* µs since boot, suspended time included: for lengths of time. */
gint64 peal_clock_get_boot_us (PealClock *self);
/* (transfer full): resolves to TRUE after @us microseconds; rejects with G_IO_ERROR_CANCELLED when
 * @cancellable (nullable) is cancelled first. For back-off only: what must happen at an instant uses the
 * agent's wake-up. */
DexFuture *peal_clock_sleep (PealClock *self, gint64 us, GCancellable *cancellable);

#define PEAL_TYPE_SYSTEM_CLOCK (peal_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (PealSystemClock, peal_system_clock, PEAL, SYSTEM_CLOCK, GObject)

/* (transfer full) */
PealClock *peal_system_clock_new (void);

G_END_DECLS
