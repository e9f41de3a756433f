/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-scope-text.h"

static void
test_each_scope_once (void)
{
  guint seen = 0;

  for (guint i = 0; i < PEAL_N_SCOPES; i++)
    {
      PealScopeText text = peal_scope_text_get (i);

      g_assert_cmpuint (seen & text.scope, ==, 0);
      seen |= text.scope;
      g_assert_true (g_utf8_strlen (text.title, -1) > 5);
      g_assert_true (g_str_has_suffix (text.purpose, "."));
      g_assert_true (g_str_has_suffix (text.without, "."));
      /* Plain words: none of TikTok's names. */
      g_assert_null (strstr (text.title, "user.info"));
    }
  g_assert_cmpuint (seen, ==, PEAL_SCOPE_ALL);
}

static void
test_missing (void)
{
  for (guint scopes = PEAL_SCOPE_NONE; scopes <= PEAL_SCOPE_ALL; scopes++)
    g_assert_cmpint (peal_scope_text_count_missing ((PealScopes)scopes), ==,
                     PEAL_N_SCOPES - __builtin_popcount (scopes));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scope-text/each-scope-once", test_each_scope_once);
  g_test_add_func ("/scope-text/missing", test_missing);
  return g_test_run ();
}
