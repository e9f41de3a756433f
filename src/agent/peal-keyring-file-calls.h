/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

/* libsecret's simple calls, which use its file where it has chosen that, as futures with libsecret's errors.
 */

/* Resolves to SecretValue; AUTH "secret_absent" where nothing was found. */
DexFuture *
peal_keyring_file_call_lookup (SecretSchema *schema, GHashTable *attributes, GCancellable *cancellable);
DexFuture *peal_keyring_file_call_store (SecretSchema *schema,
                                         GHashTable *attributes,
                                         const char *label,
                                         SecretValue *value,
                                         GCancellable *cancellable);
/* Resolves to a boolean: whether there was anything. */
DexFuture *
peal_keyring_file_call_clear (SecretSchema *schema, GHashTable *attributes, GCancellable *cancellable);
/* Resolves to GPtrArray of SecretRetrievable. */
DexFuture *
peal_keyring_file_call_search (SecretSchema *schema, GHashTable *attributes, GCancellable *cancellable);

G_END_DECLS
