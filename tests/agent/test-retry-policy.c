/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-retry-policy.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define HOUR (3600 * SECOND)

static const struct
{
  PealErrorCode code;
  const char *reason;
  PealDecisionKind kind;
  PealHoldReason hold;
} rows[] = {
  { PEAL_ERROR_NETWORK, "no_connection", PEAL_DECISION_WAIT, 0 },
  { PEAL_ERROR_SERVER, "internal_error", PEAL_DECISION_WAIT, 0 },
  { PEAL_ERROR_PROTOCOL, "not_json", PEAL_DECISION_WAIT, 0 },
  { PEAL_ERROR_OUTCOME_UNKNOWN, "no_answer", PEAL_DECISION_WAIT, 0 },
  { PEAL_ERROR_RATE_LIMITED, "rate_limit_exceeded", PEAL_DECISION_WAIT, 0 },
  { PEAL_ERROR_AUTH, "reconnect", PEAL_DECISION_HOLD, PEAL_HOLD_RECONNECT },
  { PEAL_ERROR_SCOPE, "scope_not_authorized", PEAL_DECISION_HOLD, PEAL_HOLD_RECONNECT },
  { PEAL_ERROR_KEYRING_LOCKED, "keyring_locked", PEAL_DECISION_HOLD, PEAL_HOLD_KEYRING_LOCKED },
  { PEAL_ERROR_KEYRING_MISSING, "keyring_missing", PEAL_DECISION_HOLD, PEAL_HOLD_KEYRING_LOCKED },
  { PEAL_ERROR_STORAGE_FULL, "disk_full", PEAL_DECISION_HOLD, PEAL_HOLD_DISK_FULL },
  { PEAL_ERROR_MEDIA, "media_changed", PEAL_DECISION_HOLD, PEAL_HOLD_MEDIA_CHANGED },
  { PEAL_ERROR_MEDIA, "media_missing", PEAL_DECISION_HOLD, PEAL_HOLD_MEDIA_MISSING },
  { PEAL_ERROR_MEDIA, "duration_too_long", PEAL_DECISION_HOLD, PEAL_HOLD_OPTION_UNAVAILABLE },
  { PEAL_ERROR_INVALID, "option_unavailable", PEAL_DECISION_HOLD, PEAL_HOLD_OPTION_UNAVAILABLE },
  { PEAL_ERROR_REJECTED, "spam_risk_too_many_posts", PEAL_DECISION_HOLD, PEAL_HOLD_DAILY_CAP },
  { PEAL_ERROR_REJECTED, "reached_active_user_cap", PEAL_DECISION_HOLD, PEAL_HOLD_DAILY_CAP },
  { PEAL_ERROR_REJECTED, "privacy_level_option_mismatch", PEAL_DECISION_HOLD, PEAL_HOLD_OPTION_UNAVAILABLE },
  { PEAL_ERROR_REJECTED, "unaudited_client_can_only_post_to_private_accounts", PEAL_DECISION_HOLD,
    PEAL_HOLD_OPTION_UNAVAILABLE },
  { PEAL_ERROR_REJECTED, "invalid_params", PEAL_DECISION_FAIL, 0 },
};

static void
test_decide (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = peal_error_new_remote (rows[i].code, rows[i].reason, "x", NULL, 0, 30);
      PealDecision decision = peal_retry_policy_decide (error, 3, 0.5);

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (decision.kind, ==, rows[i].kind);
      g_assert_cmpint (decision.hold_reason, ==, rows[i].hold);
      if (rows[i].kind == PEAL_DECISION_WAIT)
        g_assert_cmpint (decision.wait_us, ==,
                         rows[i].code == PEAL_ERROR_RATE_LIMITED ? 30 * SECOND : 20 * SECOND);
    }
}

static void
test_back_off (void)
{
  g_autoptr (GError) error = peal_error_new (PEAL_ERROR_NETWORK, "no_connection", "x");

  g_assert_cmpint (peal_retry_policy_decide (error, 0, 0.0).wait_us, ==, SECOND);
  for (guint tries = 0; tries < 100; tries++)
    {
      gint64 longest = peal_retry_policy_decide (error, tries, 0.999999).wait_us;

      g_assert_cmpint (longest, <=, 900 * SECOND);
      g_assert_cmpint (longest, >=, MIN (900, 5 << MIN (tries, 10)) * SECOND * 9 / 10);
    }
}

static void
test_failed (void)
{
  g_assert_cmpint (peal_retry_policy_decide_failed ("internal", 0).kind, ==, PEAL_DECISION_WAIT);
  g_assert_cmpint (peal_retry_policy_decide_failed ("internal", 2).kind, ==, PEAL_DECISION_FAIL);
  g_assert_cmpint (peal_retry_policy_decide_failed ("auth_removed", 0).hold_reason, ==, PEAL_HOLD_RECONNECT);
  g_assert_cmpint (peal_retry_policy_decide_failed ("spam_risk_too_many_posts", 0).hold_reason, ==,
                   PEAL_HOLD_DAILY_CAP);
  g_assert_cmpint (peal_retry_policy_decide_failed ("spam_risk_text", 0).kind, ==, PEAL_DECISION_FAIL);
  g_assert_cmpint (peal_retry_policy_decide_failed ("never heard of", 0).kind, ==, PEAL_DECISION_FAIL);
}

static void
test_polls (void)
{
  static const int first[] = { 5, 5, 10, 10, 20, 30, 60, 60 };

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    g_assert_cmpint (peal_retry_policy_get_poll_pause ((int)i, 0), ==, first[i] * SECOND);
  g_assert_cmpint (peal_retry_policy_get_poll_pause (50, HOUR), ==, 600 * SECOND);
  g_assert_cmpint (peal_retry_policy_get_poll_pause (50, 24 * HOUR), ==, -1);
}

static void
test_grace (void)
{
  g_assert_true (peal_retry_policy_is_in_grace (0, 2 * HOUR, 7200));
  g_assert_false (peal_retry_policy_is_in_grace (0, 2 * HOUR + 1, 7200));
  /* Ninety seconds are on time for everybody. */
  g_assert_true (peal_retry_policy_is_in_grace (0, 90 * SECOND, 0));
  g_assert_false (peal_retry_policy_is_in_grace (0, 91 * SECOND, 0));
  g_assert_true (peal_retry_policy_is_in_grace (0, 10000 * HOUR, -1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retry-policy/decide", test_decide);
  g_test_add_func ("/retry-policy/back-off", test_back_off);
  g_test_add_func ("/retry-policy/failed", test_failed);
  g_test_add_func ("/retry-policy/polls", test_polls);
  g_test_add_func ("/retry-policy/grace", test_grace);
  return g_test_run ();
}
