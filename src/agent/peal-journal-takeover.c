/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-private.h"

typedef gboolean (*PostFunc) (sqlite3 *db, PealJournalJob *job, gint64 post, GError **error);

/* Calls @func for each post that @sql selects with the argument @number. */
static gboolean
for_each_post (sqlite3 *db,
               PealJournalJob *job,
               const char *sql,
               gint64 number,
               PostFunc func,
               guint *count,
               GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row = peal_sql_query (db, &local, sql, "i", number);

  while (row != NULL && peal_sql_step (row, &local))
    {
      gint64 id = sqlite3_column_int64 (row, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; local == NULL && i < ids->len; i++)
    {
      func (db, job, g_array_index (ids, gint64, i), &local);
      peal_journal_touch (job, g_array_index (ids, gint64, i));
    }
  if (count != NULL)
    *count = ids->len;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
hold_post (sqlite3 *db, PealJournalJob *job, gint64 post, const char *reason, GError **error)
{
  g_autofree char *detail = peal_journal_detail ("hold_reason", reason, NULL);

  return peal_sql_exec_one (db, error,
                            "UPDATE post SET state = 'held', hold_reason = ?, version = version + 1, "
                            "next_try = NULL WHERE id = ?",
                            "si", reason, post)
         && peal_journal_add_event (db, job, post, -1, "held", detail, error);
}

static gboolean
hold_restored (sqlite3 *db, PealJournalJob *job, gint64 post, GError **error)
{
  return hold_post (db, job, post, "restored_backup", error);
}

/* The machine that had the data may have gone on with what was under way there. What has a publish id is
 * asked about after the adoption as if it had been handed over; what has none can never be asked about. */
static gboolean
freeze_attempt (sqlite3 *db, PealJournalJob *job, const PealAttemptRecord *attempt, GError **error)
{
  gboolean may_ask = attempt->publish_id != NULL;

  if (peal_attempt_is_armed (attempt->state) || !peal_attempt_is_live (attempt->state))
    return TRUE;
  return peal_sql_exec_one (db, error,
                            "UPDATE attempt SET state = ?, version = version + 1, armed_at = ?, next_poll = "
                            "?, ended_at = ? WHERE id = ? AND version = ?",
                            "soooii", may_ask ? "FINAL_ARMED" : "UNKNOWN",
                            may_ask ? job->now : G_GINT64_CONSTANT (-1),
                            may_ask ? job->now : G_GINT64_CONSTANT (-1),
                            may_ask ? G_GINT64_CONSTANT (-1) : job->now, attempt->id, attempt->version)
         && peal_journal_add_event (db, job, attempt->post, attempt->id, "adopted", NULL, error);
}

static gboolean
hold_adopted (sqlite3 *db, PealJournalJob *job, gint64 post, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_read_live_attempt (db, post, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return (attempt == NULL || freeze_attempt (db, job, attempt, error))
         && hold_post (db, job, post, "adopted_data", error);
}

static gboolean
hold_for_adoption (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  return for_each_post (
      db, data, "SELECT id FROM post WHERE ? = 0 AND state IN ('scheduled', 'publishing') ORDER BY id", 0,
      hold_adopted, NULL, error);
}

static gboolean
hold_past (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;

  return for_each_post (db, job, "SELECT id FROM post WHERE state = 'scheduled' AND due < ? ORDER BY id",
                        job->now, hold_restored, NULL, error);
}

static gboolean
run_sync (PealJournal *self, PealDatabaseFunc func, GError **error)
{
  PealJournalJob *job = peal_journal_job_new (self);
  gboolean ok = peal_database_run_sync (self->database, func, job, NULL, error);

  peal_journal_job_free (job);
  return ok;
}

gboolean
peal_journal_take_over (PealJournal *self, const PealLease *lease, GError **error)
{
  g_return_val_if_fail (PEAL_IS_JOURNAL (self), FALSE);
  g_return_val_if_fail (lease != NULL, FALSE);

  return (!lease->is_other_machine || run_sync (self, hold_for_adoption, error))
         && peal_journal_recover (self, error)
         && (!lease->is_rolled_back || run_sync (self, hold_past, error));
}

static gboolean
release (sqlite3 *db, PealJournalJob *job, gint64 post, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_read_live_attempt (db, post, &local);
  const char *state = attempt == NULL                         ? "scheduled"
                      : peal_attempt_is_live (attempt->state) ? "publishing"
                                                              : "needs_review";

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return peal_sql_exec_one (db, error,
                            "UPDATE post SET state = ?, hold_reason = '', version = version + 1, "
                            "preflight_at = NULL WHERE id = ?",
                            "si", state, post)
         && peal_sql_exec (db, error,
                           "UPDATE attempt SET next_poll = ?, version = version + 1 WHERE post_id = ? AND "
                           "state IN ('FINAL_ARMED', 'BYTES_SENT', 'PROCESSING')",
                           "ii", job->now, post)
         && peal_journal_add_event (db, job, post, -1, "adopted", NULL, error);
}

static gboolean
adopt (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  guint count = 0;

  if (!for_each_post (db, job,
                      "SELECT id FROM post WHERE ? = 0 AND state = 'held' AND hold_reason = 'adopted_data' "
                      "ORDER BY id",
                      0, release, &count, error)
      || !peal_lease_adopt (db, job->text, error))
    return FALSE;
  g_value_init (result, G_TYPE_UINT);
  g_value_set_uint (result, count);
  return TRUE;
}

DexFuture *
peal_journal_adopt (PealJournal *self, const char *machine)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));
  dex_return_error_if_fail (machine != NULL);

  job = peal_journal_job_new (self);
  job->text = g_strdup (machine);
  return peal_journal_run (self, adopt, job);
}
