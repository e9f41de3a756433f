/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-private.h"

#include "peal-error.h"
#include "peal-permit-private.h"
#include "peal-random.h"
#include "peal-settings.h"

/* How long after arming another process, after a crash, leaves the last chunk alone before it asks. */
#define FIRST_POLL_AFTER_ARMING_US (60 * G_USEC_PER_SEC)

static gboolean
check_not_paused (sqlite3 *db, GError **error)
{
  gboolean paused;

  if (!peal_settings_read_paused (db, &paused, error))
    return FALSE;
  return !paused || peal_error_refuse (error, PEAL_ERROR_INVALID, "paused", "publishing is paused");
}

/* Nothing is begun whose outcome might not be recorded. */
static gboolean
check_room (PealDatabase *database, GError **error)
{
  return peal_database_has_room (database)
         || peal_error_refuse (error, PEAL_ERROR_STORAGE_FULL, "disk_full",
                               "there is no room to record an outcome");
}

static gboolean
reserve (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  const PealPostRecord *post = job->post;
  g_autofree char *uuid = peal_random_uuid ();
  g_autofree char *detail = NULL;
  g_autoptr (PealAttemptRecord) attempt = NULL;

  if (!check_not_paused (db, error) || !check_room (job->journal->database, error)
      || !peal_sql_exec_one (db, error,
                             "UPDATE post SET state = 'publishing', next_try = NULL, error_reason = NULL, "
                             "error_message = NULL, error_log_id = NULL, started_at = ? "
                             "WHERE id = ? AND version = ? AND state = 'scheduled'",
                             "iii", job->now, post->id, post->version)
      || !peal_sql_exec (
          db, error,
          "INSERT INTO attempt (uuid, post_id, n, state, post_version, lease_epoch, open_id, "
          "media_sha256, media_size, started_at) SELECT ?, ?, coalesce(max(n), 0) + 1, 'RESERVED', ?, "
          "(SELECT coalesce(max(epoch), 0) FROM lease), ?, ?, ?, ? FROM attempt WHERE post_id = ?",
          "siisbiii", uuid, post->id, post->version, post->open_id, post->sha256, sizeof post->sha256,
          post->facts->size, job->now, post->id)
      || !(attempt = peal_journal_read_live_attempt (db, post->id, error)))
    return FALSE;
  detail = peal_journal_detail ("attempt", "RESERVED", NULL);
  if (!peal_journal_add_event (db, job, post->id, attempt->id, "reserved", detail, error))
    return FALSE;
  peal_journal_touch (job, post->id);
  g_value_init (result, PEAL_TYPE_ATTEMPT_RECORD);
  g_value_take_boxed (result, g_steal_pointer (&attempt));
  return TRUE;
}

static void
hold_for_full_disk (PealJournal *self, const PealPostRecord *record, const GError *reason)
{
  PealChange change = PEAL_CHANGE_INIT;
  g_autoptr (GError) error = NULL;

  change.move_post = TRUE;
  change.post_state = PEAL_POST_HELD;
  change.hold_reason = PEAL_HOLD_DISK_FULL;
  change.error = reason;
  if (!peal_journal_move_post (self, record, &change, "held", &error))
    g_debug ("post %" G_GINT64_FORMAT " could not be held: %s", record->id, error->message);
}

