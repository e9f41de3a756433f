/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-plan.h"

/* Before its last chunk a post can be taken back: its attempt dies in the same transaction. Afterwards it
 * cannot: INVALID @too_late. */
static gboolean
take_back (sqlite3 *db, PealJournalJob *job, gint64 post, const char *too_late, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_read_live_attempt (db, post, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (attempt == NULL)
    return TRUE;
  if (peal_attempt_is_armed (attempt->state) || !peal_attempt_is_live (attempt->state))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, too_late, "post %" G_GINT64_FORMAT, post);
  return peal_journal_kill_attempt (db, job, attempt, error);
}

static gboolean
has_ended (PealPostState state)
{
  return state == PEAL_POST_PUBLISHED || state == PEAL_POST_IN_INBOX || state == PEAL_POST_NEEDS_REVIEW;
}

static gboolean
write_edit (sqlite3 *db,
            PealJournalJob *job,
            const PealPostRecord *record,
            const PealPlanTime *time,
            PealPostState state,
            gint64 due,
            GError **error)
{
  const PealPostOptions *options = record->options;
  g_autofree char *wall = peal_plan_time_dup_wall (due, time->zone != NULL ? time->zone : record->zone);

  return peal_sql_exec_one (
      db, error,
      "UPDATE post SET version = version + 1, state = ?, hold_reason = CASE WHEN ?1 = 'held' THEN "
      "hold_reason "
      "ELSE '' END, due = ?, zone = coalesce(?, zone), wall = ?, next_try = NULL, preflight_at = NULL, "
      "preflight_asked = NULL, ended_at = CASE WHEN ?1 IN ('failed', 'cancelled') THEN ended_at END, "
      "caption = ?, privacy_level = ?, share_type = ?, allow_comment = ?, allow_duet = ?, allow_stitch = ?, "
      "your_brand = ?, branded_content = ?, ai_generated = ?, cover_ms = ?, "
      "late_grace_s = CASE WHEN ? THEN ? ELSE late_grace_s END WHERE id = ? AND version = ?",
      "sosssssiiiiiiiiiii", peal_post_state_to_string (state), due, time->zone, wall, options->caption,
      options->privacy_level, peal_share_type_to_string (options->share_type), (gint64)options->allow_comment,
      (gint64)options->allow_duet, (gint64)options->allow_stitch, (gint64)options->your_brand,
      (gint64)options->branded_content, (gint64)options->ai_generated, options->cover_ms,
      (gint64)(time->late_grace_s != G_MININT64), time->late_grace_s, record->id, record->version);
}

/* A new time puts a post on the plan, draft takes it off; without either it stays where it was, and one that
 * was being published starts again. */
static PealPostState
get_new_state (const PealPostRecord *record, const PealPlanTime *time)
{
  if (time->is_draft)
    return PEAL_POST_DRAFT;
  if (time->is_told || record->state == PEAL_POST_PUBLISHING)
    return PEAL_POST_SCHEDULED;
  return record->state;
}

static gboolean
may_be_scheduled (const PealPostRecord *record, GError **error)
{
  if (record->account_state == PEAL_ACCOUNT_DISCONNECTED)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "account_disconnected",
                              "the account is disconnected");
  if (record->media_is_removed)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "media_unknown",
                              "the copy of the video was removed");
  return peal_plan_check_post (record->options, record->facts, record->scopes, error);
}

static gboolean
edit_post (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  g_auto (PealPlanTime) time = { 0 };
  g_autoptr (PealPostRecord) record = peal_journal_read_post (db, job->id, error);
  PealPostState state;
  gint64 due;

  if (record == NULL || !peal_plan_check_members (job->dict, NULL, error)
      || !peal_plan_time_read (&time, job->dict, job->now, error))
    return FALSE;
  if (has_ended (record->state))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "post_ended", "post %" G_GINT64_FORMAT, job->id);
  state = get_new_state (record, &time);
  due = record->due;
  if (!peal_post_options_apply (record->options, job->dict, error)
      || (state == PEAL_POST_SCHEDULED && !may_be_scheduled (record, error))
      || !take_back (db, job, job->id, "post_under_way", error)
      || (time.is_told && !peal_plan_time_resolve (db, &time, record->account, job->now, &due, error))
      || !write_edit (db, job, record, &time, state, due, error))
    return FALSE;
  peal_journal_touch (job, job->id);
  return peal_journal_add_event (db, job, job->id, -1, time.is_told ? "moved" : "edited", NULL, error);
}

