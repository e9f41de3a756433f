/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-wakeup.h"

static void
awake_cb (PealWakeup *wakeup, gboolean clock_was_set, guint *count)
{
  (*count)++;
}

/* Turns the main loop for @ms milliseconds of the system's own timer. */
static void
turn (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

static void
test_instants (void)
{
  g_autoptr (PealWakeup) wakeup = peal_wakeup_new ();
  guint count = 0;

  g_signal_connect (wakeup, "awake", G_CALLBACK (awake_cb), &count);
  turn (20);
  g_assert_cmpuint (count, ==, 0);
  peal_wakeup_arm (wakeup, g_get_real_time () + 50000);
  turn (20);
  g_assert_cmpuint (count, ==, 0);
  turn (100);
  g_assert_cmpuint (count, ==, 1);
  /* Once, and not again until armed. */
  turn (100);
  g_assert_cmpuint (count, ==, 1);
  peal_wakeup_arm (wakeup, G_MAXINT64);
  turn (50);
  g_assert_cmpuint (count, ==, 1);
}

static void
test_past (void)
{
  static const gint64 instants[] = { 0, 1, -5, G_MININT64 };
  g_autoptr (PealWakeup) wakeup = peal_wakeup_new ();
  guint count = 0;

  g_signal_connect (wakeup, "awake", G_CALLBACK (awake_cb), &count);
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      peal_wakeup_arm (wakeup, instants[i]);
      turn (20);
      g_assert_cmpuint (count, ==, i + 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wakeup/instants", test_instants);
  g_test_add_func ("/wakeup/past", test_past);
  return g_test_run ();
}
