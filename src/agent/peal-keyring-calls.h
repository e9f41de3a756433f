/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

/* libsecret's calls as futures, with errors of PEAL_ERROR. None of them ever shows a prompt: where the
 * service asks for one, the call fails with KEYRING_LOCKED. */

/* Resolves to SecretService with an open session, of a connection of its own. */
DexFuture *peal_keyring_call_open (GCancellable *cancellable);
/* Resolves to SecretCollection: the default one, as it is now. KEYRING_MISSING where there is none. */
DexFuture *peal_keyring_call_find_default (SecretService *service, GCancellable *cancellable);
/* Resolves to GPtrArray of SecretItem, the newest first, their secrets loaded where @with_secrets. */
DexFuture *peal_keyring_call_search (SecretCollection *collection,
                                     SecretSchema *schema,
                                     GHashTable *attributes,
                                     gboolean with_secrets,
                                     GCancellable *cancellable);
/* Resolves once the item is there, in place of one with the same attributes. */
DexFuture *peal_keyring_call_create (SecretCollection *collection,
                                     SecretSchema *schema,
                                     GHashTable *attributes,
                                     const char *label,
                                     SecretValue *value,
                                     GCancellable *cancellable);
DexFuture *peal_keyring_call_delete (SecretItem *item, GCancellable *cancellable);

G_END_DECLS
