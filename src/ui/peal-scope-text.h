/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-account.h"

G_BEGIN_DECLS

/* TikTok's permissions in plain words: what each lets Peal do, why Peal asks for it, and what does not work
 * without it. In the order of PealScopes (TikTok: scopes-overview). */

#define PEAL_N_SCOPES 6

typedef struct
{
  PealScopes scope;
  const char *title;   /* "Your name and picture" */
  const char *purpose; /* why Peal asks, a sentence */
  const char *without; /* what does not work without it, a sentence */
} PealScopeText;

/* Translated. @index: below PEAL_N_SCOPES. */
PealScopeText peal_scope_text_get (guint index);
/* How many of them @granted lacks. */
guint peal_scope_text_count_missing (PealScopes granted);

G_END_DECLS
