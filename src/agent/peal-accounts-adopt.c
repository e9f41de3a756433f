/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-accounts-private.h"

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-random.h"

#define DEFAULT_SLOT_MINUTE (18 * 60)

/* What a sign-in brought, on its way into vault and row. The row's transaction fills in the last two. */
typedef struct
{
  PealAccounts *accounts;
  PealEnvironment environment;
  gint64 wanted; /* row id, or 0 */
  PealTokens *tokens;
  PealUser *user;
  char *scopes;
  char *vault_key;
  gint64 now_us;
  gint64 id;
  char *old_key; /* NULL for a new account */
} Adoption;

static void
adoption_free (Adoption *adoption)
{
  g_clear_object (&adoption->accounts);
  g_clear_pointer (&adoption->tokens, peal_tokens_free);
  g_clear_pointer (&adoption->user, peal_user_free);
  g_free (adoption->scopes);
  g_free (adoption->vault_key);
  g_free (adoption->old_key);
  g_free (adoption);
}

/* Finds the account's row, if it has one; FALSE also where somebody else was to come. */
static gboolean
find_row (sqlite3 *db, Adoption *adoption, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      peal_sql_query (db, error, "SELECT id, vault_key FROM account WHERE environment = ? AND open_id = ?",
                      "ss", peal_environment_to_string (adoption->environment), adoption->tokens->open_id);

  if (statement == NULL)
    return FALSE;
  adoption->id = 0;
  g_clear_pointer (&adoption->old_key, g_free);
  if (peal_sql_step (statement, error))
    {
      adoption->id = peal_sql_int (statement, 0, 0);
      adoption->old_key = peal_sql_dup_text (statement, 1);
    }
  if (*error == NULL && adoption->wanted != 0 && adoption->wanted != adoption->id)
    *error = peal_error_new (PEAL_ERROR_INVALID, "other_account", "Another TikTok user signed in");
  return *error == NULL;
}

static gboolean
check_wanted (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  return find_row (db, data, error);
}

static gboolean
insert_row (sqlite3 *db, Adoption *adoption, GError **error)
{
  const char *environment = peal_environment_to_string (adoption->environment);

  if (!peal_sql_exec_one (db, error,
                          "INSERT INTO account (vault_key, environment, open_id, state, scopes, share_type, "
                          "connected_at) SELECT ?, environment, ?, 'connected', ?, share_type, ? FROM app "
                          "WHERE environment = ?",
                          "sssis", adoption->vault_key, adoption->tokens->open_id, adoption->scopes,
                          adoption->now_us, environment))
    return FALSE;
  adoption->id = sqlite3_last_insert_rowid (db);
  for (gint64 weekday = 1; weekday <= 7; weekday++)
    if (!peal_sql_exec (db, error, "INSERT INTO slot (account_id, weekday, minute) VALUES (?, ?, ?)", "iii",
                        adoption->id, weekday, (gint64)DEFAULT_SLOT_MINUTE))
      return FALSE;
  return TRUE;
}

static gboolean
write_row (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Adoption *adoption = data;
  const PealUser *user = adoption->user;

  if (!find_row (db, adoption, error) || (adoption->id == 0 && !insert_row (db, adoption, error)))
    return FALSE;
  return peal_sql_exec_one (
      db, error,
      "UPDATE account SET vault_key = ?, state = 'connected', scopes = ?, connected_at = ?, signed_in_until "
      "= ?, "
      "next_sync = ?, username = coalesce (?, username), display_name = coalesce (?, display_name), "
      "avatar_url = coalesce (?, avatar_url), profile_url = coalesce (?, profile_url), "
      "is_verified = coalesce (?, is_verified) WHERE id = ?",
      "ssioissssoi", adoption->vault_key, adoption->scopes, adoption->now_us,
      adoption->tokens->refresh_expires_at_us, adoption->now_us, user->username, user->display_name,
      user->avatar_url, user->profile_url, (gint64)user->is_verified, adoption->id);
}

static void
await_removal (PealAccounts *self, const char *vault_key)
{
  g_autoptr (GError) error = NULL;

  if (!dex_await (peal_vault_remove (self->vault, vault_key), &error))
    g_debug ("Could not remove an item of a sign-in: %s", error->message);
}

static DexFuture *
adopt_fiber (gpointer data)
{
  Adoption *adoption = data;
  PealAccounts *self = adoption->accounts;
  g_autoptr (GError) error = NULL;

  if (!dex_await (peal_database_run (self->database, check_wanted, adoption, NULL), &error)
      || !dex_await (peal_vault_store_tokens (self->vault, adoption->vault_key, adoption->tokens), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!dex_await (peal_database_run (self->database, write_row, adoption, NULL), &error))
    {
      await_removal (self, adoption->vault_key);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  if (adoption->old_key != NULL)
    await_removal (self, adoption->old_key);
  peal_accounts_emit_changed (self, adoption->tokens->open_id);
  peal_accounts_emit_connected (self, adoption->id);
  return dex_future_new_for_int64 (adoption->id);
}

DexFuture *
peal_accounts_adopt (PealAccounts *self,
                     PealEnvironment environment,
                     gint64 account,
                     const PealTokens *tokens,
                     const PealUser *user)
{
  Adoption *adoption = g_new0 (Adoption, 1);

  adoption->accounts = g_object_ref (self);
  adoption->environment = environment;
  adoption->wanted = account;
  adoption->tokens = peal_tokens_copy (tokens);
  adoption->user = peal_user_copy (user);
  adoption->scopes = peal_scopes_to_string (tokens->scopes);
  adoption->vault_key = peal_random_uuid ();
  adoption->now_us = peal_clock_get_real_us (self->clock);
  return peal_fiber_spawn_to_end (adopt_fiber, adoption, (GDestroyNotify)adoption_free);
}
