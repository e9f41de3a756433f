/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-private.h"

G_DEFINE_FINAL_TYPE (PealJournal, peal_journal, G_TYPE_OBJECT)

enum
{
  POST_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
peal_journal_job_free (PealJournalJob *job)
{
  g_clear_object (&job->journal);
  g_clear_pointer (&job->text, g_free);
  g_clear_pointer (&job->dict, g_variant_unref);
  g_clear_pointer (&job->ids, g_array_unref);
  g_clear_pointer (&job->post, peal_post_record_free);
  g_clear_pointer (&job->attempt, peal_attempt_record_free);
  g_clear_pointer (&job->step, peal_journal_step_free);
  g_clear_pointer (&job->touched, g_array_unref);
  g_free (job);
}

PealJournalJob *
peal_journal_job_new (PealJournal *self)
{
  PealJournalJob *job = g_new0 (PealJournalJob, 1);

  job->journal = g_object_ref (self);
  job->now = peal_clock_get_real_us (self->clock);
  job->touched = g_array_new (FALSE, FALSE, sizeof (gint64));
  return job;
}

void
peal_journal_touch (PealJournalJob *job, gint64 post)
{
  g_array_append_val (job->touched, post);
}

typedef struct
{
  PealJournal *journal;
  GArray *touched;
} Announcement;

static void
announcement_free (Announcement *self)
{
  g_clear_object (&self->journal);
  g_clear_pointer (&self->touched, g_array_unref);
  g_free (self);
}

static DexFuture *
announce_cb (DexFuture *future, gpointer data)
{
  Announcement *self = data;

  for (guint i = 0; i < self->touched->len; i++)
    g_signal_emit (self->journal, signals[POST_CHANGED], 0, g_array_index (self->touched, gint64, i));
  return dex_ref (future);
}

DexFuture *
peal_journal_run (PealJournal *self, PealDatabaseFunc func, PealJournalJob *job)
{
  Announcement *announcement = g_new0 (Announcement, 1);
  DexFuture *done = NULL;

  announcement->journal = g_object_ref (self);
  announcement->touched = g_array_ref (job->touched);
  if (job->is_outcome)
    done = peal_database_run_outcome (self->database, func, job, (GDestroyNotify)peal_journal_job_free);
  else
    done = peal_database_run (self->database, func, job, (GDestroyNotify)peal_journal_job_free);
  return dex_future_then (done, announce_cb, announcement, (GDestroyNotify)announcement_free);
}

gboolean
peal_journal_add_event (sqlite3 *db,
                        PealJournalJob *job,
                        gint64 post,
                        gint64 attempt,
                        const char *kind,
                        const char *detail,
                        GError **error)
{
  return peal_sql_exec (db, error,
                        "INSERT INTO event (at, post_id, attempt_id, kind, detail) VALUES (?, ?, ?, ?, ?)",
                        "iooss", job->now, post, attempt, kind, detail != NULL ? detail : "{}");
}

static void
append_json_text (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (json, "\\%c", *p);
      else if ((guchar)*p < 0x20 || *p == 0x7f)
        g_string_append_printf (json, "\\u%04x", (guint)(guchar)*p);
      else
        g_string_append_c (json, *p);
    }
  g_string_append_c (json, '"');
}

char *
peal_journal_detail (const char *name, ...)
{
  GString *json = g_string_new ("{");
  va_list args;

  va_start (args, name);
  for (; name != NULL; name = va_arg (args, const char *))
    {
      g_autofree char *text = g_utf8_make_valid (va_arg (args, const char *) ?: "", -1);

      if (text[0] == '\0')
        continue;
      if (json->len > 1)
        g_string_append (json, ", ");
      append_json_text (json, name);
      g_string_append (json, ": ");
      append_json_text (json, text);
    }
  va_end (args);
  g_string_append_c (json, '}');
  return g_string_free_and_steal (json);
}

