/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-post.h"

#include "peal-words-private.h"

static const char *const state_words[PEAL_POST_N_STATES] = {
  "draft", "scheduled", "held", "publishing", "published", "in_inbox", "failed", "needs_review", "cancelled",
};

static const char *const hold_words[PEAL_HOLD_N_REASONS] = {
  "",          "missed",         "media_changed", "media_missing",
  "reconnect", "keyring_locked", "clock",         "option_unavailable",
  "daily_cap", "disk_full",      "adopted_data",  "restored_backup",
  "tz_rules",
};

static const char *const share_words[] = { "direct", "inbox" };

const char *
peal_post_state_to_string (PealPostState self)
{
  g_return_val_if_fail ((guint)self < PEAL_POST_N_STATES, "");

  return state_words[self];
}

gboolean
peal_post_state_from_string (const char *text, PealPostState *out)
{
  guint value;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!peal_words_find (state_words, PEAL_POST_N_STATES, text, &value))
    return FALSE;
  *out = (PealPostState)value;
  return TRUE;
}

const char *
peal_hold_reason_to_string (PealHoldReason self)
{
  g_return_val_if_fail ((guint)self < PEAL_HOLD_N_REASONS, "");

  return hold_words[self];
}

gboolean
peal_hold_reason_from_string (const char *text, PealHoldReason *out)
{
  guint value;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!peal_words_find (hold_words, PEAL_HOLD_N_REASONS, text, &value))
    return FALSE;
  *out = (PealHoldReason)value;
  return TRUE;
}

const char *
peal_share_type_to_string (PealShareType self)
{
  g_return_val_if_fail ((guint)self < G_N_ELEMENTS (share_words), "");

  return share_words[self];
}

gboolean
peal_share_type_from_string (const char *text, PealShareType *out)
{
  guint value;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!peal_words_find (share_words, G_N_ELEMENTS (share_words), text, &value))
    return FALSE;
  *out = (PealShareType)value;
  return TRUE;
}
