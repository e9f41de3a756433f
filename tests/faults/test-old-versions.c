/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Data of every released version open in this one with everything in them, and what this one cannot read it
 * leaves as it is. */

#include "config.h"

#include <glib/gstdio.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "peal-backup.h"
#include "peal-disk-fixture.h"
#include "peal-error.h"
#include "peal-sql.h"
#include "peal-test-tree.h"

typedef struct
{
  char *directory, *file;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->directory = g_dir_make_tmp ("peal-old-XXXXXX", NULL);
  self->file = g_build_filename (self->directory, PEAL_DATABASE_FILE, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_chmod (self->directory, 0700);
  peal_test_remove_tree (self->directory);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->file, g_free);
}

static void
exec_raw (Fixture *self, const char *sql)
{
  g_autofree char *message = NULL;
  char *failed = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (self->file, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &failed);
  message = g_strdup (failed);
  sqlite3_free (failed);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

/* As version @version left it. */
static void
make_old (Fixture *self, int version)
{
  g_autofree char *name = g_strdup_printf ("version-%03d.sql", version);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "database", name, NULL);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &sql, NULL, &error);
  g_assert_no_error (error);
  exec_raw (self, sql);
  exec_raw (self, "PRAGMA journal_mode=WAL");
}

static gint64
get_int (sqlite3 *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  peal_sql_get_int (db, &error, &value, -1, sql, "");
  g_assert_no_error (error);
  return value;
}

/* The first version's data, in a database of any later one. */
static gboolean
find_first (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  static const struct
  {
    const char *sql;
    gint64 expected;
  } facts[] = {
    { "SELECT value = '900' FROM setting WHERE key = 'late_grace_s'", 1 },
    { "SELECT epoch FROM lease", 7 },
    { "SELECT client_key = 'aw1x2y3z' FROM app", 1 },
    { "SELECT count(*) FROM account", 2 },
    { "SELECT display_name = 'Mara bäckt' AND is_verified = 1 FROM account WHERE id = 1", 1 },
    { "SELECT sum(minute) FROM slot", 1680 },
    { "SELECT size FROM media WHERE name = 'Rührkuchen.mp4'", 121000000 },
    { "SELECT count(*) FROM post_group", 1 },
    { "SELECT count(DISTINCT state) FROM post", 9 },
    { "SELECT count(*) FROM post WHERE caption = 'Kuchen 🍰 \"frisch\"' || char (10) || '#backen'", 9 },
    { "SELECT copy_of FROM post WHERE state = 'cancelled'", 8 },
    { "SELECT count(DISTINCT state) FROM attempt", 6 },
    { "SELECT armed_at FROM attempt WHERE state = 'FINAL_ARMED' AND publish_id = 'v_pub~4'",
      G_GINT64_CONSTANT (1791000000000000) },
    { "SELECT count(*) FROM event WHERE kind = 'reserved' AND detail = '{\"attempt\": \"RESERVED\"}'", 6 },
    { "SELECT follower_count IS NULL + likes_count FROM account_sample", 0 },
    { "SELECT view_count FROM video WHERE id = '7400000000000000001'", 5000 },
    { "SELECT share_count FROM video_sample", 0 },
    { "SELECT seq FROM sqlite_sequence WHERE name = 'post'", 9 },
    { "SELECT count(*) FROM pragma_foreign_key_check", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_test_message ("%s", facts[i].sql);
      g_assert_cmpint (get_int (db, facts[i].sql), ==, facts[i].expected);
    }
  return TRUE;
}

static void
test_data (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealDatabase) database = NULL;

  make_old (self, GPOINTER_TO_INT (data));
  database = peal_database_open (self->directory, &error);
  g_assert_no_error (error);
  g_assert_true (peal_database_run_sync (database, find_first, NULL, NULL, &error));
  peal_database_close (database);
}

static char *
describe_schema (sqlite3 *db)
{
  g_autoptr (sqlite3_stmt) row = peal_sql_query (
      db, NULL,
      "SELECT group_concat(sql, char (10)) FROM (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND "
      "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name)",
      "");

  g_assert_true (peal_sql_step (row, NULL));
  return peal_sql_dup_text (row, 0);
}

/* The dump is of the schema that the program makes; where they part, tests/data/database/make-version-NNN.py
 * makes it anew, unless that version is out. */
static void
test_schema (Fixture *self, gconstpointer data)
{
  const int version = GPOINTER_TO_INT (data);
  g_autofree char *old = NULL;
  g_autofree char *made = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (version, <=, peal_database_get_schema_version ());
  make_old (self, version);
  g_assert_cmpint (sqlite3_open (self->file, &db), ==, SQLITE_OK);
  g_assert_cmpint (get_int (db, "PRAGMA user_version"), ==, version);
  old = describe_schema (db);
  sqlite3_close (db);
  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  for (int step = 1; step <= version; step++)
    {
      g_autofree char *script = peal_disk_dup_schema_step (step);

      g_assert_cmpint (sqlite3_exec (db, script, NULL, NULL, NULL), ==, SQLITE_OK);
    }
  made = describe_schema (db);
  sqlite3_close (db);
  g_assert_cmpstr (old, ==, made);
}

