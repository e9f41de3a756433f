/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-sign-in-flow.h"

#include <libsoup/soup.h>

#include "peal-accounts-fixture.h"
#include "peal-error.h"
#include "peal-wait.h"

typedef AccountsFixture F;

static PealSignInFlow *
start (F *f, gint64 account)
{
  return peal_wait_object (peal_sign_in_flow_start (f->accounts, PEAL_ENVIRONMENT_PRODUCTION, account));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
}

/* What the browser does at the end: @query with the flow's own state. */
static void
come_back (PealSignInFlow *flow, const char *query)
{
  g_autoptr (GUri) uri = g_uri_parse (peal_sign_in_flow_get_authorize_url (flow), SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GHashTable) form = soup_form_decode (g_uri_get_query (uri));
  g_autofree char *address =
      g_strdup_printf ("%s?%s&state=%s", (char *)g_hash_table_lookup (form, "redirect_uri"), query,
                       (char *)g_hash_table_lookup (form, "state"));
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (SoupSession) browser = soup_session_new ();

  soup_session_send_and_read_async (browser, message, G_PRIORITY_DEFAULT, NULL, answered_cb, NULL);
}

static DexFuture *
run_with (PealSignInFlow *flow, const char *query)
{
  DexFuture *running = peal_sign_in_flow_run (flow, NULL);

  peal_wait_idle ();
  come_back (flow, query);
  return running;
}

static void
assert_unchanged (F *f)
{
  g_assert_cmpint (accounts_fixture_query (f, "SELECT count (*) FROM account"), ==, 1);
  g_assert_cmpuint (peal_memory_vault_get_n_items (f->vault), ==, 2);
  accounts_fixture_assert_state (f, "connected");
  g_assert_cmpuint (peal_memory_vault_get_n_stores (f->vault), ==, 1);
}

static void
remember_cb (PealAccounts *accounts, gint64 account, gint64 *connected)
{
  *connected = account;
}

static void
test_new (F *f, gconstpointer data)
{
  g_autoptr (PealSignInFlow) flow = NULL;
  gint64 connected = 0, account;

  peal_fake_tiktok_set_open_id (f->tiktok, "-000New");
  peal_fake_tiktok_set_scopes (f->tiktok, "user.info.basic,video.list");
  g_signal_connect (f->accounts, "connected", G_CALLBACK (remember_cb), &connected);
  flow = start (f, 0);
  account = peal_wait_int64 (run_with (flow, "code=abc%2A1&scopes=user.info.basic"));
  g_assert_cmpint (account, !=, f->account);
  g_assert_cmpint (connected, ==, account);
  g_assert_cmpuint (peal_memory_vault_get_n_items (f->vault), ==, 3);
  g_assert_cmpint (
      accounts_fixture_query (f, "SELECT count (*) FROM account WHERE open_id = '-000New' AND "
                                 "state = 'connected' AND scopes = 'user.info.basic,video.list' AND "
                                 "share_type = 'direct' AND username IS NULL AND "
                                 "display_name = 'Mara Bakes' AND signed_in_until IS NOT NULL"),
      ==, 1);
  g_assert_cmpint (accounts_fixture_query (f, "SELECT count (*) FROM slot"), ==, 14);
}

/* The row and the user's slots stay, the sign-in and its item are new. */
static void
test_again (F *f, gconstpointer data)
{
  g_autoptr (PealSignInFlow) flow = NULL;

  accounts_fixture_query (f, "DELETE FROM slot WHERE weekday > 1 RETURNING 1");
  accounts_fixture_query (f, "UPDATE account SET state = 'reconnect' RETURNING 1");
  flow = start (f, f->account);
  g_assert_cmpint (peal_wait_int64 (run_with (flow, "code=abc")), ==, f->account);
  accounts_fixture_assert_state (f, "connected");
  g_assert_cmpint (accounts_fixture_query (f, "SELECT count (*) FROM slot"), ==, 1);
  g_assert_cmpuint (peal_memory_vault_get_n_items (f->vault), ==, 2);
  accounts_fixture_assert_token (peal_wait_boxed (peal_accounts_get_access (f->accounts, f->account, 0)), 2);
}

static void
test_other_account (F *f, gconstpointer data)
{
  g_autoptr (PealSignInFlow) flow = NULL;

  peal_fake_tiktok_set_open_id (f->tiktok, "-000Other");
  flow = start (f, f->account);
  peal_wait_error (run_with (flow, "code=abc"), PEAL_ERROR_INVALID, "other_account");
  assert_unchanged (f);
}

static void
test_denied (F *f, gconstpointer data)
{
  g_autoptr (PealSignInFlow) flow = start (f, 0);

  peal_wait_error (run_with (flow, "error=access_denied&error_description=no"), PEAL_ERROR_REJECTED,
                   "access_denied");
  assert_unchanged (f);
}

