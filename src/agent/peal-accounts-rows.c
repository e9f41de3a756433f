/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-accounts-private.h"

#include "peal-error.h"

#define LIST_SQL                                                                                             \
  "SELECT a.open_id, a.environment, a.state, a.share_type, a.scopes, a.username, a.display_name, "           \
  "a.avatar_url, "                                                                                           \
  "a.profile_url, a.is_verified, a.connected_at, a.signed_in_until, s.follower_count, s.following_count, "   \
  "s.likes_count, s.video_count, s.at FROM account AS a LEFT JOIN account_sample AS s ON s.account_id = "    \
  "a.id "                                                                                                    \
  "AND s.at = (SELECT max(at) FROM account_sample WHERE account_id = a.id) "

/* Columns of LIST_SQL by their type and in their order; NULL is left out. */
static const char *const text_columns[] = { "open_id",  "environment",  "state",      "share_type", "scopes",
                                            "username", "display_name", "avatar_url", "profile_url" };
static const char *const number_columns[] = { "connected_at",    "signed_in_until", "follower_count",
                                              "following_count", "likes_count",     "video_count",
                                              "sampled_at" };

#define SCOPES_COLUMN 4
#define VERIFIED_COLUMN 9
#define FIRST_NUMBER_COLUMN 10

static gboolean
fail_unknown (GError **error)
{
  *error = peal_error_new (PEAL_ERROR_INVALID, "account_unknown", "There is no such account");
  return FALSE;
}

static gboolean
read_row (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (PealAccountRow) row = g_new0 (PealAccountRow, 1);

  row->id = *(gint64 *)data;
  statement = peal_sql_query (
      db, error, "SELECT vault_key, environment, open_id, state FROM account WHERE id = ?", "i", row->id);
  if (statement == NULL)
    return FALSE;
  if (!peal_sql_step (statement, error))
    return *error == NULL ? fail_unknown (error) : FALSE;
  row->vault_key = peal_sql_dup_text (statement, 0);
  row->open_id = peal_sql_dup_text (statement, 2);
  if (!peal_environment_from_string (peal_sql_text (statement, 1), &row->environment)
      || !peal_account_state_from_string (peal_sql_text (statement, 3), &row->state))
    {
      *error =
          peal_error_new (PEAL_ERROR_STORAGE_CORRUPT, "storage_damaged", "An account's row is not readable");
      return FALSE;
    }
  g_value_init (result, PEAL_TYPE_ACCOUNT_ROW);
  g_value_take_boxed (result, g_steal_pointer (&row));
  return TRUE;
}

DexFuture *
peal_accounts_load_row (PealAccounts *self, gint64 account)
{
  return peal_database_run (self->database, read_row, g_memdup2 (&account, sizeof account), g_free);
}

static gboolean
write_reconnect (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  const PealAccountRow *row = data;

  return peal_sql_exec (
      db, error,
      "UPDATE account SET state = 'reconnect' WHERE id = ? AND vault_key = ? AND state = 'connected'", "is",
      row->id, row->vault_key);
}

typedef struct
{
  PealAccounts *accounts;
  char *open_id;
} Notice;

static void
notice_free (Notice *notice)
{
  g_clear_object (&notice->accounts);
  g_free (notice->open_id);
  g_free (notice);
}

static DexFuture *
tell_changed_cb (DexFuture *future, gpointer user_data)
{
  Notice *notice = user_data;

  peal_accounts_emit_changed (notice->accounts, notice->open_id);
  return dex_ref (future);
}

DexFuture *
peal_accounts_mark_reconnect (PealAccounts *self, PealTokenSlot *slot)
{
  PealAccountRow *row = g_new0 (PealAccountRow, 1);
  Notice *notice = g_new0 (Notice, 1);

  g_debug ("The sign-in of account %" G_GINT64_FORMAT " is dead", slot->account);
  row->id = slot->account;
  row->vault_key = g_strdup (slot->vault_key);
  notice->accounts = g_object_ref (self);
  notice->open_id = g_strdup (slot->open_id);
  return dex_future_then (
      peal_database_run (self->database, write_reconnect, row, (GDestroyNotify)peal_account_row_free),
      tell_changed_cb, notice, (GDestroyNotify)notice_free);
}

/* Of several accounts with one handle those that are disconnected do not count, as long as one is left. */
static gboolean
resolve_name (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  const char *name = data;
  g_autoptr (sqlite3_stmt) statement = NULL;
  gint64 living = 0, dead = 0;
  guint n_living = 0, n_dead = 0;

  statement =
      name[0] == '@'
          ? peal_sql_query (db, error, "SELECT id, state FROM account WHERE username = ? COLLATE NOCASE", "s",
                            name + 1)
          : peal_sql_query (db, error, "SELECT id, state FROM account WHERE open_id = ?", "s", name);
  if (statement == NULL)
    return FALSE;
  while (peal_sql_step (statement, error))
    if (g_strcmp0 (peal_sql_text (statement, 1), "disconnected") == 0)
      dead = peal_sql_int (statement, 0, 0), n_dead++;
    else
      living = peal_sql_int (statement, 0, 0), n_living++;
  if (*error != NULL)
    return FALSE;
  if (n_living + n_dead == 0)
    return fail_unknown (error);
  if (n_living > 1 || (n_living == 0 && n_dead > 1))
    {
      *error =
          peal_error_new (PEAL_ERROR_INVALID, "account_ambiguous", "More than one account has this name");
      return FALSE;
    }
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, n_living == 1 ? living : dead);
  return TRUE;
}