/* Another second version, as there may be one: a table made anew, an index, a column. */
static const char second[] =
    "CREATE TABLE new_slot (account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE, weekday "
    "INTEGER NOT NULL, minute INTEGER NOT NULL, note TEXT NOT NULL DEFAULT '', PRIMARY KEY (account_id, "
    "weekday, minute)) STRICT, WITHOUT ROWID;"
    "INSERT INTO new_slot (account_id, weekday, minute) SELECT account_id, weekday, minute FROM slot;"
    "DROP TABLE slot; ALTER TABLE new_slot RENAME TO slot; CREATE INDEX event_at ON event (at);"
    "ALTER TABLE account ADD COLUMN note TEXT;";

static void
test_second (Fixture *self, gconstpointer data)
{
  g_autofree char *first = peal_disk_dup_schema_step (1);
  const char *const migrations[] = { first, second, NULL };
  const PealDatabaseSetup setup = { .directory = self->directory,
                                    .migrations = migrations,
                                    .prepare = peal_backup_prepare_migration };
  g_autofree char *backup = g_build_filename (self->directory, "backups", "pre-v2.db", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  make_old (self, 1);
  db = peal_database_open_connection (&setup, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_int (db, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (get_int (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (get_int (db, "SELECT count(*) FROM slot WHERE note = ''"), ==, 2);
  find_first (db, NULL, NULL, NULL);
  peal_database_close_connection (db, TRUE);
  /* What was before is there too, whole. */
  g_assert_true (peal_backup_verify (backup, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (backup, &db), ==, SQLITE_OK);
  g_assert_cmpint (get_int (db, "PRAGMA user_version"), ==, 1);
  find_first (db, NULL, NULL, NULL);
  sqlite3_close (db);
}

/* A step that fails, at its end or on its way, or leaves references to nothing, leaves nothing. */
static void
test_failing_step (Fixture *self, gconstpointer data)
{
  static const char *const bad[] = {
    "CREATE TABLE t (a); INSERT INTO t VALUES (1); SELECT no_such_function ();",
    "ALTER TABLE account ADD COLUMN note TEXT; DELETE FROM event;",
    "UPDATE slot SET account_id = 99;",
  };
  g_autofree char *first = peal_disk_dup_schema_step (1);
  const char *const none[] = { first, NULL };
  const PealDatabaseSetup as_it_was = { .directory = self->directory, .migrations = none };

  make_old (self, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *const migrations[] = { first, bad[i], NULL };
      const PealDatabaseSetup setup = { .directory = self->directory, .migrations = migrations };
      g_autoptr (GError) error = NULL;
      g_autoptr (PealDatabase) database = NULL;

      g_assert_null (peal_database_open_connection (&setup, &error));
      g_assert_nonnull (error);
      database = peal_database_open_with (&as_it_was, NULL);
      g_assert_true (peal_database_run_sync (database, find_first, NULL, NULL, NULL));
      peal_database_close (database);
    }
}

/* No backup, no migration. */
static gboolean
refuse_prepare (sqlite3 *db, const char *directory, int from, GError **error)
{
  g_assert_cmpint (from, ==, 1);
  return peal_error_refuse (error, PEAL_ERROR_STORAGE_FULL, "disk_full", "no room");
}

static void
test_no_backup (Fixture *self, gconstpointer data)
{
  g_autofree char *first = peal_disk_dup_schema_step (1);
  const char *const migrations[] = { first, second, NULL };
  const PealDatabaseSetup setup = { .directory = self->directory,
                                    .migrations = migrations,
                                    .prepare = refuse_prepare };
  g_autoptr (GError) error = NULL;
  g_autoptr (PealDatabase) database = NULL;

  make_old (self, 1);
  g_assert_null (peal_database_open_connection (&setup, &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "disk_full");
  database = peal_database_open (self->directory, NULL);
  g_assert_true (peal_database_run_sync (database, find_first, NULL, NULL, NULL));
  peal_database_close (database);
}

/* NULL where there is nothing, or nothing in it. */
static char *
dup_digest (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, NULL) || length == 0)
    return NULL;
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
}

/* Refused for @reason, and not a byte of file or log is another. */
static void
check_untouched (Fixture *self, const char *reason)
{
  g_autofree char *log = g_strconcat (self->file, "-wal", NULL);
  g_autofree char *file_before = dup_digest (self->file);
  g_autofree char *log_before = dup_digest (log);
  g_autofree char *file_after = NULL;
  g_autofree char *log_after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (peal_database_open (self->directory, &error));
  g_test_message ("%s", error->message);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
  file_after = dup_digest (self->file);
  log_after = dup_digest (log);
  g_assert_cmpstr (file_before, ==, file_after);
  g_assert_cmpstr (log_before, ==, log_after);
}

/* Leaves the last transaction in the log, as a process that was killed does. */
static void
leave_log (Fixture *self, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (self->file, &db), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_assert_cmpint (
      sqlite3_exec (db, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA wal_autocheckpoint=0", NULL, NULL, NULL), ==,
      SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_newer (Fixture *self, gconstpointer data)
{
  make_old (self, 1);
  leave_log (self, "CREATE TABLE of_the_future (a); PRAGMA user_version=99");
  check_untouched (self, "storage_newer");
}

static void
flip (const char *path, off_t at)
{
  FILE *file = fopen (path, "r+b");
  int byte;

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, at, SEEK_SET), ==, 0);
  byte = fgetc (file);
  g_assert_cmpint (fseek (file, at, SEEK_SET), ==, 0);
  fputc (byte ^ 0x55, file);
  g_assert_cmpint (fclose (file), ==, 0);
}

static guint
count_copies (Fixture *self)
{
  g_autoptr (GDir) directory = g_dir_open (self->directory, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    n += g_str_has_prefix (name, "damaged-");
  return n;
}

/* Damage: the files stay, a copy is put aside once, and where there is a backup it is named. */
static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealDatabase) database = NULL;
  sqlite3 *db = NULL;

  make_old (self, 1);
  g_assert_cmpint (sqlite3_open (self->file, &db), ==, SQLITE_OK);
  g_assert_true (peal_backup_write (db, self->directory, "peal-20261122T030000Z.db", &error));
  g_assert_no_error (error);
  sqlite3_close (db);
  for (int page = 4; page < 12; page++)
    flip (self->file, page * 4096 + 1);
  check_untouched (self, "storage_damaged");
  check_untouched (self, "storage_damaged");
  g_assert_cmpuint (count_copies (self), ==, 1);
  g_assert_null (peal_database_open (self->directory, &error));
  g_assert_nonnull (strstr (error->message, "peal-20261122T030000Z.db"));
}

/* Root may write everywhere; this thread may not for a while. */
static void
set_effective_capabilities (guint32 low, guint32 high)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct data[2];

  g_assert_cmpint (syscall (SYS_capget, &header, data), ==, 0);
  data[0].effective = data[0].permitted & low;
  data[1].effective = data[1].permitted & high;
  g_assert_cmpint (syscall (SYS_capset, &header, data), ==, 0);
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  make_old (self, 1);
  g_chmod (self->file, 0400);
  g_chmod (self->directory, 0500);
  set_effective_capabilities (0, 0);
  check_untouched (self, "storage_read_only");
  set_effective_capabilities (G_MAXUINT32, G_MAXUINT32);
}

/* Deleted, or another in its place, while the agent has it. */
static gboolean
count_posts (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  *(gint64 *)data = get_int (db, "SELECT count(*) FROM post");
  return TRUE;
}

static void
test_replaced (Fixture *self, gconstpointer data)
{
  const gboolean is_deleted = GPOINTER_TO_INT (data);
  g_autofree char *away = g_strconcat (self->file, ".away", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) trouble = NULL;
  g_autoptr (PealDatabase) database = NULL;
  gint64 n = 0;

  make_old (self, 1);
  database = peal_database_open (self->directory, NULL);
  g_assert_true (peal_database_run_sync (database, count_posts, &n, NULL, NULL));
  g_assert_cmpint (n, ==, 9);
  g_assert_cmpint (g_rename (self->file, away), ==, 0);
  if (!is_deleted)
    make_old (self, 1);
  g_assert_false (peal_database_run_sync (database, count_posts, &n, NULL, &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "storage_replaced");
  trouble = peal_database_dup_trouble (database);
  g_assert_cmpstr (peal_error_get_reason (trouble), ==, "storage_replaced");
  g_clear_error (&error);
  g_assert_false (peal_database_run_sync (database, count_posts, &n, NULL, &error));
  peal_database_close (database);
}

#define ADD(name, func, data)                                                                                \
  g_test_add ("/old-versions/" name, Fixture, GINT_TO_POINTER (data), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  ADD ("data-1", test_data, 1);
  ADD ("data-2", test_data, 2);
  ADD ("schema-1", test_schema, 1);
  ADD ("schema-2", test_schema, 2);
  ADD ("second", test_second, 0);
  ADD ("failing-step", test_failing_step, 0);
  ADD ("no-backup", test_no_backup, 0);
  ADD ("newer", test_newer, 0);
  ADD ("damaged", test_damaged, 0);
  ADD ("read-only", test_read_only, 0);
  ADD ("deleted", test_replaced, TRUE);
  ADD ("replaced", test_replaced, FALSE);
  return g_test_run ();
}
