/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-vault.h"

G_BEGIN_DECLS

/* A vault in memory, whose state and failures a test chooses. */

#define PEAL_TYPE_MEMORY_VAULT (peal_memory_vault_get_type ())
G_DECLARE_FINAL_TYPE (PealMemoryVault, peal_memory_vault, PEAL, MEMORY_VAULT, GObject)

PealMemoryVault *peal_memory_vault_new (void);
/* Emits "state-changed". */
void peal_memory_vault_set_state (PealMemoryVault *self, PealVaultState state);
/* The next @n stores of tokens fail with "keyring_failed"; G_MAXUINT for all. */
void peal_memory_vault_fail_stores (PealMemoryVault *self, guint n);
/* The probe fails with "keyring_failed". */
void peal_memory_vault_set_read_only (PealMemoryVault *self, gboolean read_only);
/* How many items it holds; how often tokens were stored, with or without success. */
guint peal_memory_vault_get_n_items (PealMemoryVault *self);
guint peal_memory_vault_get_n_stores (PealMemoryVault *self);
/* Somebody else deletes all, or makes each unreadable. */
void peal_memory_vault_clear (PealMemoryVault *self);
void peal_memory_vault_damage (PealMemoryVault *self);

G_END_DECLS
