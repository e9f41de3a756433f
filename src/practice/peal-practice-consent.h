/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-call.h"

G_BEGIN_DECLS

/* What an authorize address asks for (TikTok: login-kit-desktop). Everything is lent by the query or form. */
typedef struct
{
  const PealPracticeApp *app;
  const char *scope;
  const char *redirect_uri;
  const char *state;
  const char *challenge; /* or NULL */
  gboolean is_auto_auth_disabled;
} PealPracticeConsent;

/* Reads and checks @params. A fault is one that TikTok shows in the browser and never tells the app.
 * Returns: (nullable): the fault, static. */
const char *
peal_practice_consent_read (PealPracticeConsent *self, GHashTable *params, gboolean strict_challenge);

/* Returns: (transfer full): the page that asks for consent. */
char *peal_practice_consent_dup_page (const PealPracticeConsent *self,
                                      PealPracticeWorld *world,
                                      const char *page_token);

/* Returns: (transfer full): where the browser goes with @code, or for NULL with the refusal. */
char *peal_practice_consent_dup_answer (const PealPracticeConsent *self, const PealPracticeCode *code);

/* Returns: (transfer full): scheme, host and port of the redirect address. */
char *peal_practice_consent_dup_origin (const PealPracticeConsent *self);

/* Whether @creator may sign in to the app at all: a sandbox knows its ten target users only. */
gboolean peal_practice_consent_admits (const PealPracticeConsent *self, const PealPracticeCreator *creator);

G_END_DECLS
