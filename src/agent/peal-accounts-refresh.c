/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-accounts-private.h"

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-tiktok-oauth.h"

/* A refresh makes the tokens that we have worthless, so it is only begun while the vault can take the new
 * ones, and these are not used before it has them. */

#define MAX_PAUSE_US (60 * G_TIME_SPAN_SECOND)

typedef struct
{
  PealAccounts *accounts;
  PealTokenSlot *slot;
} SlotCall;

/* Tries to save for as long as the accounts live, so it does not keep them alive. */
typedef struct
{
  GWeakRef accounts;
  PealTokenSlot *slot;
} SaveLoop;

typedef struct
{
  gint64 account;
  char *vault_key;
  char *scopes;
  gint64 signed_in_until;
} Renewed;

static void
slot_call_free (SlotCall *call)
{
  g_clear_object (&call->accounts);
  g_clear_pointer (&call->slot, peal_token_slot_unref);
  g_free (call);
}

static void
save_loop_free (SaveLoop *loop)
{
  g_weak_ref_clear (&loop->accounts);
  g_clear_pointer (&loop->slot, peal_token_slot_unref);
  g_free (loop);
}

static void
renewed_free (Renewed *renewed)
{
  g_free (renewed->vault_key);
  g_free (renewed->scopes);
  g_free (renewed);
}

static gboolean
write_renewed (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Renewed *renewed = data;

  return peal_sql_exec (
      db, error, "UPDATE account SET scopes = ?, signed_in_until = ? WHERE id = ? AND vault_key = ?", "sois",
      renewed->scopes, renewed->signed_in_until, renewed->account, renewed->vault_key);
}

static SlotCall *
slot_call_new (PealAccounts *accounts, PealTokenSlot *slot)
{
  SlotCall *call = g_new0 (SlotCall, 1);

  call->accounts = g_object_ref (accounts);
  call->slot = peal_token_slot_ref (slot);
  return call;
}

/* Is the sign-in of @slot still the one of its account? */
static gboolean
await_is_current (PealAccounts *self, PealTokenSlot *slot, GError **error)
{
  g_autoptr (PealAccountRow) row = dex_await_boxed (peal_accounts_load_row (self, slot->account), error);

  if (row == NULL)
    return FALSE;
  if (row->state == PEAL_ACCOUNT_CONNECTED && g_str_equal (row->vault_key, slot->vault_key))
    return TRUE;
  *error = peal_error_new (PEAL_ERROR_INVALID, "changed_meanwhile", "The account signed in or out meanwhile");
  return FALSE;
}

