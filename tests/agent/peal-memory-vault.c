/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-memory-vault.h"

#include "peal-error.h"

struct _PealMemoryVault
{
  GObject parent_instance;

  GHashTable *tokens;  /* text → PealTokens */
  GHashTable *secrets; /* text → PealSecret */
  PealVaultState state;
  gboolean read_only;
  gboolean damaged;
  guint failing_stores;
  guint n_stores;
};

static void vault_iface_init (PealVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PealMemoryVault,
                               peal_memory_vault,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PEAL_TYPE_VAULT, vault_iface_init))

/* (transfer full) (nullable): why nothing works. */
static DexFuture *
refuse (PealMemoryVault *self)
{
  switch (self->state)
    {
    case PEAL_VAULT_LOCKED:
      return dex_future_new_for_error (
          peal_error_new (PEAL_ERROR_KEYRING_LOCKED, "keyring_locked", "locked"));
    case PEAL_VAULT_MISSING:
      return dex_future_new_for_error (
          peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_missing", "missing"));
    case PEAL_VAULT_UNLOCKED:
    default:
      return NULL;
    }
}

static DexFuture *
new_failure (void)
{
  return dex_future_new_for_error (peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_failed", "failed"));
}

static DexFuture *
load (PealMemoryVault *self, GHashTable *table, GType type, const char *key)
{
  DexFuture *refusal = refuse (self);
  gpointer item = g_hash_table_lookup (table, key);

  if (refusal != NULL)
    return refusal;
  if (item == NULL)
    return dex_future_new_for_error (peal_error_new (PEAL_ERROR_AUTH, "secret_absent", "absent"));
  if (self->damaged)
    return dex_future_new_for_error (peal_error_new (PEAL_ERROR_PROTOCOL, "secret_damaged", "damaged"));
  return dex_future_new_take_boxed (type, g_boxed_copy (type, item));
}

static DexFuture *
peal_memory_vault_query_state (PealVault *vault)
{
  return dex_future_new_for_int (PEAL_MEMORY_VAULT (vault)->state);
}

static DexFuture *
peal_memory_vault_load_tokens (PealVault *vault, const char *key)
{
  PealMemoryVault *self = PEAL_MEMORY_VAULT (vault);

  return load (self, self->tokens, PEAL_TYPE_TOKENS, key);
}

static DexFuture *
peal_memory_vault_store_tokens (PealVault *vault, const char *key, const PealTokens *tokens)
{
  PealMemoryVault *self = PEAL_MEMORY_VAULT (vault);
  DexFuture *refusal = refuse (self);

  self->n_stores++;
  if (refusal != NULL)
    return refusal;
  if (self->failing_stores > 0)
    {
      self->failing_stores -= self->failing_stores == G_MAXUINT ? 0 : 1;
      return new_failure ();
    }
  g_hash_table_replace (self->tokens, g_strdup (key), peal_tokens_copy (tokens));
  return dex_future_new_true ();
}

static DexFuture *
peal_memory_vault_load_secret (PealVault *vault, const char *key)
{
  PealMemoryVault *self = PEAL_MEMORY_VAULT (vault);

  return load (self, self->secrets, PEAL_TYPE_SECRET, key);
}

static DexFuture *
peal_memory_vault_store_secret (PealVault *vault, const char *key, PealSecret *secret)
{
  PealMemoryVault *self = PEAL_MEMORY_VAULT (vault);
  DexFuture *refusal = refuse (self);

  if (refusal != NULL)
    return refusal;
  g_hash_table_replace (self->secrets, g_strdup (key), peal_secret_ref (secret));
  return dex_future_new_true ();
}

static DexFuture *
peal_memory_vault_remove (PealVault *vault, const char *key)
{
  PealMemoryVault *self = PEAL_MEMORY_VAULT (vault);
  DexFuture *refusal = refuse (self);

  if (refusal != NULL)
    return refusal;
  g_hash_table_remove (self->tokens, key);
  g_hash_table_remove (self->secrets, key);
  return dex_future_new_true ();
}

static DexFuture *
peal_memory_vault_check_writable (PealVault *vault)
{
  PealMemoryVault *self = PEAL_MEMORY_VAULT (vault);
  DexFuture *refusal = refuse (self);

  if (refusal != NULL)
    return refusal;
  return self->read_only ? new_failure () : dex_future_new_true ();
}

static void
vault_iface_init (PealVaultInterface *iface)
{
  iface->query_state = peal_memory_vault_query_state;
  iface->load_tokens = peal_memory_vault_load_tokens;
  iface->store_tokens = peal_memory_vault_store_tokens;
  iface->load_secret = peal_memory_vault_load_secret;
  iface->store_secret = peal_memory_vault_store_secret;
  iface->remove = peal_memory_vault_remove;
  iface->check_writable = peal_memory_vault_check_writable;
}

static void
peal_memory_vault_finalize (GObject *object)
{
  PealMemoryVault *self = PEAL_MEMORY_VAULT (object);

  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  G_OBJECT_CLASS (peal_memory_vault_parent_class)->finalize (object);
}

static void
peal_memory_vault_class_init (PealMemoryVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_memory_vault_finalize;
}

static void
peal_memory_vault_init (PealMemoryVault *self)
{
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)peal_tokens_free);
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)peal_secret_unref);
}

PealMemoryVault *
peal_memory_vault_new (void)
{
  return g_object_new (PEAL_TYPE_MEMORY_VAULT, NULL);
}

void
peal_memory_vault_set_state (PealMemoryVault *self, PealVaultState state)
{
  self->state = state;
  g_signal_emit_by_name (self, "state-changed");
}

void
peal_memory_vault_fail_stores (PealMemoryVault *self, guint n)
{
  self->failing_stores = n;
}

void
peal_memory_vault_set_read_only (PealMemoryVault *self, gboolean read_only)
{
  self->read_only = read_only;
}

guint
peal_memory_vault_get_n_items (PealMemoryVault *self)
{
  return g_hash_table_size (self->tokens) + g_hash_table_size (self->secrets);
}

guint
peal_memory_vault_get_n_stores (PealMemoryVault *self)
{
  return self->n_stores;
}

void
peal_memory_vault_clear (PealMemoryVault *self)
{
  g_hash_table_remove_all (self->tokens);
}

void
peal_memory_vault_damage (PealMemoryVault *self)
{
  self->damaged = TRUE;
}
