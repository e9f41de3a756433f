/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-collector.h"

#include "peal-accounts-fixture.h"
#include "peal-error.h"
#include "peal-wait.h"

typedef struct
{
  AccountsFixture accounts;
  PealArchive *archive;
  PealCollector *collector;
  guint told;
} F;

static void
told_cb (PealCollector *collector, gint64 account, F *f)
{
  g_assert_cmpint (account, ==, f->accounts.account);
  f->told++;
}

static void
set_up (F *f, gconstpointer data)
{
  PealClock *clock;

  accounts_fixture_set_up (&f->accounts, data);
  clock = PEAL_CLOCK (f->accounts.clock);
  f->archive = peal_archive_new (f->accounts.database, clock);
  f->collector = peal_collector_new (f->accounts.accounts, f->archive, f->accounts.database, clock);
  g_signal_connect (f->collector, "account-changed", G_CALLBACK (told_cb), f);
  g_signal_connect (f->collector, "videos-changed", G_CALLBACK (told_cb), f);
}

/* A reading that was cancelled still ends, and holds on to both until then. */
static gboolean
is_alone (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

static void
tear_down (F *f, gconstpointer data)
{
  peal_wait_until (is_alone, f->collector);
  g_assert_finalize_object (g_steal_pointer (&f->collector));
  g_assert_finalize_object (g_steal_pointer (&f->archive));
  accounts_fixture_tear_down (&f->accounts, data);
}

static DexFuture *
read_now (F *f)
{
  return peal_collector_sync (f->collector, f->accounts.account, NULL);
}

static guint
await_count (DexFuture *future)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (DexFuture) owned = dex_ref (future);

  peal_wait_ok (future);
  return g_value_get_uint (dex_future_get_value (owned, NULL));
}

static gint64
query (F *f, const char *sql)
{
  return accounts_fixture_query (&f->accounts, sql);
}

static gint64
minutes_to_next (F *f)
{
  gint64 next = peal_wait_int64 (peal_collector_query_next (f->collector));

  return (next - peal_clock_get_real_us (PEAL_CLOCK (f->accounts.clock))) / G_TIME_SPAN_MINUTE;
}

static void
test_all (F *f, gconstpointer data)
{
  peal_fake_tiktok_set_videos (f->accounts.tiktok, 45, FALSE);
  g_assert_cmpint (minutes_to_next (f), ==, 0);
  g_assert_cmpuint (await_count (read_now (f)), ==, 45);
  g_assert_cmpint (query (f, "SELECT count (*) FROM video"), ==, 45);
  g_assert_cmpint (query (f, "SELECT count (*) FROM video_sample"), ==, 45);
  g_assert_cmpint (
      query (f, "SELECT count (*) FROM account_sample WHERE follower_count = 10 AND video_count IS NULL"), ==,
      1);
  /* One call for the user, three pages. */
  g_assert_cmpuint (peal_fake_tiktok_get_n_calls (f->accounts.tiktok), ==, 4);
  g_assert_cmpuint (f->told, ==, 2);
  g_assert_cmpint (minutes_to_next (f), >=, 60);
  g_assert_cmpint (minutes_to_next (f), <, 65);
}

/* A server that always has more, and shows the last page again and again. */
static void
test_circling (F *f, gconstpointer data)
{
  peal_fake_tiktok_set_videos (f->accounts.tiktok, 25, TRUE);
  g_assert_cmpuint (await_count (read_now (f)), ==, 25);
  g_assert_cmpuint (peal_fake_tiktok_get_n_calls (f->accounts.tiktok), <=, 4);
}

static void
test_deleted_video (F *f, gconstpointer data)
{
  peal_fake_tiktok_set_videos (f->accounts.tiktok, 3, FALSE);
  g_assert_cmpuint (await_count (read_now (f)), ==, 3);
  peal_fake_tiktok_set_videos (f->accounts.tiktok, 2, FALSE);
  g_assert_cmpuint (await_count (read_now (f)), ==, 2);
  g_assert_cmpint (query (f, "SELECT count (*) FROM video"), ==, 3);
}

static void
grant (F *f, PealScopes scopes, const char *text)
{
  g_autoptr (PealTokens) tokens = accounts_fixture_new_tokens (&f->accounts, 1);
  PealUser user = { .is_verified = -1 };

  tokens->scopes = scopes;
  peal_fake_tiktok_set_scopes (f->accounts.tiktok, text);
  peal_wait_ok (peal_accounts_adopt (f->accounts.accounts, PEAL_ENVIRONMENT_PRODUCTION, 0, tokens, &user));
}

