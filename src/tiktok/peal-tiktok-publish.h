/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-chunk-plan.h"
#include "peal-permit.h"
#include "peal-tiktok-client.h"

G_BEGIN_DECLS

/* TikTok: content-posting-api-reference-query-creator-info. Resolves to PealCreatorInfo. The codes that mean
 * "no posts now" come as REJECTED, though TikTok answers them with HTTP 200. */
DexFuture *
peal_tiktok_query_creator (PealTiktokClient *self, const PealAccess *access, GCancellable *cancellable);

/* TikTok: content-posting-api-reference-direct-post, -upload-video. Starts a publish of plan->video_size
 * bytes as options->share_type says; resolves to PealUploadTicket. Uses @permit up (transfer full). Sent
 * once: whatever the answer, this never repeats by itself. Success is HTTP 200 with JSON, code ok, a publish
 * id of 1 to 64 characters [A-Za-z0-9._~-] and an upload address that peal_tiktok_client_check_upload_url ()
 * accepts; an answer that is neither that nor a definite refusal is OUTCOME_UNKNOWN. */
DexFuture *peal_tiktok_init_video (PealTiktokClient *self,
                                   const PealAccess *access,
                                   PealInitPermit *permit,
                                   const PealPostOptions *options,
                                   const PealChunkPlan *plan,
                                   GCancellable *cancellable);

/* TikTok: content-posting-api-reference-get-video-status. Resolves to PealPublishStatus. */
DexFuture *peal_tiktok_fetch_status (PealTiktokClient *self,
                                     const PealAccess *access,
                                     const char *publish_id,
                                     GCancellable *cancellable);

G_END_DECLS