DexFuture *
peal_accounts_resolve (PealAccounts *self, const char *name)
{
  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));
  dex_return_error_if_fail (name != NULL);

  return peal_database_run (self->database, resolve_name, g_strdup (name), g_free);
}

static GVariant *
split_scopes (const char *text)
{
  g_autofree char *known = peal_scopes_to_string (peal_scopes_from_string (text));
  g_auto (GStrv) words = g_strsplit (known, ",", -1);

  return g_variant_new_strv ((const char *const *)words, -1);
}

/* (transfer floating): one member of ListAccounts. */
static GVariant *
describe_row (sqlite3_stmt *statement)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (text_columns); i++)
    {
      const char *text = peal_sql_text (statement, (int)i);

      if (text != NULL && i != SCOPES_COLUMN && g_utf8_validate (text, -1, NULL))
        g_variant_dict_insert (&dict, text_columns[i], "s", text);
    }
  g_variant_dict_insert_value (&dict, "scopes", split_scopes (peal_sql_text (statement, SCOPES_COLUMN)));
  if (sqlite3_column_type (statement, VERIFIED_COLUMN) != SQLITE_NULL)
    g_variant_dict_insert (&dict, "is_verified", "b", sqlite3_column_int (statement, VERIFIED_COLUMN) != 0);
  for (guint i = 0; i < G_N_ELEMENTS (number_columns); i++)
    {
      int column = FIRST_NUMBER_COLUMN + (int)i;

      if (sqlite3_column_type (statement, column) != SQLITE_NULL)
        g_variant_dict_insert (&dict, number_columns[i], "x",
                               (gint64)sqlite3_column_int64 (statement, column));
    }
  return g_variant_dict_end (&dict);
}

static gboolean
list_rows (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = peal_sql_query (db, error, LIST_SQL "ORDER BY a.id", "");
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("aa{sv}"));

  if (statement == NULL)
    return FALSE;
  while (peal_sql_step (statement, error))
    g_variant_builder_add_value (builder, describe_row (statement));
  if (*error != NULL)
    return FALSE;
  g_value_init (result, G_TYPE_VARIANT);
  g_value_set_variant (result, g_variant_builder_end (builder));
  return TRUE;
}

DexFuture *
peal_accounts_list (PealAccounts *self)
{
  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));

  return peal_database_run (self->database, list_rows, NULL, NULL);
}

static gboolean
describe_one (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      peal_sql_query (db, error, LIST_SQL "WHERE a.id = ?", "i", *(gint64 *)data);

  if (statement == NULL)
    return FALSE;
  if (!peal_sql_step (statement, error))
    return *error == NULL ? fail_unknown (error) : FALSE;
  g_value_init (result, G_TYPE_VARIANT);
  g_value_set_variant (result, describe_row (statement));
  return TRUE;
}

DexFuture *
peal_accounts_describe (PealAccounts *self, gint64 account)
{
  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));

  return peal_database_run (self->database, describe_one, g_memdup2 (&account, sizeof account), g_free);
}

typedef struct
{
  gint64 account;
  PealShareType share_type;
} Choice;

static gboolean
write_share_type (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  const Choice *choice = data;
  g_autoptr (sqlite3_stmt) statement =
      peal_sql_query (db, error, "UPDATE account SET share_type = ? WHERE id = ? RETURNING open_id", "si",
                      peal_share_type_to_string (choice->share_type), choice->account);

  if (statement == NULL || !peal_sql_step_one (statement, "account_unknown", error))
    return FALSE;
  g_value_init (result, G_TYPE_STRING);
  g_value_set_string (result, peal_sql_text (statement, 0));
  return TRUE;
}

static DexFuture *
tell_chosen_cb (DexFuture *future, gpointer data)
{
  const GValue *open_id = dex_future_get_value (future, NULL);

  peal_accounts_emit_changed (data, g_value_get_string (open_id));
  return dex_future_new_true ();
}

DexFuture *
peal_accounts_set_share_type (PealAccounts *self, gint64 account, PealShareType share_type)
{
  Choice *choice = NULL;

  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));

  choice = g_new0 (Choice, 1);
  choice->account = account;
  choice->share_type = share_type;
  return dex_future_then (peal_database_run (self->database, write_share_type, choice, g_free),
                          tell_chosen_cb, g_object_ref (self), g_object_unref);
}
