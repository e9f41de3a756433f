/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-explorer-life-private.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "peal-database-lease.h"
#include "peal-settings.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR PEAL_LIFE_HOUR
#define LONGEST (30 * HOUR)
#define LONGEST_STEP (15 * MINUTE)
#define SMALL_BYTES 3000
#define LARGE_BYTES 13000
#define OPEN_ID "-000Mara"

PealLife peal_life;

PealRunPlan *
peal_life_get_run (void)
{
  return peal_life.run;
}

void
peal_life_begin (void)
{
  peal_life.n_under_way++;
}

void
peal_life_end (void)
{
  peal_life.n_under_way--;
}

/* From any thread. */
void
peal_life_point (const char *name)
{
  PealRunPlan *run = peal_life.run;
  guint n = (guint)g_atomic_int_add ((int *)&run->n_points, 1) + 1;

  if (n != run->at && n != run->crash_again_at)
    return;
  if (n == run->at)
    g_strlcpy (run->point, name, sizeof run->point);
  if (n == run->crash_again_at || run->deed == PEAL_DEED_CRASH)
    _exit (PEAL_CRASHED);
  if (g_main_context_is_owner (NULL) && peal_life.publisher != NULL)
    peal_life_act_cb (NULL);
  else
    g_idle_add_full (G_PRIORITY_HIGH, peal_life_act_cb, NULL, NULL);
}

/* The house */

static gboolean
read_text (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_autoptr (sqlite3_stmt) row = peal_sql_query (db, error, data, "");

  if (row == NULL)
    return FALSE;
  g_value_init (result, G_TYPE_STRING);
  g_value_take_string (result, peal_sql_step (row, NULL) ? peal_sql_dup_text (row, 0) : g_strdup (""));
  return TRUE;
}

static gboolean
exec (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  return sqlite3_exec (db, data, NULL, NULL, NULL) == SQLITE_OK || peal_sql_fail (db, 1, error);
}

/* (transfer full) */
static char *
query (const char *sql)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  peal_database_run_sync (peal_life.database, read_text, (gpointer)sql, &value, &error);
  g_assert_no_error (error);
  return g_value_dup_string (&value);
}

static void
settle (void)
{
  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      if (peal_life.n_under_way > 0)
        g_main_context_iteration (NULL, TRUE);
    }
  while (peal_life.n_under_way > 0 || g_main_context_pending (NULL));
}

static DexFuture *
await_settled (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  return future;
}

static void
await_ok (DexFuture *future)
{
  g_autoptr (DexFuture) done = await_settled (future);
  g_autoptr (GError) error = NULL;

  dex_future_get_value (done, &error);
  g_assert_no_error (error);
}

static PealTokens *
new_tokens (guint generation)
{
  PealTokens *tokens = g_new0 (PealTokens, 1);

  tokens->open_id = g_strdup (OPEN_ID);
  tokens->scopes = PEAL_SCOPE_USER_BASIC | PEAL_SCOPE_VIDEO_PUBLISH;
  tokens->access_token = peal_secret_new_take (g_strdup_printf ("act.%u", generation));
  tokens->refresh_token = peal_secret_new_take (g_strdup_printf ("rft.%u", generation));
  tokens->obtained_at_us = peal_life.run->stand_in.now - HOUR;
  tokens->access_expires_at_us = tokens->obtained_at_us + 48 * HOUR;
  tokens->refresh_expires_at_us = tokens->obtained_at_us + G_GINT64_CONSTANT (180 * 24) * HOUR;
  return tokens;
}

/* Signs in, for the first time or again: whatever was known before is worth nothing any more. */
static void
sign_in (void)
{
  PealUser user = { .open_id = (char *)OPEN_ID, .username = (char *)"mara.bakes", .is_verified = -1 };
  g_autoptr (PealTokens) tokens = new_tokens (++peal_life.run->stand_in.generation);

  await_ok (peal_accounts_adopt (peal_life.accounts, PEAL_ENVIRONMENT_PRODUCTION, 0, tokens, &user));
  await_ok (peal_journal_release_account (peal_life.journal, 1));
}

/* The vault is where the rows say that it is, and holds what was stored last. */
static void
fill_vault (void)
{
  g_autofree char *account = query ("SELECT vault_key FROM account WHERE state <> 'disconnected'");
  g_autofree char *app = query ("SELECT vault_key FROM app");
  g_autoptr (PealTokens) tokens = new_tokens (peal_life.run->stored_generation);
  g_autoptr (PealSecret) secret = peal_secret_new ("the app's secret");

  await_ok (peal_vault_store_secret (PEAL_VAULT (peal_life.vault), app, secret));
  if (account[0] != '\0')
    dex_unref (
        PEAL_VAULT_GET_IFACE (peal_life.vault)->store_tokens (PEAL_VAULT (peal_life.vault), account, tokens));
}

