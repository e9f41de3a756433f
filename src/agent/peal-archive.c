/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-archive.h"

#include "peal-archive-private.h"
#include "peal-sql.h"

/* An unchanged reading says nothing new until a day has gone. */
#define SAME_READING_US G_TIME_SPAN_DAY

struct _PealArchive
{
  GObject parent_instance;

  PealDatabase *database;
  PealClock *clock;
};

G_DEFINE_FINAL_TYPE (PealArchive, peal_archive, G_TYPE_OBJECT)

typedef enum
{
  PROP_DATABASE = 1,
  PROP_CLOCK,
} PealArchiveProps;

typedef struct
{
  gint64 account;
  gint64 now_us;
  PealUser *user;
  GPtrArray *videos;
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->user, peal_user_free);
  g_clear_pointer (&reading->videos, g_ptr_array_unref);
  g_free (reading);
}

static Reading *
reading_new (PealArchive *self, gint64 account)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->account = account;
  reading->now_us = peal_clock_get_real_us (self->clock);
  return reading;
}

static gboolean
write_user (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Reading *reading = data;
  const PealUser *user = reading->user;

  if (!peal_sql_exec_one (db, error,
                          "UPDATE account SET username = coalesce (?, username), "
                          "display_name = coalesce (?, display_name), avatar_url = coalesce (?, avatar_url), "
                          "profile_url = coalesce (?, profile_url), is_verified = coalesce (?, is_verified) "
                          "WHERE id = ?",
                          "ssssoi", user->username, user->display_name, user->avatar_url, user->profile_url,
                          (gint64)user->is_verified, reading->account))
    return FALSE;
  if (user->follower_count < 0 && user->following_count < 0 && user->likes_count < 0 && user->video_count < 0)
    return TRUE;
  return peal_sql_exec (
      db, error,
      "INSERT OR REPLACE INTO account_sample (account_id, at, follower_count, following_count, "
      "likes_count, video_count) VALUES (?, ?, ?, ?, ?, ?)",
      "iioooo", reading->account, reading->now_us, user->follower_count, user->following_count,
      user->likes_count, user->video_count);
}

DexFuture *
peal_archive_add_user (PealArchive *self, gint64 account, const PealUser *user)
{
  Reading *reading = NULL;

  dex_return_error_if_fail (PEAL_IS_ARCHIVE (self));
  dex_return_error_if_fail (user != NULL);

  reading = reading_new (self, account);
  reading->user = peal_user_copy (user);
  return peal_database_run (self->database, write_user, reading, (GDestroyNotify)reading_free);
}

static gboolean
write_video_row (sqlite3 *db, const Reading *reading, const PealVideo *video, GError **error)
{
  return peal_sql_exec (
      db, error,
      "INSERT INTO video (account_id, id, create_time_s, title, description, share_url, cover_url, "
      "duration_s, width, "
      "height, view_count, like_count, comment_count, share_count, sampled_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, id) DO UPDATE SET "
      "create_time_s = excluded.create_time_s, title = coalesce (excluded.title, title), "
      "description = coalesce (excluded.description, description), "
      "share_url = coalesce (excluded.share_url, share_url), cover_url = coalesce (excluded.cover_url, "
      "cover_url), "
      "duration_s = coalesce (excluded.duration_s, duration_s), width = coalesce (excluded.width, width), "
      "height = coalesce (excluded.height, height), view_count = excluded.view_count, "
      "like_count = excluded.like_count, comment_count = excluded.comment_count, "
      "share_count = excluded.share_count, sampled_at = excluded.sampled_at",
      "isissssoooooooi", reading->account, video->id, video->create_time_s, video->title, video->description,
      video->share_url, video->cover_url, video->duration_s, video->width, video->height, video->view_count,
      video->like_count, video->comment_count, video->share_count, reading->now_us);
}