static DexFuture *
save_fiber (gpointer data)
{
  SlotCall *call = data;
  PealTokenSlot *slot = call->slot;
  g_autoptr (PealTokens) tokens = peal_tokens_copy (slot->tokens);
  g_autoptr (GError) error = NULL;
  Renewed *renewed = NULL;

  if (!await_is_current (call->accounts, slot, &error)
      || !dex_await (peal_vault_store_tokens (call->accounts->vault, slot->vault_key, tokens), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (peal_secret_equal (tokens->access_token, slot->tokens->access_token))
    slot->is_unsaved = FALSE;
  renewed = g_new0 (Renewed, 1);
  renewed->account = slot->account;
  renewed->vault_key = g_strdup (slot->vault_key);
  renewed->scopes = peal_scopes_to_string (tokens->scopes);
  renewed->signed_in_until = tokens->refresh_expires_at_us;
  /* The vault knows the same; the row is what people see. */
  if (!dex_await (
          peal_database_run (call->accounts->database, write_renewed, renewed, (GDestroyNotify)renewed_free),
          &error))
    g_debug ("Could not note the new sign-in age: %s", error->message);
  peal_accounts_emit_changed (call->accounts, slot->open_id);
  return dex_future_new_true ();
}

DexFuture *
peal_accounts_save (PealAccounts *self, PealTokenSlot *slot)
{
  return peal_fiber_spawn_to_end (save_fiber, slot_call_new (self, slot), (GDestroyNotify)slot_call_free);
}

/* One try. FALSE once there is nothing left to do; *@clock then is NULL. */
static gboolean
await_save_again (SaveLoop *loop, PealClock **clock)
{
  g_autoptr (PealAccounts) accounts = g_weak_ref_get (&loop->accounts);
  g_autoptr (GError) error = NULL;

  g_clear_object (clock);
  if (accounts == NULL || !loop->slot->is_unsaved)
    return FALSE;
  if (dex_await (peal_accounts_save (accounts, loop->slot), &error))
    return FALSE;
  g_debug ("New tokens are still not stored: %s", error->message);
  if (g_str_equal (peal_error_get_reason (error), "changed_meanwhile"))
    return FALSE;
  *clock = g_object_ref (accounts->clock);
  return TRUE;
}

static DexFuture *
save_loop_fiber (gpointer data)
{
  SaveLoop *loop = data;
  g_autoptr (PealClock) clock = NULL;
  gint64 pause_us = G_TIME_SPAN_SECOND;

  {
    g_autoptr (PealAccounts) accounts = g_weak_ref_get (&loop->accounts);

    if (accounts != NULL)
      clock = g_object_ref (accounts->clock);
  }
  while (clock != NULL)
    {
      if (!dex_await (peal_clock_sleep (clock, pause_us, NULL), NULL))
        break;
      pause_us = MIN (pause_us * 2, MAX_PAUSE_US);
      if (!await_save_again (loop, &clock))
        break;
    }
  loop->slot->is_saving = FALSE;
  return dex_future_new_true ();
}

static void
start_saving (PealAccounts *self, PealTokenSlot *slot)
{
  SaveLoop *loop = NULL;

  if (slot->is_saving)
    return;
  slot->is_saving = TRUE;
  loop = g_new0 (SaveLoop, 1);
  g_weak_ref_init (&loop->accounts, self);
  loop->slot = peal_token_slot_ref (slot);
  dex_future_disown (peal_fiber_spawn_to_end (save_loop_fiber, loop, (GDestroyNotify)save_loop_free));
}

/* (transfer full): one request, and once more where its answer was lost: nobody knows then which of the two
 * refresh tokens is good. */
static PealTokens *
await_answer (PealAccounts *self, const PealAppCredentials *app, PealSecret *refresh_token, GError **error)
{
  g_autoptr (GError) local = NULL;
  PealTokens *tokens = dex_await_boxed (peal_tiktok_refresh (self->client, app, refresh_token, NULL), &local);

  if (tokens == NULL && g_error_matches (local, PEAL_ERROR, PEAL_ERROR_OUTCOME_UNKNOWN))
    {
      g_clear_error (&local);
      tokens = dex_await_boxed (peal_tiktok_refresh (self->client, app, refresh_token, NULL), &local);
    }
  if (tokens == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return tokens;
}

static gboolean
is_invalid_grant (const GError *error)
{
  return error != NULL && error->domain == PEAL_ERROR
         && g_str_equal (peal_error_get_reason (error), "invalid_grant");
}

/* The sign-in is over: says so in the row. Always FALSE. */
static gboolean
await_reconnect (PealAccounts *self, PealTokenSlot *slot, GError **error)
{
  if (dex_await (peal_accounts_mark_reconnect (self, slot), error))
    *error = peal_accounts_new_reconnect_error ();
  return FALSE;
}

/* Puts what the vault has now into @slot. */
static gboolean
await_reload (PealAccounts *self, PealTokenSlot *slot, GError **error)
{
  g_autoptr (GError) local = NULL;
  PealTokens *tokens = dex_await_boxed (peal_vault_load_tokens (self->vault, slot->vault_key), &local);

  if (tokens == NULL)
    {
      if (peal_accounts_error_is_lost (local))
        return await_reconnect (self, slot, error);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_clear_pointer (&slot->tokens, peal_tokens_free);
  slot->tokens = tokens;
  return TRUE;
}

/* (transfer full): new tokens for those of @slot. A refused token is only the end if the vault has no other
 * one. */
static PealTokens *
await_rotation (PealAccounts *self, PealTokenSlot *slot, GError **error)
{
  g_autoptr (PealAppCredentials) app = NULL;
  g_autoptr (PealSecret) used = peal_secret_ref (slot->tokens->refresh_token);
  g_autoptr (GError) local = NULL;
  PealTokens *tokens = NULL;

  if (!(app = dex_await_boxed (peal_accounts_load_app (self, slot->environment), error)))
    return NULL;
  tokens = await_answer (self, app, used, &local);
  if (is_invalid_grant (local) && !slot->is_unsaved)
    {
      if (!await_reload (self, slot, error))
        return NULL;
      if (!peal_secret_equal (slot->tokens->refresh_token, used))
        {
          g_clear_error (&local);
          tokens = await_answer (self, app, slot->tokens->refresh_token, &local);
        }
    }
  if (is_invalid_grant (local))
    await_reconnect (self, slot, error);
  else if (tokens == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return tokens;
}

/* Takes @fresh (transfer full) into @slot; what TikTok left out stays as it was. */
static gboolean
take_fresh (PealTokenSlot *slot, PealTokens *fresh, GError **error)
{
  g_autoptr (PealTokens) tokens = fresh;

  if (tokens->open_id == NULL)
    tokens->open_id = g_strdup (slot->open_id);
  if (tokens->scopes == PEAL_SCOPE_NONE)
    tokens->scopes = slot->tokens->scopes;
  if (!g_str_equal (tokens->open_id, slot->open_id))
    {
      *error =
          peal_error_new (PEAL_ERROR_PROTOCOL, "open_id_changed", "TikTok sent another account's tokens");
      return FALSE;
    }
  if (tokens->refresh_token == NULL)
    {
      tokens->refresh_token = peal_secret_ref (slot->tokens->refresh_token);
      if (tokens->refresh_expires_at_us < 0)
        tokens->refresh_expires_at_us = slot->tokens->refresh_expires_at_us;
    }
  g_clear_pointer (&slot->tokens, peal_tokens_free);
  slot->tokens = g_steal_pointer (&tokens);
  slot->is_unsaved = TRUE;
  return TRUE;
}

static DexFuture *
refresh_fiber (gpointer data)
{
  SlotCall *call = data;
  PealAccounts *self = call->accounts;
  PealTokenSlot *slot = call->slot;
  g_autoptr (PealSecret) before = peal_secret_ref (slot->tokens->access_token);
  g_autoptr (GError) error = NULL;
  PealTokens *fresh = NULL;

  if (!dex_await (peal_vault_check_writable (self->vault), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!slot->is_unsaved && !await_reload (self, slot, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!peal_secret_equal (before, slot->tokens->access_token)
      && slot->tokens->access_expires_at_us > peal_clock_get_real_us (self->clock) + 5 * G_TIME_SPAN_MINUTE)
    return dex_future_new_true ();
  if (!(fresh = await_rotation (self, slot, &error)) || !take_fresh (slot, fresh, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (dex_await (peal_accounts_save (self, slot), &error))
    return dex_future_new_true ();
  g_debug ("New tokens could not be stored: %s", error->message);
  start_saving (self, slot);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
peal_accounts_refresh (PealAccounts *self, PealTokenSlot *slot)
{
  if (slot->refresh == NULL || !dex_future_is_pending (slot->refresh))
    {
      dex_clear (&slot->refresh);
      slot->refresh =
          peal_fiber_spawn_to_end (refresh_fiber, slot_call_new (self, slot), (GDestroyNotify)slot_call_free);
    }
  return dex_ref (slot->refresh);
}
