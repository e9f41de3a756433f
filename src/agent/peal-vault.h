/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-tiktok-types.h"

G_BEGIN_DECLS

/* Where secrets are kept: tokens of accounts and key secrets of apps, each under a random key that says
 * nothing. A missing item, a locked store, an absent store and a failure are kept apart everywhere, and
 * nothing here ever asks the user for a password. PealKeyring is the system's keyring. */

#define PEAL_TYPE_VAULT (peal_vault_get_type ())
G_DECLARE_INTERFACE (PealVault, peal_vault, PEAL, VAULT, GObject)

typedef enum
{
  PEAL_VAULT_UNLOCKED,
  PEAL_VAULT_LOCKED,
  PEAL_VAULT_MISSING,
} PealVaultState;

struct _PealVaultInterface
{
  GTypeInterface parent;

  DexFuture *(*query_state) (PealVault *self);
  DexFuture *(*load_tokens) (PealVault *self, const char *key);
  DexFuture *(*store_tokens) (PealVault *self, const char *key, const PealTokens *tokens);
  DexFuture *(*load_secret) (PealVault *self, const char *key);
  DexFuture *(*store_secret) (PealVault *self, const char *key, PealSecret *secret);
  DexFuture *(*remove) (PealVault *self, const char *key);
  DexFuture *(*check_writable) (PealVault *self);
};

/* Signal "state-changed": the store was locked, unlocked, came or went; ask again. */

/* "unlocked", "locked", "missing" */
const char *peal_vault_state_to_string (PealVaultState state);

/* Resolves to PealVaultState (int); never rejects but for CANCELLED. What does not answer within 3 s is
 * missing. */
DexFuture *peal_vault_query_state (PealVault *self);
/* Resolves to PealTokens. Errors of all that follow: KEYRING_LOCKED "keyring_locked", KEYRING_MISSING
 * "keyring_missing", "keyring_hangs" (30 s), "keyring_failed", "keyring_replaced" (it opens, but nothing of
 * ours in it does any more), STORAGE_FULL "disk_full"; of the loads also AUTH "secret_absent" (the store is
 * open and has no such item) and PROTOCOL "secret_damaged". */
DexFuture *peal_vault_load_tokens (PealVault *self, const char *key);
/* Resolves once the item is stored, replacing what was there as one. tokens->refresh_token may not be NULL.
 */
DexFuture *peal_vault_store_tokens (PealVault *self, const char *key, const PealTokens *tokens);
/* Resolves to PealSecret. */
DexFuture *peal_vault_load_secret (PealVault *self, const char *key);
DexFuture *peal_vault_store_secret (PealVault *self, const char *key, PealSecret *secret);
/* Resolves once the item is gone, verified by a lookup; also where there was none. */
DexFuture *peal_vault_remove (PealVault *self, const char *key);
/* Resolves after a probe item was really written: asked before a refresh, whose answer must not be lost. */
DexFuture *peal_vault_check_writable (PealVault *self);

G_END_DECLS
