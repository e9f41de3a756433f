/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-fake-clock.h"

#define START_BOOT_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  gint64 end_us; /* boot time */
  DexPromise *promise;
} Sleeper;

struct _PealFakeClock
{
  GObject parent_instance;

  gint64 real_us;
  gint64 boot_us;
  GQueue sleepers; /* of Sleeper, the first to wake first */
};

static void clock_iface_init (PealClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PealFakeClock,
                               peal_fake_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PEAL_TYPE_CLOCK, clock_iface_init))

static void
sleeper_free (Sleeper *self)
{
  dex_clear (&self->promise);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sleeper, sleeper_free)

static int
compare_sleepers (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Sleeper *x = a;
  const Sleeper *y = b;

  /* Of two that end together the one that slept first wakes first: the new one is b. */
  return x->end_us < y->end_us ? -1 : x->end_us > y->end_us;
}

static void
let_run (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Goes to @end_us of boot time by way of each sleeper's end, so that what it does then sees that time. */
static void
go_to (PealFakeClock *self, gint64 end_us, gboolean with_real)
{
  Sleeper *next;

  let_run ();
  while ((next = g_queue_peek_head (&self->sleepers)) != NULL && next->end_us <= end_us)
    {
      g_autoptr (Sleeper) sleeper = g_queue_pop_head (&self->sleepers);
      gint64 step = MAX (sleeper->end_us - self->boot_us, 0);

      self->boot_us += step;
      self->real_us += with_real ? step : 0;
      dex_promise_resolve_boolean (sleeper->promise, TRUE);
      let_run ();
    }
  /* There may have been a jump beyond it meanwhile. */
  end_us = MAX (end_us, self->boot_us);
  self->real_us += with_real ? end_us - self->boot_us : 0;
  self->boot_us = end_us;
}

static gint64
peal_fake_clock_get_real_us (PealClock *clock)
{
  return PEAL_FAKE_CLOCK (clock)->real_us;
}

static gint64
peal_fake_clock_get_boot_us (PealClock *clock)
{
  return PEAL_FAKE_CLOCK (clock)->boot_us;
}

static DexFuture *
peal_fake_clock_sleep (PealClock *clock, gint64 us)
{
  PealFakeClock *self = PEAL_FAKE_CLOCK (clock);
  Sleeper *sleeper = NULL;

  if (us <= 0)
    return dex_future_new_true ();
  sleeper = g_new0 (Sleeper, 1);
  sleeper->end_us = self->boot_us + us;
  sleeper->promise = dex_promise_new_cancellable ();
  g_queue_insert_sorted (&self->sleepers, sleeper, compare_sleepers, NULL);
  return DEX_FUTURE (dex_ref (sleeper->promise));
}

static void
clock_iface_init (PealClockInterface *iface)
{
  iface->get_real_us = peal_fake_clock_get_real_us;
  iface->get_boot_us = peal_fake_clock_get_boot_us;
  iface->sleep = peal_fake_clock_sleep;
}

static void
peal_fake_clock_finalize (GObject *object)
{
  PealFakeClock *self = PEAL_FAKE_CLOCK (object);

  g_queue_clear_full (&self->sleepers, (GDestroyNotify)sleeper_free);

  G_OBJECT_CLASS (peal_fake_clock_parent_class)->finalize (object);
}

static void
peal_fake_clock_class_init (PealFakeClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = peal_fake_clock_finalize;
}

static void
peal_fake_clock_init (PealFakeClock *self)
{
  self->boot_us = START_BOOT_US;
  g_queue_init (&self->sleepers);
}

/* Nobody sleeps any more where the future was dropped, as a cancelled sleep does. */
static void
forget_dropped (PealFakeClock *self)
{
  GList *next;

  for (GList *l = self->sleepers.head; l != NULL; l = next)
    {
      Sleeper *sleeper = l->data;

      next = l->next;
      if (g_cancellable_is_cancelled (dex_promise_get_cancellable (sleeper->promise)))
        {
          g_queue_delete_link (&self->sleepers, l);
          sleeper_free (sleeper);
        }
    }
}

PealFakeClock *
peal_fake_clock_new (gint64 real_us)
{
  PealFakeClock *self = g_object_new (PEAL_TYPE_FAKE_CLOCK, NULL);

  self->real_us = real_us;
  return self;
}

PealFakeClock *
peal_fake_clock_new_at (const char *rfc3339)
{
  g_autoptr (GDateTime) date = NULL;

  g_return_val_if_fail (rfc3339 != NULL, NULL);

  date = g_date_time_new_from_iso8601 (rfc3339, NULL);
  g_return_val_if_fail (date != NULL, NULL);
  return peal_fake_clock_new (g_date_time_to_unix_usec (date));
}

void
peal_fake_clock_advance (PealFakeClock *self, gint64 us)
{
  g_return_if_fail (PEAL_IS_FAKE_CLOCK (self));
  g_return_if_fail (us >= 0);

  forget_dropped (self);
  go_to (self, self->boot_us + us, TRUE);
}

void
peal_fake_clock_jump (PealFakeClock *self, gint64 us)
{
  g_return_if_fail (PEAL_IS_FAKE_CLOCK (self));
  g_return_if_fail (us >= 0);

  self->boot_us += us;
  self->real_us += us;
}

void
peal_fake_clock_set_real (PealFakeClock *self, gint64 real_us)
{
  g_return_if_fail (PEAL_IS_FAKE_CLOCK (self));

  self->real_us = real_us;
}

void
peal_fake_clock_set_boot (PealFakeClock *self, gint64 boot_us)
{
  g_return_if_fail (PEAL_IS_FAKE_CLOCK (self));
  g_return_if_fail (boot_us >= self->boot_us);

  forget_dropped (self);
  go_to (self, boot_us, FALSE);
}

guint
peal_fake_clock_get_n_sleepers (PealFakeClock *self)
{
  g_return_val_if_fail (PEAL_IS_FAKE_CLOCK (self), 0);

  forget_dropped (self);
  return g_queue_get_length (&self->sleepers);
}

gint64
peal_fake_clock_get_next_us (PealFakeClock *self)
{
  const Sleeper *next;

  g_return_val_if_fail (PEAL_IS_FAKE_CLOCK (self), -1);

  forget_dropped (self);
  next = g_queue_peek_head (&self->sleepers);
  return next != NULL ? next->end_us - self->boot_us : -1;
}
