/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-archive-private.h"

#include "peal-sql.h"

/* The archive as the bus shows it. */

#define MAX_SAMPLES 10000
#define MAX_VIDEOS 500

typedef struct
{
  gint64 account;
  char *video;
  gint64 since_us;
  gint64 before_s;
  guint limit;
} Query;

/* Columns of the videos query by their type and in their order; NULL is left out. */
static const char *const text_columns[] = { "id", "title", "description", "share_url", "cover_url" };
static const char *const number_columns[] = { "create_time",   "duration_s",  "width",
                                              "height",        "view_count",  "like_count",
                                              "comment_count", "share_count", "sampled_at" };

static void
query_free (Query *query)
{
  g_free (query->video);
  g_free (query);
}

/* (transfer floating): all rows of five numbers, -1 where unknown. */
static gboolean
return_samples (sqlite3_stmt *statement, GValue *result, GError **error)
{
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("a(xxxxx)"));

  if (statement == NULL)
    return FALSE;
  while (peal_sql_step (statement, error))
    g_variant_builder_add (builder, "(xxxxx)", peal_sql_int (statement, 0, -1),
                           peal_sql_int (statement, 1, -1), peal_sql_int (statement, 2, -1),
                           peal_sql_int (statement, 3, -1), peal_sql_int (statement, 4, -1));
  if (*error != NULL)
    return FALSE;
  g_value_init (result, G_TYPE_VARIANT);
  g_value_set_variant (result, g_variant_builder_end (builder));
  return TRUE;
}

static gboolean
read_samples (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Query *query = data;
  g_autoptr (sqlite3_stmt) statement = peal_sql_query (
      db, error,
      "SELECT at, follower_count, following_count, likes_count, video_count FROM account_sample "
      "WHERE account_id = ? AND at >= ? ORDER BY at LIMIT ?",
      "iii", query->account, query->since_us, (gint64)MAX_SAMPLES);

  return return_samples (statement, result, error);
}

DexFuture *
peal_archive_get_samples (PealArchive *self, gint64 account, gint64 since_us)
{
  Query *query = NULL;

  dex_return_error_if_fail (PEAL_IS_ARCHIVE (self));

  query = g_new0 (Query, 1);
  query->account = account;
  query->since_us = since_us;
  return peal_database_run (peal_archive_get_database (self), read_samples, query,
                            (GDestroyNotify)query_free);
}

static gboolean
read_video_samples (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Query *query = data;
  g_autoptr (sqlite3_stmt) statement =
      peal_sql_query (db, error,
                      "SELECT at, view_count, like_count, comment_count, share_count FROM video_sample "
                      "WHERE account_id = ? AND video_id = ? AND at >= ? ORDER BY at LIMIT ?",
                      "isii", query->account, query->video, query->since_us, (gint64)MAX_SAMPLES);

  return return_samples (statement, result, error);
}

DexFuture *
peal_archive_get_video_samples (PealArchive *self, gint64 account, const char *video, gint64 since_us)
{
  Query *query = NULL;

  dex_return_error_if_fail (PEAL_IS_ARCHIVE (self));
  dex_return_error_if_fail (video != NULL);

  query = g_new0 (Query, 1);
  query->account = account;
  query->video = g_strdup (video);
  query->since_us = since_us;
  return peal_database_run (peal_archive_get_database (self), read_video_samples, query,
                            (GDestroyNotify)query_free);
}

/* (transfer full) (nullable): which of our posts became which video: text → gint64. */
static GHashTable *
read_posts_of_videos (sqlite3 *db, gint64 account, GError **error)
{
  g_autoptr (GHashTable) posts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (sqlite3_stmt) statement =
      peal_sql_query (db, error,
                      "SELECT post.id, attempt.post_ids FROM attempt JOIN post ON post.id = attempt.post_id "
                      "WHERE post.account_id = ? AND attempt.post_ids <> ''",
                      "i", account);

  if (statement == NULL)
    return NULL;
  while (peal_sql_step (statement, error))
    {
      g_auto (GStrv) ids = g_strsplit_set (peal_sql_text (statement, 1), ", ", -1);
      gint64 post = peal_sql_int (statement, 0, 0);

      for (char **id = ids; *id != NULL; id++)
        g_hash_table_insert (posts, g_strdup (*id), g_memdup2 (&post, sizeof post));
    }
  return *error == NULL ? g_steal_pointer (&posts) : NULL;
}

