/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-media-rules.h"

G_BEGIN_DECLS

/* What is known of a video, rule by rule, in words. Pure. */

/* (transfer full): what the video has, as in "1080 × 1920", "30 frames a second", "0:12"; "–" where it is not
 * known. */
char *peal_compose_facts_to_text (const PealMediaFacts *facts, PealRule rule);
/* (transfer full): a length of time, as in "0:12" and "1:02:03". */
char *peal_compose_duration_to_text (gint64 us);

G_END_DECLS
