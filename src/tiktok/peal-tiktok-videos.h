/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-tiktok-client.h"

G_BEGIN_DECLS

/* TikTok: tiktok-api-v2-video-list, tiktok-api-v2-video-query. SCOPE where video.list was not granted. */

/* One page of at most 20, newest first. @before_ms: milliseconds UTC, or 0 for the newest. Resolves to
 * PealVideoPage. */
DexFuture *peal_tiktok_list_videos (PealTiktokClient *self,
                                    const PealAccess *access,
                                    gint64 before_ms,
                                    GCancellable *cancellable);
/* @ids: 1 to 20 decimal ids. Resolves to PealVideoPage without cursor; what TikTok does not know is absent.
 */
DexFuture *peal_tiktok_query_videos (PealTiktokClient *self,
                                     const PealAccess *access,
                                     const char *const *ids,
                                     GCancellable *cancellable);

G_END_DECLS
