/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-duplicate-guard.h"

static void
test_matches (void)
{
  g_autofree char *long_caption = g_strnfill (400, 'x');
  g_autofree char *cut = g_strnfill (150, 'x');
  g_autofree char *cut_short = g_strnfill (149, 'x');

  g_assert_true (peal_duplicate_guard_matches ("Rye bread #baking", "Rye bread #baking"));
  g_assert_true (peal_duplicate_guard_matches ("Rye bread ", " Rye bread"));
  g_assert_true (peal_duplicate_guard_matches (long_caption, cut));
  g_assert_false (peal_duplicate_guard_matches (long_caption, cut_short));
  g_assert_false (peal_duplicate_guard_matches ("Rye bread", "Rye breads"));
  /* Nothing said is nothing in common. */
  g_assert_false (peal_duplicate_guard_matches ("", ""));
  g_assert_false (peal_duplicate_guard_matches ("Rye bread", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duplicate-guard/matches", test_matches);
  return g_test_run ();
}
