/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-accounts-private.h"

#include "peal-error.h"

G_DEFINE_FINAL_TYPE (PealAccounts, peal_accounts, G_TYPE_OBJECT)

G_DEFINE_BOXED_TYPE (PealAccountRow, peal_account_row, peal_account_row_copy, peal_account_row_free)

typedef enum
{
  PROP_DATABASE = 1,
  PROP_VAULT,
  PROP_CLIENT,
  PROP_CLOCK,
} PealAccountsProps;

enum
{
  CHANGED,
  SETTINGS_CHANGED,
  CONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

PealAccountRow *
peal_account_row_copy (const PealAccountRow *self)
{
  PealAccountRow *copy = g_memdup2 (self, sizeof *self);

  copy->vault_key = g_strdup (self->vault_key);
  copy->open_id = g_strdup (self->open_id);
  return copy;
}

void
peal_account_row_free (PealAccountRow *self)
{
  g_free (self->vault_key);
  g_free (self->open_id);
  g_free (self);
}

PealTokenSlot *
peal_token_slot_ref (PealTokenSlot *self)
{
  return g_rc_box_acquire (self);
}

static void
token_slot_clear (gpointer data)
{
  PealTokenSlot *self = data;

  g_clear_pointer (&self->tokens, peal_tokens_free);
  dex_clear (&self->refresh);
  g_free (self->vault_key);
  g_free (self->open_id);
}

void
peal_token_slot_unref (PealTokenSlot *self)
{
  g_rc_box_release_full (self, token_slot_clear);
}

PealTokenSlot *
peal_accounts_dup_slot (PealAccounts *self, const PealAccountRow *row)
{
  PealTokenSlot *slot = g_hash_table_lookup (self->slots, &row->id);

  if (slot == NULL || !g_str_equal (slot->vault_key, row->vault_key))
    {
      slot = g_rc_box_new0 (PealTokenSlot);
      slot->account = row->id;
      slot->environment = row->environment;
      slot->vault_key = g_strdup (row->vault_key);
      slot->open_id = g_strdup (row->open_id);
      g_hash_table_replace (self->slots, &slot->account, slot);
    }
  return peal_token_slot_ref (slot);
}

void
peal_accounts_emit_changed (PealAccounts *self, const char *open_id)
{
  g_signal_emit (self, signals[CHANGED], 0, open_id);
}

void
peal_accounts_emit_settings_changed (PealAccounts *self)
{
  g_signal_emit (self, signals[SETTINGS_CHANGED], 0);
}

void
peal_accounts_emit_connected (PealAccounts *self, gint64 account)
{
  g_signal_emit (self, signals[CONNECTED], 0, account);
}

GError *
peal_accounts_new_reconnect_error (void)
{
  return peal_error_new (PEAL_ERROR_AUTH, "reconnect", "This account has to sign in again");
}

gboolean
peal_accounts_error_is_lost (const GError *error)
{
  return error->domain == PEAL_ERROR
         && (g_str_equal (peal_error_get_reason (error), "secret_absent")
             || g_str_equal (peal_error_get_reason (error), "secret_damaged"));
}

static void
peal_accounts_constructed (GObject *object)
{
  PealAccounts *self = PEAL_ACCOUNTS (object);

  G_OBJECT_CLASS (peal_accounts_parent_class)->constructed (object);
  g_assert (PEAL_IS_DATABASE (self->database));
  g_assert (PEAL_IS_VAULT (self->vault));
  g_assert (PEAL_IS_TIKTOK_CLIENT (self->client));
  g_assert (PEAL_IS_CLOCK (self->clock));
}

static void
peal_accounts_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealAccounts *self = PEAL_ACCOUNTS (object);

  switch ((PealAccountsProps)id)
    {
    case PROP_DATABASE:
      self->database = g_value_dup_object (value);
      break;
    case PROP_VAULT:
      self->vault = g_value_dup_object (value);
      break;
    case PROP_CLIENT:
      self->client = g_value_dup_object (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_accounts_dispose (GObject *object)
{
  PealAccounts *self = PEAL_ACCOUNTS (object);

  g_hash_table_remove_all (self->slots);
  g_clear_object (&self->database);
  g_clear_object (&self->vault);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (peal_accounts_parent_class)->dispose (object);
}

static void
peal_accounts_finalize (GObject *object)
{
  PealAccounts *self = PEAL_ACCOUNTS (object);

  g_clear_pointer (&self->slots, g_hash_table_unref);
  G_OBJECT_CLASS (peal_accounts_parent_class)->finalize (object);
}

static void
peal_accounts_class_init (PealAccountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = peal_accounts_constructed;
  object_class->set_property = peal_accounts_set_property;
  object_class->dispose = peal_accounts_dispose;
  object_class->finalize = peal_accounts_finalize;
  g_object_class_install_property (object_class, PROP_DATABASE,
                                   g_param_spec_object ("database", NULL, NULL, PEAL_TYPE_DATABASE, flags));
  g_object_class_install_property (object_class, PROP_VAULT,
                                   g_param_spec_object ("vault", NULL, NULL, PEAL_TYPE_VAULT, flags));
  g_object_class_install_property (
      object_class, PROP_CLIENT, g_param_spec_object ("client", NULL, NULL, PEAL_TYPE_TIKTOK_CLIENT, flags));
  g_object_class_install_property (object_class, PROP_CLOCK,
                                   g_param_spec_object ("clock", NULL, NULL, PEAL_TYPE_CLOCK, flags));
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SETTINGS_CHANGED] = g_signal_new ("settings-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONNECTED] = g_signal_new ("connected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
peal_accounts_init (PealAccounts *self)
{
  self->slots =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)peal_token_slot_unref);
}

PealAccounts *
peal_accounts_new (PealDatabase *database, PealVault *vault, PealTiktokClient *client, PealClock *clock)
{
  return g_object_new (PEAL_TYPE_ACCOUNTS, "database", database, "vault", vault, "client", client, "clock",
                       clock, NULL);
}

PealTiktokClient *
peal_accounts_get_client (PealAccounts *self)
{
  g_return_val_if_fail (PEAL_IS_ACCOUNTS (self), NULL);

  return self->client;
}

PealVault *
peal_accounts_get_vault (PealAccounts *self)
{
  g_return_val_if_fail (PEAL_IS_ACCOUNTS (self), NULL);

  return self->vault;
}

PealClock *
peal_accounts_get_clock (PealAccounts *self)
{
  g_return_val_if_fail (PEAL_IS_ACCOUNTS (self), NULL);

  return self->clock;
}

gboolean
peal_accounts_has_unsaved (PealAccounts *self)
{
  GHashTableIter iter;
  PealTokenSlot *slot = NULL;

  g_return_val_if_fail (PEAL_IS_ACCOUNTS (self), FALSE);

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&slot))
    if (slot->is_unsaved)
      return TRUE;
  return FALSE;
}
