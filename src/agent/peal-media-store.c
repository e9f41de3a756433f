/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-media-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-media-copy.h"
#include "peal-random.h"
#include "peal-sql.h"
#include "peal-worker.h"

#define KEEP_UNUSED_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define KEEP_ENDED_US (7 * 24 * G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

struct _PealMediaStore
{
  GObject parent_instance;

  PealDatabase *database;
  PealClock *clock;
  char *directory;
};

G_DEFINE_FINAL_TYPE (PealMediaStore, peal_media_store, G_TYPE_OBJECT)

/* One video on its way in. */
typedef struct
{
  PealMediaStore *store;
  int fd;
  char *uuid, *path, *name;
  PealMediaFacts *facts;
  PealMediaCopy copy;
  gint64 now;
  GCancellable *cancellable;
} Import;

static void
import_clear (Import *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_clear_object (&self->store);
  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->facts, peal_media_facts_free);
  g_clear_object (&self->cancellable);
}

static void
import_unref (Import *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify)import_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Import, import_unref)

/* The type that TikTok is told must be true, so the bytes are asked and not the client. */
static gboolean
check_container (int fd, PealMediaFacts *facts, GError **error)
{
  guint8 head[64];
  gssize length = pread (fd, head, sizeof head, 0);
  const char *container = length > 0 ? peal_media_sniff (head, (gsize)length) : NULL;

  if (container == NULL)
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "not_a_video", "the video is not what was said of it");
  g_set_str (&facts->container, container);
  return TRUE;
}

static gboolean
run_copy (gpointer data, GValue *result, GError **error)
{
  Import *import = data;

  if (!check_container (import->fd, import->facts, error)
      || !peal_media_copy_make (import->fd, import->path, &import->copy, import->cancellable, error))
    return FALSE;
  if (import->facts->size == import->copy.size)
    return TRUE;
  unlink (import->path);
  return peal_error_refuse (error, PEAL_ERROR_INVALID, "media_facts", "the video is not what was said of it");
}

static gboolean
insert_media (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Import *import = data;
  const PealMediaFacts *facts = import->facts;
  const PealMediaCopy *copy = &import->copy;

  if (!peal_sql_exec (
          db, error,
          "INSERT INTO media (uuid, name, sha256, size, inode, mtime_ns, ctime_ns, container, video_codec, "
          "audio_codec, duration_us, width, height, rotation, fps_num, fps_den, created_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          "ssbiiiisssiiiiiii", import->uuid, import->name, copy->sha256, sizeof copy->sha256, copy->size,
          copy->inode, copy->mtime_ns, copy->ctime_ns, facts->container, facts->video_codec,
          facts->audio_codec, facts->duration_us, (gint64)facts->width, (gint64)facts->height,
          (gint64)facts->rotation, (gint64)facts->fps_num, (gint64)facts->fps_den, import->now))
    return FALSE;
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, sqlite3_last_insert_rowid (db));
  return TRUE;
}

static DexFuture *
describe_import (const Import *import, gint64 id)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  char digest[2 * sizeof import->copy.sha256 + 1];

  for (gsize i = 0; i < sizeof import->copy.sha256; i++)
    g_snprintf (digest + 2 * i, 3, "%02x", import->copy.sha256[i]);
  g_variant_dict_insert (&dict, "media", "x", id);
  g_variant_dict_insert (&dict, "size", "x", import->copy.size);
  g_variant_dict_insert (&dict, "sha256", "s", digest);
  return dex_future_new_take_variant (g_variant_ref_sink (g_variant_dict_end (&dict)));
}

