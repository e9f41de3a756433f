/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-clock.h"

G_DEFINE_INTERFACE (PealClock, peal_clock, G_TYPE_OBJECT)

static void
peal_clock_default_init (PealClockInterface *iface)
{
}

gint64
peal_clock_get_real_us (PealClock *self)
{
  g_return_val_if_fail (PEAL_IS_CLOCK (self), 0);

  return PEAL_CLOCK_GET_IFACE (self)->get_real_us (self);
}

gint64
peal_clock_get_boot_us (PealClock *self)
{
  g_return_val_if_fail (PEAL_IS_CLOCK (self), 0);

  return PEAL_CLOCK_GET_IFACE (self)->get_boot_us (self);
}

DexFuture *
peal_clock_sleep (PealClock *self, gint64 us, GCancellable *cancellable)
{
  dex_return_error_if_fail (PEAL_IS_CLOCK (self));
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (cancellable == NULL)
    return PEAL_CLOCK_GET_IFACE (self)->sleep (self, us);
  return dex_future_first (dex_cancellable_new_from_cancellable (cancellable),
                           PEAL_CLOCK_GET_IFACE (self)->sleep (self, us), NULL);
}
