/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-accounts-fixture.h"

#include "peal-error.h"
#include "peal-tiktok-user.h"
#include "peal-wait.h"

typedef AccountsFixture F;

static DexFuture *
get_access (F *f)
{
  return peal_accounts_get_access (f->accounts, f->account, 0);
}

static void
assert_access (F *f, guint generation)
{
  accounts_fixture_assert_token (peal_wait_boxed (get_access (f)), generation);
}

static void
pass (F *f, gint64 minutes)
{
  peal_fake_clock_advance (f->clock, minutes * G_TIME_SPAN_MINUTE);
}

static guint
refreshes (F *f)
{
  return peal_fake_tiktok_get_n_refreshes (f->tiktok);
}

/* A tenth of two hours is twelve minutes. */
static void
test_when (F *f, gconstpointer data)
{
  pass (f, 107);
  assert_access (f, 1);
  g_assert_cmpuint (refreshes (f), ==, 0);
  pass (f, 2);
  assert_access (f, 2);
  assert_access (f, 2);
  g_assert_cmpuint (refreshes (f), ==, 1);
}

static void
test_needed (F *f, gconstpointer data)
{
  pass (f, 60);
  assert_access (f, 1);
  accounts_fixture_assert_token (
      peal_wait_boxed (peal_accounts_get_access (f->accounts, f->account, 61 * 60)), 2);
  /* More than any token lives: once is enough. */
  accounts_fixture_assert_token (peal_wait_boxed (peal_accounts_get_access (f->accounts, f->account, 9000)),
                                 2);
  g_assert_cmpuint (refreshes (f), ==, 1);
}

static void
test_single_flight (F *f, gconstpointer data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (dex_unref);

  pass (f, 115);
  for (guint i = 0; i < 8; i++)
    g_ptr_array_add (all, get_access (f));
  peal_wait_ok (dex_future_allv ((DexFuture **)all->pdata, all->len));
  g_assert_cmpuint (refreshes (f), ==, 1);
  assert_access (f, 2);
}

static void
test_stored_first (F *f, gconstpointer data)
{
  g_autoptr (PealAccounts) second = NULL;

  pass (f, 115);
  assert_access (f, 2);
  second = peal_accounts_new (f->database, PEAL_VAULT (f->vault), f->client, PEAL_CLOCK (f->clock));
  accounts_fixture_assert_token (peal_wait_boxed (peal_accounts_get_access (second, f->account, 0)), 2);
  g_assert_cmpuint (refreshes (f), ==, 1);
}

static void
test_lost_request (F *f, gconstpointer data)
{
  pass (f, 115);
  peal_fake_tiktok_set_fault (f->tiktok, PEAL_FAKE_FAULT_LOST_REQUEST);
  assert_access (f, 2);
  g_assert_cmpuint (refreshes (f), ==, 2);
}

static void
test_lost_answer (F *f, gconstpointer data)
{
  pass (f, 115);
  peal_fake_tiktok_set_fault (f->tiktok, PEAL_FAKE_FAULT_LOST_ANSWER);
  peal_wait_error (get_access (f), PEAL_ERROR_AUTH, "reconnect");
  g_assert_cmpuint (refreshes (f), ==, 2);
  accounts_fixture_assert_state (f, "reconnect");
}

static void
test_invalid_grant (F *f, gconstpointer data)
{
  pass (f, 115);
  peal_fake_tiktok_revoke (f->tiktok);
  peal_wait_error (get_access (f), PEAL_ERROR_AUTH, "reconnect");
  accounts_fixture_assert_state (f, "reconnect");
  peal_wait_error (get_access (f), PEAL_ERROR_AUTH, "reconnect");
  g_assert_cmpuint (refreshes (f), ==, 1);
}

static char *
dup_vault_key (F *f)
{
  g_autoptr (PealAccountRow) row = peal_wait_boxed (peal_accounts_load_row (f->accounts, f->account));

  return g_strdup (row->vault_key);
}

static void
rotate_elsewhere (gpointer data)
{
  F *f = data;
  g_autofree char *key = dup_vault_key (f);
  g_autoptr (PealTokens) tokens = accounts_fixture_new_tokens (f, 7);

  peal_wait_ok (peal_vault_store_tokens (PEAL_VAULT (f->vault), key, tokens));
  peal_fake_tiktok_set_generation (f->tiktok, 7);
}

/* Another process was faster: the vault is asked before and, after a refusal, once more. */
static void
test_rotated_before (F *f, gconstpointer data)
{
  assert_access (f, 1);
  pass (f, 115);
  rotate_elsewhere (f);
  assert_access (f, 7);
  g_assert_cmpuint (refreshes (f), ==, 0);
}

static void
test_rotated_meanwhile (F *f, gconstpointer data)
{
  pass (f, 115);
  peal_fake_tiktok_set_hook (f->tiktok, rotate_elsewhere, f);
  assert_access (f, 8);
  g_assert_cmpuint (refreshes (f), ==, 2);
  accounts_fixture_assert_state (f, "connected");
}

