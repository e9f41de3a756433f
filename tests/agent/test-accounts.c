/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-accounts-fixture.h"

#include "peal-error.h"
#include "peal-wait.h"

typedef AccountsFixture F;

static gint64
adopt (F *f, PealEnvironment environment, const char *open_id, const char *username)
{
  g_autoptr (PealTokens) tokens = accounts_fixture_new_tokens (f, 1);
  PealUser user = { .username = (char *)username, .is_verified = 1 };

  g_set_str (&tokens->open_id, open_id);
  return peal_wait_int64 (peal_accounts_adopt (f->accounts, environment, 0, tokens, &user));
}

static void
assert_text (GVariant *dict, const char *name, const char *expected)
{
  const char *found = NULL;

  g_variant_lookup (dict, name, "&s", &found);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_apps (F *f, gconstpointer data)
{
  g_autoptr (GVariant) first = peal_wait_variant (peal_accounts_describe_apps (f->accounts));
  g_autoptr (GVariant) second = NULL;
  g_autofree char *printed = NULL;

  assert_text (first, "profile", "production");
  assert_text (first, "client_key_hint", "0001");
  assert_text (first, "default_share_type", "direct");
  accounts_fixture_set_app (f, PEAL_ENVIRONMENT_SANDBOX, "aw-sandbox-0002");
  g_assert_cmpint (peal_wait_int (peal_accounts_query_profile (f->accounts)), ==, PEAL_ENVIRONMENT_SANDBOX);
  second = peal_wait_variant (peal_accounts_describe_apps (f->accounts));
  printed = g_variant_print (second, FALSE);
  g_assert_nonnull (strstr (printed, "['production', 'sandbox']"));
  g_assert_null (strstr (printed, "aw-sandbox"));
  assert_text (second, "client_key_hint", "0002");
}

static void
test_apps_replaced (F *f, gconstpointer data)
{
  accounts_fixture_set_app (f, PEAL_ENVIRONMENT_PRODUCTION, "aw-production-0003");
  g_assert_cmpuint (peal_memory_vault_get_n_items (f->vault), ==, 2);
  peal_wait_ok (peal_accounts_forget_credentials (f->accounts, PEAL_ENVIRONMENT_PRODUCTION));
  g_assert_cmpuint (peal_memory_vault_get_n_items (f->vault), ==, 1);
  g_assert_cmpint (accounts_fixture_query (f, "SELECT count (*) FROM app"), ==, 0);
  peal_wait_ok (peal_accounts_forget_credentials (f->accounts, PEAL_ENVIRONMENT_PRODUCTION));
}

static void
test_apps_refused (F *f, gconstpointer data)
{
  g_autoptr (PealSecret) secret = peal_secret_new ("secret");
  g_autoptr (PealSecret) empty = peal_secret_new ("");

  peal_wait_error (peal_accounts_set_credentials (f->accounts, PEAL_ENVIRONMENT_SANDBOX, "", secret, 0),
                   PEAL_ERROR_INVALID, "client_key");
  peal_wait_error (peal_accounts_set_credentials (f->accounts, PEAL_ENVIRONMENT_SANDBOX, "a b", secret, 0),
                   PEAL_ERROR_INVALID, "client_key");
  peal_wait_error (peal_accounts_set_credentials (f->accounts, PEAL_ENVIRONMENT_SANDBOX, "ab", empty, 0),
                   PEAL_ERROR_INVALID, "client_secret");
  peal_memory_vault_set_state (f->vault, PEAL_VAULT_MISSING);
  peal_wait_error (peal_accounts_set_credentials (f->accounts, PEAL_ENVIRONMENT_SANDBOX, "ab", secret, 0),
                   PEAL_ERROR_KEYRING_MISSING, "keyring_missing");
  peal_memory_vault_set_state (f->vault, PEAL_VAULT_LOCKED);
  peal_wait_error (peal_accounts_forget_credentials (f->accounts, PEAL_ENVIRONMENT_PRODUCTION),
                   PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
  g_assert_cmpint (accounts_fixture_query (f, "SELECT count (*) FROM app"), ==, 1);
}

static void
test_list (F *f, gconstpointer data)
{
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) first = NULL;
  g_autofree char *printed = NULL;

  peal_wait_int64 (peal_accounts_resolve (f->accounts, PEAL_FAKE_OPEN_ID));
  g_assert_cmpint (accounts_fixture_query (f, "INSERT INTO account_sample VALUES (1, 5, 10, NULL, 30, 0), "
                                              "(1, 4, 9, 9, 9, 9) RETURNING 1"),
                   ==, 1);
  list = peal_wait_variant (peal_accounts_list (f->accounts));
  g_assert_true (g_variant_is_of_type (list, G_VARIANT_TYPE ("aa{sv}")));
  g_assert_cmpuint (g_variant_n_children (list), ==, 1);
  first = g_variant_get_child_value (list, 0);
  assert_text (first, "open_id", PEAL_FAKE_OPEN_ID);
  assert_text (first, "username", "mara.bakes");
  assert_text (first, "environment", "production");
  assert_text (first, "state", "connected");
  assert_text (first, "share_type", "direct");
  printed = g_variant_print (first, FALSE);
  g_assert_nonnull (strstr (printed, "'follower_count': <int64 10>"));
  g_assert_nonnull (strstr (printed, "'video_count': <int64 0>"));
  g_assert_nonnull (strstr (printed, "'sampled_at': <int64 5>"));
  g_assert_nonnull (strstr (printed, "'scopes': <['user.info.basic', "));
  g_assert_null (strstr (printed, "following_count"));
  g_assert_null (strstr (printed, "is_verified"));
  g_assert_null (strstr (printed, "avatar_url"));
}

static void
test_resolve (F *f, gconstpointer data)
{
  gint64 other;

  g_assert_cmpint (peal_wait_int64 (peal_accounts_resolve (f->accounts, "@Mara.Bakes")), ==, f->account);
  peal_wait_error (peal_accounts_resolve (f->accounts, "@nobody"), PEAL_ERROR_INVALID, "account_unknown");
  peal_wait_error (peal_accounts_resolve (f->accounts, "mara.bakes"), PEAL_ERROR_INVALID, "account_unknown");
  accounts_fixture_set_app (f, PEAL_ENVIRONMENT_SANDBOX, "aw-sandbox-0002");
  other = adopt (f, PEAL_ENVIRONMENT_SANDBOX, "-000Sandbox", "mara.bakes");
  peal_wait_error (peal_accounts_resolve (f->accounts, "@mara.bakes"), PEAL_ERROR_INVALID,
                   "account_ambiguous");
  peal_wait_boolean (peal_accounts_disconnect (f->accounts, f->account));
  g_assert_cmpint (peal_wait_int64 (peal_accounts_resolve (f->accounts, "@mara.bakes")), ==, other);
  g_assert_cmpint (peal_wait_int64 (peal_accounts_resolve (f->accounts, PEAL_FAKE_OPEN_ID)), ==, f->account);
}

/* Each account's tokens belong to the app of its environment, whatever the profile is. */
static void
test_environment (F *f, gconstpointer data)
{
  g_autoptr (PealAccess) access = NULL;

  accounts_fixture_set_app (f, PEAL_ENVIRONMENT_SANDBOX, "aw-sandbox-0002");
  peal_fake_clock_advance (f->clock, 125 * G_TIME_SPAN_MINUTE);
  access = peal_wait_boxed (peal_accounts_get_access (f->accounts, f->account, 0));
  g_assert_cmpstr (peal_fake_tiktok_get_client_key (f->tiktok), ==, "aw-production-0001");
}

static void
test_disconnect (F *f, gconstpointer data)
{
  g_assert_true (peal_wait_boolean (peal_accounts_disconnect (f->accounts, f->account)));
  g_assert_cmpuint (peal_fake_tiktok_get_n_revoked (f->tiktok), ==, 1);
  g_assert_cmpuint (peal_memory_vault_get_n_items (f->vault), ==, 1);
  accounts_fixture_assert_state (f, "disconnected");
  peal_wait_error (peal_accounts_get_access (f->accounts, f->account, 0), PEAL_ERROR_AUTH, "reconnect");
  g_assert_false (peal_wait_boolean (peal_accounts_disconnect (f->accounts, f->account)));
}

static void
test_disconnect_expired (F *f, gconstpointer data)
{
  peal_fake_clock_advance (f->clock, 3 * G_TIME_SPAN_HOUR);
  g_assert_true (peal_wait_boolean (peal_accounts_disconnect (f->accounts, f->account)));
  g_assert_cmpuint (peal_fake_tiktok_get_n_refreshes (f->tiktok), ==, 1);
}

/* Whatever TikTok says, our tokens go; but not while they cannot be deleted. */
static void
test_disconnect_refused (F *f, gconstpointer data)
{
  peal_fake_clock_advance (f->clock, 3 * G_TIME_SPAN_HOUR);
  peal_memory_vault_set_state (f->vault, PEAL_VAULT_LOCKED);
  peal_wait_error (peal_accounts_disconnect (f->accounts, f->account), PEAL_ERROR_KEYRING_LOCKED,
                   "keyring_locked");
  accounts_fixture_assert_state (f, "connected");
  peal_memory_vault_set_state (f->vault, PEAL_VAULT_UNLOCKED);
  peal_fake_tiktok_revoke (f->tiktok);
  g_assert_false (peal_wait_boolean (peal_accounts_disconnect (f->accounts, f->account)));
  accounts_fixture_assert_state (f, "disconnected");
  g_assert_cmpuint (peal_memory_vault_get_n_items (f->vault), ==, 1);
}

static void
test_new_account (F *f, gconstpointer data)
{
  g_assert_cmpint (accounts_fixture_query (f, "SELECT count (*) FROM slot WHERE minute = 1080"), ==, 7);
  g_assert_cmpint (accounts_fixture_query (f, "SELECT next_sync = connected_at FROM account"), ==, 1);
  g_assert_cmpint (
      accounts_fixture_query (f, "SELECT count (*) FROM account WHERE vault_key LIKE '%FakeOpenId%'"), ==, 0);
}

static void
count_changed_cb (PealAccounts *accounts, const char *open_id, gpointer data)
{
  g_assert_cmpstr (open_id, ==, PEAL_FAKE_OPEN_ID);
  ++*(guint *)data;
}

static void
test_share_type (F *f, gconstpointer data)
{
  guint n = 0;

  g_signal_connect (f->accounts, "changed", G_CALLBACK (count_changed_cb), &n);
  peal_wait_ok (peal_accounts_set_share_type (f->accounts, f->account, PEAL_SHARE_INBOX));
  g_assert_cmpint (accounts_fixture_query (f, "SELECT share_type = 'inbox' FROM account"), ==, 1);
  g_assert_cmpuint (n, ==, 1);
  peal_wait_error (peal_accounts_set_share_type (f->accounts, f->account + 1, PEAL_SHARE_DIRECT),
                   PEAL_ERROR_INVALID, "account_unknown");
  g_assert_cmpint (accounts_fixture_query (f, "SELECT share_type = 'inbox' FROM account"), ==, 1);
  g_assert_cmpuint (n, ==, 1);
  g_signal_handlers_disconnect_by_func (f->accounts, count_changed_cb, &n);
}

#define ADD(name, func)                                                                                      \
  g_test_add ("/accounts/" name, F, NULL, accounts_fixture_set_up, func, accounts_fixture_tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("apps", test_apps);
  ADD ("apps-replaced", test_apps_replaced);
  ADD ("apps-refused", test_apps_refused);
  ADD ("list", test_list);
  ADD ("resolve", test_resolve);
  ADD ("environment", test_environment);
  ADD ("disconnect", test_disconnect);
  ADD ("disconnect-expired", test_disconnect_expired);
  ADD ("disconnect-refused", test_disconnect_refused);
  ADD ("new-account", test_new_account);
  ADD ("share-type", test_share_type);
  return g_test_run ();
}