DexFuture *
peal_journal_edit_post (PealJournal *self, gint64 post, GVariant *changes)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));
  dex_return_error_if_fail (changes != NULL);

  job = peal_journal_job_new (self);
  job->id = post;
  job->dict = g_variant_ref_sink (changes);
  return peal_journal_run (self, edit_post, job);
}

static gboolean
cancel_post (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  g_autoptr (PealPostRecord) record = peal_journal_read_post (db, job->id, error);

  if (record == NULL)
    return FALSE;
  if (record->state == PEAL_POST_CANCELLED)
    return TRUE;
  if (has_ended (record->state))
    return peal_error_refuse (error, PEAL_ERROR_INVALID,
                              record->state == PEAL_POST_NEEDS_REVIEW ? "review_first" : "too_late",
                              "post %" G_GINT64_FORMAT, job->id);
  if (!take_back (db, job, job->id, "too_late", error)
      || !peal_sql_exec_one (db, error,
                             "UPDATE post SET state = 'cancelled', hold_reason = '', version = version + 1, "
                             "next_try = NULL, ended_at = ? WHERE id = ?",
                             "ii", job->now, job->id))
    return FALSE;
  peal_journal_touch (job, job->id);
  return peal_journal_add_event (db, job, job->id, -1, "cancelled", NULL, error);
}

DexFuture *
peal_journal_cancel_post (PealJournal *self, gint64 post)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  job = peal_journal_job_new (self);
  job->id = post;
  return peal_journal_run (self, cancel_post, job);
}

/* The user's word is fresh consent: the post is due now, however late it was. */
static gboolean
retry_post (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  g_autoptr (PealPostRecord) record = peal_journal_read_post (db, job->id, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (PealAttemptRecord) attempt = NULL;
  g_autofree char *wall = NULL;

  if (record == NULL)
    return FALSE;
  if (record->state != PEAL_POST_HELD && record->state != PEAL_POST_FAILED)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "not_retryable", "post %" G_GINT64_FORMAT, job->id);
  attempt = peal_journal_read_live_attempt (db, job->id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* What nobody can find out is not asked again. */
  if (attempt != NULL && !peal_attempt_is_live (attempt->state))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "not_retryable", "post %" G_GINT64_FORMAT, job->id);
  peal_journal_touch (job, job->id);
  if (attempt != NULL && record->account_state != PEAL_ACCOUNT_CONNECTED)
    return peal_error_refuse (error, PEAL_ERROR_AUTH, "reconnect", "the account must sign in again first");
  if (attempt != NULL)
    return peal_sql_exec_one (
               db, error, "UPDATE post SET state = 'publishing', hold_reason = '' WHERE id = ?", "i", job->id)
           && peal_sql_exec_one (db, error,
                                 "UPDATE attempt SET next_poll = ?, version = version + 1 WHERE id = ?", "ii",
                                 job->now, attempt->id)
           && peal_journal_add_event (db, job, job->id, attempt->id, "retried", NULL, error);
  wall = peal_plan_time_dup_wall (job->now, record->zone);
  return may_be_scheduled (record, error)
         && peal_sql_exec_one (
             db, error,
             "UPDATE post SET state = 'scheduled', hold_reason = '', version = version + 1, due = ?, wall = "
             "?, "
             "next_try = NULL, preflight_at = NULL, preflight_asked = NULL, ended_at = NULL WHERE id = ?",
             "isi", job->now, wall, job->id)
         && peal_journal_add_event (db, job, job->id, -1, "retried", NULL, error);
}

DexFuture *
peal_journal_retry_post (PealJournal *self, gint64 post)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  job = peal_journal_job_new (self);
  job->id = post;
  return peal_journal_run (self, retry_post, job);
}
