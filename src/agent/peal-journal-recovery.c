/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-private.h"

/* An init whose answer was lost may still be under way at TikTok; it is harmless, but it counts against the
 * limit. */
#define LONGEST_POLL_PAUSE_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)
#define LONGEST_SYNC_PAUSE_US (G_GINT64_CONSTANT (2 * 3600) * G_USEC_PER_SEC)
#define LONGEST_RETRY_PAUSE_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define PAUSE_AFTER_LOST_INIT_US (10 * G_USEC_PER_SEC)

static const char *
get_proof (PealAttemptState state)
{
  return state == PEAL_ATTEMPT_INIT_SENT ? "never_known_url" : "never_armed";
}

gboolean
peal_journal_kill_attempt (sqlite3 *db, PealJournalJob *job, const PealAttemptRecord *attempt, GError **error)
{
  const char *proof = get_proof (attempt->state);
  g_autofree char *detail = peal_journal_detail ("attempt", "DEAD", "proof", proof, NULL);

  g_assert (!peal_attempt_is_armed (attempt->state));

  return peal_sql_exec_one (
             db, error,
             "UPDATE attempt SET state = 'DEAD', version = version + 1, proof = ?, next_poll = NULL, "
             "ended_at = ? WHERE id = ? AND state = ? AND version = ? AND armed_at IS NULL",
             "siisi", proof, job->now, attempt->id, peal_attempt_state_to_string (attempt->state),
             attempt->version)
         && peal_journal_add_event (db, job, attempt->post, attempt->id, "attempt_dead", detail, error);
}

/* The witness says that the last chunk was about to go out, though the database does not: the witness is
 * right. */
static gboolean
arm_from_witness (sqlite3 *db,
                  PealJournalJob *job,
                  const PealAttemptRecord *attempt,
                  gint64 armed_at,
                  GError **error)
{
  return peal_sql_exec_one (db, error,
                            "UPDATE attempt SET state = 'FINAL_ARMED', version = version + 1, armed_at = ?, "
                            "next_poll = ? WHERE id = ? AND version = ?",
                            "iiii", armed_at, job->now, attempt->id, attempt->version)
         && peal_journal_add_event (db, job, attempt->post, attempt->id, "armed_by_witness", NULL, error);
}

static gboolean
recover_attempt (sqlite3 *db, PealJournalJob *job, gint64 id, GError **error)
{
  g_autoptr (PealAttemptRecord) attempt = peal_journal_read_attempt (db, id, error);
  gint64 armed_at, next_try;

  if (attempt == NULL)
    return FALSE;
  if (peal_attempt_is_armed (attempt->state))
    return peal_sql_exec_one (db, error,
                              "UPDATE attempt SET next_poll = ?, version = version + 1 WHERE id = ?", "ii",
                              job->now, id);
  if (!peal_witness_find (job->journal->witness, attempt->uuid, &armed_at, error))
    return FALSE;
  if (attempt->publish_id != NULL && armed_at != -1)
    return arm_from_witness (db, job, attempt, armed_at, error);
  next_try = attempt->state == PEAL_ATTEMPT_INIT_SENT ? job->now + PAUSE_AFTER_LOST_INIT_US : -1;
  peal_journal_touch (job, attempt->post);
  return peal_journal_kill_attempt (db, job, attempt, error)
         && peal_sql_exec (
             db, error,
             "UPDATE post SET state = 'scheduled', next_try = ? WHERE id = ? AND state = 'publishing'", "oi",
             next_try, attempt->post);
}

static gboolean
recover_one (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;

  return recover_attempt (db, job, job->id, error);
}

gboolean
peal_journal_recover_attempt (PealJournal *self, gint64 attempt, GError **error)
{
  PealJournalJob *job = NULL;

  g_return_val_if_fail (PEAL_IS_JOURNAL (self), FALSE);

  job = peal_journal_job_new (self);
  job->id = attempt;
  return dex_await (peal_journal_run (self, recover_one, job), error);
}

/* Times that lie further ahead than any rule puts them come from before somebody set the clock back. */
static gboolean
rebase (sqlite3 *db, gint64 now, GError **error)
{
  return peal_sql_exec (db, error, "UPDATE attempt SET next_poll = ?1 WHERE next_poll > ?1", "i",
                        now + LONGEST_POLL_PAUSE_US)
         && peal_sql_exec (
             db, error,
             "UPDATE post SET next_try = min(next_try, ?2), preflight_at = NULL, preflight_asked = NULL "
             "WHERE state = 'scheduled' AND (next_try > ?2 OR preflight_asked > ?1)",
             "ii", now, now + LONGEST_RETRY_PAUSE_US)
         && peal_sql_exec (db, error, "UPDATE account SET next_sync = ?1 WHERE next_sync > ?1", "i",
                           now + LONGEST_SYNC_PAUSE_US);
}

static gboolean
recover (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  g_autoptr (GArray) live = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row = NULL;

  if (!peal_journal_match_witness (db, job, error)
      || !(row = peal_sql_query (db, error,
                                 "SELECT id FROM attempt WHERE state NOT IN ('PUBLISHED', 'INBOX', "
                                 "'FAILED_REMOTE', 'DEAD', 'UNKNOWN')",
                                 "")))
    return FALSE;
  while (peal_sql_step (row, &local))
    {
      gint64 id = sqlite3_column_int64 (row, 0);

      g_array_append_val (live, id);
    }
  for (guint i = 0; local == NULL && i < live->len; i++)
    recover_attempt (db, job, g_array_index (live, gint64, i), &local);
  if (local == NULL)
    return rebase (db, job->now, error)
           && peal_sql_exec (
               db, error,
               "UPDATE post SET state = 'scheduled' WHERE state = 'publishing' AND NOT EXISTS "
               "(SELECT 1 FROM attempt WHERE post_id = post.id AND state NOT IN ('DEAD', 'FAILED_REMOTE'))",
               "");
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
clock_was_set (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;

  return rebase (db, job->now, error) && peal_journal_release_held (db, job, "clock", error);
}

DexFuture *
peal_journal_note_clock_change (PealJournal *self)
{
  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  return peal_journal_run (self, clock_was_set, peal_journal_job_new (self));
}

/* What TikTok itself asked to wait for goes on waiting. */
static gboolean
network_changed (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;

  return peal_sql_exec (db, error,
                        "UPDATE post SET next_try = NULL WHERE state = 'scheduled' AND next_try > ? "
                        "AND error_reason IS NOT 'rate_limit_exceeded'",
                        "i", job->now);
}

DexFuture *
peal_journal_note_network_change (PealJournal *self)
{
  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  return peal_journal_run (self, network_changed, peal_journal_job_new (self));
}

gboolean
peal_journal_recover (PealJournal *self, GError **error)
{
  PealJournalJob *job = NULL;
  gboolean ok;

  g_return_val_if_fail (PEAL_IS_JOURNAL (self), FALSE);

  job = peal_journal_job_new (self);
  ok = peal_database_run_sync (self->database, recover, job, NULL, error);
  peal_journal_job_free (job);
  return ok;
}
