/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-accounts-private.h"

#include "peal-error.h"
#include "peal-fiber.h"

#define MIN_REMAINING_US (5 * G_TIME_SPAN_MINUTE)
/* With this much left a token that cannot be refreshed right now still does. */
#define USABLE_US G_TIME_SPAN_MINUTE
/* A token that is refused within this time of its coming is not helped by another one. */
#define FRESH_US G_TIME_SPAN_MINUTE

typedef struct
{
  PealAccounts *accounts;
  gint64 account;
  gint64 needed_us;
  PealAccess *used; /* NULL but to renew */
} AccessCall;

static void
access_call_free (AccessCall *call)
{
  g_clear_object (&call->accounts);
  g_clear_pointer (&call->used, peal_access_free);
  g_free (call);
}

static DexFuture *
new_access (PealTokenSlot *slot)
{
  return dex_future_new_take_boxed (
      PEAL_TYPE_ACCESS, peal_access_new (slot->open_id, slot->tokens->scopes, slot->tokens->access_token));
}

/* (transfer full): the slot of a connected account, with tokens that the vault has too. */
static PealTokenSlot *
await_slot (AccessCall *call, GError **error)
{
  PealAccounts *self = call->accounts;
  g_autoptr (PealAccountRow) row = NULL;
  g_autoptr (PealTokenSlot) slot = NULL;
  g_autoptr (PealTokens) tokens = NULL;
  g_autoptr (GError) local = NULL;

  if (!(row = dex_await_boxed (peal_accounts_load_row (self, call->account), error)))
    return NULL;
  if (row->state != PEAL_ACCOUNT_CONNECTED)
    {
      *error = peal_accounts_new_reconnect_error ();
      return NULL;
    }
  slot = peal_accounts_dup_slot (self, row);
  if (slot->tokens == NULL)
    {
      tokens = dex_await_boxed (peal_vault_load_tokens (self->vault, slot->vault_key), &local);
      if (tokens == NULL && peal_accounts_error_is_lost (local)
          && dex_await (peal_accounts_mark_reconnect (self, slot), error))
        *error = peal_accounts_new_reconnect_error ();
      else if (tokens == NULL && *error == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      if (tokens == NULL)
        return NULL;
      /* Somebody else may have loaded them, or refreshed them since. */
      if (slot->tokens == NULL)
        slot->tokens = g_steal_pointer (&tokens);
    }
  return g_steal_pointer (&slot);
}

/* A new token that the vault does not have yet may not be used. */
static gboolean
await_saved (PealAccounts *self, PealTokenSlot *slot, GError **error)
{
  return !slot->is_unsaved || dex_await (peal_accounts_save (self, slot), error);
}

static gboolean
is_to_be_refreshed (const PealTokens *tokens, gint64 now_us, gint64 needed_us)
{
  gint64 life_us = MAX (tokens->access_expires_at_us - tokens->obtained_at_us, 0);
  gint64 floor_us = MAX (MIN_REMAINING_US, life_us / 10);

  /* Asking for more than a token lives must not refresh it at each call. */
  return tokens->access_expires_at_us - now_us < MAX (floor_us, MIN (needed_us, life_us / 4 * 3));
}

static gboolean
is_reconnect_error (const GError *error)
{
  return g_error_matches (error, PEAL_ERROR, PEAL_ERROR_AUTH);
}

static DexFuture *
get_access_fiber (gpointer data)
{
  AccessCall *call = data;
  PealAccounts *self = call->accounts;

  for (guint try = 0;; try++)
    {
      g_autoptr (PealTokenSlot) slot = NULL;
      g_autoptr (GError) error = NULL;
      gint64 now_us = peal_clock_get_real_us (self->clock);

      if (!(slot = await_slot (call, &error)))
        return dex_future_new_for_error (g_steal_pointer (&error));
      if (!is_to_be_refreshed (slot->tokens, now_us, call->needed_us))
        {
          if (await_saved (self, slot, &error))
            return new_access (slot);
        }
      else if (dex_await (peal_accounts_refresh (self, slot), &error))
        return new_access (slot);
      else if (!slot->is_unsaved && !is_reconnect_error (error)
               && slot->tokens->access_expires_at_us - now_us > USABLE_US)
        {
          g_debug ("Not refreshed, the token still does: %s", error->message);
          return new_access (slot);
        }
      if (try > 0 || !g_str_equal (peal_error_get_reason (error), "changed_meanwhile"))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }
}

DexFuture *
peal_accounts_get_access (PealAccounts *self, gint64 account, gint64 needed_s)
{
  AccessCall *call = NULL;

  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));
  dex_return_error_if_fail (needed_s >= 0 && needed_s < G_MAXINT32);

  call = g_new0 (AccessCall, 1);
  call->accounts = g_object_ref (self);
  call->account = account;
  call->needed_us = needed_s * G_TIME_SPAN_SECOND;
  return peal_fiber_spawn_to_end (get_access_fiber, call, (GDestroyNotify)access_call_free);
}

static DexFuture *
renew_access_fiber (gpointer data)
{
  AccessCall *call = data;
  PealAccounts *self = call->accounts;
  g_autoptr (PealTokenSlot) slot = NULL;
  g_autoptr (GError) error = NULL;
  gint64 age_us;

  if (!(slot = await_slot (call, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!peal_secret_equal (slot->tokens->access_token, call->used->access_token))
    return peal_accounts_get_access (self, call->account, 0);
  age_us = peal_clock_get_real_us (self->clock) - slot->tokens->obtained_at_us;
  if (age_us >= 0 && age_us < FRESH_US)
    {
      if (dex_await (peal_accounts_mark_reconnect (self, slot), &error))
        error = peal_accounts_new_reconnect_error ();
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  if (!dex_await (peal_accounts_refresh (self, slot), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return new_access (slot);
}

DexFuture *
peal_accounts_renew_access (PealAccounts *self, gint64 account, const PealAccess *used)
{
  AccessCall *call = NULL;

  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));
  dex_return_error_if_fail (used != NULL);

  call = g_new0 (AccessCall, 1);
  call->accounts = g_object_ref (self);
  call->account = account;
  call->used = peal_access_copy (used);
  return peal_fiber_spawn_to_end (renew_access_fiber, call, (GDestroyNotify)access_call_free);
}
