/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-error.h"
#include "peal-post.h"

G_BEGIN_DECLS

/* What becomes of a post after an error before its point of no return, and how often TikTok is asked
 * afterwards. Pure arithmetic. */

typedef enum
{
  PEAL_DECISION_WAIT, /* try again after wait_us */
  PEAL_DECISION_HOLD, /* the user must act: hold_reason */
  PEAL_DECISION_FAIL, /* will never work as it is */
} PealDecisionKind;

typedef struct
{
  PealDecisionKind kind;
  PealHoldReason hold_reason;
  gint64 wait_us;
} PealDecision;

/* @tries: how often in a row it went wrong before, from 0. @dice: a random number in [0, 1). */
PealDecision peal_retry_policy_decide (const GError *error, guint tries, double dice);
/* As above for a publish that TikTok took and reported as FAILED with @fail_reason. @failures: FAILED
 * "internal" before. */
PealDecision peal_retry_policy_decide_failed (const char *fail_reason, guint failures);
/* Length of the pause (µs) before poll number @polls (from 0) of a publish that TikTok has had for @age_us;
 * -1 where asking on is no use (24 h). */
gint64 peal_retry_policy_get_poll_pause (int polls, gint64 age_us);
/* May a post that was due at @due still go out by itself at @now? @grace_s: seconds, -1 without limit. */
gboolean peal_retry_policy_is_in_grace (gint64 due, gint64 now, gint64 grace_s);

G_END_DECLS
