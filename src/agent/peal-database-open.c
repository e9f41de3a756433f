/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-database-open.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "peal-agent-resources.h"
#include "peal-error.h"
#include "peal-sql.h"

#define APPLICATION_ID 0x5065616c /* "Peal" */

static const char *const migrations[] = {
  "/io/github/pealapp/Peal/Agent/sql/version-001.sql",
};

/* What is set at opening, and what reading it back must give. */
static const struct
{
  const char *set, *get, *expected;
} pragmas[] = {
  { "PRAGMA locking_mode=EXCLUSIVE", "PRAGMA locking_mode", "exclusive" },
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

int
peal_database_get_schema_version (void)
{
  return G_N_ELEMENTS (migrations);
}

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

static gboolean
run_script (sqlite3 *db, const char *path, GError **error)
{
  g_autoptr (GBytes) script =
      g_resource_lookup_data (peal_agent_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;
  int rc;

  g_assert (script != NULL);
  text = g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));
  rc = sqlite3_exec (db, text, NULL, NULL, NULL);
  return rc == SQLITE_OK || peal_sql_fail (db, rc, error);
}

/* From version @from to @from + 1, whole or not at all. */
static gboolean
migrate_once (sqlite3 *db, int from, GError **error)
{
  g_autofree char *bump = g_strdup_printf ("PRAGMA user_version=%d", from + 1);
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id=%d", APPLICATION_ID);
  g_autofree char *broken = NULL;

  if (!peal_sql_exec (db, error, "BEGIN IMMEDIATE", ""))
    return FALSE;
  if (run_script (db, migrations[from], error) && peal_sql_exec (db, error, mark, "")
      && peal_sql_exec (db, error, bump, "") && query_text (db, "PRAGMA foreign_key_check", &broken, error)
      && broken == NULL && peal_sql_exec (db, error, "COMMIT", ""))
    return TRUE;
  peal_sql_exec (db, NULL, "ROLLBACK", "");
  if (broken != NULL)
    fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_damaged", "rows without the rows that they belong to");
  return FALSE;
}

static gboolean
check_and_migrate (sqlite3 *db, GError **error)
{
  g_autofree char *check = NULL;
  gint64 version = 0, application = 0;

  if (!peal_sql_get_int (db, error, &version, 0, "PRAGMA user_version", "")
      || !peal_sql_get_int (db, error, &application, 0, "PRAGMA application_id", ""))
    return FALSE;
  if (version > peal_database_get_schema_version ())
    return fail (error, PEAL_ERROR_STORAGE_NEWER, "storage_newer", "the data were made by a newer Peal");
  if (version > 0 && application != APPLICATION_ID)
    return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_damaged", "peal.db is not a database of Peal's");
  if (!query_text (db, "PRAGMA quick_check(1)", &check, error))
    return FALSE;
  if (g_strcmp0 (check, "ok") != 0)
    return fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_damaged", check != NULL ? check : "no answer");
  for (int from = (int)version; from < peal_database_get_schema_version (); from++)
    if (!migrate_once (db, from, error))
      return FALSE;
  return TRUE;
}

/* A new file's name is safe only once its directory is on the disk too. */
static gboolean
sync_directory (const char *directory, GError **error)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_failed", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

sqlite3 *
peal_database_open_connection (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "peal.db", NULL);
  sqlite3 *db = NULL;
  int rc;

  if (!check_directory (directory, error))
    return NULL;
  rc = sqlite3_open_v2 (path, &db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW
                            | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX,
                        NULL);
  if (rc != SQLITE_OK)
    peal_sql_fail (db, rc, error);
  else
    {
      harden (db);
      if (set_pragmas (db, error) && check_and_migrate (db, error) && sync_directory (directory, error))
        return db;
    }
  sqlite3_close (db);
  return NULL;
}
