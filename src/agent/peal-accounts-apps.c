/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-accounts-private.h"

#include <string.h>

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-random.h"
#include "peal-settings.h"

#define PROFILE_SETTING "profile"
#define MAX_CLIENT_KEY 256
#define HINT_LENGTH 4

typedef struct
{
  PealAccounts *accounts;
  PealEnvironment environment;
  char *client_key;
  char *vault_key;
  PealSecret *secret;
  PealShareType share_type;
  gint64 now_us;
} AppCall;

static void
app_call_free (AppCall *call)
{
  g_clear_object (&call->accounts);
  g_clear_pointer (&call->secret, peal_secret_unref);
  g_free (call->client_key);
  g_free (call->vault_key);
  g_free (call);
}

static AppCall *
app_call_new (PealAccounts *accounts, PealEnvironment environment)
{
  AppCall *call = g_new0 (AppCall, 1);

  call->accounts = g_object_ref (accounts);
  call->environment = environment;
  call->now_us = peal_clock_get_real_us (accounts->clock);
  return call;
}

static PealEnvironment
read_profile (sqlite3 *db)
{
  g_autofree char *text = NULL;
  PealEnvironment profile = PEAL_ENVIRONMENT_PRODUCTION;

  return peal_settings_read (db, PROFILE_SETTING, &text, NULL) && text != NULL
                 && peal_environment_from_string (text, &profile)
             ? profile
             : PEAL_ENVIRONMENT_PRODUCTION;
}

/* Resolves to the key in the vault of what was there before, or "". */
static gboolean
read_old_key (sqlite3 *db, const char *environment, GValue *result, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      peal_sql_query (db, error, "SELECT vault_key FROM app WHERE environment = ?", "s", environment);

  if (statement == NULL)
    return FALSE;
  g_value_init (result, G_TYPE_STRING);
  if (peal_sql_step (statement, error))
    g_value_set_string (result, peal_sql_text (statement, 0));
  else
    g_value_set_static_string (result, "");
  return *error == NULL;
}

static gboolean
write_app (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  AppCall *call = data;
  const char *environment = peal_environment_to_string (call->environment);

  return read_old_key (db, environment, result, error)
         && peal_sql_exec (db, error,
                           "INSERT INTO app (environment, client_key, vault_key, share_type, set_at) "
                           "VALUES (?, ?, ?, ?, ?) ON CONFLICT (environment) DO UPDATE SET "
                           "client_key = excluded.client_key, vault_key = excluded.vault_key, "
                           "share_type = excluded.share_type, set_at = excluded.set_at",
                           "ssssi", environment, call->client_key, call->vault_key,
                           peal_share_type_to_string (call->share_type), call->now_us)
         && peal_settings_write (db, PROFILE_SETTING, environment, error);
}

/* An item that nothing points to any more is litter, and no reason to fail. */
static void
await_removal (PealAccounts *self, const char *vault_key)
{
  g_autoptr (GError) error = NULL;

  if (vault_key != NULL && vault_key[0] != '\0'
      && !dex_await (peal_vault_remove (self->vault, vault_key), &error))
    g_debug ("Could not remove an old item: %s", error->message);
}

static DexFuture *
set_credentials_fiber (gpointer data)
{
  AppCall *call = data;
  g_autofree char *old_key = NULL;
  g_autoptr (GError) error = NULL;

  if (!dex_await (peal_vault_store_secret (call->accounts->vault, call->vault_key, call->secret), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!(old_key =
            dex_await_string (peal_database_run (call->accounts->database, write_app, call, NULL), &error)))
    {
      await_removal (call->accounts, call->vault_key);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  await_removal (call->accounts, old_key);
  peal_accounts_emit_settings_changed (call->accounts);
  return dex_future_new_true ();
}

static gboolean
is_client_key (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return length > 0 && length <= MAX_CLIENT_KEY;
}

DexFuture *
peal_accounts_set_credentials (PealAccounts *self,
                               PealEnvironment environment,
                               const char *client_key,
                               PealSecret *secret,
                               PealShareType share_type)
{
  AppCall *call = NULL;

  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));
  dex_return_error_if_fail (client_key != NULL);
  dex_return_error_if_fail (secret != NULL);

  if (!is_client_key (client_key))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "client_key", "This is no client key"));
  if (peal_secret_get_length (secret) == 0)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "client_secret", "The client secret is empty"));
  call = app_call_new (self, environment);
  call->client_key = g_strdup (client_key);
  call->vault_key = peal_random_uuid ();
  call->secret = peal_secret_ref (secret);
  call->share_type = share_type;
  return peal_fiber_spawn_to_end (set_credentials_fiber, call, (GDestroyNotify)app_call_free);
}

