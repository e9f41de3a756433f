/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

/* Our items in the default collection of the Secret Service, as plain values. Calls are made one after the
 * other and each has a time limit; before each one it is asked afresh whether there is a default collection
 * and whether it is unlocked, for libsecret's own look-up answers "nothing" to both. */

#define PEAL_TYPE_KEYRING_STORE (peal_keyring_store_get_type ())
G_DECLARE_FINAL_TYPE (PealKeyringStore, peal_keyring_store, PEAL, KEYRING_STORE, GObject)

/* Signal "changed": the service came or went, or a collection was locked, unlocked, made or deleted. */

/* @timeout_ms: for one call. (transfer full) */
PealKeyringStore *peal_keyring_store_new (const char *application, guint timeout_ms);
/* Resolves to TRUE where it is open; the errors are those of PealVault. */
DexFuture *peal_keyring_store_check (PealKeyringStore *self);
/* Resolves to SecretValue. */
DexFuture *peal_keyring_store_load (PealKeyringStore *self, const char *key);
DexFuture *
peal_keyring_store_save (PealKeyringStore *self, const char *key, const char *label, SecretValue *value);
DexFuture *peal_keyring_store_remove (PealKeyringStore *self, const char *key);

G_END_DECLS
