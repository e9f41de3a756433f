/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-tiktok-client.h"

G_BEGIN_DECLS

/* TikTok: oauth-user-access-token-management, login-kit-desktop, RFC 7636 (with TikTok's hex challenge) */

/* What one sign-in carries from the authorize page to the token request. Boxed, memory only. */
typedef struct
{
  PealSecret *state;    /* 43 characters, random */
  PealSecret *verifier; /* 64 characters [A-Za-z0-9], random */
  char *redirect_uri;   /* byte for byte the same in both requests */
} PealSignIn;

#define PEAL_TYPE_SIGN_IN (peal_sign_in_get_type ())
GType peal_sign_in_get_type (void) G_GNUC_CONST;
/* Fresh state and verifier. */
PealSignIn *peal_sign_in_new (const char *redirect_uri);
PealSignIn *peal_sign_in_copy (const PealSignIn *self);
void peal_sign_in_free (PealSignIn *self);
/* (transfer full): lower-case hex SHA-256 of the ASCII @verifier, 64 characters. */
char *peal_pkce_challenge (const char *verifier);
/* (transfer full): the address to open in the user's browser; disable_auto_auth=1. */
char *peal_tiktok_dup_authorize_url (PealTiktokClient *self,
                                     const char *client_key,
                                     PealScopes scopes,
                                     const PealSignIn *sign_in);

/* Resolves to PealTokens. REJECTED with the OAuth error word as reason ("invalid_client", "invalid_grant",
 * …). The code is sent once and never again. */
DexFuture *peal_tiktok_exchange_code (PealTiktokClient *self,
                                      const PealAppCredentials *app,
                                      const PealSignIn *sign_in,
                                      PealSecret *code,
                                      GCancellable *cancellable);
/* Resolves to PealTokens; refresh_token is NULL where TikTok sent none. "invalid_grant" comes as AUTH. A lost
 * answer is OUTCOME_UNKNOWN: the caller repeats once with the same token. */
DexFuture *peal_tiktok_refresh (PealTiktokClient *self,
                                const PealAppCredentials *app,
                                PealSecret *refresh_token,
                                GCancellable *cancellable);
/* Resolves to TRUE. */
DexFuture *peal_tiktok_revoke (PealTiktokClient *self,
                               const PealAppCredentials *app,
                               PealSecret *access_token,
                               GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealSignIn, peal_sign_in_free)

G_END_DECLS