static PealPostOptions *
read_options (sqlite3_stmt *row, int column)
{
  PealPostOptions *options = peal_post_options_new ();

  g_set_str (&options->caption, peal_sql_text (row, column));
  g_set_str (&options->privacy_level, peal_sql_text (row, column + 1));
  peal_share_type_from_string (peal_sql_text (row, column + 2), &options->share_type);
  options->allow_comment = sqlite3_column_int (row, column + 3);
  options->allow_duet = sqlite3_column_int (row, column + 4);
  options->allow_stitch = sqlite3_column_int (row, column + 5);
  options->your_brand = sqlite3_column_int (row, column + 6);
  options->branded_content = sqlite3_column_int (row, column + 7);
  options->ai_generated = sqlite3_column_int (row, column + 8);
  options->cover_ms = sqlite3_column_int64 (row, column + 9);
  return options;
}

static PealMediaFacts *
read_facts (sqlite3_stmt *row, int column)
{
  PealMediaFacts *facts = peal_media_facts_new ();

  g_set_str (&facts->container, peal_sql_text (row, column));
  g_set_str (&facts->video_codec, peal_sql_text (row, column + 1));
  g_set_str (&facts->audio_codec, peal_sql_text (row, column + 2));
  facts->size = sqlite3_column_int64 (row, column + 3);
  facts->duration_us = sqlite3_column_int64 (row, column + 4);
  facts->width = sqlite3_column_int (row, column + 5);
  facts->height = sqlite3_column_int (row, column + 6);
  facts->rotation = sqlite3_column_int (row, column + 7);
  facts->fps_num = sqlite3_column_int (row, column + 8);
  facts->fps_den = sqlite3_column_int (row, column + 9);
  return facts;
}

PealPostRecord *
peal_journal_post_from_row (sqlite3_stmt *row)
{
  PealPostRecord *record = g_new0 (PealPostRecord, 1);

  record->id = sqlite3_column_int64 (row, 0);
  record->group = sqlite3_column_int64 (row, 1);
  record->account = sqlite3_column_int64 (row, 2);
  record->media = sqlite3_column_int64 (row, 3);
  record->version = sqlite3_column_int64 (row, 4);
  record->uuid = peal_sql_dup_text (row, 5);
  record->open_id = peal_sql_dup_text (row, 6);
  peal_environment_from_string (peal_sql_text (row, 7), &record->environment);
  peal_account_state_from_string (peal_sql_text (row, 8), &record->account_state);
  record->scopes = peal_scopes_from_string (peal_sql_text (row, 9));
  peal_post_state_from_string (peal_sql_text (row, 10), &record->state);
  peal_hold_reason_from_string (peal_sql_text (row, 11), &record->hold_reason);
  record->due = peal_sql_int (row, 12, -1);
  record->next_try = peal_sql_int (row, 13, -1);
  record->preflight_at = peal_sql_int (row, 14, -1);
  record->group_created_at = sqlite3_column_int64 (row, 15);
  record->options = read_options (row, 16);
  record->media_uuid = peal_sql_dup_text (row, 26);
  record->facts = read_facts (row, 27);
  memcpy (record->sha256, sqlite3_column_blob (row, 37), sizeof record->sha256);
  record->inode = sqlite3_column_int64 (row, 38);
  record->mtime_ns = sqlite3_column_int64 (row, 39);
  record->ctime_ns = sqlite3_column_int64 (row, 40);
  record->media_is_removed = sqlite3_column_type (row, 41) != SQLITE_NULL;
  record->zone = peal_sql_dup_text (row, 42);
  record->late_grace_s = peal_sql_int (row, 43, G_MININT64);
  return record;
}

static GError *
unknown_post (gint64 post)
{
  return peal_error_new (PEAL_ERROR_INVALID, "post_unknown", "there is no post %" G_GINT64_FORMAT, post);
}

PealPostRecord *
peal_journal_read_post (sqlite3 *db, gint64 post, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row =
      peal_sql_query (db, error,
                      "SELECT " PEAL_JOURNAL_POST_COLUMNS
                      " FROM post p JOIN account a ON a.id = p.account_id JOIN media m ON m.id = p.media_id "
                      "JOIN post_group g ON g.id = p.group_id WHERE p.id = ?",
                      "i", post);

  if (row == NULL)
    return NULL;
  if (peal_sql_step (row, &local))
    return peal_journal_post_from_row (row);
  g_propagate_error (error, local != NULL ? g_steal_pointer (&local) : unknown_post (post));
  return NULL;
}