/* Is the newest reading of @video younger than a day and the same? */
static gboolean
is_known (sqlite3 *db, const Reading *reading, const PealVideo *video, gboolean *known, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      peal_sql_query (db, error,
                      "SELECT at, view_count, like_count, comment_count, share_count FROM video_sample "
                      "WHERE account_id = ? AND video_id = ? ORDER BY at DESC LIMIT 1",
                      "is", reading->account, video->id);

  if (statement == NULL)
    return FALSE;
  *known = peal_sql_step (statement, error)
           && reading->now_us - peal_sql_int (statement, 0, 0) < SAME_READING_US
           && peal_sql_int (statement, 1, -1) == video->view_count
           && peal_sql_int (statement, 2, -1) == video->like_count
           && peal_sql_int (statement, 3, -1) == video->comment_count
           && peal_sql_int (statement, 4, -1) == video->share_count;
  return *error == NULL;
}

static gboolean
write_video_sample (sqlite3 *db, const Reading *reading, const PealVideo *video, GError **error)
{
  gboolean known = FALSE;

  if (video->view_count < 0 && video->like_count < 0 && video->comment_count < 0 && video->share_count < 0)
    return TRUE;
  if (!is_known (db, reading, video, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  return peal_sql_exec (
      db, error,
      "INSERT OR REPLACE INTO video_sample (account_id, video_id, at, view_count, like_count, "
      "comment_count, share_count) VALUES (?, ?, ?, ?, ?, ?, ?)",
      "isioooo", reading->account, video->id, reading->now_us, video->view_count, video->like_count,
      video->comment_count, video->share_count);
}

static gboolean
write_videos (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Reading *reading = data;

  for (guint i = 0; i < reading->videos->len; i++)
    {
      const PealVideo *video = g_ptr_array_index (reading->videos, i);

      /* Without them there is no place for it in any list. */
      if (video->id == NULL || video->create_time_s < 0)
        continue;
      if (!write_video_row (db, reading, video, error) || !write_video_sample (db, reading, video, error))
        return FALSE;
    }
  return TRUE;
}

DexFuture *
peal_archive_add_videos (PealArchive *self, gint64 account, GPtrArray *videos)
{
  Reading *reading = NULL;

  dex_return_error_if_fail (PEAL_IS_ARCHIVE (self));
  dex_return_error_if_fail (videos != NULL);

  reading = reading_new (self, account);
  reading->videos = g_ptr_array_new_with_free_func ((GDestroyNotify)peal_video_free);
  for (guint i = 0; i < videos->len; i++)
    g_ptr_array_add (reading->videos, peal_video_copy (g_ptr_array_index (videos, i)));
  return peal_database_run (self->database, write_videos, reading, (GDestroyNotify)reading_free);
}

PealDatabase *
peal_archive_get_database (PealArchive *self)
{
  return self->database;
}

static void
peal_archive_constructed (GObject *object)
{
  PealArchive *self = PEAL_ARCHIVE (object);

  G_OBJECT_CLASS (peal_archive_parent_class)->constructed (object);
  g_assert (PEAL_IS_DATABASE (self->database));
  g_assert (PEAL_IS_CLOCK (self->clock));
}

static void
peal_archive_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealArchive *self = PEAL_ARCHIVE (object);

  switch ((PealArchiveProps)id)
    {
    case PROP_DATABASE:
      self->database = g_value_dup_object (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_archive_dispose (GObject *object)
{
  PealArchive *self = PEAL_ARCHIVE (object);

  g_clear_object (&self->database);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (peal_archive_parent_class)->dispose (object);
}

static void
peal_archive_class_init (PealArchiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = peal_archive_constructed;
  object_class->set_property = peal_archive_set_property;
  object_class->dispose = peal_archive_dispose;
  g_object_class_install_property (object_class, PROP_DATABASE,
                                   g_param_spec_object ("database", NULL, NULL, PEAL_TYPE_DATABASE, flags));
  g_object_class_install_property (object_class, PROP_CLOCK,
                                   g_param_spec_object ("clock", NULL, NULL, PEAL_TYPE_CLOCK, flags));
}

static void
peal_archive_init (PealArchive *self)
{
}

PealArchive *
peal_archive_new (PealDatabase *database, PealClock *clock)
{
  return g_object_new (PEAL_TYPE_ARCHIVE, "database", database, "clock", clock, NULL);
}
