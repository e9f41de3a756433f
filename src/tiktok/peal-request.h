/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "peal-endpoint.h"
#include "peal-tiktok-oauth.h"
#include "peal-tiktok-types.h"

G_BEGIN_DECLS

/* Requests to TikTok, and every other place of the library but the upload's that sees the text of a secret.
 */

/* The members of an application/x-www-form-urlencoded body. Wiped when freed. */
typedef struct _PealForm PealForm;

PealForm *peal_form_new (void);
void peal_form_free (PealForm *self);
void peal_form_add (PealForm *self, const char *name, const char *value);
void peal_form_add_secret (PealForm *self, const char *name, PealSecret *value);

/* A call of @endpoint at @api_base in the name of @access. @fields: (nullable): names for the query. @json:
 * (nullable): the body. (transfer full) */
SoupMessage *peal_request_new_call (const char *api_base,
                                    PealEndpoint endpoint,
                                    const char *fields,
                                    const char *json,
                                    const PealAccess *access);
/* (transfer full): the same for an endpoint of OAuth; no token goes with it but in @form. */
SoupMessage *peal_request_new_form (const char *api_base, PealEndpoint endpoint, const PealForm *form);
/* (transfer full): peal_tiktok_dup_authorize_url () */
char *peal_request_dup_authorize_url (const char *authorize_base,
                                      const char *client_key,
                                      PealScopes scopes,
                                      const PealSignIn *sign_in);
/* peal_upload_url_check () of a secret. */
gboolean peal_request_check_upload_url (PealSecret *upload_url, gboolean loopback, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealForm, peal_form_free)

G_END_DECLS
