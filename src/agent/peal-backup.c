/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-database-open.h"
#include "peal-error.h"
#include "peal-sql.h"

#define FOLDER "backups"

static gboolean
fail (GError **error, int saved_errno, const char *path)
{
  gboolean is_full = saved_errno == ENOSPC || saved_errno == EDQUOT;

  g_propagate_error (error, peal_error_new (is_full ? PEAL_ERROR_STORAGE_FULL : PEAL_ERROR_STORAGE_CORRUPT,
                                            is_full ? "disk_full" : "storage_failed", "%s: %s", path,
                                            g_strerror (saved_errno)));
  return FALSE;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_propagate_error (
      error, peal_error_new (PEAL_ERROR_STORAGE_CORRUPT, "storage_damaged", "the backup %s", message));
  return FALSE;
}

static gboolean
check_backup (sqlite3 *db, GError **error)
{
  gint64 version = 0;

  if (!peal_sql_exec (db, error, "PRAGMA locking_mode=EXCLUSIVE", "")
      || !peal_sql_get_int (db, error, &version, 0, "PRAGMA user_version", ""))
    return FALSE;
  if (!peal_database_is_ours (db))
    return refuse (error, "is not Peal's");
  if (version < 1 || version > peal_database_get_schema_version ())
    return refuse (error, "was made by a newer Peal");
  return peal_database_check (db, "quick_check(1)", error);
}

/* Whatever is wrong with a backup says nothing about the data. */
gboolean
peal_backup_verify (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  sqlite3 *db = NULL;
  int rc;

  g_return_val_if_fail (path != NULL, FALSE);

  rc = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE, NULL);
  if (rc == SQLITE_OK)
    {
      sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      check_backup (db, &local);
    }
  else
    peal_sql_fail (db, rc, &local);
  sqlite3_close (db);
  if (local == NULL)
    return TRUE;
  return peal_error_refuse (error, PEAL_ERROR_STORAGE_CORRUPT, "backup_damaged", "%s: %s", path,
                            local->message);
}

static gboolean
sync_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  gboolean ok = fd >= 0 && fchmod (fd, 0600) == 0 && fsync (fd) == 0;

  if (!ok)
    fail (error, errno, path);
  if (fd >= 0)
    close (fd);
  return ok;
}

/* SQLite syncs neither the name nor, before 3.47, all of what VACUUM INTO writes. */
gboolean
peal_backup_write (sqlite3 *db, const char *directory, const char *name, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *temporary = NULL;

  g_return_val_if_fail (db != NULL && directory != NULL && name != NULL, FALSE);

  folder = g_build_filename (directory, FOLDER, NULL);
  path = g_build_filename (folder, name, NULL);
  temporary = g_strconcat (path, ".tmp", NULL);
  if (g_mkdir_with_parents (folder, 0700) < 0)
    return fail (error, errno, folder);
  unlink (temporary);
  if (peal_sql_exec (db, error, "VACUUM INTO ?", "s", temporary) && peal_backup_verify (temporary, error)
      && sync_file (temporary, error))
    {
      if (rename (temporary, path) == 0)
        return peal_database_sync_directory (folder, error);
      fail (error, errno, path);
    }
  unlink (temporary);
  return FALSE;
}

gboolean
peal_backup_prepare_migration (sqlite3 *db, const char *directory, int from, GError **error)
{
  g_autofree char *name = g_strdup_printf ("pre-v%d.db", from + 1);

  return peal_backup_write (db, directory, name, error);
}

typedef struct
{
  char *path;
  gint64 changed;
} Candidate;

static void
candidate_clear (Candidate *self)
{
  g_clear_pointer (&self->path, g_free);
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *one = a, *other = b;

  return one->changed == other->changed ? -g_strcmp0 (one->path, other->path)
                                        : (one->changed < other->changed ? 1 : -1);
}

/* (transfer full): of Candidate, newest first. */
static GArray *
list_backups (const char *directory)
{
  g_autofree char *folder = g_build_filename (directory, FOLDER, NULL);
  g_autoptr (GDir) open_folder = g_dir_open (folder, 0, NULL);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Candidate));
  const char *name;

  g_array_set_clear_func (found, (GDestroyNotify)candidate_clear);
  while (open_folder != NULL && (name = g_dir_read_name (open_folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;

      if (g_str_has_suffix (name, ".db") && lstat (path, &info) == 0 && S_ISREG (info.st_mode))
        {
          Candidate candidate = { .path = g_steal_pointer (&path),
                                  .changed = (gint64)info.st_mtim.tv_sec * G_USEC_PER_SEC
                                             + info.st_mtim.tv_nsec / 1000 };
          g_array_append_val (found, candidate);
        }
    }
  g_array_sort (found, compare_candidates);
  return found;
}

char *
peal_backup_find_newest (const char *directory)
{
  g_autoptr (GArray) backups = NULL;

  g_return_val_if_fail (directory != NULL, NULL);

  backups = list_backups (directory);
  for (guint i = 0; i < backups->len; i++)
    if (peal_backup_verify (g_array_index (backups, Candidate, i).path, NULL))
      return g_strdup (g_array_index (backups, Candidate, i).path);
  return NULL;
}

void
peal_backup_offer (const char *directory, GError **error)
{
  g_autofree char *path = peal_backup_find_newest (directory);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;

  if (name != NULL)
    g_prefix_error (error, "“peal-agent --restore-backup” restores %s: ", name);
}

static gboolean
copy_into (const char *directory, const char *folder, const char *name)
{
  g_autofree char *from = g_build_filename (directory, name, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  if (!g_file_copy (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS, NULL, NULL, NULL, &error))
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  return chmod (to, 0400) == 0;
}

void
peal_backup_keep_damaged (const char *directory)
{
  g_autofree char *file = g_build_filename (directory, PEAL_DATABASE_FILE, NULL);
  g_autofree char *folder = NULL;
  struct stat info;

  if (lstat (file, &info) < 0 || !S_ISREG (info.st_mode))
    return;
  folder = g_strdup_printf ("%s/damaged-%" G_GINT64_FORMAT, directory, (gint64)info.st_mtim.tv_sec);
  if (mkdir (folder, 0700) < 0)
    return;
  if (!copy_into (directory, folder, PEAL_DATABASE_FILE)
      || !copy_into (directory, folder, PEAL_DATABASE_FILE "-wal"))
    g_debug ("the damaged data could not be copied to %s", folder);
}
