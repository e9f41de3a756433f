/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-attempt.h"

#include "peal-words-private.h"

#define BIT(STATE) (1u << PEAL_ATTEMPT_##STATE)

static const char *const state_words[PEAL_ATTEMPT_N_STATES] = {
  "RESERVED",   "INIT_SENT", "INIT_OK", "UPLOADING",     "FINAL_ARMED", "BYTES_SENT",
  "PROCESSING", "PUBLISHED", "INBOX",   "FAILED_REMOTE", "DEAD",        "UNKNOWN",
};

/* Per state, those that may follow it. FINAL_ARMED follows each earlier state: a crash between the witness
 * line and the commit leaves the row behind the line, and taking it as armed is the safe reading. A single
 * chunk is armed without UPLOADING. An armed attempt dies only as expired_incomplete, a proof that the store
 * asks for. What a poll finds out passes through PROCESSING, so that no end is written that TikTok did not
 * tell. */
static const guint followers[PEAL_ATTEMPT_N_STATES] = {
  [PEAL_ATTEMPT_RESERVED] = BIT (INIT_SENT) | BIT (FINAL_ARMED) | BIT (DEAD),
  [PEAL_ATTEMPT_INIT_SENT] = BIT (INIT_OK) | BIT (FINAL_ARMED) | BIT (DEAD) | BIT (UNKNOWN),
  [PEAL_ATTEMPT_INIT_OK] = BIT (UPLOADING) | BIT (FINAL_ARMED) | BIT (DEAD),
  [PEAL_ATTEMPT_UPLOADING] = BIT (FINAL_ARMED) | BIT (DEAD),
  [PEAL_ATTEMPT_FINAL_ARMED] = BIT (BYTES_SENT) | BIT (PROCESSING) | BIT (DEAD) | BIT (UNKNOWN),
  [PEAL_ATTEMPT_BYTES_SENT] = BIT (PROCESSING) | BIT (UNKNOWN),
  [PEAL_ATTEMPT_PROCESSING] = BIT (PUBLISHED) | BIT (INBOX) | BIT (FAILED_REMOTE) | BIT (UNKNOWN),
  [PEAL_ATTEMPT_PUBLISHED] = 0,
  [PEAL_ATTEMPT_INBOX] = BIT (PUBLISHED),
  [PEAL_ATTEMPT_FAILED_REMOTE] = 0,
  [PEAL_ATTEMPT_DEAD] = 0,
  [PEAL_ATTEMPT_UNKNOWN] = 0,
};

static const guint ended = BIT (PUBLISHED) | BIT (INBOX) | BIT (FAILED_REMOTE) | BIT (DEAD) | BIT (UNKNOWN);
static const guint armed = BIT (FINAL_ARMED) | BIT (BYTES_SENT) | BIT (PROCESSING);

const char *
peal_attempt_state_to_string (PealAttemptState self)
{
  g_return_val_if_fail ((guint)self < PEAL_ATTEMPT_N_STATES, "");

  return state_words[self];
}

gboolean
peal_attempt_state_from_string (const char *text, PealAttemptState *out)
{
  guint value;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!peal_words_find (state_words, PEAL_ATTEMPT_N_STATES, text, &value))
    return FALSE;
  *out = (PealAttemptState)value;
  return TRUE;
}

gboolean
peal_attempt_may_follow (PealAttemptState from, PealAttemptState to)
{
  g_return_val_if_fail ((guint)from < PEAL_ATTEMPT_N_STATES, FALSE);
  g_return_val_if_fail ((guint)to < PEAL_ATTEMPT_N_STATES, FALSE);

  return (followers[from] & (1u << to)) != 0;
}

gboolean
peal_attempt_is_live (PealAttemptState self)
{
  g_return_val_if_fail ((guint)self < PEAL_ATTEMPT_N_STATES, FALSE);

  return (ended & (1u << self)) == 0;
}

gboolean
peal_attempt_is_armed (PealAttemptState self)
{
  g_return_val_if_fail ((guint)self < PEAL_ATTEMPT_N_STATES, FALSE);

  return (armed & (1u << self)) != 0;
}