static void
looked_cb (PealPublisher *publisher, gint64 next, gpointer data)
{
  peal_life.next = next;
}

static void
log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if ((level & G_LOG_LEVEL_MASK) <= G_LOG_LEVEL_MESSAGE)
    g_log_default_handler (domain, level, message, data);
}

/* Nothing of the session, and nothing that takes long. */
static void
simplify (void)
{
  g_log_set_default_handler (log_cb, NULL);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_setenv ("GIO_USE_NETWORK_MONITOR", "base", TRUE);
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
}

static void
open_house (PealRunPlan *run)
{
  g_autofree char *data = g_build_filename (run->directory, "data", NULL);
  g_autofree char *state = g_build_filename (run->directory, "state", NULL);
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  PealLease lease = { 0 };

  peal_life.run = run;
  peal_life.next = G_MAXINT64;
  simplify ();
  dex_init ();
  peal_life.clock = peal_fake_clock_new (run->stand_in.now);
  peal_life.server = peal_stand_in_serve (&run->stand_in, peal_life_point);
  address = g_strdup_printf ("http://127.0.0.1:%u", run->stand_in.port);
  peal_life.client = peal_tiktok_client_new (address, PEAL_CLOCK (peal_life.clock), &error);
  g_assert_no_error (error);
  peal_life.database = peal_database_open (data, &error);
  g_assert_no_error (error);
  peal_lease_claim (peal_life.database, state, "machine", &lease, &error);
  g_assert_no_error (error);
  peal_life.journal =
      peal_journal_new (peal_life.database, peal_witness_open (state, NULL), PEAL_CLOCK (peal_life.clock));
  peal_journal_take_over (peal_life.journal, &lease, &error);
  g_assert_no_error (error);
  peal_life.vault = peal_memory_vault_new ();
  peal_life.accounts = peal_accounts_new (peal_life.database, PEAL_VAULT (peal_life.vault), peal_life.client,
                                          PEAL_CLOCK (peal_life.clock));
  peal_life.media_store =
      peal_media_store_new (peal_life.database, PEAL_CLOCK (peal_life.clock), run->media, &error);
  g_assert_no_error (error);
  peal_life.publisher = peal_publisher_new (peal_life.journal, peal_life.accounts, peal_life.media_store,
                                            peal_life.database, PEAL_CLOCK (peal_life.clock));
  g_signal_connect (peal_life.publisher, "looked", G_CALLBACK (looked_cb), NULL);
}

/* The rest of a run */

static void
read_outcome (PealRunPlan *run)
{
  g_autofree char *state = query ("SELECT state FROM post WHERE id = 1");
  g_autofree char *hold = query ("SELECT hold_reason FROM post WHERE id = 1");
  g_autofree char *live = query ("SELECT count(*) FROM attempt WHERE state NOT IN ('PUBLISHED', 'INBOX', "
                                 "'FAILED_REMOTE', 'DEAD', 'UNKNOWN')");
  g_autofree char *proofs = query ("SELECT coalesce(group_concat(coalesce(proof, state), ' '), '') FROM "
                                   "(SELECT * FROM attempt ORDER BY n)");
  g_autofree char *n = query ("SELECT count(*) FROM attempt");

  g_strlcpy (run->state, state, sizeof run->state);
  g_strlcpy (run->hold, hold, sizeof run->hold);
  g_strlcpy (run->proofs, proofs, sizeof run->proofs);
  run->n_attempts = (guint)g_ascii_strtoull (n, NULL, 10);
  run->is_over = g_str_equal (live, "0") && !g_str_equal (state, "scheduled")
                 && !g_str_equal (state, "publishing") && !g_str_equal (hold, "reconnect")
                 && !g_str_equal (hold, "clock") && !peal_publisher_is_busy (peal_life.publisher);
}

/* What a user, or the session, does sooner or later. TRUE where something was done. */
static gboolean
help (PealRunPlan *run)
{
  gint64 now = run->stand_in.now;

  if (run->wrong_until != 0 && now >= run->wrong_until)
    {
      run->stand_in.now -= run->stand_in.ahead_us;
      run->stand_in.ahead_us = run->wrong_until = 0;
      peal_fake_clock_set_real (peal_life.clock, run->stand_in.now);
      await_ok (peal_journal_note_clock_change (peal_life.journal));
    }
  else if (run->paused_until != 0 && now >= run->paused_until)
    {
      run->paused_until = 0;
      await_ok (peal_settings_set_paused (peal_life.database, FALSE));
    }
  else if (g_str_equal (run->hold, "reconnect"))
    {
      run->n_sign_ins++;
      sign_in ();
    }
  else
    return FALSE;
  peal_publisher_look (peal_life.publisher);
  return TRUE;
}