static void
test_timeout (F *f, gconstpointer data)
{
  g_autoptr (PealSignInFlow) flow = start (f, 0);
  g_autoptr (DexFuture) running = peal_sign_in_flow_run (flow, NULL);

  peal_wait_idle ();
  peal_fake_clock_advance (f->clock, 10 * G_TIME_SPAN_MINUTE - 1);
  g_assert_true (dex_future_is_pending (running));
  peal_fake_clock_advance (f->clock, 1);
  peal_wait_error (g_steal_pointer (&running), PEAL_ERROR_INVALID, "connect_timeout");
  assert_unchanged (f);
}

static void
test_cancelled (F *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (PealSignInFlow) flow = start (f, 0);
  g_autoptr (DexFuture) running = peal_sign_in_flow_run (flow, cancellable);

  peal_wait_idle ();
  g_cancellable_cancel (cancellable);
  peal_wait_error (g_steal_pointer (&running), PEAL_ERROR_CANCELLED, "cancelled");
  assert_unchanged (f);
}

/* Refused before the user has done anything for it. */
static void
test_not_started (F *f, gconstpointer data)
{
  peal_wait_error (peal_sign_in_flow_start (f->accounts, PEAL_ENVIRONMENT_SANDBOX, 0), PEAL_ERROR_INVALID,
                   "no_credentials");
  peal_wait_error (peal_sign_in_flow_start (f->accounts, PEAL_ENVIRONMENT_PRODUCTION, 99), PEAL_ERROR_INVALID,
                   "account_unknown");
  peal_memory_vault_set_read_only (f->vault, TRUE);
  peal_wait_error (peal_sign_in_flow_start (f->accounts, PEAL_ENVIRONMENT_PRODUCTION, 0),
                   PEAL_ERROR_KEYRING_MISSING, "keyring_failed");
  peal_memory_vault_set_state (f->vault, PEAL_VAULT_LOCKED);
  peal_wait_error (peal_sign_in_flow_start (f->accounts, PEAL_ENVIRONMENT_PRODUCTION, 0),
                   PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
}

static void
test_exchange_fails (F *f, gconstpointer data)
{
  g_autoptr (PealSignInFlow) flow = start (f, 0);

  peal_fake_tiktok_set_fault (f->tiktok, PEAL_FAKE_FAULT_LOST_ANSWER);
  peal_wait_error (run_with (flow, "code=abc"), PEAL_ERROR_OUTCOME_UNKNOWN, "connection_lost");
  assert_unchanged (f);
}

static void
test_user_fails (F *f, gconstpointer data)
{
  g_autoptr (PealSignInFlow) flow = start (f, 0);

  peal_fake_tiktok_set_refusing (f->tiktok, TRUE);
  peal_wait_error (run_with (flow, "code=abc"), PEAL_ERROR_AUTH, "access_token_invalid");
  assert_unchanged (f);
}

static void
test_vault_fails (F *f, gconstpointer data)
{
  g_autoptr (PealSignInFlow) flow = start (f, 0);

  peal_fake_tiktok_set_open_id (f->tiktok, "-000New");
  peal_memory_vault_fail_stores (f->vault, 1);
  peal_wait_error (run_with (flow, "code=abc"), PEAL_ERROR_KEYRING_MISSING, "keyring_failed");
  g_assert_cmpint (accounts_fixture_query (f, "SELECT count (*) FROM account"), ==, 1);
}

static void
forget_app (gpointer data)
{
  F *f = data;

  accounts_fixture_query (f, "DELETE FROM app RETURNING 1");
}

/* A new account takes its share type from the app's row; without that the row fails, and its item goes again.
 */
static void
test_row_fails (F *f, gconstpointer data)
{
  g_autoptr (PealSignInFlow) flow = start (f, 0);

  peal_fake_tiktok_set_open_id (f->tiktok, "-000New");
  peal_fake_tiktok_set_hook (f->tiktok, forget_app, f);
  peal_wait_error (run_with (flow, "code=abc"), PEAL_ERROR_INVALID, "changed_meanwhile");
  g_assert_cmpuint (peal_memory_vault_get_n_stores (f->vault), ==, 2);
  g_assert_cmpuint (peal_memory_vault_get_n_items (f->vault), ==, 2);
  g_assert_cmpint (accounts_fixture_query (f, "SELECT count (*) FROM account"), ==, 1);
}

#define ADD(name, func)                                                                                      \
  g_test_add ("/sign-in-flow/" name, F, NULL, accounts_fixture_set_up, func, accounts_fixture_tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("new", test_new);
  ADD ("again", test_again);
  ADD ("other-account", test_other_account);
  ADD ("denied", test_denied);
  ADD ("timeout", test_timeout);
  ADD ("cancelled", test_cancelled);
  ADD ("not-started", test_not_started);
  ADD ("exchange-fails", test_exchange_fails);
  ADD ("user-fails", test_user_fails);
  ADD ("vault-fails", test_vault_fails);
  ADD ("row-fails", test_row_fails);
  return g_test_run ();
}