PealAttemptRecord *
peal_journal_reserve (PealJournal *self, const PealPostRecord *record, GError **error)
{
  PealAttemptRecord *attempt = NULL;
  g_autoptr (GError) local = NULL;
  PealJournalJob *job = NULL;

  g_return_val_if_fail (PEAL_IS_JOURNAL (self), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  job = peal_journal_job_new (self);
  job->post = peal_post_record_copy (record);
  if ((attempt = dex_await_boxed (peal_journal_run (self, reserve, job), &local)))
    return attempt;
  if (g_error_matches (local, PEAL_ERROR, PEAL_ERROR_STORAGE_FULL))
    hold_for_full_disk (self, record, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
advance (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  return peal_journal_write_attempt (db, data, error);
}

gboolean
peal_journal_advance (PealJournal *self,
                      PealAttemptRecord *attempt,
                      PealAttemptState to,
                      const PealChange *change,
                      const char *kind,
                      GError **error)
{
  PealJournalJob *job = NULL;

  g_return_val_if_fail (PEAL_IS_JOURNAL (self), FALSE);
  g_return_val_if_fail (attempt != NULL && change != NULL, FALSE);
  g_return_val_if_fail (to != PEAL_ATTEMPT_FINAL_ARMED || attempt->state == to, FALSE);

  job = peal_journal_job_new (self);
  job->attempt = peal_attempt_record_copy (attempt);
  job->step = peal_journal_step_new (to, change, kind);
  job->is_outcome = to != PEAL_ATTEMPT_INIT_SENT;
  if (!dex_await (peal_journal_run (self, advance, job), error))
    return FALSE;
  attempt->state = to;
  attempt->version++;
  attempt->next_poll = change->next_poll;
  attempt->polls += change->count_poll ? 1 : 0;
  if (change->publish_id != NULL)
    g_set_str (&attempt->publish_id, change->publish_id);
  if (change->post_ids != NULL)
    g_set_str (&attempt->post_ids, change->post_ids);
  if (change->url_expiry != -1)
    attempt->url_expiry = change->url_expiry;
  return TRUE;
}

PealInitPermit *
peal_journal_allow_init (PealJournal *self, PealAttemptRecord *attempt, GError **error)
{
  PealChange change = PEAL_CHANGE_INIT;

  if (!peal_journal_advance (self, attempt, PEAL_ATTEMPT_INIT_SENT, &change, "init_sent", error))
    return NULL;
  return peal_init_permit_new ();
}

static gboolean
write_witness (PealJournalJob *job, GError **error)
{
  const PealAttemptRecord *attempt = job->attempt;
  char digest[2 * sizeof job->post->sha256 + 1];
  PealWitnessLine line = {
    .post_uuid = job->post->uuid,
    .attempt_uuid = attempt->uuid,
    .open_id = attempt->open_id,
    .publish_id = attempt->publish_id,
    .sha256 = digest,
    .n = attempt->n,
    .size = attempt->media_size,
    .armed_at = attempt->armed_at,
  };

  for (gsize i = 0; i < sizeof job->post->sha256; i++)
    g_snprintf (digest + 2 * i, 3, "%02x", job->post->sha256[i]);
  return peal_witness_append (job->journal->witness, &line, error);
}

/* The witness is on the disk before the row says FINAL_ARMED, and both before the permit exists. That the
 * post is still as it was reserved is asked in the same transaction, so that "Cancel" wins or loses exactly
 * here. */
static gboolean
arm (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  const PealAttemptRecord *attempt = job->attempt;
  g_autofree char *detail =
      peal_journal_detail ("attempt", "FINAL_ARMED", "publish_id", attempt->publish_id, NULL);
  gint64 unchanged = 0;

  if (!peal_sql_get_int (
          db, error, &unchanged, 0,
          "SELECT count(*) FROM post p JOIN attempt t ON t.post_id = p.id WHERE t.id = ? AND "
          "t.state = ? AND t.version = ? AND p.version = t.post_version AND p.state = 'publishing'",
          "isi", attempt->id, peal_attempt_state_to_string (attempt->state), attempt->version))
    return FALSE;
  if (unchanged != 1)
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "changed_meanwhile", "the post was changed"));
      return FALSE;
    }
  if (!check_not_paused (db, error) || !write_witness (job, error)
      || !peal_sql_exec_one (db, error,
                             "UPDATE attempt SET state = 'FINAL_ARMED', version = version + 1, armed_at = ?, "
                             "next_poll = ? WHERE id = ? AND version = ?",
                             "iiii", attempt->armed_at, job->now + FIRST_POLL_AFTER_ARMING_US, attempt->id,
                             attempt->version))
    return FALSE;
  peal_journal_touch (job, attempt->post);
  return peal_journal_add_event (db, job, attempt->post, attempt->id, "armed", detail, error);
}

