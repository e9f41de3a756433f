/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-private.h"

#define MAX_ATTENTION 100

static void
put (GVariantBuilder *dict, const char *key, GVariant *value)
{
  g_variant_builder_add (dict, "{sv}", key, value);
}

/* @members: (transfer floating) */
static void
put_all (GVariantBuilder *dict, GVariant *members)
{
  g_autoptr (GVariant) all = g_variant_ref_sink (members);

  for (gsize i = 0; i < g_variant_n_children (all); i++)
    {
      g_autoptr (GVariant) member = g_variant_get_child_value (all, i);

      g_variant_builder_add_value (dict, member);
    }
}

static void
put_text (GVariantBuilder *dict, const char *key, const char *text)
{
  if (text != NULL)
    put (dict, key, g_variant_new_string (text));
}

static void
put_int (GVariantBuilder *dict, const char *key, sqlite3_stmt *row, int column)
{
  if (sqlite3_column_type (row, column) != SQLITE_NULL)
    put (dict, key, g_variant_new_int64 (sqlite3_column_int64 (row, column)));
}

static void
put_column (GVariantBuilder *dict, const char *key, sqlite3_stmt *row, int column)
{
  put_text (dict, key, peal_sql_text (row, column));
}

static char *
hex (const guint8 *bytes, gsize length)
{
  char *text = g_malloc (2 * length + 1);

  for (gsize i = 0; i < length; i++)
    {
      text[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
      text[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
  text[2 * length] = '\0';
  return text;
}

static GVariant *
describe_media (const PealPostRecord *record, const char *name)
{
  g_auto (GVariantBuilder) dict = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autofree char *digest = hex (record->sha256, sizeof record->sha256);

  put_all (&dict, peal_media_facts_to_variant (record->facts));
  put_text (&dict, "name", name);
  put_text (&dict, "sha256", digest);
  return g_variant_builder_end (&dict);
}

/* What a view shows besides the record, with the latest attempt's. */
enum
{
  USERNAME = PEAL_JOURNAL_N_POST_COLUMNS,
  DISPLAY_NAME,
  CREATED_AT,
  ENDED_AT,
  PUBLISHED_AT,
  COPY_OF,
  ERROR_REASON,
  ERROR_MESSAGE,
  ERROR_LOG_ID,
  MEDIA_NAME,
  PUBLISH_ID,
  POST_IDS,
  ATTEMPT_STATE,
  SHARE_URL,
  STARTED_AT,
};

#define VIEW_QUERY                                                                                           \
  "SELECT " PEAL_JOURNAL_POST_COLUMNS                                                                        \
  ", a.username, a.display_name, p.created_at, p.ended_at, p.published_at, "                                 \
  "p.copy_of, p.error_reason, p.error_message, p.error_log_id, m.name, t.publish_id, coalesce(t.post_ids, "  \
  "''), "                                                                                                    \
  "t.state, v.share_url, p.started_at FROM post p JOIN account a ON a.id = p.account_id "                    \
  "JOIN media m ON m.id = p.media_id JOIN post_group g ON g.id = p.group_id "                                \
  "LEFT JOIN attempt t ON t.id = (SELECT max(id) FROM attempt WHERE post_id = p.id) "                        \
  "LEFT JOIN video v ON v.account_id = p.account_id AND v.id = t.post_ids AND t.post_ids <> '' "

static void
put_error (GVariantBuilder *dict, sqlite3_stmt *row)
{
  g_auto (GVariantBuilder) error = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  if (peal_sql_text (row, ERROR_REASON) == NULL)
    return;
  put_column (&error, "code", row, ERROR_REASON);
  put_column (&error, "message", row, ERROR_MESSAGE);
  put_column (&error, "log_id", row, ERROR_LOG_ID);
  put (dict, "error", g_variant_builder_end (&error));
}

/* Known from the account's videos; else made in TikTok's customary form. */
static void
put_links (GVariantBuilder *dict, sqlite3_stmt *row)
{
  g_auto (GStrv) ids = g_strsplit (peal_sql_text (row, POST_IDS), " ", -1);
  g_autofree char *link = NULL;

  put (dict, "post_ids",
       g_variant_new ("^as", peal_sql_text (row, POST_IDS)[0] != '\0' ? ids : (char *[]){ NULL }));
  if (peal_sql_text (row, SHARE_URL) != NULL)
    put_column (dict, "share_url", row, SHARE_URL);
  else if (ids[0] != NULL && ids[0][0] != '\0' && peal_sql_text (row, USERNAME) != NULL)
    {
      link = g_strdup_printf ("https://www.tiktok.com/@%s/video/%s", peal_sql_text (row, USERNAME), ids[0]);
      put_text (dict, "share_url", link);
    }
}

static void
put_progress (GVariantBuilder *dict, sqlite3_stmt *row, gint64 size)
{
  PealAttemptState state;
  gboolean sent = peal_sql_text (row, ATTEMPT_STATE) != NULL
                  && peal_attempt_state_from_string (peal_sql_text (row, ATTEMPT_STATE), &state)
                  && (state == PEAL_ATTEMPT_BYTES_SENT || state == PEAL_ATTEMPT_PROCESSING
                      || state == PEAL_ATTEMPT_PUBLISHED || state == PEAL_ATTEMPT_INBOX
                      || state == PEAL_ATTEMPT_FAILED_REMOTE);

  put (dict, "progress", g_variant_new ("(tt)", (guint64)(sent ? size : 0), (guint64)size));
}

static void
put_times (GVariantBuilder *dict, const PealPostRecord *record, sqlite3_stmt *row)
{
  gint64 due = record->due, started = peal_sql_int (row, STARTED_AT, -1);

  if (due != -1)
    put (dict, "due", g_variant_new_int64 (due));
  put_int (dict, "created_at", row, CREATED_AT);
  put_int (dict, "ended_at", row, ENDED_AT);
  put_int (dict, "published_at", row, PUBLISHED_AT);
  put_int (dict, "copy_of", row, COPY_OF);
  if (due != -1 && started != -1)
    put (dict, "late_us", g_variant_new_int64 (MAX (started - due, 0)));
}

void
peal_journal_begin_post (sqlite3_stmt *row, GVariantBuilder *dict)
{
  g_autoptr (PealPostRecord) record = peal_journal_post_from_row (row);

  put_all (dict, peal_post_options_to_variant (record->options));
  put (dict, "id", g_variant_new_int64 (record->id));
  put (dict, "group", g_variant_new_int64 (record->group));
  put (dict, "account", g_variant_new_string (record->open_id));
  put (dict, "environment", g_variant_new_string (peal_environment_to_string (record->environment)));
  put (dict, "state", g_variant_new_string (peal_post_state_to_string (record->state)));
  put (dict, "hold_reason", g_variant_new_string (peal_hold_reason_to_string (record->hold_reason)));
  if (record->late_grace_s != G_MININT64)
    put (dict, "late_grace_s", g_variant_new_int64 (record->late_grace_s));
  put_column (dict, "username", row, USERNAME);
  put_column (dict, "display_name", row, DISPLAY_NAME);
  put_text (dict, "zone", record->zone);
  put_column (dict, "publish_id", row, PUBLISH_ID);
  put_times (dict, record, row);
  put_error (dict, row);
  put_links (dict, row);
  put_progress (dict, row, record->facts->size);
  put (dict, "media", describe_media (record, peal_sql_text (row, MEDIA_NAME)));
}

sqlite3_stmt *
peal_journal_query_view (sqlite3 *db, GError **error)
{
  return peal_sql_query (db, error, VIEW_QUERY "WHERE p.id = ?", "i", G_GINT64_CONSTANT (0));
}

static gboolean
put_attempts (sqlite3 *db, GVariantBuilder *dict, gint64 post, GError **error)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row = peal_sql_query (
      db, error,
      "SELECT n, state, publish_id, proof, started_at, armed_at, ended_at, fail_reason, log_id FROM attempt "
      "WHERE post_id = ? ORDER BY n",
      "i", post);

  if (row == NULL)
    return FALSE;
  while (peal_sql_step (row, &local))
    {
      g_auto (GVariantBuilder) attempt = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

      put (&attempt, "n", g_variant_new_int32 (sqlite3_column_int (row, 0)));
      put_column (&attempt, "state", row, 1);
      put_column (&attempt, "publish_id", row, 2);
      put_column (&attempt, "proof", row, 3);
      put_int (&attempt, "started_at", row, 4);
      put_int (&attempt, "armed_at", row, 5);
      put_int (&attempt, "ended_at", row, 6);
      put_column (&attempt, "fail_reason", row, 7);
      put_column (&attempt, "log_id", row, 8);
      g_variant_builder_add_value (&list, g_variant_builder_end (&attempt));
    }
  put (dict, "attempts", g_variant_builder_end (&list));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
put_events (sqlite3 *db, GVariantBuilder *dict, gint64 post, GError **error)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row = peal_sql_query (
      db, error, "SELECT at, kind, detail FROM event WHERE post_id = ? ORDER BY id", "i", post);

  if (row == NULL)
    return FALSE;
  while (peal_sql_step (row, &local))
    {
      g_auto (GVariantBuilder) event = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

      put_int (&event, "at", row, 0);
      put_column (&event, "kind", row, 1);
      put_column (&event, "detail", row, 2);
      g_variant_builder_add_value (&list, g_variant_builder_end (&event));
    }
  put (dict, "events", g_variant_builder_end (&list));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
describe_post (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  g_auto (GVariantBuilder) dict = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autoptr (sqlite3_stmt) row = peal_sql_query (db, error, VIEW_QUERY "WHERE p.id = ?", "i", job->id);

  if (row == NULL || !peal_sql_step_one (row, "post_unknown", error))
    return FALSE;
  peal_journal_begin_post (row, &dict);
  if (!put_attempts (db, &dict, job->id, error) || !put_events (db, &dict, job->id, error))
    return FALSE;
  g_value_init (result, G_TYPE_VARIANT);
  g_value_take_variant (result, g_variant_ref_sink (g_variant_builder_end (&dict)));
  return TRUE;
}

DexFuture *
peal_journal_describe_post (PealJournal *self, gint64 post)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  job = peal_journal_job_new (self);
  job->id = post;
  return peal_journal_run (self, describe_post, job);
}

static gboolean
put_counts (sqlite3 *db, GVariantBuilder *dict, GError **error)
{
  g_auto (GVariantBuilder) counts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{su}"));
  g_autoptr (sqlite3_stmt) row =
      peal_sql_query (db, error, "SELECT state, count(*) FROM post GROUP BY state", "");

  if (row == NULL)
    return FALSE;
  while (peal_sql_step (row, NULL))
    g_variant_builder_add (&counts, "{su}", peal_sql_text (row, 0), (guint)sqlite3_column_int64 (row, 1));
  put (dict, "counts", g_variant_builder_end (&counts));
  return TRUE;
}

static gboolean
put_next_due (sqlite3 *db, GVariantBuilder *dict, GError **error)
{
  g_auto (GVariantBuilder) next = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autoptr (sqlite3_stmt) row =
      peal_sql_query (db, error,
                      "SELECT p.id, p.due, a.open_id FROM post p INDEXED BY post_due "
                      "CROSS JOIN account a ON a.id = p.account_id WHERE p.state = 'scheduled' "
                      "ORDER BY p.due, p.id LIMIT 1",
                      "");

  if (row == NULL)
    return FALSE;
  if (!peal_sql_step (row, NULL))
    return TRUE;
  put_int (&next, "id", row, 0);
  put_int (&next, "due", row, 1);
  put_column (&next, "account", row, 2);
  put (dict, "next_due", g_variant_builder_end (&next));
  return TRUE;
}

static gboolean
put_attention (sqlite3 *db, GVariantBuilder *dict, GError **error)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (sqlite3_stmt) row = peal_sql_query (
      db, error,
      "SELECT 'post', id, NULL, CASE state WHEN 'held' THEN hold_reason WHEN 'failed' THEN error_reason ELSE "
      "state END "
      "FROM post WHERE state IN ('held', 'failed', 'needs_review') UNION ALL "
      "SELECT 'account', NULL, open_id, 'reconnect' FROM account WHERE state = 'reconnect' LIMIT ?",
      "i", (gint64)MAX_ATTENTION);

  if (row == NULL)
    return FALSE;
  while (peal_sql_step (row, NULL))
    {
      g_auto (GVariantBuilder) item = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

      put_column (&item, "kind", row, 0);
      put_int (&item, "id", row, 1);
      put_column (&item, "account", row, 2);
      put_column (&item, "reason", row, 3);
      g_variant_builder_add_value (&list, g_variant_builder_end (&item));
    }
  put (dict, "attention", g_variant_builder_end (&list));
  return TRUE;
}

static gboolean
describe_plan (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_auto (GVariantBuilder) dict = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  gint64 bytes;

  if (!put_counts (db, &dict, error) || !put_next_due (db, &dict, error) || !put_attention (db, &dict, error)
      || !peal_sql_get_int (db, error, &bytes, 0, "SELECT sum(size) FROM media WHERE removed_at IS NULL", ""))
    return FALSE;
  put (&dict, "media_bytes", g_variant_new_uint64 ((guint64)bytes));
  g_value_init (result, G_TYPE_VARIANT);
  g_value_take_variant (result, g_variant_ref_sink (g_variant_builder_end (&dict)));
  return TRUE;
}

DexFuture *
peal_journal_describe_plan (PealJournal *self)
{
  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));

  return peal_journal_run (self, describe_plan, peal_journal_job_new (self));
}
