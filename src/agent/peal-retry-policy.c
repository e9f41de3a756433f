/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-retry-policy.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

#define ON_TIME (90 * SECOND)
#define MAX_BACK_OFF (15 * MINUTE)
#define MAX_INTERNAL_FAILURES 2

static PealDecision
wait_for (gint64 us)
{
  return (PealDecision){ .kind = PEAL_DECISION_WAIT, .wait_us = us };
}

static PealDecision
hold_for (PealHoldReason reason)
{
  return (PealDecision){ .kind = PEAL_DECISION_HOLD, .hold_reason = reason };
}

/* Full jitter, with a floor: many posts that failed together do not come back together. */
static gint64
get_back_off (guint tries, double dice)
{
  gint64 most = MIN (MAX_BACK_OFF, 5 * SECOND << MIN (tries, 10));

  return MAX (SECOND, (gint64)((double)most * dice));
}

static const struct
{
  const char *reason;
  PealHoldReason hold;
} holds[] = {
  { "spam_risk_too_many_posts", PEAL_HOLD_DAILY_CAP },
  { "reached_active_user_cap", PEAL_HOLD_DAILY_CAP },
  { "spam_risk_too_many_pending_share", PEAL_HOLD_DAILY_CAP },
  { "spam_risk_user_banned_from_posting", PEAL_HOLD_OPTION_UNAVAILABLE },
  { "privacy_level_option_mismatch", PEAL_HOLD_OPTION_UNAVAILABLE },
  { "unaudited_client_can_only_post_to_private_accounts", PEAL_HOLD_OPTION_UNAVAILABLE },
  { "url_ownership_unverified", PEAL_HOLD_OPTION_UNAVAILABLE },
  { "option_unavailable", PEAL_HOLD_OPTION_UNAVAILABLE },
  { "clock_wrong", PEAL_HOLD_CLOCK },
  { "looks_published", PEAL_HOLD_MISSED },
  { "media_missing", PEAL_HOLD_MEDIA_MISSING },
  { "media_changed", PEAL_HOLD_MEDIA_CHANGED },
  { "duration_too_long", PEAL_HOLD_OPTION_UNAVAILABLE },
  { "no_credentials", PEAL_HOLD_RECONNECT },
  { "auth_removed", PEAL_HOLD_RECONNECT },
};

static PealHoldReason
find_hold (const char *reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (holds); i++)
    if (g_str_equal (holds[i].reason, reason))
      return holds[i].hold;
  return PEAL_HOLD_NONE;
}

static PealDecision
decide_by_code (const GError *error, guint tries, double dice)
{
  switch ((PealErrorCode)error->code)
    {
    case PEAL_ERROR_AUTH:
    case PEAL_ERROR_SCOPE:
      return hold_for (PEAL_HOLD_RECONNECT);
    case PEAL_ERROR_KEYRING_LOCKED:
    case PEAL_ERROR_KEYRING_MISSING:
      return hold_for (PEAL_HOLD_KEYRING_LOCKED);
    case PEAL_ERROR_STORAGE_FULL:
      return hold_for (PEAL_HOLD_DISK_FULL);
    case PEAL_ERROR_MEDIA:
      return (PealDecision){ .kind = PEAL_DECISION_FAIL };
    case PEAL_ERROR_RATE_LIMITED:
      return wait_for (CLAMP (peal_error_get_retry_after_s (error), 1, 3600) * SECOND);
    case PEAL_ERROR_REJECTED:
    case PEAL_ERROR_INVALID:
      return (PealDecision){ .kind = PEAL_DECISION_FAIL };
    default:
      return wait_for (get_back_off (tries, dice));
    }
}

PealDecision
peal_retry_policy_decide (const GError *error, guint tries, double dice)
{
  PealHoldReason hold = find_hold (peal_error_get_reason (error));

  if (hold != PEAL_HOLD_NONE)
    return hold_for (hold);
  if (error->domain != PEAL_ERROR)
    return wait_for (get_back_off (tries, dice));
  return decide_by_code (error, tries, dice);
}

PealDecision
peal_retry_policy_decide_failed (const char *fail_reason, guint failures)
{
  PealHoldReason hold;

  g_return_val_if_fail (fail_reason != NULL, (PealDecision){ .kind = PEAL_DECISION_FAIL });

  if (g_str_equal (fail_reason, "internal") && failures < MAX_INTERNAL_FAILURES)
    return wait_for (5 * MINUTE);
  hold = find_hold (fail_reason);
  /* A ban or a cap told after the upload is final for this video; signing in again is not. */
  if (hold == PEAL_HOLD_RECONNECT || hold == PEAL_HOLD_DAILY_CAP)
    return hold_for (hold);
  return (PealDecision){ .kind = PEAL_DECISION_FAIL };
}

gint64
peal_retry_policy_get_poll_pause (int polls, gint64 age_us)
{
  static const gint64 first[] = {
    5 * SECOND, 5 * SECOND, 10 * SECOND, 10 * SECOND, 20 * SECOND, 30 * SECOND
  };

  if (age_us >= 24 * HOUR)
    return -1;
  if (polls >= 0 && polls < (int)G_N_ELEMENTS (first))
    return first[polls];
  return age_us < 15 * MINUTE ? MINUTE : 10 * MINUTE;
}

gboolean
peal_retry_policy_is_in_grace (gint64 due, gint64 now, gint64 grace_s)
{
  return grace_s < 0 || now - due <= MAX (grace_s * SECOND, ON_TIME);
}
