/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-clock.h"

#include <time.h>

struct _PealSystemClock
{
  GObject parent_instance;
};

static void clock_iface_init (PealClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PealSystemClock,
                               peal_system_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PEAL_TYPE_CLOCK, clock_iface_init))

static gint64
read_clock (clockid_t id)
{
  struct timespec now = { 0 };

  /* Both clocks exist on each Linux that we run on. */
  if (clock_gettime (id, &now) != 0)
    g_error ("clock_gettime (%d) failed", (int)id);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
peal_system_clock_get_real_us (PealClock *clock)
{
  return read_clock (CLOCK_REALTIME);
}

static gint64
peal_system_clock_get_boot_us (PealClock *clock)
{
  return read_clock (CLOCK_BOOTTIME);
}

static DexFuture *
timed_out_cb (DexFuture *future, gpointer user_data)
{
  return dex_future_new_true ();
}

static DexFuture *
peal_system_clock_sleep (PealClock *clock, gint64 us)
{
  if (us <= 0)
    return dex_future_new_true ();
  /* A DexTimeout can only fail, which is what is hoped for here. */
  return dex_future_catch (dex_timeout_new_deadline (g_get_monotonic_time () + us), timed_out_cb, NULL, NULL);
}

static void
clock_iface_init (PealClockInterface *iface)
{
  iface->get_real_us = peal_system_clock_get_real_us;
  iface->get_boot_us = peal_system_clock_get_boot_us;
  iface->sleep = peal_system_clock_sleep;
}

static void
peal_system_clock_class_init (PealSystemClockClass *klass)
{
}

static void
peal_system_clock_init (PealSystemClock *self)
{
}

PealClock *
peal_system_clock_new (void)
{
  return g_object_new (PEAL_TYPE_SYSTEM_CLOCK, NULL);
}