static void
test_few_scopes (F *f, gconstpointer data)
{
  peal_fake_tiktok_set_videos (f->accounts.tiktok, 3, FALSE);
  grant (f, PEAL_SCOPE_USER_BASIC, "user.info.basic");
  g_assert_cmpuint (await_count (read_now (f)), ==, 0);
  g_assert_cmpint (query (f, "SELECT count (*) FROM account_sample"), ==, 0);
  g_assert_cmpuint (peal_fake_tiktok_get_n_calls (f->accounts.tiktok), ==, 1);
  g_assert_cmpint (minutes_to_next (f), >=, 60);
}

static void
test_joined (F *f, gconstpointer data)
{
  g_autoptr (DexFuture) first = read_now (f);
  g_autoptr (DexFuture) second = read_now (f);

  peal_fake_tiktok_set_videos (f->accounts.tiktok, 3, FALSE);
  g_assert_cmpuint (await_count (dex_ref (first)), ==, 3);
  g_assert_cmpuint (await_count (dex_ref (second)), ==, 3);
  g_assert_cmpuint (peal_fake_tiktok_get_n_calls (f->accounts.tiktok), ==, 2);
}

/* Whoever cancels only leaves; the reading ends when the last one has left. */
static void
test_cancelled (F *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) first = peal_collector_sync (f->collector, f->accounts.account, cancellable);
  g_autoptr (DexFuture) second = read_now (f);
  g_autoptr (DexFuture) third = NULL;

  peal_fake_tiktok_set_videos (f->accounts.tiktok, 3, FALSE);
  g_cancellable_cancel (cancellable);
  peal_wait_error (g_steal_pointer (&first), PEAL_ERROR_CANCELLED, "cancelled");
  g_assert_cmpuint (await_count (dex_ref (second)), ==, 3);
  third = peal_collector_sync (f->collector, f->accounts.account, cancellable);
  peal_wait_error (g_steal_pointer (&third), PEAL_ERROR_CANCELLED, "cancelled");
}

static void
test_pauses (F *f, gconstpointer data)
{
  static const gint64 pauses[] = { 5, 10, 20, 40, 60, 60, 60 };

  grant (f, PEAL_SCOPE_USER_BASIC, "user.info.basic");
  peal_memory_vault_set_state (f->accounts.vault, PEAL_VAULT_LOCKED);
  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++)
    {
      peal_wait_error (read_now (f), PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
      g_assert_cmpint (minutes_to_next (f), ==, pauses[i]);
    }
  peal_memory_vault_set_state (f->accounts.vault, PEAL_VAULT_UNLOCKED);
  peal_wait_ok (read_now (f));
  peal_memory_vault_set_state (f->accounts.vault, PEAL_VAULT_LOCKED);
  peal_fake_clock_advance (f->accounts.clock, 2 * G_TIME_SPAN_HOUR);
  peal_wait_error (read_now (f), PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
  g_assert_cmpint (minutes_to_next (f), ==, 5);
}

static gboolean
was_told (gpointer data)
{
  return ((F *)data)->told > 0;
}

static void
test_rescan (F *f, gconstpointer data)
{
  peal_collector_rescan (f->collector);
  peal_wait_ok (peal_collector_query_next (f->collector));
  /* What is being read is not due, or the wake-up would spin. */
  g_assert_cmpuint (f->told, ==, 0);
  g_assert_cmpint (minutes_to_next (f), >=, 60);
  peal_wait_until (was_told, f);
  peal_wait_ok (read_now (f));
  f->told = 0;
  g_assert_cmpint (minutes_to_next (f), >=, 60);
  peal_collector_rescan (f->collector);
  g_assert_cmpint (minutes_to_next (f), >=, 60);
  peal_wait_idle ();
  g_assert_cmpuint (f->told, ==, 0);
}

/* A dead or disconnected account is never due. */
static void
test_not_due (F *f, gconstpointer data)
{
  query (f, "UPDATE account SET state = 'reconnect' RETURNING 1");
  g_assert_cmpint (peal_wait_int64 (peal_collector_query_next (f->collector)), ==, G_MAXINT64);
  peal_collector_rescan (f->collector);
  peal_wait_error (read_now (f), PEAL_ERROR_AUTH, "reconnect");
  g_assert_cmpuint (peal_fake_tiktok_get_n_calls (f->accounts.tiktok), ==, 0);
}

#define ADD(name, func) g_test_add ("/collector/" name, F, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("all", test_all);
  ADD ("circling", test_circling);
  ADD ("deleted-video", test_deleted_video);
  ADD ("few-scopes", test_few_scopes);
  ADD ("joined", test_joined);
  ADD ("cancelled", test_cancelled);
  ADD ("pauses", test_pauses);
  ADD ("rescan", test_rescan);
  ADD ("not-due", test_not_due);
  return g_test_run ();
}
