/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-tiktok-client.h"

G_BEGIN_DECLS

/* TikTok: tiktok-api-v2-get-user-info. Resolves to PealUser; asks only for what @access was granted. SCOPE
 * where user.info.basic is missing. */
DexFuture *
peal_tiktok_fetch_user (PealTiktokClient *self, const PealAccess *access, GCancellable *cancellable);

G_END_DECLS