/* How much of it (µs). */
static gint64
let_time_pass (PealRunPlan *run)
{
  gint64 sleeper = peal_fake_clock_get_next_us (peal_life.clock);
  gint64 step = MIN (LONGEST_STEP, peal_life.next - run->stand_in.now);

  if (sleeper > 0)
    step = MIN (step, sleeper);
  if (run->wrong_until != 0 || run->paused_until != 0)
    step = MIN (step, MINUTE);
  step = MAX (step, 1000);
  peal_fake_clock_advance (peal_life.clock, step);
  run->stand_in.now = peal_clock_get_real_us (PEAL_CLOCK (peal_life.clock));
  peal_stand_in_update (&run->stand_in);
  peal_publisher_look (peal_life.publisher);
  return step;
}

void
peal_life_go_on (PealRunPlan *run)
{
  gint64 spent = 0;

  alarm (60);
  open_house (run);
  fill_vault ();
  if (run->is_large)
    peal_database_run_sync (peal_life.database, exec,
                            (gpointer) "UPDATE post SET media_id = 2 WHERE media_id = 1", NULL, NULL);
  peal_publisher_look (peal_life.publisher);
  for (;;)
    {
      settle ();
      read_outcome (run);
      if ((run->is_over && run->wrong_until == 0 && run->paused_until == 0)
          || peal_stand_in_count (&run->stand_in, NULL) > 1)
        _exit (0);
      if (!peal_life.is_ending && help (run))
        continue;
      spent += let_time_pass (run);
      if (spent > LONGEST)
        {
          run->is_stuck = TRUE;
          _exit (0);
        }
    }
}

/* The beginning of all runs */

static void
add_video (gint64 id, const char *name, gint64 size)
{
  g_autofree char *path = g_build_filename (peal_life.run->media, name, NULL);
  g_autofree char *bytes = g_malloc0 ((gsize)size);
  g_autofree char *digest = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  memcpy (bytes,
          "\0\0\0\x18"
          "ftypmp42",
          12);
  g_file_set_contents (path, bytes, size, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stat (path, &info), ==, 0);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, (gsize)size);
  sql = g_strdup_printf ("INSERT INTO media (id, uuid, name, sha256, size, inode, mtime_ns, ctime_ns, "
                         "container, video_codec, duration_us, "
                         "width, height, rotation, fps_num, fps_den, created_at) VALUES (%" G_GINT64_FORMAT
                         ", '%s', '%s.mp4', x'%s', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
                         ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
                         ", 'mp4', 'h264', 20000000, 1080, 1920, 0, 30, 1, 1)",
                         id, name, name, digest, size, (gint64)info.st_ino,
                         (gint64)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec,
                         (gint64)info.st_ctim.tv_sec * 1000000000 + info.st_ctim.tv_nsec);
  peal_database_run_sync (peal_life.database, exec, sql, NULL, &error);
  g_assert_no_error (error);
}

void
peal_life_prepare (PealRunPlan *run)
{
  g_autoptr (PealSecret) secret = peal_secret_new ("the app's secret");
  g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  GVariantDict options = G_VARIANT_DICT_INIT (NULL);
  const gint64 account = 1;

  open_house (run);
  await_ok (peal_accounts_set_credentials (peal_life.accounts, PEAL_ENVIRONMENT_PRODUCTION,
                                           "aw-explorer-0001", secret, PEAL_SHARE_DIRECT));
  sign_in ();
  add_video (1, "small", SMALL_BYTES);
  add_video (2, "large", LARGE_BYTES);
  g_array_append_val (accounts, account);
  g_variant_dict_insert (&options, "media", "x", G_GINT64_CONSTANT (1));
  g_variant_dict_insert (&options, "caption", "s", PEAL_RUN_CAPTION);
  g_variant_dict_insert (&options, "privacy_level", "s", "SELF_ONLY");
  g_variant_dict_insert (&options, "now", "b", TRUE);
  await_ok (peal_journal_add_posts (peal_life.journal, g_variant_dict_end (&options), accounts));
  settle ();
  peal_database_close (peal_life.database);
  _exit (0);
}