/* (transfer floating): one member of ListVideos. */
static GVariant *
describe_video (sqlite3_stmt *statement, GHashTable *posts)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  const gint64 *post = g_hash_table_lookup (posts, peal_sql_text (statement, 0));

  for (guint i = 0; i < G_N_ELEMENTS (text_columns); i++)
    {
      const char *text = peal_sql_text (statement, (int)i);

      if (text != NULL && g_utf8_validate (text, -1, NULL))
        g_variant_dict_insert (&dict, text_columns[i], "s", text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (number_columns); i++)
    {
      int column = (int)(G_N_ELEMENTS (text_columns) + i);

      if (sqlite3_column_type (statement, column) != SQLITE_NULL)
        g_variant_dict_insert (&dict, number_columns[i], "x",
                               (gint64)sqlite3_column_int64 (statement, column));
    }
  if (post != NULL)
    g_variant_dict_insert (&dict, "post", "x", *post);
  return g_variant_dict_end (&dict);
}

/* The next page begins before this one's last video, so videos of one second are never split between two
 * pages. */
static gboolean
read_videos (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Query *query = data;
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (GHashTable) posts = read_posts_of_videos (db, query->account, error);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gint64 last_s = 0;

  if (posts == NULL)
    return FALSE;
  statement = peal_sql_query (
      db, error,
      "SELECT id, title, description, share_url, cover_url, create_time_s, duration_s, width, "
      "height, view_count, like_count, comment_count, share_count, sampled_at FROM video "
      "WHERE account_id = ? AND create_time_s < ? ORDER BY create_time_s DESC, id",
      "ii", query->account, query->before_s);
  if (statement == NULL)
    return FALSE;
  for (guint n = 0; peal_sql_step (statement, error); n++)
    {
      gint64 time_s = peal_sql_int (statement, (int)G_N_ELEMENTS (text_columns), 0);

      if (n >= query->limit && time_s != last_s)
        break;
      last_s = time_s;
      g_variant_builder_add_value (builder, describe_video (statement, posts));
    }
  if (*error != NULL)
    return FALSE;
  g_value_init (result, G_TYPE_VARIANT);
  g_value_set_variant (result, g_variant_builder_end (builder));
  return TRUE;
}

DexFuture *
peal_archive_list_videos (PealArchive *self, gint64 account, gint64 before_s, guint limit)
{
  Query *query = NULL;

  dex_return_error_if_fail (PEAL_IS_ARCHIVE (self));

  query = g_new0 (Query, 1);
  query->account = account;
  query->before_s = before_s > 0 ? before_s : G_MAXINT64;
  query->limit = CLAMP (limit, 1, MAX_VIDEOS);
  return peal_database_run (peal_archive_get_database (self), read_videos, query, (GDestroyNotify)query_free);
}

static gboolean
read_cover (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Query *query = data;
  g_autoptr (sqlite3_stmt) statement =
      peal_sql_query (db, error, "SELECT coalesce (cover_url, '') FROM video WHERE account_id = ? AND id = ?",
                      "is", query->account, query->video);

  if (statement == NULL || !peal_sql_step_one (statement, "video_unknown", error))
    return FALSE;
  g_value_init (result, G_TYPE_STRING);
  g_value_set_string (result, peal_sql_text (statement, 0));
  return TRUE;
}

DexFuture *
peal_archive_query_cover (PealArchive *self, gint64 account, const char *video)
{
  Query *query = NULL;

  dex_return_error_if_fail (PEAL_IS_ARCHIVE (self));
  dex_return_error_if_fail (video != NULL);

  query = g_new0 (Query, 1);
  query->account = account;
  query->video = g_strdup (video);
  return peal_database_run (peal_archive_get_database (self), read_cover, query, (GDestroyNotify)query_free);
}
