/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-account.h"
#include "peal-secret.h"

G_BEGIN_DECLS

/* The loopback end of a sign-in (RFC 8252 §7.3): listens on 127.0.0.1 at a random port for exactly one good
 * callback, http://127.0.0.1:PORT/callback/tiktok/. A gate of our own reads and checks each request's head
 * before SoupServer sees it; whatever does not carry the right state is answered and ignored. */

#define PEAL_REDIRECT_PATH "/callback/tiktok/"

/* What the browser brought back. */
typedef struct
{
  PealSecret *code;        /* NULL where TikTok reports an error */
  PealScopes scopes;       /* as told in the callback; the token answer decides */
  char *error;             /* TikTok's word, such as "access_denied"; NULL with a code */
  char *error_description; /* nullable; for people, never markup */
} PealRedirect;

#define PEAL_TYPE_REDIRECT (peal_redirect_get_type ())
GType peal_redirect_get_type (void) G_GNUC_CONST;
PealRedirect *peal_redirect_copy (const PealRedirect *self);
void peal_redirect_free (PealRedirect *self);

#define PEAL_TYPE_REDIRECT_LISTENER (peal_redirect_listener_get_type ())
G_DECLARE_FINAL_TYPE (PealRedirectListener, peal_redirect_listener, PEAL, REDIRECT_LISTENER, GObject)

/* Listens from now on. NULL with PEAL_ERROR_INVALID "listener" where no port of 127.0.0.1 can be had.
 * (transfer full) */
PealRedirectListener *peal_redirect_listener_new (GError **error);
/* (transfer none): "http://127.0.0.1:PORT/callback/tiktok/" */
const char *peal_redirect_listener_get_uri (PealRedirectListener *self);
/* Resolves to PealRedirect once a callback with @state has come; the listener is closed by then, as it is
 * when
 * @cancellable is cancelled (CANCELLED). May be called once. The time limit is the caller's. */
DexFuture *
peal_redirect_listener_wait (PealRedirectListener *self, PealSecret *state, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealRedirect, peal_redirect_free)

G_END_DECLS
