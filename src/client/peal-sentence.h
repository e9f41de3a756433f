/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What people read: one table from the reason word of an error to a sentence that says what is wrong and what
 * to do, and the states of a post in words. Translated when asked for. */

/* (transfer full): the sentence for @error, of any domain. A reason that has none gives a sentence with
 * reason and message in it. Without the log id. */
char *peal_sentence_for_error (const GError *error);
/* (transfer full): as above, from the parts; @message: (nullable). */
char *peal_sentence_for_reason (const char *reason, const char *message);
/* (transfer none) (nullable): NULL where the table does not know @reason. */
const char *peal_sentence_lookup (const char *reason);

/* (transfer none): why a post is held, as a sentence; @hold_reason itself where it is not known, NULL for
 * NULL and
 * "". */
const char *peal_sentence_for_hold (const char *hold_reason);
/* (transfer none): "Scheduled", "In TikTok’s inbox", …; @state itself where it is not known. */
const char *peal_sentence_for_state (const char *state);
/* (transfer none): "Connected", "Sign in again", …; @state itself where it is not known. */
const char *peal_sentence_for_account_state (const char *state);
/* (transfer none): what @rule of the media check is about: "Frame rate", …; @rule itself where it is not
 * known. */
const char *peal_sentence_for_rule (const char *rule);

G_END_DECLS