PealFinalPermit *
peal_journal_arm (PealJournal *self,
                  PealAttemptRecord *attempt,
                  const PealPostRecord *record,
                  gint64 armed_at,
                  GError **error)
{
  PealJournalJob *job = NULL;
  gint64 now;

  g_return_val_if_fail (PEAL_IS_JOURNAL (self), NULL);
  g_return_val_if_fail (attempt != NULL && record != NULL && armed_at > 0, NULL);
  g_return_val_if_fail (attempt->state == PEAL_ATTEMPT_INIT_OK || attempt->state == PEAL_ATTEMPT_UPLOADING,
                        NULL);

  job = peal_journal_job_new (self);
  now = job->now;
  job->attempt = peal_attempt_record_copy (attempt);
  job->attempt->armed_at = armed_at;
  job->post = peal_post_record_copy (record);
  if (!dex_await (peal_journal_run (self, arm, job), error))
    return NULL;
  attempt->state = PEAL_ATTEMPT_FINAL_ARMED;
  attempt->version++;
  attempt->armed_at = armed_at;
  attempt->next_poll = now + FIRST_POLL_AFTER_ARMING_US;
  return peal_final_permit_new (attempt->publish_id);
}

PealFinalPermit *
peal_journal_allow_resend (PealJournal *self, PealAttemptRecord *attempt, GError **error)
{
  PealChange change = PEAL_CHANGE_INIT;

  g_return_val_if_fail (attempt->state == PEAL_ATTEMPT_FINAL_ARMED, NULL);

  change.next_poll = peal_clock_get_real_us (self->clock) + FIRST_POLL_AFTER_ARMING_US;
  if (!peal_journal_advance (self, attempt, PEAL_ATTEMPT_FINAL_ARMED, &change, "resend", error))
    return NULL;
  return peal_final_permit_new (attempt->publish_id);
}

/* The post must stand as it was loaded: a change of the user's in the meantime wins. */
static gboolean
move_post (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  gint64 unchanged = 0;

  if (!peal_sql_get_int (db, error, &unchanged, 0,
                         "SELECT count(*) FROM post WHERE id = ? AND version = ? AND state = ?", "iis",
                         job->post->id, job->post->version, peal_post_state_to_string (job->post->state)))
    return FALSE;
  if (unchanged != 1)
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "changed_meanwhile", "the post was changed"));
      return FALSE;
    }
  return peal_journal_write_post (db, job, job->post->id, error);
}

gboolean
peal_journal_move_post (PealJournal *self,
                        const PealPostRecord *record,
                        const PealChange *change,
                        const char *kind,
                        GError **error)
{
  PealJournalJob *job = NULL;

  g_return_val_if_fail (PEAL_IS_JOURNAL (self), FALSE);
  g_return_val_if_fail (record != NULL && change != NULL && change->move_post, FALSE);

  job = peal_journal_job_new (self);
  job->post = peal_post_record_copy (record);
  job->step = peal_journal_step_new (PEAL_ATTEMPT_DEAD, change, kind);
  job->is_outcome = TRUE;
  return dex_await (peal_journal_run (self, move_post, job), error);
}

static gboolean
note_preflight (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;

  if (!peal_sql_exec (db, error,
                      "UPDATE post SET preflight_asked = ?, preflight_at = coalesce(?, preflight_at) "
                      "WHERE id = ? AND version = ?",
                      "ioii", job->now, job->text == NULL ? job->now : G_GINT64_CONSTANT (-1), job->post->id,
                      job->post->version))
    return FALSE;
  if (job->text == NULL)
    return TRUE;
  return peal_journal_add_event (db, job, job->post->id, -1, "preflight", job->text, error);
}

gboolean
peal_journal_note_preflight (PealJournal *self,
                             const PealPostRecord *record,
                             const GError *trouble,
                             GError **error)
{
  PealJournalJob *job = NULL;

  g_return_val_if_fail (PEAL_IS_JOURNAL (self), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  job = peal_journal_job_new (self);
  job->post = peal_post_record_copy (record);
  if (trouble != NULL)
    job->text = peal_journal_detail ("error", peal_error_get_reason (trouble), "message", trouble->message,
                                     "log_id", peal_error_get_log_id (trouble), NULL);
  return dex_await (peal_journal_run (self, note_preflight, job), error);
}
