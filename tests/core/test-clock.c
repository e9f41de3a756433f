/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-fake-clock.h"
#include "peal-test-fiber.h"

#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static void
test_system_times (void)
{
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  gint64 before = g_get_real_time ();
  gint64 real = peal_clock_get_real_us (clock);
  gint64 after = g_get_real_time ();

  /* A clock that is being slewed may be a little off between two ways to read it. */
  g_assert_cmpint (real, >=, before - G_USEC_PER_SEC);
  g_assert_cmpint (real, <=, after + G_USEC_PER_SEC);
  g_assert_cmpint (peal_clock_get_boot_us (clock), >, 0);
  g_assert_finalize_object (g_steal_pointer (&clock));
}

static DexFuture *
test_system_sleep (gpointer user_data)
{
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (dex_await_boolean (peal_clock_sleep (clock, 20000, cancellable), &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 20000);
  g_assert_true (dex_await_boolean (peal_clock_sleep (clock, 0, NULL), &error));
  g_assert_true (dex_await_boolean (peal_clock_sleep (clock, -5, cancellable), &error));
  g_assert_no_error (error);
  return dex_future_new_true ();
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static DexFuture *
test_cancelled (gpointer user_data)
{
  g_autoptr (PealClock) system = peal_system_clock_new ();
  g_autoptr (PealFakeClock) fake = peal_fake_clock_new (0);
  PealClock *clocks[] = { system, PEAL_CLOCK (fake) };

  for (gsize i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) late = NULL;
      g_autoptr (GError) early = NULL;

      g_idle_add (cancel_cb, cancellable);
      g_assert_false (dex_await (peal_clock_sleep (clocks[i], HOUR_US, cancellable), &late));
      g_assert_error (late, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (dex_await (peal_clock_sleep (clocks[i], HOUR_US, cancellable), &early));
      g_assert_error (early, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  g_assert_cmpuint (peal_fake_clock_get_n_sleepers (fake), ==, 0);
  return dex_future_new_true ();
}

typedef struct
{
  PealFakeClock *clock;
  GString *log;
} Diary;

static DexFuture *
nap_fiber (gpointer user_data)
{
  Diary *diary = user_data;
  PealClock *clock = PEAL_CLOCK (diary->clock);

  dex_await (peal_clock_sleep (clock, 2 * HOUR_US, NULL), NULL);
  g_string_append_printf (diary->log, "a%d ", (int)(peal_clock_get_real_us (clock) / HOUR_US));
  dex_await (peal_clock_sleep (clock, HOUR_US, NULL), NULL);
  g_string_append_printf (diary->log, "b%d ", (int)(peal_clock_get_real_us (clock) / HOUR_US));
  return dex_future_new_true ();
}

/* One long advance wakes whoever falls asleep again on the way, and each sees its own time. */
static void
test_fake_advance (void)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (GString) log = g_string_new (NULL);
  Diary diary = { clock, log };
  g_autoptr (DexFuture) nap = dex_scheduler_spawn (NULL, 0, nap_fiber, &diary, NULL);
  g_autoptr (DexFuture) other = NULL;

  peal_fake_clock_advance (clock, 0);
  g_assert_cmpuint (peal_fake_clock_get_n_sleepers (clock), ==, 1);
  g_assert_cmpint (peal_fake_clock_get_next_us (clock), ==, 2 * HOUR_US);
  peal_fake_clock_advance (clock, 2 * HOUR_US - 1);
  g_assert_cmpstr (log->str, ==, "");
  other = peal_clock_sleep (PEAL_CLOCK (clock), 10 * HOUR_US, NULL);
  peal_fake_clock_advance (clock, 5 * HOUR_US);
  g_assert_cmpstr (log->str, ==, "a2 b3 ");
  g_assert_true (dex_future_is_resolved (nap));
  g_assert_true (dex_future_is_pending (other));
  g_assert_cmpint (peal_clock_get_real_us (PEAL_CLOCK (clock)), ==, 7 * HOUR_US - 1);
  g_assert_cmpint (peal_clock_get_boot_us (PEAL_CLOCK (clock)), ==, 8 * HOUR_US - 1);
}

static void
test_fake_steps (void)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new_at ("2026-11-24T18:00:00+01:00");
  g_autoptr (DexFuture) sleep = peal_clock_sleep (PEAL_CLOCK (clock), HOUR_US, NULL);
  gint64 start = peal_clock_get_real_us (PEAL_CLOCK (clock));

  g_assert_cmpint (start, ==, G_GINT64_CONSTANT (1795539600000000));
  peal_fake_clock_set_real (clock, start + 48 * HOUR_US);
  g_assert_true (dex_future_is_pending (sleep));
  peal_fake_clock_set_boot (clock, peal_clock_get_boot_us (PEAL_CLOCK (clock)) + HOUR_US);
  g_assert_true (dex_future_is_resolved (sleep));
  g_assert_cmpint (peal_clock_get_real_us (PEAL_CLOCK (clock)), ==, start + 48 * HOUR_US);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/system/times", test_system_times);
  peal_test_add_fiber ("/clock/system/sleep", NULL, test_system_sleep);
  peal_test_add_fiber ("/clock/cancelled", NULL, test_cancelled);
  g_test_add_func ("/clock/fake/advance", test_fake_advance);
  g_test_add_func ("/clock/fake/steps", test_fake_steps);
  return g_test_run ();
}
