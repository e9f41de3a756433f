/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-tiktok-client-private.h"

G_BEGIN_DECLS

/* A call in the name of an account, from the request to the value that its answer holds. The modules of the
 * API's parts bring the request's members and a reader; the rest is the same for all of them. */

/* Makes a value of the call's type from @reply, or NULL with an error. (transfer full) */
typedef gpointer (*PealReplyReader) (const PealReply *reply, PealTiktokClient *client, GError **error);

typedef struct
{
  PealEndpoint endpoint;
  GType (*get_type) (void); /* of what the future resolves to; boxed */
  PealReplyReader reader;
  PealScopes any_of_scopes; /* at least one of them must have been granted, or the call fails with SCOPE */
} PealApiCall;

/* @call: static. @fields: (nullable). @json: (transfer full) (nullable): the body. */
DexFuture *peal_api_call_start (const PealApiCall *call,
                                PealTiktokClient *client,
                                const PealAccess *access,
                                const char *fields,
                                char *json,
                                GCancellable *cancellable);
/* (transfer full): @root (transfer full) as text. */
char *peal_api_call_dup_json (JsonNode *root);

G_END_DECLS