static void
test_server_error (F *f, gconstpointer data)
{
  pass (f, 115);
  peal_fake_tiktok_set_fault (f->tiktok, PEAL_FAKE_FAULT_SERVER);
  assert_access (f, 1);
  pass (f, 10);
  peal_fake_tiktok_set_fault (f->tiktok, PEAL_FAKE_FAULT_SERVER);
  g_assert_false (peal_wait (get_access (f), NULL));
  accounts_fixture_assert_state (f, "connected");
  assert_access (f, 2);
}

static void
test_other_user (F *f, gconstpointer data)
{
  pass (f, 125);
  peal_fake_tiktok_set_fault (f->tiktok, PEAL_FAKE_FAULT_OTHER_USER);
  peal_wait_error (get_access (f), PEAL_ERROR_PROTOCOL, "open_id_changed");
}

/* Nothing is asked of TikTok while its answer could not be kept. */
static void
test_locked (F *f, gconstpointer data)
{
  assert_access (f, 1);
  pass (f, 115);
  peal_memory_vault_set_state (f->vault, PEAL_VAULT_LOCKED);
  assert_access (f, 1);
  pass (f, 10);
  peal_wait_error (get_access (f), PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
  peal_memory_vault_set_state (f->vault, PEAL_VAULT_MISSING);
  peal_wait_error (get_access (f), PEAL_ERROR_KEYRING_MISSING, "keyring_missing");
  g_assert_cmpuint (refreshes (f), ==, 0);
  accounts_fixture_assert_state (f, "connected");
  peal_memory_vault_set_state (f->vault, PEAL_VAULT_UNLOCKED);
  assert_access (f, 2);
}

static void
test_not_writable (F *f, gconstpointer data)
{
  pass (f, 125);
  peal_memory_vault_set_read_only (f->vault, TRUE);
  peal_wait_error (get_access (f), PEAL_ERROR_KEYRING_MISSING, "keyring_failed");
  g_assert_cmpuint (refreshes (f), ==, 0);
}

static gboolean
is_saved (gpointer data)
{
  F *f = data;

  return !peal_accounts_has_unsaved (f->accounts);
}

/* The new tokens are kept in memory and offered again and again, at 1, 2, 4… s. */
static void
test_store_fails (F *f, gconstpointer data)
{
  pass (f, 125);
  peal_memory_vault_fail_stores (f->vault, G_MAXUINT);
  peal_wait_error (get_access (f), PEAL_ERROR_KEYRING_MISSING, "keyring_failed");
  g_assert_true (peal_accounts_has_unsaved (f->accounts));
  peal_wait_error (get_access (f), PEAL_ERROR_KEYRING_MISSING, "keyring_failed");
  accounts_fixture_assert_state (f, "connected");
  peal_memory_vault_fail_stores (f->vault, 0);
  peal_wait_idle ();
  g_assert_cmpint (peal_fake_clock_get_next_us (f->clock), ==, G_TIME_SPAN_SECOND);
  peal_fake_clock_advance (f->clock, G_TIME_SPAN_SECOND);
  peal_wait_until (is_saved, f);
  assert_access (f, 2);
  g_assert_cmpuint (refreshes (f), ==, 1);
}

/* Whoever asks does not wait for the next try. */
static void
test_store_fails_once (F *f, gconstpointer data)
{
  pass (f, 125);
  peal_memory_vault_fail_stores (f->vault, 1);
  peal_wait_error (get_access (f), PEAL_ERROR_KEYRING_MISSING, "keyring_failed");
  assert_access (f, 2);
  g_assert_false (peal_accounts_has_unsaved (f->accounts));
  peal_fake_clock_advance (f->clock, G_TIME_SPAN_SECOND);
  g_assert_cmpuint (refreshes (f), ==, 1);
}

static void
test_lost_item (F *f, gconstpointer data)
{
  peal_memory_vault_clear (f->vault);
  peal_wait_error (get_access (f), PEAL_ERROR_AUTH, "reconnect");
  accounts_fixture_assert_state (f, "reconnect");
}

static void
test_damaged_item (F *f, gconstpointer data)
{
  peal_memory_vault_damage (f->vault);
  peal_wait_error (get_access (f), PEAL_ERROR_AUTH, "reconnect");
  accounts_fixture_assert_state (f, "reconnect");
}

static void
test_lost_app_secret (F *f, gconstpointer data)
{
  pass (f, 125);
  peal_wait_ok (peal_accounts_forget_credentials (f->accounts, PEAL_ENVIRONMENT_PRODUCTION));
  peal_wait_error (get_access (f), PEAL_ERROR_INVALID, "no_credentials");
  accounts_fixture_assert_state (f, "connected");
}

static void
sign_in_again (gpointer data)
{
  F *f = data;
  g_autoptr (PealTokens) tokens = accounts_fixture_new_tokens (f, 20);
  PealUser user = { .open_id = (char *)PEAL_FAKE_OPEN_ID, .is_verified = -1 };

  peal_wait_ok (peal_accounts_adopt (f->accounts, PEAL_ENVIRONMENT_PRODUCTION, f->account, tokens, &user));
}

/* What a refresh brings for a sign-in that is no more must not bring back its item. */
static void
test_sign_in_meanwhile (F *f, gconstpointer data)
{
  pass (f, 125);
  peal_fake_tiktok_set_hook (f->tiktok, sign_in_again, f);
  assert_access (f, 20);
  g_assert_cmpuint (peal_memory_vault_get_n_items (f->vault), ==, 2);
}

static void
test_renew (F *f, gconstpointer data)
{
  g_autoptr (PealAccess) used = peal_wait_boxed (get_access (f));

  pass (f, 10);
  accounts_fixture_assert_token (peal_wait_boxed (peal_accounts_renew_access (f->accounts, f->account, used)),
                                 2);
  accounts_fixture_assert_token (peal_wait_boxed (peal_accounts_renew_access (f->accounts, f->account, used)),
                                 2);
  g_assert_cmpuint (refreshes (f), ==, 1);
}

static void
test_renew_twice (F *f, gconstpointer data)
{
  g_autoptr (PealAccess) used = peal_wait_boxed (get_access (f));
  g_autoptr (PealAccess) renewed = NULL;

  pass (f, 10);
  renewed = peal_wait_boxed (peal_accounts_renew_access (f->accounts, f->account, used));
  peal_wait_error (peal_accounts_renew_access (f->accounts, f->account, renewed), PEAL_ERROR_AUTH,
                   "reconnect");
  accounts_fixture_assert_state (f, "reconnect");
}

static DexFuture *
fetch_user (PealTiktokClient *client, const PealAccess *access, gpointer data)
{
  return peal_tiktok_fetch_user (client, access, NULL);
}

static DexFuture *
call (F *f)
{
  return peal_accounts_call (f->accounts, f->account, fetch_user, NULL, NULL);
}

static void
test_call (F *f, gconstpointer data)
{
  g_autoptr (PealUser) user = peal_wait_boxed (call (f));

  g_assert_cmpstr (user->open_id, ==, PEAL_FAKE_OPEN_ID);
  g_assert_cmpuint (peal_fake_tiktok_get_n_calls (f->tiktok), ==, 1);
}

static void
test_concurrent_401 (F *f, gconstpointer data)
{
  g_autofree char *key = dup_vault_key (f);
  g_autoptr (PealTokens) tokens = accounts_fixture_new_tokens (f, 1);

  /* Refused before its time, as when TikTok was told to forget it. */
  g_clear_pointer (&tokens->access_token, peal_secret_unref);
  tokens->access_token = peal_secret_new ("act.dead");
  peal_wait_ok (peal_vault_store_tokens (PEAL_VAULT (f->vault), key, tokens));
  pass (f, 10);
  peal_wait_ok (dex_future_all (call (f), call (f), NULL));
  g_assert_cmpuint (refreshes (f), ==, 1);
  g_assert_cmpuint (peal_fake_tiktok_get_n_calls (f->tiktok), ==, 4);
}

static void
test_always_401 (F *f, gconstpointer data)
{
  pass (f, 10);
  peal_fake_tiktok_set_refusing (f->tiktok, TRUE);
  peal_wait_error (call (f), PEAL_ERROR_AUTH, "reconnect");
  accounts_fixture_assert_state (f, "reconnect");
  g_assert_cmpuint (peal_fake_tiktok_get_n_calls (f->tiktok), ==, 2);
}

static void
test_unknown (F *f, gconstpointer data)
{
  peal_wait_error (peal_accounts_get_access (f->accounts, 4711, 0), PEAL_ERROR_INVALID, "account_unknown");
}

#define ADD(name, func)                                                                                      \
  g_test_add ("/accounts/tokens/" name, F, NULL, accounts_fixture_set_up, func, accounts_fixture_tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("when", test_when);
  ADD ("needed", test_needed);
  ADD ("single-flight", test_single_flight);
  ADD ("stored-first", test_stored_first);
  ADD ("lost-request", test_lost_request);
  ADD ("lost-answer", test_lost_answer);
  ADD ("invalid-grant", test_invalid_grant);
  ADD ("rotated-before", test_rotated_before);
  ADD ("rotated-meanwhile", test_rotated_meanwhile);
  ADD ("server-error", test_server_error);
  ADD ("other-user", test_other_user);
  ADD ("locked", test_locked);
  ADD ("not-writable", test_not_writable);
  ADD ("store-fails", test_store_fails);
  ADD ("store-fails-once", test_store_fails_once);
  ADD ("lost-item", test_lost_item);
  ADD ("damaged-item", test_damaged_item);
  ADD ("lost-app-secret", test_lost_app_secret);
  ADD ("sign-in-meanwhile", test_sign_in_meanwhile);
  ADD ("renew", test_renew);
  ADD ("renew-twice", test_renew_twice);
  ADD ("call", test_call);
  ADD ("concurrent-401", test_concurrent_401);
  ADD ("always-401", test_always_401);
  ADD ("unknown", test_unknown);
  return g_test_run ();
}
