/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-private.h"

#include "peal-settings.h"

/* The first look at a post while its user can still act, and the last before its time. */
#define FIRST_PREFLIGHT_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)
#define ON_TIME_US (G_GINT64_CONSTANT (90) * G_USEC_PER_SEC)
#define LATE_PACE_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)
#define LAST_PREFLIGHT_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

G_DEFINE_BOXED_TYPE (PealAgenda, peal_agenda, peal_agenda_copy, peal_agenda_free)

/* The indexes are named where a query runs at each look: without statistics SQLite would rather read every
 * post of a state, and with hundreds of thousands of them a post would be late. */

static PealAgenda *
agenda_new (void)
{
  PealAgenda *agenda = g_new0 (PealAgenda, 1);

  agenda->work = g_array_new (FALSE, TRUE, sizeof (PealWork));
  agenda->next = G_MAXINT64;
  return agenda;
}

PealAgenda *
peal_agenda_copy (const PealAgenda *self)
{
  PealAgenda *copy = g_new0 (PealAgenda, 1);

  copy->work = g_array_copy (self->work);
  copy->next = self->next;
  return copy;
}

void
peal_agenda_free (PealAgenda *self)
{
  g_clear_pointer (&self->work, g_array_unref);
  g_free (self);
}

static void
put_down (PealAgenda *agenda, gint64 now, gint64 at, PealWork work)
{
  if (at <= now)
    g_array_append_val (agenda->work, work);
  else
    agenda->next = MIN (agenda->next, at);
}

/* An attempt that was given up by a run whose last write failed, or that was stopped: nothing of it is armed.
 */
