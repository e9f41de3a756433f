/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "peal-error.h"
#include "peal-http.h"

G_BEGIN_DECLS

/* What an answer says, once its wrapping is off (TikTok: tiktok-api-v2-error-handling, oauth-error-handling).
 * Pure: an answer goes in, members or an error come out. The two families of endpoints wrap differently, and
 * each sometimes answers in the shape of the other; both shapes are read everywhere. */

typedef enum
{
  PEAL_ENVELOPE_API,    /* {"data": {}, "error": {"code": "ok"}} */
  PEAL_ENVELOPE_TOKEN,  /* flat; good only with an access_token */
  PEAL_ENVELOPE_REVOKE, /* empty, {} or anything without an error */
} PealEnvelopeKind;

typedef struct
{
  JsonNode *root;   /* nullable: an empty answer to revoke */
  JsonObject *data; /* (transfer none) (nullable): the members; the root itself for the token endpoint */
  char *log_id;     /* nullable */
  guint http_status;
  gint64 received_at_us; /* µs UTC, our clock */
} PealReply;

#define PEAL_TYPE_REPLY (peal_reply_get_type ())
GType peal_reply_get_type (void) G_GNUC_CONST;
PealReply *peal_reply_copy (const PealReply *self);
void peal_reply_free (PealReply *self);

/* The members of @answer, or NULL with the error that it carries: TikTok's code as reason, its message
 * cleaned, its log id kept. @changes: what is neither success nor a definite refusal is OUTCOME_UNKNOWN.
 * @received_at_us: µs UTC. (transfer full) */
PealReply *peal_envelope_open (const PealHttpAnswer *answer,
                               PealEnvelopeKind kind,
                               gboolean changes,
                               gint64 received_at_us,
                               GError **error);
/* What to do about TikTok's @code, which came with @http_status (TikTok: union of all pages). */
PealErrorCode peal_envelope_map_code (const char *code, guint http_status);
/* An error about the members of @reply, which is a success on its face: PROTOCOL, or OUTCOME_UNKNOWN where
 * the request @changes something. (transfer full) */
GError *
peal_reply_new_error (const PealReply *self, gboolean changes, const char *reason, const char *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealReply, peal_reply_free)

G_END_DECLS
