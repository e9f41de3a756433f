/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The states of one try to publish a post, and which may follow which. RESERVED to FINAL_ARMED are written
 * before the step that they name; from FINAL_ARMED on the post may appear at TikTok and nothing may be sent
 * anew. */

typedef enum
{
  PEAL_ATTEMPT_RESERVED,
  PEAL_ATTEMPT_INIT_SENT,
  PEAL_ATTEMPT_INIT_OK,
  PEAL_ATTEMPT_UPLOADING,
  PEAL_ATTEMPT_FINAL_ARMED,
  PEAL_ATTEMPT_BYTES_SENT,
  PEAL_ATTEMPT_PROCESSING,
  PEAL_ATTEMPT_PUBLISHED,
  PEAL_ATTEMPT_INBOX,
  PEAL_ATTEMPT_FAILED_REMOTE,
  PEAL_ATTEMPT_DEAD,
  PEAL_ATTEMPT_UNKNOWN,
} PealAttemptState;

#define PEAL_ATTEMPT_N_STATES (PEAL_ATTEMPT_UNKNOWN + 1)

/* As in the database: "RESERVED" … "UNKNOWN". */
const char *peal_attempt_state_to_string (PealAttemptState self);
gboolean peal_attempt_state_from_string (const char *text, PealAttemptState *out);
/* May an attempt go from @from to @to at all? Every pair that is not listed is illegal. */
gboolean peal_attempt_may_follow (PealAttemptState from, PealAttemptState to);
/* Not PUBLISHED, INBOX, FAILED_REMOTE, DEAD or UNKNOWN. */
gboolean peal_attempt_is_live (PealAttemptState self);
/* FINAL_ARMED, BYTES_SENT or PROCESSING: TikTok may have it. */
gboolean peal_attempt_is_armed (PealAttemptState self);

G_END_DECLS
