/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

#include "peal-clock.h"

G_BEGIN_DECLS

/* One HTTP exchange as a future: libsoup's session, a whole body of a limited size, a deadline, and a verdict
 * on whether a request that failed can have been processed. Knows nothing of TikTok. */

#define PEAL_HTTP_MAX_BODY (1024 * 1024)

typedef struct
{
  guint status;
  char *media_type;  /* lower case, without parameters; NULL where absent */
  char *retry_after; /* as it came; NULL where absent */
  gint64 date_us;    /* µs UTC by the server's clock, or -1 */
  char *data;        /* not NUL-terminated; wiped when freed */
  gsize length;      /* bytes */
} PealHttpAnswer;

#define PEAL_TYPE_HTTP_ANSWER (peal_http_answer_get_type ())
GType peal_http_answer_get_type (void) G_GNUC_CONST;
/* Shares nothing with @self. */
PealHttpAnswer *peal_http_answer_copy (const PealHttpAnswer *self);
void peal_http_answer_free (PealHttpAnswer *self);

/* (transfer full): a session without cookies, cache, content decoding, stored passwords or logging, that
 * gives up a connection after 30 s of silence. */
SoupSession *peal_http_session_new (void);
/* Sends @message; the body is at most 1 MiB. @deadline_us: for the whole exchange, µs. @changes: the request
 * changes something at the server, so a lost answer is OUTCOME_UNKNOWN; for the others it is SERVER, or
 * PROTOCOL for a body that is too large. Other errors: NETWORK while nothing of the request had been sent,
 * CANCELLED. Resolves to PealHttpAnswer for every status. */
DexFuture *peal_http_send (SoupSession *session,
                           SoupMessage *message,
                           PealClock *clock,
                           gint64 deadline_us,
                           gboolean changes,
                           GCancellable *cancellable);
/* As peal_http_send () for a request that changes nothing, with a body of at most @max_body bytes. */
DexFuture *peal_http_fetch (SoupSession *session,
                            SoupMessage *message,
                            PealClock *clock,
                            gint64 deadline_us,
                            gsize max_body,
                            GCancellable *cancellable);
/* The reason word for a connection that could not be made: "dns", "tls", "connection_refused", "timeout",
 * "connection". (transfer none) */
const char *peal_http_get_network_reason (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealHttpAnswer, peal_http_answer_free)

G_END_DECLS