static DexFuture *
import_fiber (gpointer data)
{
  Import *import = data;
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (!dex_await (peal_worker_run ("media-copy", run_copy, g_atomic_rc_box_acquire (import),
                                   (GDestroyNotify)import_unref),
                  &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  id = dex_await_int64 (peal_database_run (import->store->database, insert_media,
                                           g_atomic_rc_box_acquire (import), (GDestroyNotify)import_unref),
                        &error);
  if (error == NULL)
    return describe_import (import, id);
  unlink (import->path);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
peal_media_store_import (PealMediaStore *self,
                         int fd,
                         const char *name,
                         const PealMediaFacts *facts,
                         GCancellable *cancellable)
{
  Import *import = NULL;

  dex_return_error_if_fail (PEAL_IS_MEDIA_STORE (self));
  dex_return_error_if_fail (fd >= 0 && name != NULL && facts != NULL);

  import = g_atomic_rc_box_new0 (Import);
  import->store = g_object_ref (self);
  import->fd = fcntl (fd, F_DUPFD_CLOEXEC, 3);
  import->uuid = peal_random_uuid ();
  import->path = g_build_filename (self->directory, import->uuid, NULL);
  import->name = g_utf8_make_valid (name, -1);
  import->facts = peal_media_facts_copy (facts);
  import->now = peal_clock_get_real_us (self->clock);
  g_set_object (&import->cancellable, cancellable);
  return dex_scheduler_spawn (NULL, 0, import_fiber, import, (GDestroyNotify)import_unref);
}

/* One copy on its way out to TikTok. */
typedef struct
{
  int fd;
  guint8 sha256[32];
} Check;

static gboolean
run_check (gpointer data, GValue *result, GError **error)
{
  Check *check = data;
  guint8 sha256[32];

  if (!peal_media_copy_digest (check->fd, sha256, NULL, error))
    return FALSE;
  return memcmp (sha256, check->sha256, sizeof sha256) == 0
         || peal_error_refuse (error, PEAL_ERROR_MEDIA, "media_changed",
                               "the video is not what was said of it");
}

typedef struct
{
  PealMediaStore *store;
  char *path;
  PealPostRecord *record;
} Opening;

/* How a copy looks whose digest was found right once more, so that it need not be read again. */
typedef struct
{
  gint64 media;
  PealMediaCopy stat;
} Seen;

static Seen *
seen_new (gint64 media, const PealMediaCopy *stat)
{
  Seen *seen = g_new0 (Seen, 1);

  seen->media = media;
  seen->stat = *stat;
  return seen;
}

static gboolean
remember_stat (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  const Seen *seen = data;

  return peal_sql_exec (db, error, "UPDATE media SET inode = ?, mtime_ns = ?, ctime_ns = ? WHERE id = ?",
                        "iiii", seen->stat.inode, seen->stat.mtime_ns, seen->stat.ctime_ns, seen->media);
}

static void
opening_free (Opening *self)
{
  g_clear_object (&self->store);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->record, peal_post_record_free);
  g_free (self);
}

static gboolean
is_as_stored (const PealMediaCopy *found, const PealPostRecord *record)
{
  return found->inode == record->inode && found->mtime_ns == record->mtime_ns
         && found->ctime_ns == record->ctime_ns;
}

static DexFuture *
open_fiber (gpointer data)
{
  Opening *opening = data;
  g_autofd int fd = open (opening->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  g_autoptr (GError) error = NULL;
  PealMediaCopy found;
  Check *check = NULL;

  if (fd < 0)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_MEDIA, "media_missing", "%s", g_strerror (errno)));
  if (!peal_media_copy_stat (fd, &found, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (found.size != opening->record->facts->size)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_MEDIA, "media_changed", "the copy has another size"));
  if (is_as_stored (&found, opening->record))
    return dex_future_new_for_fd (g_steal_fd (&fd));
  check = g_new0 (Check, 1);
  check->fd = fd;
  memcpy (check->sha256, opening->record->sha256, sizeof check->sha256);
  if (!dex_await (peal_worker_run ("media-check", run_check, check, g_free), &error)
      || !dex_await (peal_database_run (opening->store->database, remember_stat,
                                        seen_new (opening->record->media, &found), g_free),
                     &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_fd (g_steal_fd (&fd));
}

DexFuture *
peal_media_store_open (PealMediaStore *self, const PealPostRecord *record)
{
  Opening *opening = NULL;

  dex_return_error_if_fail (PEAL_IS_MEDIA_STORE (self));
  dex_return_error_if_fail (record != NULL);

  opening = g_new0 (Opening, 1);
  opening->store = g_object_ref (self);
  opening->path = g_build_filename (self->directory, record->media_uuid, NULL);
  opening->record = peal_post_record_copy (record);
  return dex_scheduler_spawn (NULL, 0, open_fiber, opening, (GDestroyNotify)opening_free);
}

/* What is to go is marked first and deleted after the commit: a file without a row is only space. */
typedef struct
{
  PealMediaStore *store;
  gint64 now;
  GHashTable *kept; /* uuids of rows that are still there */
} Sweep;

static void
sweep_free (Sweep *self)
{
  g_clear_object (&self->store);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_free (self);
}

static gboolean
mark_unneeded (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Sweep *sweep = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row = NULL;

  if (!peal_sql_exec (
          db, error,
          "UPDATE media SET removed_at = ?1 WHERE removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM post "
          "WHERE media_id = media.id AND (state IN ('draft', 'scheduled', 'held', 'publishing', 'failed', "
          "'needs_review') OR ended_at > ?2)) AND created_at < ?3",
          "iii", sweep->now, sweep->now - KEEP_ENDED_US, sweep->now - KEEP_UNUSED_US)
      || !(row = peal_sql_query (db, error, "SELECT uuid FROM media WHERE removed_at IS NULL", "")))
    return FALSE;
  while (peal_sql_step (row, &local))
    g_hash_table_add (sweep->kept, peal_sql_dup_text (row, 0));
  if (local == NULL)
    return TRUE;
  /* Half a list would make the other half's copies look unneeded. */
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A file without a row that is young may be an import under way. */
static void
remove_unless_kept (Sweep *sweep, const char *name)
{
  g_autofree char *path = g_build_filename (sweep->store->directory, name, NULL);
  struct stat info;

  if (g_hash_table_contains (sweep->kept, name) || lstat (path, &info) < 0)
    return;
  if ((gint64)info.st_mtim.tv_sec * G_USEC_PER_SEC < sweep->now - KEEP_UNUSED_US && unlink (path) == 0)
    g_debug ("removed the video copy %s", name);
}

static DexFuture *
sweep_fiber (gpointer data)
{
  PealMediaStore *self = data;
  Sweep *sweep = g_new0 (Sweep, 1);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) directory = NULL;
  g_autoptr (GError) error = NULL;
  Sweep local = { .store = self, .now = peal_clock_get_real_us (self->clock), .kept = kept };
  const char *name;

  sweep->store = g_object_ref (self);
  sweep->now = local.now;
  sweep->kept = g_hash_table_ref (kept);
  if (!dex_await (peal_database_run (self->database, mark_unneeded, sweep, (GDestroyNotify)sweep_free),
                  &error)
      || !(directory = g_dir_open (self->directory, 0, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  while ((name = g_dir_read_name (directory)) != NULL)
    remove_unless_kept (&local, name);
  return dex_future_new_true ();
}

DexFuture *
peal_media_store_sweep (PealMediaStore *self)
{
  dex_return_error_if_fail (PEAL_IS_MEDIA_STORE (self));

  return dex_scheduler_spawn (NULL, 0, sweep_fiber, g_object_ref (self), g_object_unref);
}

static void
peal_media_store_finalize (GObject *object)
{
  PealMediaStore *self = PEAL_MEDIA_STORE (object);

  g_clear_object (&self->database);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->directory, g_free);
  G_OBJECT_CLASS (peal_media_store_parent_class)->finalize (object);
}

static void
peal_media_store_class_init (PealMediaStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_media_store_finalize;
}

static void
peal_media_store_init (PealMediaStore *self)
{
}

PealMediaStore *
peal_media_store_new (PealDatabase *database, PealClock *clock, const char *directory, GError **error)
{
  PealMediaStore *self = NULL;

  g_return_val_if_fail (PEAL_IS_DATABASE (database), NULL);
  g_return_val_if_fail (directory != NULL, NULL);

  if (g_mkdir_with_parents (directory, 0700) < 0)
    {
      g_propagate_error (error, peal_error_new (PEAL_ERROR_STORAGE_CORRUPT, "storage_read_only", "%s: %s",
                                                directory, g_strerror (errno)));
      return NULL;
    }
  self = g_object_new (PEAL_TYPE_MEDIA_STORE, NULL);
  self->database = g_object_ref (database);
  self->clock = g_object_ref (clock);
  self->directory = g_strdup (directory);
  return self;
}
