/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-media-facts.h"

G_BEGIN_DECLS

/* TikTok's rules for a video (TikTok: content-posting-api-media-transfer-guide), each with its verdict. */

typedef enum
{
  PEAL_RULE_CONTAINER,
  PEAL_RULE_CODEC,
  PEAL_RULE_FRAME_RATE,
  PEAL_RULE_DIMENSIONS,
  PEAL_RULE_DURATION,
  PEAL_RULE_SIZE,
} PealRule;

#define PEAL_N_RULES (PEAL_RULE_SIZE + 1)

typedef enum
{
  PEAL_VERDICT_OK,
  PEAL_VERDICT_WARNING, /* allowed but not recommended, or not known */
  PEAL_VERDICT_BROKEN,
} PealVerdict;

typedef struct
{
  PealRule rule;
  PealVerdict verdict;
  const char *reason; /* a word such as "container_unsupported", "frame_rate_low", "side_too_small"; "ok" */
} PealRuleResult;

/* "container", "codec", "frame_rate", "dimensions", "duration", "size" */
const char *peal_rule_to_string (PealRule self);
/* "ok", "warning", "broken" */
const char *peal_verdict_to_string (PealVerdict self);

/* Fills @results, one a rule, in the order of PealRule. @max_duration_s: the creator's
 * max_video_post_duration_sec, or 0 where none is known (then TikTok's 600 s). */
void peal_media_rules_check (const PealMediaFacts *facts,
                             gint64 max_duration_s,
                             PealRuleResult results[PEAL_N_RULES]);
/* The first broken rule of @results, or NULL. */
const PealRuleResult *peal_media_rules_find_broken (const PealRuleResult results[PEAL_N_RULES]);

G_END_DECLS