#define ATTEMPT_COLUMNS                                                                                      \
  "t.id, t.post_id, p.account_id, t.version, t.n, t.uuid, t.state, t.open_id, t.publish_id, t.media_size, "  \
  "t.url_expiry, t.armed_at, t.next_poll, t.polls, t.post_ids, "                                             \
  "(SELECT count(*) FROM attempt f WHERE f.post_id = t.post_id AND f.state = 'FAILED_REMOTE')"

static PealAttemptRecord *
read_attempt_where (sqlite3 *db, const char *sql, gint64 id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row = peal_sql_query (db, error, sql, "i", id);
  PealAttemptRecord *record = NULL;

  if (row == NULL)
    return NULL;
  if (!peal_sql_step (row, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  record = g_new0 (PealAttemptRecord, 1);
  record->id = sqlite3_column_int64 (row, 0);
  record->post = sqlite3_column_int64 (row, 1);
  record->account = sqlite3_column_int64 (row, 2);
  record->version = sqlite3_column_int64 (row, 3);
  record->n = sqlite3_column_int (row, 4);
  record->uuid = peal_sql_dup_text (row, 5);
  peal_attempt_state_from_string (peal_sql_text (row, 6), &record->state);
  record->open_id = peal_sql_dup_text (row, 7);
  record->publish_id = peal_sql_dup_text (row, 8);
  record->media_size = sqlite3_column_int64 (row, 9);
  record->url_expiry = peal_sql_int (row, 10, -1);
  record->armed_at = peal_sql_int (row, 11, -1);
  record->next_poll = peal_sql_int (row, 12, -1);
  record->polls = sqlite3_column_int (row, 13);
  record->post_ids = peal_sql_dup_text (row, 14);
  record->failures = (guint)sqlite3_column_int64 (row, 15);
  return record;
}

PealAttemptRecord *
peal_journal_read_attempt (sqlite3 *db, gint64 attempt, GError **error)
{
  g_autoptr (GError) local = NULL;
  PealAttemptRecord *record = read_attempt_where (
      db, "SELECT " ATTEMPT_COLUMNS " FROM attempt t JOIN post p ON p.id = t.post_id WHERE t.id = ?", attempt,
      &local);

  if (record == NULL)
    g_propagate_error (error, local != NULL
                                  ? g_steal_pointer (&local)
                                  : peal_error_new (PEAL_ERROR_INVALID, "changed_meanwhile", "no attempt"));
  return record;
}

PealAttemptRecord *
peal_journal_read_live_attempt (sqlite3 *db, gint64 post, GError **error)
{
  return read_attempt_where (db,
                             "SELECT " ATTEMPT_COLUMNS " FROM attempt t JOIN post p ON p.id = t.post_id "
                             "WHERE t.post_id = ? AND t.state NOT IN ('DEAD', 'FAILED_REMOTE')",
                             post, error);
}

static void
peal_journal_finalize (GObject *object)
{
  PealJournal *self = PEAL_JOURNAL (object);

  g_clear_object (&self->database);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->witness, peal_witness_free);
  G_OBJECT_CLASS (peal_journal_parent_class)->finalize (object);
}

static void
peal_journal_class_init (PealJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_journal_finalize;
  signals[POST_CHANGED] = g_signal_new ("post-changed", PEAL_TYPE_JOURNAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
peal_journal_init (PealJournal *self)
{
}

PealJournal *
peal_journal_new (PealDatabase *database, PealWitness *witness, PealClock *clock)
{
  PealJournal *self = NULL;

  g_return_val_if_fail (PEAL_IS_DATABASE (database), NULL);
  g_return_val_if_fail (witness != NULL, NULL);
  g_return_val_if_fail (PEAL_IS_CLOCK (clock), NULL);

  self = g_object_new (PEAL_TYPE_JOURNAL, NULL);
  self->database = g_object_ref (database);
  self->witness = witness;
  self->clock = g_object_ref (clock);
  return self;
}