static gboolean
read_key (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  AppCall *call = data;

  return read_old_key (db, peal_environment_to_string (call->environment), result, error);
}

static gboolean
delete_app (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  AppCall *call = data;

  return peal_sql_exec (db, error, "DELETE FROM app WHERE environment = ?", "s",
                        peal_environment_to_string (call->environment));
}

/* The secret goes first: while the keyring is locked nothing is forgotten that still lies there. */
static DexFuture *
forget_credentials_fiber (gpointer data)
{
  AppCall *call = data;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  if (!(key = dex_await_string (peal_database_run (call->accounts->database, read_key, call, NULL), &error))
      || (key[0] != '\0' && !dex_await (peal_vault_remove (call->accounts->vault, key), &error))
      || !dex_await (peal_database_run (call->accounts->database, delete_app, call, NULL), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  peal_accounts_emit_settings_changed (call->accounts);
  return dex_future_new_true ();
}

DexFuture *
peal_accounts_forget_credentials (PealAccounts *self, PealEnvironment environment)
{
  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));

  return peal_fiber_spawn_to_end (forget_credentials_fiber, app_call_new (self, environment),
                                  (GDestroyNotify)app_call_free);
}

static void
insert_hint (GVariantDict *dict, const char *client_key)
{
  gsize length = strlen (client_key);

  /* A short key would be half told. */
  if (length >= 3 * HINT_LENGTH)
    g_variant_dict_insert (dict, "client_key_hint", "s", client_key + length - HINT_LENGTH);
}

static gboolean
describe_apps (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = peal_sql_query (
      db, error, "SELECT environment, client_key, share_type FROM app ORDER BY environment", "");
  g_autoptr (GVariantBuilder) environments = g_variant_builder_new (G_VARIANT_TYPE ("as"));
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  const char *profile = peal_environment_to_string (read_profile (db));

  if (statement == NULL)
    return FALSE;
  g_variant_dict_insert (&dict, "profile", "s", profile);
  while (peal_sql_step (statement, error))
    {
      g_variant_builder_add (environments, "s", peal_sql_text (statement, 0));
      if (!g_str_equal (peal_sql_text (statement, 0), profile))
        continue;
      insert_hint (&dict, peal_sql_text (statement, 1));
      g_variant_dict_insert (&dict, "default_share_type", "s", peal_sql_text (statement, 2));
    }
  if (*error != NULL)
    return FALSE;
  g_variant_dict_insert_value (&dict, "credentials", g_variant_builder_end (environments));
  g_value_init (result, G_TYPE_VARIANT);
  g_value_set_variant (result, g_variant_dict_end (&dict));
  return TRUE;
}

DexFuture *
peal_accounts_describe_apps (PealAccounts *self)
{
  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));

  return peal_database_run (self->database, describe_apps, NULL, NULL);
}

static gboolean
query_profile (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_value_init (result, G_TYPE_INT);
  g_value_set_int (result, read_profile (db));
  return TRUE;
}

DexFuture *
peal_accounts_query_profile (PealAccounts *self)
{
  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (self));

  return peal_database_run (self->database, query_profile, NULL, NULL);
}

static gboolean
read_app (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  AppCall *call = data;
  g_autoptr (sqlite3_stmt) statement =
      peal_sql_query (db, error, "SELECT client_key, vault_key FROM app WHERE environment = ?", "s",
                      peal_environment_to_string (call->environment));

  if (statement == NULL)
    return FALSE;
  if (peal_sql_step (statement, error))
    {
      call->client_key = peal_sql_dup_text (statement, 0);
      call->vault_key = peal_sql_dup_text (statement, 1);
    }
  return *error == NULL;
}

static DexFuture *
load_app_fiber (gpointer data)
{
  AppCall *call = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (peal_database_run (call->accounts->database, read_app, call, NULL), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (call->client_key != NULL)
    call->secret = dex_await_boxed (peal_vault_load_secret (call->accounts->vault, call->vault_key), &error);
  if (call->secret != NULL)
    return dex_future_new_take_boxed (PEAL_TYPE_APP_CREDENTIALS,
                                      peal_app_credentials_new (call->client_key, call->secret));
  /* A lost key secret is asked for again; it says nothing about the accounts. */
  if (error == NULL || peal_accounts_error_is_lost (error))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "no_credentials", "There is no app key for this environment"));
  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
peal_accounts_load_app (PealAccounts *self, PealEnvironment environment)
{
  return peal_fiber_spawn_to_end (load_app_fiber, app_call_new (self, environment),
                                  (GDestroyNotify)app_call_free);
}