static gboolean
collect_unarmed (sqlite3 *db, PealAgenda *agenda, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row =
      peal_sql_query (db, error,
                      "SELECT t.id, t.post_id, p.account_id FROM attempt t INDEXED BY attempt_unarmed "
                      "CROSS JOIN post p ON p.id = t.post_id "
                      "WHERE t.state IN ('RESERVED', 'INIT_SENT', 'INIT_OK', 'UPLOADING')",
                      "");

  if (row == NULL)
    return FALSE;
  while (peal_sql_step (row, &local))
    put_down (agenda, 0, 0,
              (PealWork){ .kind = PEAL_WORK_RECOVER,
                          .attempt = sqlite3_column_int64 (row, 0),
                          .post = sqlite3_column_int64 (row, 1),
                          .account = sqlite3_column_int64 (row, 2) });
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What TikTok may have is followed whatever becomes of the account; the link of what is published only while
 * it is connected. */
static gboolean
collect_polls (sqlite3 *db, PealAgenda *agenda, gint64 now, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row = peal_sql_query (
      db, error,
      "SELECT t.id, t.post_id, p.account_id, t.next_poll FROM attempt t INDEXED BY attempt_next_poll "
      "CROSS JOIN post p ON p.id = t.post_id CROSS JOIN account a ON a.id = p.account_id WHERE t.next_poll "
      "IS NOT NULL AND t.state IN ('FINAL_ARMED', 'BYTES_SENT', 'PROCESSING', 'PUBLISHED', 'INBOX') AND "
      "(p.state = 'publishing' "
      "OR (p.state IN ('published', 'in_inbox') AND a.state = 'connected')) ORDER BY t.next_poll",
      "");

  if (row == NULL)
    return FALSE;
  while (peal_sql_step (row, &local))
    put_down (agenda, now, sqlite3_column_int64 (row, 3),
              (PealWork){ .kind = PEAL_WORK_POLL,
                          .attempt = sqlite3_column_int64 (row, 0),
                          .post = sqlite3_column_int64 (row, 1),
                          .account = sqlite3_column_int64 (row, 2) });
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* When @row's post wants looking at next, or G_MAXINT64. */
static gint64
get_preflight_time (gint64 due, gint64 asked)
{
  if (asked < due - FIRST_PREFLIGHT_US)
    return due - FIRST_PREFLIGHT_US;
  if (asked < due - LAST_PREFLIGHT_US)
    return due - LAST_PREFLIGHT_US;
  return G_MAXINT64;
}

/* After a long absence posts go out one by one, and not all at once: the earliest instant for one that was
 * due at
 * @due, after another of its account began at @last. */
static gint64
get_pace (gint64 due, gint64 now, gint64 last)
{
  return now - due > ON_TIME_US && last <= now ? last + LATE_PACE_US : due;
}

static gboolean
collect_posts (sqlite3 *db, PealAgenda *agenda, gint64 now, GError **error)
{
  g_autoptr (GArray) preflights = g_array_new (FALSE, FALSE, sizeof (PealWork));
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row =
      peal_sql_query (db, error,
                      "SELECT p.id, p.account_id, p.due, max(p.due, coalesce(p.next_try, p.due)), "
                      "coalesce(p.preflight_asked, 0), "
                      "(SELECT o.started_at FROM post o WHERE o.account_id = p.account_id AND o.id <> p.id "
                      "AND o.started_at IS NOT NULL "
                      "ORDER BY o.started_at DESC LIMIT 1) FROM post p INDEXED BY post_due WHERE p.state = "
                      "'scheduled' AND p.due "
                      "<= ? ORDER BY p.due, p.id",
                      "i", now + FIRST_PREFLIGHT_US);

  if (row == NULL)
    return FALSE;
  while (peal_sql_step (row, &local))
    {
      gint64 due = sqlite3_column_int64 (row, 2);
      PealWork work = { .kind = PEAL_WORK_PUBLISH,
                        .post = sqlite3_column_int64 (row, 0),
                        .account = sqlite3_column_int64 (row, 1) };

      put_down (agenda, now,
                MAX (sqlite3_column_int64 (row, 3), get_pace (due, now, peal_sql_int (row, 5, 0))), work);
      work.kind = PEAL_WORK_PREFLIGHT;
      if (due > now && get_preflight_time (due, sqlite3_column_int64 (row, 4)) <= now)
        g_array_append_val (preflights, work);
      else if (due > now)
        agenda->next = MIN (agenda->next, get_preflight_time (due, sqlite3_column_int64 (row, 4)));
    }
  g_array_append_vals (agenda->work, preflights->data, preflights->len);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What lies further ahead than a preflight matters only by its first. */
static gboolean
look_ahead (sqlite3 *db, PealAgenda *agenda, gint64 now, GError **error)
{
  gint64 due;

  if (!peal_sql_get_int (
          db, error, &due, G_MAXINT64,
          "SELECT min(due) FROM post INDEXED BY post_due WHERE state = 'scheduled' AND due > ?", "i",
          now + FIRST_PREFLIGHT_US))
    return FALSE;
  if (due != G_MAXINT64)
    agenda->next = MIN (agenda->next, due - FIRST_PREFLIGHT_US);
  return TRUE;
}

static gboolean
query_agenda (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  g_autoptr (PealAgenda) agenda = agenda_new ();
  gboolean paused;

  if (!collect_unarmed (db, agenda, error) || !collect_polls (db, agenda, job->now, error)
      || !peal_settings_read_paused (db, &paused, error))
    return FALSE;
  if (!paused && (!collect_posts (db, agenda, job->now, error) || !look_ahead (db, agenda, job->now, error)))
    return FALSE;
  g_value_init (result, PEAL_TYPE_AGENDA);
  g_value_take_boxed (result, g_steal_pointer (&agenda));
  return TRUE;
}

DexFuture *
peal_journal_query_agenda (PealJournal *self)
{
  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  return peal_journal_run (self, query_agenda, peal_journal_job_new (self));
}

static gboolean
load_post (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  PealPostRecord *record = peal_journal_read_post (db, job->id, error);

  if (record == NULL)
    return FALSE;
  g_value_init (result, PEAL_TYPE_POST_RECORD);
  g_value_take_boxed (result, record);
  return TRUE;
}

DexFuture *
peal_journal_load_post (PealJournal *self, gint64 post)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  job = peal_journal_job_new (self);
  job->id = post;
  return peal_journal_run (self, load_post, job);
}

static gboolean
load_attempt (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  PealAttemptRecord *record = peal_journal_read_attempt (db, job->id, error);

  if (record == NULL)
    return FALSE;
  g_value_init (result, PEAL_TYPE_ATTEMPT_RECORD);
  g_value_take_boxed (result, record);
  return TRUE;
}

DexFuture *
peal_journal_load_attempt (PealJournal *self, gint64 attempt)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  job = peal_journal_job_new (self);
  job->id = attempt;
  return peal_journal_run (self, load_attempt, job);
}
