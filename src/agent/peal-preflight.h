/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-accounts.h"
#include "peal-media-store.h"
#include "peal-post-record.h"

G_BEGIN_DECLS

/* Looks at a post as TikTok will: is the account signed in, does the creator still offer what was chosen, is
 * the video there and unchanged. Nothing is substituted: what no longer fits is an error for the user.
 *
 * Resolves to TRUE. Errors: the accounts' and the vault's, TikTok's, INVALID "clock_wrong" (over two minutes
 * off TikTok's), "option_unavailable" (the message names the option), MEDIA "duration_too_long",
 * "media_missing", "media_changed". */
DexFuture *
peal_preflight_run (PealAccounts *accounts, PealMediaStore *media_store, const PealPostRecord *record);

G_END_DECLS
