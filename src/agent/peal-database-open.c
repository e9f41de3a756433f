/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-database-open.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-sql.h"

/* What is set at opening, and what reading it back must give. */
static const struct
{
  const char *set, *get, *expected;
} pragmas[] = {
  { "PRAGMA journal_mode=WAL", "PRAGMA journal_mode", "wal" },
  { "PRAGMA synchronous=EXTRA", "PRAGMA synchronous", "3" },
  { "PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", "1" },
  { "PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", "1" },
  { "PRAGMA mmap_size=0", "PRAGMA mmap_size", "0" },
  { "PRAGMA secure_delete=ON", "PRAGMA secure_delete", "1" },
  { "PRAGMA temp_store=MEMORY", "PRAGMA temp_store", "2" },
  { "PRAGMA wal_autocheckpoint=200", "PRAGMA wal_autocheckpoint", "200" },
  { "PRAGMA journal_size_limit=1048576", "PRAGMA journal_size_limit", "1048576" },
};

/* Network file systems whose locks and fsync cannot be trusted, by statfs (2) magic. */
static const guint64 network_file_systems[] = {
  0x6969, 0xff534d42, 0xfe534d42, 0x517b, 0x01021997, 0x73757245
};

static gboolean
fail (GError **error, PealErrorCode code, const char *reason, const char *message)
{
  if (error != NULL)
    *error = peal_error_new (code, reason, "%s", message);
  return FALSE;
}

static gboolean
check_directory (const char *directory, GError **error)
{
  struct stat info;
  struct statfs file_system;

  if (g_mkdir_with_parents (directory, 0700) < 0)
    return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_read_only", g_strerror (errno));
  if (lstat (directory, &info) < 0)
    return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_read_only", g_strerror (errno));
  if (!S_ISDIR (info.st_mode) || info.st_uid != geteuid ())
    return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_not_ours",
                 "the data directory belongs to somebody else");
  if ((info.st_mode & 0077) != 0 && chmod (directory, 0700) < 0)
    return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_not_ours", "others can read the data directory");
  if (statfs (directory, &file_system) < 0)
    return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_read_only", g_strerror (errno));
  for (gsize i = 0; i < G_N_ELEMENTS (network_file_systems); i++)
    if ((guint64)file_system.f_type == network_file_systems[i])
      return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_unsafe",
                   "the data directory is on a network disk");
  return TRUE;
}

static void
harden (sqlite3 *db)
{
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, 8 * 1024 * 1024);
  sqlite3_limit (db, SQLITE_LIMIT_SQL_LENGTH, 64 * 1024);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 1);
  sqlite3_limit (db, SQLITE_LIMIT_VARIABLE_NUMBER, 64);
  sqlite3_limit (db, SQLITE_LIMIT_TRIGGER_DEPTH, 4);
}

static gboolean
query_text (sqlite3 *db, const char *sql, char **text, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) statement = peal_sql_query (db, error, sql, "");

  if (statement == NULL)
    return FALSE;
  *text = peal_sql_step (statement, &local) ? peal_sql_dup_text (statement, 0) : NULL;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

static gboolean
set_pragmas (sqlite3 *db, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pragmas); i++)
    {
      g_autofree char *value = NULL;

      if (!peal_sql_exec (db, error, pragmas[i].set, "") || !query_text (db, pragmas[i].get, &value, error))
        return FALSE;
      if (g_strcmp0 (value, pragmas[i].expected) != 0)
        return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_unsafe", pragmas[i].set);
    }
  return TRUE;
}

gboolean
peal_database_check (sqlite3 *db, const char *check, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s", check);
  g_autofree char *answer = NULL;

  if (!query_text (db, sql, &answer, error))
    return FALSE;
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;
  return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_damaged", answer != NULL ? answer : "no answer");
}

/* Reads only: what is refused here must stay as it is. */
static gboolean
check_content (sqlite3 *db, const PealDatabaseSetup *setup, gint64 *version, GError **error)
{
  g_autofree char *locking = NULL;

  if (!peal_sql_exec (db, error, "PRAGMA locking_mode=EXCLUSIVE", "")
      || !query_text (db, "PRAGMA locking_mode", &locking, error)
      || !peal_sql_get_int (db, error, version, 0, "PRAGMA user_version", ""))
    return FALSE;
  if (g_strcmp0 (locking, "exclusive") != 0)
    return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_unsafe", "PRAGMA locking_mode=EXCLUSIVE");
  if (*version > peal_database_count_migrations (setup))
    return fail (error, PEAL_ERROR_STORAGE_NEWER, "storage_newer", "the data were made by a newer Peal");
  if (*version > 0 && !peal_database_is_ours (db))
    return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_damaged", "peal.db is not a database of Peal's");
  return peal_database_check (db, "quick_check(1)", error);
}

/* A new file's name is safe only once its directory is on the disk too. */
gboolean
peal_database_sync_directory (const char *directory, GError **error)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_failed", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

void
peal_database_close_connection (sqlite3 *db, gboolean tidy)
{
  g_return_if_fail (db != NULL);

  if (tidy)
    sqlite3_wal_checkpoint_v2 (db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  else
    sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_close (db);
}

sqlite3 *
peal_database_open_connection (const PealDatabaseSetup *setup, GError **error)
{
  const char *file = setup->file != NULL ? setup->file : PEAL_DATABASE_FILE;
  g_autofree char *path = g_build_filename (setup->directory, file, NULL);
  gint64 version = 0;
  sqlite3 *db = NULL;
  int rc;

  if (!check_directory (setup->directory, error))
    return NULL;
  rc = sqlite3_open_v2 (path, &db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW
                            | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX,
                        setup->vfs);
  if (rc != SQLITE_OK)
    peal_sql_fail (db, rc, error);
  else if (sqlite3_db_readonly (db, "main") == 1)
    fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_read_only", "peal.db cannot be written");
  else
    {
      harden (db);
      if (check_content (db, setup, &version, error) && set_pragmas (db, error)
          && peal_database_migrate (db, setup, (int)version, error)
          && peal_database_sync_directory (setup->directory, error))
        return db;
    }
  peal_database_close_connection (db, FALSE);
  return NULL;
}
