/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "peal-database-open.h"
#include "peal-database.h"
#include "peal-settings.h"
#include "peal-sql.h"
#include "peal-test-fiber.h"

typedef struct
{
  char *directory;
  char *file;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *parent = g_dir_make_tmp ("peal-database-XXXXXX", NULL);

  self->directory = g_build_filename (parent, "data", NULL);
  self->file = g_build_filename (self->directory, "peal.db", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  static const char *const leftovers[] = { "peal.db", "peal.db-wal", "peal.db-journal", "elsewhere" };
  g_autofree char *parent = g_path_get_dirname (self->directory);

  for (gsize i = 0; i < G_N_ELEMENTS (leftovers); i++)
    {
      g_autofree char *path = g_build_filename (self->directory, leftovers[i], NULL);

      g_remove (path);
    }
  g_chmod (self->directory, 0700);
  g_rmdir (self->directory);
  g_rmdir (parent);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->file, g_free);
}

static void
check_refused (Fixture *self, PealErrorCode code, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealDatabase) database = peal_database_open (self->directory, &error);

  g_assert_null (database);
  g_assert_error (error, PEAL_ERROR, (int)code);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
}

static void
close_database (PealDatabase *database)
{
  peal_database_close (database);
  g_object_unref (database);
}

static gboolean
read_version (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  return peal_sql_get_int (db, error, data, -1, "PRAGMA user_version", "");
}

static void
test_new (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  PealDatabase *database = peal_database_open (self->directory, &error);
  struct stat info;
  gint64 version;

  g_assert_no_error (error);
  g_assert_true (peal_database_run_sync (database, read_version, &version, NULL, &error));
  g_assert_cmpint (version, ==, peal_database_get_schema_version ());
  g_assert_cmpint (stat (self->file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0);
  g_assert_cmpint (stat (self->directory, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  /* Nobody else may open it meanwhile. */
  check_refused (self, PEAL_ERROR_STORAGE_CORRUPT, "storage_busy");
  close_database (database);
  database = peal_database_open (self->directory, &error);
  g_assert_no_error (error);
  close_database (database);
}

static gboolean
write_and_fail (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_assert_true (peal_settings_write (db, "paused", "1", error));
  g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "on_purpose", "no"));
  return FALSE;
}

static gboolean
read_paused (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  return peal_settings_read_paused (db, data, error);
}

static void
test_rolls_back (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  PealDatabase *database = peal_database_open (self->directory, NULL);
  gboolean paused = TRUE;

  g_assert_false (peal_database_run_sync (database, write_and_fail, NULL, NULL, &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "on_purpose");
  g_assert_true (peal_database_run_sync (database, read_paused, &paused, NULL, NULL));
  g_assert_false (paused);
  close_database (database);
}

static void
exec_raw (Fixture *self, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (self->file, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_newer (Fixture *self, gconstpointer data)
{
  close_database (peal_database_open (self->directory, NULL));
  exec_raw (self, "PRAGMA user_version=999");
  check_refused (self, PEAL_ERROR_STORAGE_NEWER, "storage_newer");
}

static void
test_not_ours (Fixture *self, gconstpointer data)
{
  g_mkdir (self->directory, 0700);
  exec_raw (self, "PRAGMA user_version=1; CREATE TABLE t (a)");
  check_refused (self, PEAL_ERROR_STORAGE_CORRUPT, "storage_damaged");
}

static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_mkdir (self->directory, 0700);
  g_assert_true (
      g_file_set_contents (self->file, "This is no database at all, whatever its name may say.", -1, NULL));
  check_refused (self, PEAL_ERROR_STORAGE_CORRUPT, "storage_damaged");
}

static void
test_link (Fixture *self, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (self->directory, "elsewhere", NULL);

  g_mkdir (self->directory, 0700);
  g_assert_true (g_file_set_contents (elsewhere, "", 0, NULL));
  g_assert_cmpint (symlink (elsewhere, self->file), ==, 0);
  check_refused (self, PEAL_ERROR_STORAGE_CORRUPT, "storage_read_only");
}

static void
test_server (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  PealDatabase *database = peal_database_open (self->directory, NULL);

  g_assert_true (peal_settings_claim_server (database, "http://127.0.0.1:1", &error));
  g_assert_true (peal_settings_claim_server (database, "http://127.0.0.1:1", &error));
  g_assert_false (peal_settings_claim_server (database, "practice", &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "server_other");
  close_database (database);
}

static DexFuture *
settings_fiber (gpointer data)
{
  PealDatabase *database = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = NULL;
  gint64 grace = 0;

  g_assert_true (dex_await (
      peal_settings_set (database, g_variant_new_parsed ("{'late_grace_s': <int64 900>}")), &error));
  g_assert_false (dex_await (
      peal_settings_set (database, g_variant_new_parsed ("{'late_grace_s': <int64 90000>}")), &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "setting_range");
  g_clear_error (&error);
  g_assert_false (
      dex_await (peal_settings_set (database, g_variant_new_parsed ("{'colour': <'red'>}")), &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "setting_unknown");
  g_clear_error (&error);
  settings = dex_await_variant (peal_settings_get (database), &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (settings, "late_grace_s", "x", &grace));
  g_assert_cmpint (grace, ==, 900);
  return dex_future_new_true ();
}

static void
test_settings (Fixture *self, gconstpointer data)
{
  PealDatabase *database = peal_database_open (self->directory, NULL);
  g_autoptr (DexFuture) future = peal_test_run_fiber (settings_fiber, database);

  g_assert_true (dex_future_is_resolved (future));
  close_database (database);
}

#define ADD(name, func) g_test_add ("/database/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  umask (077);
  ADD ("new", test_new);
  ADD ("rolls-back", test_rolls_back);
  ADD ("newer", test_newer);
  ADD ("not-ours", test_not_ours);
  ADD ("damaged", test_damaged);
  ADD ("link", test_link);
  ADD ("server", test_server);
  ADD ("settings", test_settings);
  return g_test_run ();
}
