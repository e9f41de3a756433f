/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-private.h"

void
peal_journal_step_free (PealJournalStep *step)
{
  g_clear_pointer (&step->kind, g_free);
  g_clear_pointer (&step->publish_id, g_free);
  g_clear_pointer (&step->last_status, g_free);
  g_clear_pointer (&step->post_ids, g_free);
  g_clear_pointer (&step->fail_reason, g_free);
  g_clear_pointer (&step->log_id, g_free);
  g_clear_pointer (&step->proof, g_free);
  g_clear_pointer (&step->error_reason, g_free);
  g_clear_pointer (&step->error_message, g_free);
  g_clear_pointer (&step->error_log_id, g_free);
  g_free (step);
}

PealJournalStep *
peal_journal_step_new (PealAttemptState to, const PealChange *change, const char *kind)
{
  PealJournalStep *step = g_new0 (PealJournalStep, 1);

  step->to = to;
  step->kind = g_strdup (kind);
  step->publish_id = g_strdup (change->publish_id);
  step->last_status = g_strdup (change->last_status);
  step->post_ids = g_strdup (change->post_ids);
  step->fail_reason = g_strdup (change->fail_reason);
  step->log_id = g_strdup (change->log_id);
  step->proof = g_strdup (change->proof);
  step->url_expiry = change->url_expiry;
  step->next_poll = change->next_poll;
  step->next_chunk = change->next_chunk;
  step->next_try = change->next_try;
  step->count_poll = change->count_poll;
  step->move_post = change->move_post;
  step->post_state = change->post_state;
  step->hold_reason = change->hold_reason;
  if (change->error != NULL)
    {
      step->error_reason = g_strdup (peal_error_get_reason (change->error));
      step->error_message = g_strdup (change->error->message);
      step->error_log_id = g_strdup (peal_error_get_log_id (change->error));
    }
  return step;
}

static gboolean
add_step_event (sqlite3 *db, PealJournalJob *job, gint64 post, gint64 attempt, GError **error)
{
  const PealJournalStep *step = job->step;
  g_autofree char *detail = NULL;

  peal_journal_touch (job, post);
  if (step->kind == NULL)
    return TRUE;
  detail = peal_journal_detail ("attempt", attempt != -1 ? peal_attempt_state_to_string (step->to) : NULL,
                                "publish_id", step->publish_id, "status", step->last_status, "fail_reason",
                                step->fail_reason, "proof", step->proof, "post_ids", step->post_ids, "post",
                                step->move_post ? peal_post_state_to_string (step->post_state) : NULL,
                                "hold_reason", peal_hold_reason_to_string (step->hold_reason), "error",
                                step->error_reason, "message", step->error_message, "log_id",
                                step->log_id != NULL ? step->log_id : step->error_log_id, NULL);
  return peal_journal_add_event (db, job, post, attempt, step->kind, detail, error);
}

static gboolean
update_post (sqlite3 *db, PealJournalJob *job, gint64 post, GError **error)
{
  const PealJournalStep *step = job->step;
  gboolean published = step->post_state == PEAL_POST_PUBLISHED || step->post_state == PEAL_POST_IN_INBOX;
  gboolean ended =
      published || step->post_state == PEAL_POST_FAILED || step->post_state == PEAL_POST_CANCELLED;

  return peal_sql_exec_one (db, error,
                            "UPDATE post SET state = ?, hold_reason = ?, next_try = ?, error_reason = ?, "
                            "error_message = ?, error_log_id = ?, ended_at = ?, "
                            "published_at = coalesce(published_at, ?) WHERE id = ?",
                            "ssosssooi", peal_post_state_to_string (step->post_state),
                            peal_hold_reason_to_string (step->hold_reason), step->next_try,
                            step->error_reason, step->error_message, step->error_log_id,
                            ended ? job->now : G_GINT64_CONSTANT (-1),
                            published ? job->now : G_GINT64_CONSTANT (-1), post);
}

gboolean
peal_journal_write_post (sqlite3 *db, PealJournalJob *job, gint64 post, GError **error)
{
  return update_post (db, job, post, error) && add_step_event (db, job, post, -1, error);
}

gboolean
peal_journal_write_attempt (sqlite3 *db, PealJournalJob *job, GError **error)
{
  const PealAttemptRecord *attempt = job->attempt;
  const PealJournalStep *step = job->step;

  if (!peal_attempt_may_follow (attempt->state, step->to) && attempt->state != step->to)
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "changed_meanwhile", "%s may not follow %s",
                                         peal_attempt_state_to_string (step->to),
                                         peal_attempt_state_to_string (attempt->state)));
      return FALSE;
    }
  if (!peal_sql_exec_one (
          db, error,
          "UPDATE attempt SET state = ?, version = version + 1, publish_id = coalesce(?, publish_id), "
          "url_expiry = coalesce(?, url_expiry), next_poll = ?, next_chunk = coalesce(?, next_chunk), "
          "polls = polls + ?, last_status = coalesce(?, last_status), post_ids = coalesce(?, post_ids), "
          "fail_reason = coalesce(?, fail_reason), log_id = coalesce(?, log_id), proof = coalesce(?, proof), "
          "ended_at = coalesce(ended_at, ?) WHERE id = ? AND state = ? AND version = ?",
          "ssoooisssssoisi", peal_attempt_state_to_string (step->to), step->publish_id, step->url_expiry,
          step->next_poll, step->next_chunk, (gint64)step->count_poll, step->last_status, step->post_ids,
          step->fail_reason, step->log_id, step->proof,
          peal_attempt_is_live (step->to) ? G_GINT64_CONSTANT (-1) : job->now, attempt->id,
          peal_attempt_state_to_string (attempt->state), attempt->version))
    return FALSE;
  return (!step->move_post || update_post (db, job, attempt->post, error))
         && add_step_event (db, job, attempt->post, attempt->id, error);
}
