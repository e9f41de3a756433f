/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sliding one-minute windows, one for each key (TikTok: tiktok-api-v2-rate-limit). Refused calls do not
 * count. */
typedef struct _PealPracticeRate PealPracticeRate;

PealPracticeRate *peal_practice_rate_new (void);
void peal_practice_rate_free (PealPracticeRate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPracticeRate, peal_practice_rate_free)

/* Takes one call of @key at @now (µs) out of @limit a minute; FALSE if there is none left. */
gboolean peal_practice_rate_take (PealPracticeRate *self, const char *key, guint limit, gint64 now);

G_END_DECLS
