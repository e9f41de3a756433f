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
#include "peal-journal.h"
#include "peal-sql.h"

/* What is being made ready, and what is ready to take the data's place. The second name is the whole journal
 * of a restore: while a file has it, the restore is to be finished. */
#define RESTORING "peal.db.restoring"
#define RESTORED "peal.db.restored"

static const char *const suffixes[] = { "-wal", "-journal", "-shm", "" };

void
peal_backup_report_clear (PealBackupReport *self)
{
  g_clear_pointer (&self->backup, g_free);
}

static gboolean
fail (GError **error, const char *path)
{
  gboolean is_full = errno == ENOSPC || errno == EDQUOT;

  g_propagate_error (error, peal_error_new (is_full ? PEAL_ERROR_STORAGE_FULL : PEAL_ERROR_STORAGE_CORRUPT,
                                            is_full ? "disk_full" : "storage_failed", "%s: %s", path,
                                            g_strerror (errno)));
  return FALSE;
}

/* Moves the data, log first, to a folder whose name is the same after an interruption. */
static gboolean
move_aside (const char *directory, const struct stat *info, GError **error)
{
  g_autofree char *folder =
      g_strdup_printf ("%s/replaced-%" G_GINT64_FORMAT, directory, (gint64)info->st_mtim.tv_sec);

  if (mkdir (folder, 0700) < 0 && errno != EEXIST)
    return fail (error, folder);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (directory, "/" PEAL_DATABASE_FILE, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (folder, "/" PEAL_DATABASE_FILE, suffixes[i], NULL);

      if (rename (from, to) < 0 && errno != ENOENT)
        return fail (error, from);
    }
  return peal_database_sync_directory (folder, error);
}

/* The old log must be gone for certain before the new file has the name: SQLite would take it for the new
 * file's own. */
gboolean
peal_backup_finish_restore (const char *directory, GError **error)
{
  g_autofree char *ready = NULL;
  g_autofree char *file = NULL;
  struct stat info;

  g_return_val_if_fail (directory != NULL, FALSE);

  ready = g_build_filename (directory, RESTORED, NULL);
  file = g_build_filename (directory, PEAL_DATABASE_FILE, NULL);
  if (lstat (ready, &info) < 0)
    return TRUE;
  if (!move_aside (directory, &info, error) || !peal_database_sync_directory (directory, error))
    return FALSE;
  if (rename (ready, file) < 0)
    return fail (error, ready);
  return peal_database_sync_directory (directory, error);
}

static gboolean
copy_backup (const char *directory, const char *path, GError **error)
{
  g_autofree char *to = g_build_filename (directory, RESTORING, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) local = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *left_over = g_strconcat (to, suffixes[i], NULL);

      unlink (left_over);
    }
  if (g_file_copy (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL,
                   NULL, NULL, &local))
    return chmod (to, 0600) == 0 || fail (error, to);
  g_propagate_error (
      error, peal_error_new (PEAL_ERROR_STORAGE_CORRUPT, "storage_failed", "%s: %s", path, local->message));
  return FALSE;
}

static gboolean
count_posts (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealBackupReport *report = data;

  return peal_sql_get_int (db, error, &report->held, 0,
                           "SELECT count(*) FROM post WHERE state = 'held' AND hold_reason = "
                           "'restored_backup'",
                           "")
         && peal_sql_get_int (db, error, &report->blocked, 0,
                              "SELECT count(DISTINCT post_id) FROM event WHERE kind = 'armed_by_witness'",
                              "");
}

/* What must be true of the data before anything is published from them is made true while they have another
 * name. */
static gboolean
bring_up_to_date (const char *directory,
                  const char *state_directory,
                  PealClock *clock,
                  PealBackupReport *report,
                  GError **error)
{
  const PealDatabaseSetup setup = { .directory = directory, .file = RESTORING };
  const PealLease lease = { .is_rolled_back = TRUE };
  PealBackupReport before = { 0 };
  PealWitness *witness = peal_witness_open (state_directory, error);
  g_autoptr (PealDatabase) database = NULL;
  g_autoptr (PealJournal) journal = NULL;
  gboolean ok;

  if (witness == NULL)
    return FALSE;
  if (!(database = peal_database_open_with (&setup, error)))
    {
      peal_witness_free (witness);
      return FALSE;
    }
  journal = peal_journal_new (database, witness, clock);
  ok = peal_database_run_sync (database, count_posts, &before, NULL, error)
       && peal_journal_take_over (journal, &lease, error)
       && peal_database_run_sync (database, count_posts, report, NULL, error);
  peal_database_close (database);
  report->held -= before.held;
  report->blocked -= before.blocked;
  return ok;
}

/* Everything is in the one file, and on the disk. */
static gboolean
seal (const char *directory, GError **error)
{
  g_autofree char *from = g_build_filename (directory, RESTORING, NULL);
  g_autofree char *log = g_strconcat (from, "-wal", NULL);
  g_autofree char *to = g_build_filename (directory, RESTORED, NULL);
  struct stat info;
  gboolean ok;
  int fd;

  if (lstat (log, &info) == 0 && info.st_size > 0)
    {
      errno = EBUSY;
      return fail (error, log);
    }
  unlink (log);
  fd = open (from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  ok = fd >= 0 && fsync (fd) == 0 && rename (from, to) == 0;
  if (!ok)
    fail (error, from);
  if (fd >= 0)
    close (fd);
  return ok && peal_database_sync_directory (directory, error);
}

gboolean
peal_backup_restore (const char *directory,
                     const char *state_directory,
                     const char *path,
                     PealClock *clock,
                     PealBackupReport *report,
                     GError **error)
{
  g_return_val_if_fail (directory != NULL && state_directory != NULL && report != NULL, FALSE);
  g_return_val_if_fail (PEAL_IS_CLOCK (clock), FALSE);

  report->backup = path != NULL ? g_strdup (path) : peal_backup_find_newest (directory);
  if (report->backup == NULL)
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "backup_missing", "there is no whole backup"));
      return FALSE;
    }
  return peal_backup_finish_restore (directory, error) && peal_backup_verify (report->backup, error)
         && copy_backup (directory, report->backup, error)
         && bring_up_to_date (directory, state_directory, clock, report, error) && seal (directory, error)
         && peal_backup_finish_restore (directory, error);
}
