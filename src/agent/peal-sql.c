/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-sql.h"

#include <errno.h>

#include "peal-error.h"

static const char *
reason_for_result (int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_CONSTRAINT:
      return "refused_by_database";
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return "storage_read_only";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "storage_busy";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "storage_damaged";
    default:
      return "storage_failed";
    }
}

/* What the system said weighs more than what SQLite makes of it: a full quota comes as an I/O error. */
static PealErrorCode
classify (int rc, int system_errno, const char **reason)
{
  gboolean is_io = (rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN;

  if ((rc & 0xff) == SQLITE_FULL || (is_io && (system_errno == ENOSPC || system_errno == EDQUOT)))
    {
      *reason = "disk_full";
      return PEAL_ERROR_STORAGE_FULL;
    }
  if (is_io && (system_errno == EROFS || system_errno == EACCES))
    *reason = "storage_read_only";
  else
    *reason = reason_for_result (rc);
  return (rc & 0xff) == SQLITE_CONSTRAINT ? PEAL_ERROR_INVALID : PEAL_ERROR_STORAGE_CORRUPT;
}

gboolean
peal_sql_fail (sqlite3 *db, int rc, GError **error)
{
  const char *reason;
  PealErrorCode code = classify (rc, sqlite3_system_errno (db), &reason);

  if (error != NULL)
    *error = peal_error_new (code, reason, "%s (%d)", sqlite3_errmsg (db), sqlite3_extended_errcode (db));
  return FALSE;
}

static int
bind_one (sqlite3_stmt *statement, int index, char letter, va_list *args)
{
  switch (letter)
    {
    case 'i':
      return sqlite3_bind_int64 (statement, index, va_arg (*args, gint64));
    case 'o':
      {
        gint64 value = va_arg (*args, gint64);
        return value == -1 ? sqlite3_bind_null (statement, index)
                           : sqlite3_bind_int64 (statement, index, value);
      }
    case 's':
      return sqlite3_bind_text (statement, index, va_arg (*args, const char *), -1, SQLITE_TRANSIENT);
    case 'b':
      {
        const void *data = va_arg (*args, const void *);
        gsize length = va_arg (*args, gsize);
        return sqlite3_bind_blob64 (statement, index, data, length, SQLITE_TRANSIENT);
      }
    case 'n':
      return sqlite3_bind_null (statement, index);
    default:
      g_assert_not_reached ();
    }
}

static sqlite3_stmt *
prepare (sqlite3 *db, GError **error, const char *sql, const char *letters, va_list *args)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int rc = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  for (int i = 0; rc == SQLITE_OK && letters[i] != '\0'; i++)
    rc = bind_one (statement, i + 1, letters[i], args);
  if (rc != SQLITE_OK)
    {
      peal_sql_fail (db, rc, error);
      return NULL;
    }
  g_assert (sqlite3_bind_parameter_count (statement) == (int)strlen (letters));
  return g_steal_pointer (&statement);
}

static gboolean
exec_va (sqlite3 *db, GError **error, const char *sql, const char *letters, va_list *args)
{
  g_autoptr (sqlite3_stmt) statement = prepare (db, error, sql, letters, args);
  int rc;

  if (statement == NULL)
    return FALSE;
  rc = sqlite3_step (statement);
  return rc == SQLITE_DONE || rc == SQLITE_ROW || peal_sql_fail (db, rc, error);
}

gboolean
peal_sql_exec (sqlite3 *db, GError **error, const char *sql, const char *letters, ...)
{
  va_list args;
  gboolean ok;

  va_start (args, letters);
  ok = exec_va (db, error, sql, letters, &args);
  va_end (args);
  return ok;
}

gboolean
peal_sql_exec_one (sqlite3 *db, GError **error, const char *sql, const char *letters, ...)
{
  va_list args;
  gboolean ok;

  va_start (args, letters);
  ok = exec_va (db, error, sql, letters, &args);
  va_end (args);
  if (ok && sqlite3_changes (db) != 1)
    {
      if (error != NULL)
        *error =
            peal_error_new (PEAL_ERROR_INVALID, "changed_meanwhile", "%d rows changed", sqlite3_changes (db));
      return FALSE;
    }
  return ok;
}

sqlite3_stmt *
peal_sql_query (sqlite3 *db, GError **error, const char *sql, const char *letters, ...)
{
  sqlite3_stmt *statement;
  va_list args;

  va_start (args, letters);
  statement = prepare (db, error, sql, letters, &args);
  va_end (args);
  return statement;
}

gboolean
peal_sql_step (sqlite3_stmt *statement, GError **error)
{
  int rc = sqlite3_step (statement);

  if (rc == SQLITE_ROW)
    return TRUE;
  if (rc != SQLITE_DONE)
    peal_sql_fail (sqlite3_db_handle (statement), rc, error);
  return FALSE;
}

gboolean
peal_sql_get_int (sqlite3 *db,
                  GError **error,
                  gint64 *value,
                  gint64 fallback,
                  const char *sql,
                  const char *letters,
                  ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError) local = NULL;
  va_list args;

  va_start (args, letters);
  statement = prepare (db, error, sql, letters, &args);
  va_end (args);
  if (statement == NULL)
    return FALSE;
  *value = peal_sql_step (statement, &local) ? peal_sql_int (statement, 0, fallback) : fallback;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

gboolean
peal_sql_step_one (sqlite3_stmt *statement, const char *missing, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (peal_sql_step (statement, &local))
    return TRUE;
  if (local == NULL)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, missing, "there is no such row");
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

const char *
peal_sql_text (sqlite3_stmt *statement, int column)
{
  return (const char *)sqlite3_column_text (statement, column);
}

char *
peal_sql_dup_text (sqlite3_stmt *statement, int column)
{
  return g_strdup (peal_sql_text (statement, column));
}

gint64
peal_sql_int (sqlite3_stmt *statement, int column, gint64 fallback)
{
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return fallback;
  return sqlite3_column_int64 (statement, column);
}
