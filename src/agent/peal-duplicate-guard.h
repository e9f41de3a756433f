/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-accounts.h"
#include "peal-post-record.h"

G_BEGIN_DECLS

/* A last look before a late public post: does the account show a video of the last day with this very
 * caption, which Peal did not publish? Then another computer, or the user by hand, was quicker.
 *
 * Resolves to TRUE where nothing speaks against publishing, also where TikTok does not tell. INVALID
 * "looks_published", whose message names the video. */
DexFuture *peal_duplicate_guard_run (PealAccounts *accounts,
                                     PealDatabase *database,
                                     const PealPostRecord *record,
                                     gint64 now_us);

/* Is @text (nullable), as TikTok's list has it, @caption? TikTok cuts it after 150 characters. */
gboolean peal_duplicate_guard_matches (const char *caption, const char *text);

G_END_DECLS
