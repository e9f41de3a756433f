/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-account.h"
#include "peal-agent-status.h"

G_BEGIN_DECLS

/* What a TikTok app of Peal's users must have, to be copied into its page, and what Peal says of the app that
 * it knows. */

/* As it is registered; the port is another one each time (TikTok: login-kit-desktop). */
#define PEAL_REDIRECT_ADDRESS "http://127.0.0.1:*/callback/tiktok/"
#define PEAL_DEVELOPERS_ADDRESS "https://developers.tiktok.com/"

/* (transfer full): TikTok's names of all permissions that Peal asks for, with commas. */
char *peal_app_dup_scopes (void);
/* (transfer none): a text for the app's description, in English: TikTok's reviewers read it. */
const char *peal_app_get_description (void);

/* (transfer full): what is stored of the app in @environment: "Key …wxyz", "Key and secret are stored"; NULL
 * where nothing is. @status: (nullable). */
char *peal_app_dup_stored_text (const PealAgentStatus *status, PealEnvironment environment);
/* (transfer full): the app in one line, for a row that leads to it. */
char *peal_app_dup_summary (const PealAgentStatus *status);

G_END_DECLS
