/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-clock.h"
#include "peal-tiktok-types.h"

G_BEGIN_DECLS

/* One server that speaks TikTok's Open API v2: the HTTP session, the envelope, the errors and the rate
 * buckets. The calls are in peal-tiktok-oauth.h, -user.h, -videos.h and -publish.h; each returns a future,
 * takes a cancellable (nullable) last, has a deadline of 30 s, follows no redirect and reads at most 1 MiB.
 *
 * Errors of every call: NETWORK (nothing of ours was processed: no connection, TLS refused), OUTCOME_UNKNOWN
 * (sent, but no usable answer; only calls that change something at TikTok; for the others it is SERVER or
 * PROTOCOL), RATE_LIMITED (with seconds), SERVER (5xx), AUTH, SCOPE, REJECTED (TikTok's code as reason),
 * PROTOCOL, CANCELLED. */

#define PEAL_TYPE_TIKTOK_CLIENT (peal_tiktok_client_get_type ())
G_DECLARE_FINAL_TYPE (PealTiktokClient, peal_tiktok_client, PEAL, TIKTOK_CLIENT, GObject)

/* @server: NULL for TikTok itself (www.tiktok.com and open.tiktokapis.com), or the address of another server
 * on loopback, "http://127.0.0.1:PORT" or "https://127.0.0.1:PORT"; then upload addresses must be on loopback
 * too. NULL with PEAL_ERROR_INVALID "server_address" for any other address. (transfer full) */
PealTiktokClient *peal_tiktok_client_new (const char *server, PealClock *clock, GError **error);
/* (transfer none): "https://open.tiktokapis.com" or the server's own, without a last slash. */
const char *peal_tiktok_client_get_api_base (PealTiktokClient *self);
/* (transfer none): "https://www.tiktok.com" or the server's own, without a last slash. */
const char *peal_tiktok_client_get_authorize_base (PealTiktokClient *self);
/* Is @upload_url one that this server may hand out? FALSE with PEAL_ERROR_PROTOCOL "upload_url". */
gboolean peal_tiktok_client_check_upload_url (PealTiktokClient *self, PealSecret *upload_url, GError **error);
/* Difference of the server's clock (its last Date header) to ours, seconds, server minus ours, beyond what
 * the time on the way explains; 0 before any answer. */
gint64 peal_tiktok_client_get_clock_skew_s (PealTiktokClient *self);
/* The server's clock now (µs UTC): its last Date header, carried on by the time since boot, so that nobody
 * who sets this computer's clock moves it. -1 before any answer. */
gint64 peal_tiktok_client_get_server_now_us (PealTiktokClient *self);

G_END_DECLS
