/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-call.h"

G_BEGIN_DECLS

/* What the inits of videos and of photos check alike. Each answers and returns FALSE if it does not hold. */

gboolean peal_practice_init_refuse_value (PealPracticeCall *call, const char *message);

/* No client of this world has proved that an address is its own. */
gboolean peal_practice_init_refuse_address (PealPracticeCall *call);

/* Members of @object named in the NULL-terminated @flags are booleans where they are there. */
gboolean
peal_practice_init_check_flags (PealPracticeCall *call, JsonObject *object, const char *const *flags);
gboolean peal_practice_init_check_toggles (PealPracticeCall *call, JsonObject *info);

/* The level is one of the creator's options. Gives @info to @post. */
gboolean peal_practice_init_check_privacy (PealPracticeCall *call, JsonObject *info, PealPracticePost *post);

/* What the creator and the app may do at all: bars, caps, and the audit of the app. */
gboolean peal_practice_init_check_caps (PealPracticeCall *call, PealPracticePost *post);
gboolean peal_practice_init_check_audit (PealPracticeCall *call, PealPracticePost *post);

/* Returns: the length of @text as TikTok counts it. */
glong peal_practice_init_count_utf16 (const char *text);

G_END_DECLS
