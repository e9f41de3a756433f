/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "peal-endpoint.h"
#include "peal-tiktok-client.h"

G_BEGIN_DECLS

/* What the calls and the upload ask of the client, and the seam for tests: the construct-only property
 * "deadline-us" (µs for one call; 30 s). */

#define PEAL_TIKTOK_CALL_DEADLINE_US (30 * G_USEC_PER_SEC)

/* (transfer none) */
PealClock *peal_tiktok_client_get_clock (PealTiktokClient *self);
/* Whether it is another server on loopback. */
gboolean peal_tiktok_client_is_loopback (PealTiktokClient *self);
/* Waits for its turn, sends @message (transfer full), reads the answer's envelope. @open_id: whose bucket;
 * NULL for the endpoints of OAuth. Resolves to PealReply; the errors are those of every call. */
DexFuture *peal_tiktok_client_call (PealTiktokClient *self,
                                    PealEndpoint endpoint,
                                    const char *open_id,
                                    SoupMessage *message,
                                    GCancellable *cancellable);
/* NULL, or SCOPE with TikTok's word where @access lacks all of @scopes. Nothing is asked of the server: the
 * token answer told what was granted. (transfer full) */
GError *peal_tiktok_client_check_scopes (const PealAccess *access, PealScopes scopes);

G_END_DECLS
