/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-vault.h"

G_DEFINE_INTERFACE (PealVault, peal_vault, G_TYPE_OBJECT)

static void
peal_vault_default_init (PealVaultInterface *iface)
{
  g_signal_new ("state-changed", PEAL_TYPE_VAULT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

const char *
peal_vault_state_to_string (PealVaultState state)
{
  switch (state)
    {
    case PEAL_VAULT_UNLOCKED:
      return "unlocked";
    case PEAL_VAULT_LOCKED:
      return "locked";
    case PEAL_VAULT_MISSING:
    default:
      return "missing";
    }
}

DexFuture *
peal_vault_query_state (PealVault *self)
{
  dex_return_error_if_fail (PEAL_IS_VAULT (self));

  return PEAL_VAULT_GET_IFACE (self)->query_state (self);
}

DexFuture *
peal_vault_load_tokens (PealVault *self, const char *key)
{
  dex_return_error_if_fail (PEAL_IS_VAULT (self));
  dex_return_error_if_fail (key != NULL);

  return PEAL_VAULT_GET_IFACE (self)->load_tokens (self, key);
}

DexFuture *
peal_vault_store_tokens (PealVault *self, const char *key, const PealTokens *tokens)
{
  dex_return_error_if_fail (PEAL_IS_VAULT (self));
  dex_return_error_if_fail (key != NULL);
  dex_return_error_if_fail (tokens != NULL);
  dex_return_error_if_fail (tokens->open_id != NULL);
  dex_return_error_if_fail (tokens->access_token != NULL);
  dex_return_error_if_fail (tokens->refresh_token != NULL);

  return PEAL_VAULT_GET_IFACE (self)->store_tokens (self, key, tokens);
}

DexFuture *
peal_vault_load_secret (PealVault *self, const char *key)
{
  dex_return_error_if_fail (PEAL_IS_VAULT (self));
  dex_return_error_if_fail (key != NULL);

  return PEAL_VAULT_GET_IFACE (self)->load_secret (self, key);
}

DexFuture *
peal_vault_store_secret (PealVault *self, const char *key, PealSecret *secret)
{
  dex_return_error_if_fail (PEAL_IS_VAULT (self));
  dex_return_error_if_fail (key != NULL);
  dex_return_error_if_fail (secret != NULL);

  return PEAL_VAULT_GET_IFACE (self)->store_secret (self, key, secret);
}

DexFuture *
peal_vault_remove (PealVault *self, const char *key)
{
  dex_return_error_if_fail (PEAL_IS_VAULT (self));
  dex_return_error_if_fail (key != NULL);

  return PEAL_VAULT_GET_IFACE (self)->remove (self, key);
}

DexFuture *
peal_vault_check_writable (PealVault *self)
{
  dex_return_error_if_fail (PEAL_IS_VAULT (self));

  return PEAL_VAULT_GET_IFACE (self)->check_writable (self);
}
