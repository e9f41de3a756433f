/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-accounts-fixture.h"

#include <glib/gstdio.h>

#include "peal-wait.h"

void
accounts_fixture_set_app (AccountsFixture *self, PealEnvironment environment, const char *client_key)
{
  g_autoptr (PealSecret) secret = peal_secret_new ("the app's secret");

  peal_wait_ok (
      peal_accounts_set_credentials (self->accounts, environment, client_key, secret, PEAL_SHARE_DIRECT));
}

PealTokens *
accounts_fixture_new_tokens (AccountsFixture *self, guint generation)
{
  PealTokens *tokens = g_new0 (PealTokens, 1);

  tokens->open_id = g_strdup (PEAL_FAKE_OPEN_ID);
  tokens->scopes = PEAL_SCOPE_ALL & ~PEAL_SCOPE_VIDEO_UPLOAD;
  tokens->access_token = peal_secret_new_take (g_strdup_printf ("act.%u", generation));
  tokens->refresh_token = peal_secret_new_take (g_strdup_printf ("rft.%u", generation));
  tokens->obtained_at_us = peal_clock_get_real_us (PEAL_CLOCK (self->clock));
  tokens->access_expires_at_us = tokens->obtained_at_us + 2 * G_TIME_SPAN_HOUR;
  tokens->refresh_expires_at_us = tokens->obtained_at_us + 180 * G_TIME_SPAN_DAY;
  return tokens;
}

static gint64
add_account (AccountsFixture *self)
{
  g_autoptr (PealTokens) tokens = accounts_fixture_new_tokens (self, 1);
  PealUser user = {
    .open_id = (char *)PEAL_FAKE_OPEN_ID,
    .username = (char *)"mara.bakes",
    .display_name = (char *)"Mara Bakes",
    .is_verified = -1,
  };

  return peal_wait_int64 (
      peal_accounts_adopt (self->accounts, PEAL_ENVIRONMENT_PRODUCTION, 0, tokens, &user));
}

void
accounts_fixture_set_up (AccountsFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("peal-XXXXXX", &error);
  g_assert_no_error (error);
  self->database = peal_database_open (self->directory, &error);
  g_assert_no_error (error);
  self->vault = peal_memory_vault_new ();
  self->clock = peal_fake_clock_new_at ("2026-11-24T18:00:00Z");
  self->tiktok = peal_fake_tiktok_new ();
  self->client =
      peal_tiktok_client_new (peal_fake_tiktok_get_address (self->tiktok), PEAL_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  self->accounts =
      peal_accounts_new (self->database, PEAL_VAULT (self->vault), self->client, PEAL_CLOCK (self->clock));
  accounts_fixture_set_app (self, PEAL_ENVIRONMENT_PRODUCTION, "aw-production-0001");
  self->account = add_account (self);
}

void
accounts_fixture_tear_down (AccountsFixture *self, gconstpointer data)
{
  static const char *const names[] = { "peal.db", "peal.db-wal", "peal.db-shm", NULL };

  peal_wait_idle ();
  g_assert_finalize_object (g_steal_pointer (&self->accounts));
  g_clear_object (&self->client);
  g_clear_pointer (&self->tiktok, peal_fake_tiktok_free);
  peal_database_close (self->database);
  g_clear_object (&self->database);
  g_clear_object (&self->vault);
  g_clear_object (&self->clock);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (self->directory, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (self->directory);
  g_clear_pointer (&self->directory, g_free);
}

static gboolean
read_int (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  gint64 value = 0;

  if (!peal_sql_get_int (db, error, &value, -1, data, ""))
    return FALSE;
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, value);
  return TRUE;
}

gint64
accounts_fixture_query (AccountsFixture *self, const char *sql)
{
  return peal_wait_int64 (peal_database_run (self->database, read_int, g_strdup (sql), g_free));
}

void
accounts_fixture_assert_state (AccountsFixture *self, const char *state)
{
  g_autoptr (GVariant) account = peal_wait_variant (peal_accounts_describe (self->accounts, self->account));
  const char *found = NULL;

  g_assert_true (g_variant_lookup (account, "state", "&s", &found));
  g_assert_cmpstr (found, ==, state);
}

void
accounts_fixture_assert_token (PealAccess *access, guint generation)
{
  g_autoptr (PealSecret) expected = peal_secret_new_take (g_strdup_printf ("act.%u", generation));

  g_assert_true (peal_secret_equal (access->access_token, expected));
  g_assert_cmpstr (access->open_id, ==, PEAL_FAKE_OPEN_ID);
  peal_access_free (access);
}
