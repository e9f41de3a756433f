/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-accounts-private.h"

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-tiktok-oauth.h"

/* The longest that one call takes, with its waiting for the rate limit. */
#define CALL_S 60

typedef struct
{
  PealAccounts *accounts;
  gint64 account;
  PealAccountsCall call;
  gpointer data;
  GDestroyNotify destroy;
} Call;

static void
call_free (Call *call)
{
  if (call->destroy != NULL)
    call->destroy (call->data);
  g_clear_object (&call->accounts);
  g_free (call);
}

/* A call that TikTok refuses with a token that was new is the end of this sign-in. */
static void
await_dead_sign_in (PealAccounts *self, gint64 account, const PealAccess *used, GError **error)
{
  g_autoptr (PealAccountRow) row = dex_await_boxed (peal_accounts_load_row (self, account), NULL);
  g_autoptr (PealTokenSlot) slot = row != NULL ? peal_accounts_dup_slot (self, row) : NULL;

  if (slot == NULL || slot->tokens == NULL
      || !peal_secret_equal (slot->tokens->access_token, used->access_token))
    return;
  g_clear_error (error);
  if (dex_await (peal_accounts_mark_reconnect (self, slot), error))
    *error = peal_accounts_new_reconnect_error ();
}

/* (transfer full): the settled future of one try, or NULL with @error. */
static DexFuture *
await_try (Call *call, const PealAccess *access, GError **error)
{
  g_autoptr (DexFuture) future = call->call (call->accounts->client, access, call->data);

  if (!dex_await (dex_ref (future), error))
    return NULL;
  return g_steal_pointer (&future);
}

static DexFuture *
call_fiber (gpointer data)
{
  Call *call = data;
  PealAccounts *self = call->accounts;
  g_autoptr (PealAccess) access = NULL;
  g_autoptr (PealAccess) renewed = NULL;
  g_autoptr (DexFuture) done = NULL;
  g_autoptr (GError) error = NULL;

  if (!(access = dex_await_boxed (peal_accounts_get_access (self, call->account, CALL_S), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  done = await_try (call, access, &error);
  if (done == NULL && g_error_matches (error, PEAL_ERROR, PEAL_ERROR_AUTH))
    {
      g_clear_error (&error);
      if (!(renewed = dex_await_boxed (peal_accounts_renew_access (self, call->account, access), &error)))
        return dex_future_new_for_error (g_steal_pointer (&error));
      done = await_try (call, renewed, &error);
      if (done == NULL && g_error_matches (error, PEAL_ERROR, PEAL_ERROR_AUTH))
        await_dead_sign_in (self, call->account, renewed, &error);
    }
  return done != NULL ? g_steal_pointer (&done) : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
peal_accounts_call (PealAccounts *self,
                    gint64 account,
                    PealAccountsCall call,
                    gpointer data,
                    GDestroyNotify destroy)
{
  Call *each = NULL;

  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));
  dex_return_error_if_fail (call != NULL);

  each = g_new0 (Call, 1);
  each->accounts = g_object_ref (self);
  each->account = account;
  each->call = call;
  each->data = data;
  each->destroy = destroy;
  return peal_fiber_spawn_to_end (call_fiber, each, (GDestroyNotify)call_free);
}

static gboolean
write_disconnected (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  return peal_sql_exec_one (
      db, error,
      "UPDATE account SET state = 'disconnected', signed_in_until = NULL, next_sync = NULL WHERE id = ?", "i",
      *(gint64 *)data);
}

/* Whether TikTok confirmed. What it says otherwise changes nothing: our tokens go. */
static gboolean
await_revoked (PealAccounts *self, const PealAccountRow *row)
{
  g_autoptr (PealAppCredentials) app = NULL;
  g_autoptr (PealAccess) access = NULL;
  g_autoptr (GError) error = NULL;

  if (row->state == PEAL_ACCOUNT_CONNECTED
      && (access = dex_await_boxed (peal_accounts_get_access (self, row->id, 0), &error))
      && (app = dex_await_boxed (peal_accounts_load_app (self, row->environment), &error))
      && dex_await (peal_tiktok_revoke (self->client, app, access->access_token, NULL), &error))
    return TRUE;
  if (error != NULL)
    g_debug ("Not revoked: %s", error->message);
  return FALSE;
}

/* While the vault is not open nothing is done: the tokens could not be deleted. */
static gboolean
await_open_vault (PealAccounts *self, GError **error)
{
  switch ((PealVaultState)dex_await_int (peal_vault_query_state (self->vault), error))
    {
    case PEAL_VAULT_UNLOCKED:
      return *error == NULL;
    case PEAL_VAULT_LOCKED:
      *error = peal_error_new (PEAL_ERROR_KEYRING_LOCKED, "keyring_locked", "The keyring is locked");
      return FALSE;
    case PEAL_VAULT_MISSING:
    default:
      *error = peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_missing", "There is no keyring");
      return FALSE;
    }
}

static DexFuture *
disconnect_fiber (gpointer data)
{
  Call *call = data;
  PealAccounts *self = call->accounts;
  g_autoptr (PealAccountRow) row = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_revoked;

  if (!(row = dex_await_boxed (peal_accounts_load_row (self, call->account), &error))
      || !await_open_vault (self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  is_revoked = await_revoked (self, row);
  if (!dex_await (peal_database_run (self->database, write_disconnected, &call->account, NULL), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  g_hash_table_remove (self->slots, &call->account);
  peal_accounts_emit_changed (self, row->open_id);
  if (!dex_await (peal_vault_remove (self->vault, row->vault_key), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_boolean (is_revoked);
}

DexFuture *
peal_accounts_disconnect (PealAccounts *self, gint64 account)
{
  Call *call = NULL;

  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));

  call = g_new0 (Call, 1);
  call->accounts = g_object_ref (self);
  call->account = account;
  return peal_fiber_spawn_to_end (disconnect_fiber, call, (GDestroyNotify)call_free);
}
