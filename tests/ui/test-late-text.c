/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-late-text.h"

/* The choices are what the agent takes, each once, and the current one is among them, between its neighbours.
 */
static void
check_choices (gint64 current, guint expected)
{
  g_autoptr (GArray) choices = peal_late_dup_choices (current);
  guint found = 0;

  g_assert_cmpuint (choices->len, ==, expected);
  for (guint i = 0; i < choices->len; i++)
    {
      gint64 choice = g_array_index (choices, gint64, i);

      g_assert_cmpint (choice, >=, -1);
      g_assert_cmpint (choice, <=, 86400);
      if (i > 0 && i + 1 < choices->len)
        g_assert_cmpint (choice, >, g_array_index (choices, gint64, i - 1));
      if (choice == current)
        found++;
    }
  g_assert_cmpuint (found, ==, 1);
  g_assert_cmpint (g_array_index (choices, gint64, choices->len - 1), ==, -1);
}

static void
test_choices (void)
{
  static const gint64 common[] = { 0, 900, 3600, 7200, 21600, 86400, -1 };
  static const gint64 others[] = { 1, 899, 901, 5400, 86399 };

  for (gsize i = 0; i < G_N_ELEMENTS (common); i++)
    check_choices (common[i], 7);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    check_choices (others[i], 8);
}

static void
test_texts (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } cases[] = {
    { -1, "Never" },    { 0, "At once" },       { 1, "1 minute" },   { 900, "15 minutes" },
    { 3600, "1 hour" }, { 5400, "90 minutes" }, { 7200, "2 hours" }, { 86400, "1 day" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = peal_late_dup_text (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/late-text/choices", test_choices);
  g_test_add_func ("/late-text/texts", test_texts);
  return g_test_run ();
}
