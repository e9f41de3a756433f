/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-account.h"

static void
test_words (void)
{
  static const char *const environments[] = { "production", "sandbox" };
  static const char *const states[] = { "connected", "reconnect", "disconnected" };

  for (int i = 0; i < (int)G_N_ELEMENTS (environments); i++)
    {
      PealEnvironment environment = PEAL_ENVIRONMENT_PRODUCTION;

      g_assert_cmpstr (peal_environment_to_string ((PealEnvironment)i), ==, environments[i]);
      g_assert_true (peal_environment_from_string (environments[i], &environment));
      g_assert_cmpint (environment, ==, i);
    }
  for (int i = 0; i < (int)G_N_ELEMENTS (states); i++)
    {
      PealAccountState state = PEAL_ACCOUNT_CONNECTED;

      g_assert_cmpstr (peal_account_state_to_string ((PealAccountState)i), ==, states[i]);
      g_assert_true (peal_account_state_from_string (states[i], &state));
      g_assert_cmpint (state, ==, i);
    }
}

static void
test_strange_words (void)
{
  static const char *const words[] = { "", "Production", "production ", "connectedd", NULL };
  PealEnvironment environment = PEAL_ENVIRONMENT_SANDBOX;
  PealAccountState state = PEAL_ACCOUNT_RECONNECT;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_assert_false (peal_environment_from_string (words[i], &environment));
      g_assert_false (peal_account_state_from_string (words[i], &state));
    }
  g_assert_cmpint (environment, ==, PEAL_ENVIRONMENT_SANDBOX);
  g_assert_cmpint (state, ==, PEAL_ACCOUNT_RECONNECT);
}

static void
test_scopes_round (void)
{
  for (guint scopes = PEAL_SCOPE_NONE; scopes <= PEAL_SCOPE_ALL; scopes++)
    {
      g_autofree char *text = peal_scopes_to_string ((PealScopes)scopes);

      g_assert_cmpuint (peal_scopes_from_string (text), ==, scopes);
    }
}

static void
test_scopes_text (void)
{
  g_autofree char *text = peal_scopes_to_string (PEAL_SCOPE_VIDEO_PUBLISH | PEAL_SCOPE_USER_BASIC);
  g_autofree char *none = peal_scopes_to_string (PEAL_SCOPE_NONE);

  g_assert_cmpstr (text, ==, "user.info.basic,video.publish");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpuint (peal_scopes_from_string ("video.list, user.info.stats,,research.data video.upload"), ==,
                    PEAL_SCOPE_VIDEO_LIST | PEAL_SCOPE_USER_STATS | PEAL_SCOPE_VIDEO_UPLOAD);
  g_assert_cmpuint (peal_scopes_from_string ("video.listed VIDEO.LIST"), ==, PEAL_SCOPE_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/words", test_words);
  g_test_add_func ("/account/strange-words", test_strange_words);
  g_test_add_func ("/account/scopes/round", test_scopes_round);
  g_test_add_func ("/account/scopes/text", test_scopes_text);
  return g_test_run ();
}
