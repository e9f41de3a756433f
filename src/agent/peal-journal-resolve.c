/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-private.h"

#include "peal-random.h"
#include "peal-settings.h"

/* The only way to a second publish of the same content, and it is the user's: a new post, linked to the old
 * one, whose own attempt stays unknown for ever. */
static gboolean
copy_post (sqlite3 *db, PealJournalJob *job, gint64 *copy, GError **error)
{
  g_autofree char *uuid = peal_random_uuid ();
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, job->id);
  g_autofree char *detail = peal_journal_detail ("copy_of", from, NULL);

  if (!peal_sql_exec_one (db, error,
                          "INSERT INTO post (uuid, group_id, account_id, media_id, copy_of, state, due, "
                          "zone, caption, privacy_level, "
                          "share_type, allow_comment, allow_duet, allow_stitch, your_brand, branded_content, "
                          "ai_generated, cover_ms, "
                          "created_at) SELECT ?, group_id, account_id, media_id, id, 'scheduled', ?, zone, "
                          "caption, privacy_level, "
                          "share_type, allow_comment, allow_duet, allow_stitch, your_brand, branded_content, "
                          "ai_generated, cover_ms, ? "
                          "FROM post WHERE id = ?",
                          "siii", uuid, job->now, job->now, job->id))
    return FALSE;
  *copy = sqlite3_last_insert_rowid (db);
  peal_journal_touch (job, *copy);
  return peal_journal_add_event (db, job, *copy, -1, "scheduled", detail, error);
}

static gboolean
resolve_post (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  g_autoptr (PealPostRecord) record = peal_journal_read_post (db, job->id, error);
  g_autofree char *detail = peal_journal_detail ("answer", job->text, NULL);
  gboolean published = g_str_equal (job->text, "published");
  gint64 copy = 0;

  if (record == NULL)
    return FALSE;
  if (record->state != PEAL_POST_NEEDS_REVIEW)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "not_in_review", "%s",
                              peal_post_state_to_string (record->state));
  if (!published && !g_str_equal (job->text, "again") && !g_str_equal (job->text, "leave"))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "answer_unknown", "%s", job->text);
  if (g_str_equal (job->text, "again") && record->media_is_removed)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "media_unknown",
                              "the copy of the video was removed");
  if (g_str_equal (job->text, "again") && !copy_post (db, job, &copy, error))
    return FALSE;
  if (!peal_sql_exec_one (
          db, error,
          "UPDATE post SET state = ?, ended_at = ?, published_at = ?, version = version + 1 WHERE id = ?",
          "sioi", published ? "published" : "cancelled", job->now,
          published ? job->now : G_GINT64_CONSTANT (-1), job->id)
      || !peal_journal_add_event (db, job, job->id, -1, "resolved", detail, error))
    return FALSE;
  peal_journal_touch (job, job->id);
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, copy);
  return TRUE;
}

DexFuture *
peal_journal_resolve_post (PealJournal *self, gint64 post, const char *answer)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));
  dex_return_error_if_fail (answer != NULL);

  job = peal_journal_job_new (self);
  job->id = post;
  job->text = g_strdup (answer);
  return peal_journal_run (self, resolve_post, job);
}

static gboolean
collect_ids (sqlite3_stmt *row, GArray *ids, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (peal_sql_step (row, &local))
    {
      gint64 id = sqlite3_column_int64 (row, 0);

      g_array_append_val (ids, id);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Posts whose ids @sql gives for the argument @account, into @ids. */
static gboolean
select_posts (sqlite3 *db, const char *sql, gint64 account, GArray *ids, GError **error)
{
  g_autoptr (sqlite3_stmt) row = peal_sql_query (db, error, sql, "i", account);

  return row != NULL && collect_ids (row, ids, error);
}

/* Back to the plan; whether it is too late by then is the publisher's to decide. A post that TikTok may have
 * goes on with its attempt instead. */
static gboolean
release_post (sqlite3 *db, PealJournalJob *job, gint64 post, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_read_live_attempt (db, post, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  peal_journal_touch (job, post);
  if (attempt != NULL
      && !peal_sql_exec_one (db, error,
                             "UPDATE attempt SET next_poll = ?, version = version + 1 WHERE id = ?", "ii",
                             job->now, attempt->id))
    return FALSE;
  return peal_sql_exec_one (db, error,
                            "UPDATE post SET state = ?, hold_reason = '', next_try = NULL, preflight_at = "
                            "NULL, preflight_asked = NULL, "
                            "error_reason = NULL, error_message = NULL, error_log_id = NULL WHERE id = ?",
                            "si", attempt != NULL ? "publishing" : "scheduled", post)
         && peal_journal_add_event (db, job, post, -1, "released", NULL, error);
}

static gboolean
release_posts (sqlite3 *db, PealJournalJob *job, GArray *ids, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!release_post (db, job, g_array_index (ids, gint64, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
release_account (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return select_posts (db,
                       "SELECT p.id FROM post p JOIN account a ON a.id = p.account_id WHERE a.id = ? "
                       "AND a.state = 'connected' AND p.state = 'held' AND p.hold_reason = 'reconnect' "
                       "ORDER BY p.due",
                       job->id, ids, error)
         && release_posts (db, job, ids, error);
}

DexFuture *
peal_journal_release_account (PealJournal *self, gint64 account)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  job = peal_journal_job_new (self);
  job->id = account;
  return peal_journal_run (self, release_account, job);
}

gboolean
peal_journal_release_held (sqlite3 *db, PealJournalJob *job, const char *hold_reason, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) row =
      peal_sql_query (db, error, "SELECT id FROM post WHERE state = 'held' AND hold_reason = ? ORDER BY due",
                      "s", hold_reason);

  if (row == NULL || !collect_ids (row, ids, error))
    return FALSE;
  return release_posts (db, job, ids, error);
}

static gboolean
release_keyring (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  return peal_journal_release_held (db, data, "keyring_locked", error);
}

DexFuture *
peal_journal_release_keyring (PealJournal *self)
{
  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  return peal_journal_run (self, release_keyring, peal_journal_job_new (self));
}

static gboolean
hold_post (sqlite3 *db, PealJournalJob *job, gint64 post, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_read_live_attempt (db, post, &local);
  g_autofree char *detail = peal_journal_detail ("hold_reason", "reconnect", NULL);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (attempt != NULL && peal_attempt_is_live (attempt->state) && !peal_attempt_is_armed (attempt->state)
      && !peal_journal_kill_attempt (db, job, attempt, error))
    return FALSE;
  peal_journal_touch (job, post);
  return peal_sql_exec_one (
             db, error,
             "UPDATE post SET state = 'held', hold_reason = 'reconnect', version = version + 1 WHERE id = ?",
             "i", post)
         && peal_journal_add_event (db, job, post, -1, "held", detail, error);
}

static gboolean
hold_account (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!select_posts (db, "SELECT id FROM post WHERE account_id = ? AND state IN ('scheduled', 'publishing')",
                     job->id, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!hold_post (db, job, g_array_index (ids, gint64, i), error))
      return FALSE;
  g_value_init (result, G_TYPE_UINT);
  g_value_set_uint (result, ids->len);
  return TRUE;
}

DexFuture *
peal_journal_hold_account (PealJournal *self, gint64 account)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  job = peal_journal_job_new (self);
  job->id = account;
  return peal_journal_run (self, hold_account, job);
}
