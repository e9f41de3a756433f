/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-random.h"

static void
test_uuid (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++)
    {
      char *uuid = peal_random_uuid ();

      g_assert_true (g_uuid_string_is_valid (uuid));
      g_assert_cmpint (uuid[14], ==, '4');
      g_assert_nonnull (strchr ("89ab", uuid[19]));
      g_assert_true (g_hash_table_add (seen, uuid));
    }
}

/* Each of the 62 characters comes, about equally often: 62,000 draws, 1,000 expected, 6 σ are 190. */
static void
test_text (void)
{
  g_autofree char *text = peal_random_text (62000);
  g_autofree char *empty = peal_random_text (0);
  guint counts[256] = { 0 };
  guint n_characters = 0;

  g_assert_cmpuint (strlen (text), ==, 62000);
  g_assert_cmpstr (empty, ==, "");
  for (const char *p = text; *p != '\0'; p++)
    counts[(guchar)*p]++;
  for (int c = 0; c < 256; c++)
    {
      if (counts[c] == 0)
        continue;
      n_characters++;
      g_assert_true (g_ascii_isalnum (c));
      g_assert_cmpuint (counts[c], >, 800);
      g_assert_cmpuint (counts[c], <, 1200);
    }
  g_assert_cmpuint (n_characters, ==, 62);
}

static void
test_below (void)
{
  gboolean seen[5] = { FALSE };
  guint n_high = 0;

  for (int i = 0; i < 1000; i++)
    {
      guint64 value = peal_random_below (5);

      g_assert_cmpuint (value, <, 5);
      seen[value] = TRUE;
    }
  for (int i = 0; i < 5; i++)
    g_assert_true (seen[i]);
  g_assert_cmpuint (peal_random_below (1), ==, 0);
  /* The upper third of 3·2⁶² values; without a second draw it would come only every fourth time. */
  for (int i = 0; i < 4000; i++)
    n_high += peal_random_below ((G_GUINT64_CONSTANT (3) << 62)) >= (G_GUINT64_CONSTANT (1) << 63) ? 1 : 0;
  g_assert_cmpuint (n_high, >, 4000 / 3 - 200);
  g_assert_cmpuint (n_high, <, 4000 / 3 + 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/uuid", test_uuid);
  g_test_add_func ("/random/text", test_text);
  g_test_add_func ("/random/below", test_below);
  return g_test_run ();
}
