/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Power cuts at every operation on the disk, with every kind of aftermath: what the journal acknowledged is
 * there afterwards, what was under way is there whole or not at all, and what may have been published is
 * never planned again. */

#include "config.h"

#include "peal-disk-fixture.h"
#include "peal-sql.h"
#include "peal-test-fiber.h"
#include "peal-test-tree.h"

static gboolean is_soak = FALSE;

static guint
get_n_aftermaths (void)
{
  return is_soak ? 12 : 6;
}

static guint
get_n_posts (void)
{
  return is_soak ? 12 : 2;
}

/* One kind of aftermath: how far the run was, and what was found. */
typedef struct
{
  guint acknowledged;
  char *found;
} Finding;

static void
finding_clear (Finding *self)
{
  g_clear_pointer (&self->found, g_free);
}

typedef struct
{
  PealDiskFixture *fixture;
  PealCrashDisk *disk, *after;
  gint acknowledged;   /* atomic: steps, counted by the fiber */
  GPtrArray *expected; /* descriptions after each step */
  GArray *findings;    /* of Finding; the database's thread's */
  guint step, n_published;
  guint n_cuts, n_unreadable, n_lost, n_half, n_wrong;
  gboolean recovers;
} Cuts;

static void
cuts_init (Cuts *self)
{
  self->disk = peal_crash_disk_new ("peal-live");
  self->after = peal_crash_disk_new ("peal-after");
  self->expected = g_ptr_array_new_with_free_func (g_free);
  self->findings = g_array_new (FALSE, FALSE, sizeof (Finding));
  g_array_set_clear_func (self->findings, (GDestroyNotify)finding_clear);
  self->fixture = peal_disk_fixture_new (self->disk, get_n_posts ());
}

static void
cuts_clear (Cuts *self)
{
  peal_crash_disk_set_func (self->disk, NULL, NULL);
  g_clear_pointer (&self->fixture, peal_disk_fixture_free);
  g_clear_pointer (&self->findings, g_array_unref);
  g_clear_pointer (&self->expected, g_ptr_array_unref);
  g_clear_pointer (&self->after, peal_crash_disk_free);
  g_clear_pointer (&self->disk, peal_crash_disk_free);
}

static gint64
get_int (sqlite3 *db, const char *sql)
{
  gint64 value = -1;

  g_assert_true (peal_sql_get_int (db, NULL, &value, -1, sql, ""));
  return value;
}

static gboolean
inspect (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  if (!peal_database_check (db, "integrity_check(1)", error))
    return FALSE;
  *(char **)data = peal_disk_describe (db);
  return TRUE;
}

static gboolean
judge (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  guint *wrong = data;

  *wrong += peal_disk_is_sound (db) ? 0 : 1;
  return TRUE;
}

static void
restart_after (Cuts *self, PealDatabase *database)
{
  g_autofree char *state = g_build_filename (self->fixture->directory, "state", NULL);
  g_autoptr (PealJournal) journal =
      peal_journal_new (database, peal_witness_open (state, NULL), PEAL_CLOCK (self->fixture->clock));
  g_autoptr (GError) error = NULL;

  if (!peal_journal_recover (journal, &error))
    self->n_wrong++;
  else
    g_assert_true (peal_database_run_sync (database, judge, &self->n_wrong, NULL, NULL));
}

static void
look_after (Cuts *self, gboolean restart)
{
  const PealDatabaseSetup setup = { .directory = self->fixture->directory,
                                    .vfs = peal_crash_disk_get_name (self->after) };
  g_autoptr (GError) error = NULL;
  g_autoptr (PealDatabase) database = peal_database_open_with (&setup, &error);
  Finding finding = { .acknowledged = (guint)g_atomic_int_get (&self->acknowledged) };

  self->n_cuts++;
  if (database == NULL || !peal_database_run_sync (database, inspect, &finding.found, NULL, &error))
    self->n_unreadable++;
  else
    {
      if (restart)
        restart_after (self, database);
      g_array_append_val (self->findings, finding);
    }
  if (database != NULL)
    peal_database_close (database);
}

static void
cut_cb (PealCrashDisk *disk, gpointer data)
{
  Cuts *self = data;

  guint n = self->recovers ? get_n_aftermaths () : 2;

  for (guint survivors = 0; survivors < n; survivors++)
    {
      peal_crash_disk_cut (disk, self->after, survivors);
      look_after (self, self->recovers && survivors <= PEAL_SURVIVES_ALL);
    }
}

static void
step_cb (guint step, gpointer data)
{
  Cuts *self = data;

  g_atomic_int_set (&self->acknowledged, (gint)step);
  peal_crash_disk_set_func (self->disk, NULL, NULL);
  g_ptr_array_add (self->expected, peal_disk_fixture_describe (self->fixture));
  peal_crash_disk_set_func (self->disk, cut_cb, self);
}

/* What was found must be what was acknowledged, or that and the step under way. */
static void
compare (Cuts *self)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const Finding *finding = &g_array_index (self->findings, Finding, i);
      guint now = finding->acknowledged, next = MIN (now + 1, self->expected->len - 1), at;

      if (g_str_equal (finding->found, g_ptr_array_index (self->expected, now))
          || g_str_equal (finding->found, g_ptr_array_index (self->expected, next)))
        continue;
      if (g_ptr_array_find_with_equal_func (self->expected, finding->found, g_str_equal, &at) && at < now)
        self->n_lost++;
      else
        self->n_half++;
    }
}

static DexFuture *
publish_fiber (gpointer data)
{
  Cuts *self = data;
  g_autoptr (GError) error = NULL;

  peal_disk_fixture_publish (self->fixture, ++self->n_published, &self->step, step_cb, self, &error);
  g_assert_no_error (error);
  return dex_future_new_true ();
}

static void
publish_all (Cuts *self)
{
  g_ptr_array_add (self->expected, peal_disk_fixture_describe (self->fixture));
  peal_crash_disk_set_func (self->disk, cut_cb, self);
  while (self->n_published < get_n_posts ())
    {
      g_autoptr (DexFuture) done = peal_test_run_fiber (publish_fiber, self);

      g_assert_true (dex_future_is_resolved (done));
    }
  /* The log goes into the file, while everything is acknowledged. */
  peal_database_close (self->fixture->database);
  compare (self);
}

static void
report (const char *what, const Cuts *self)
{
  g_test_message (
      "%s: %u power cuts, %u operations, %u lost, %u half, %u unreadable, %u wrong after recovery", what,
      self->n_cuts, peal_crash_disk_get_n_ops (self->disk), self->n_lost, self->n_half, self->n_unreadable,
      self->n_wrong);
}

static void
test_publish (void)
{
  Cuts cuts = { .recovers = TRUE };

  cuts_init (&cuts);
  publish_all (&cuts);
  report ("publish", &cuts);
  g_assert_cmpuint (cuts.n_cuts, >, 1000);
  g_assert_cmpuint (cuts.n_unreadable, ==, 0);
  g_assert_cmpuint (cuts.n_lost, ==, 0);
  g_assert_cmpuint (cuts.n_half, ==, 0);
  g_assert_cmpuint (cuts.n_wrong, ==, 0);
  cuts_clear (&cuts);
}

static DexFuture *
relax_fiber (gpointer data)
{
  peal_disk_fixture_exec_bare (data, "PRAGMA synchronous=NORMAL");
  return dex_future_new_true ();
}

/* The same with a database that does not wait for the disk: were nothing lost, the test would be blind. */
static void
test_relaxed (void)
{
  Cuts cuts = { 0 };
  g_autoptr (DexFuture) relaxed = NULL;

  cuts_init (&cuts);
  relaxed = peal_test_run_fiber (relax_fiber, cuts.fixture);
  g_assert_true (dex_future_is_resolved (relaxed));
  publish_all (&cuts);
  report ("publish with synchronous=NORMAL", &cuts);
  g_assert_cmpuint (cuts.n_lost, >, 0);
  cuts_clear (&cuts);
}

/* First creation and changes of the schema: what a cut leaves is looked at before anything mends it. */
typedef struct
{
  char *directory;
  PealCrashDisk *disk, *after;
  int from, to;
  gboolean is_open; /* what was to be done is acknowledged */
  guint n_cuts, n_old;
} Schema;

static int
count_things (sqlite3 *db)
{
  return (int)get_int (db, "SELECT count(*) FROM sqlite_schema");
}

static void
schema_cut_cb (PealCrashDisk *disk, gpointer data)
{
  Schema *self = data;

  for (guint survivors = 0; survivors < get_n_aftermaths (); survivors++)
    {
      g_autofree char *path = g_build_filename (self->directory, PEAL_DATABASE_FILE, NULL);
      sqlite3 *db = NULL;
      gint64 version;

      peal_crash_disk_cut (disk, self->after, survivors);
      self->n_cuts++;
      g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                        peal_crash_disk_get_name (self->after)),
                       ==, SQLITE_OK);
      peal_sql_exec (db, NULL, "PRAGMA locking_mode=EXCLUSIVE", "");
      g_assert_true (peal_database_check (db, "integrity_check(1)", NULL));
      version = get_int (db, "PRAGMA user_version");
      self->n_old += version == self->from;
      g_assert_true (version == self->to || (version == self->from && !self->is_open));
      if (version == 0)
        g_assert_cmpint (count_things (db), ==, 0);
      else
        g_assert_cmpint (get_int (db, "SELECT count(*) FROM pragma_table_info('slot') WHERE name = 'note'"),
                         ==, version - 1);
      if (version > 0 && self->from > 0)
        g_assert_cmpint (get_int (db, "SELECT count(*) FROM slot"), ==, 100);
      sqlite3_close (db);
    }
}

static const char second_schema[] =
    "CREATE TABLE new_slot (account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE, "
    "weekday INTEGER NOT NULL, minute INTEGER NOT NULL, note TEXT NOT NULL DEFAULT '', "
    "PRIMARY KEY (account_id, weekday, minute)) STRICT, WITHOUT ROWID;"
    "INSERT INTO new_slot (account_id, weekday, minute) SELECT account_id, weekday, minute FROM slot;"
    "DROP TABLE slot; ALTER TABLE new_slot RENAME TO slot;"
    "CREATE INDEX event_at ON event (at);";

static void
schema_init (Schema *self)
{
  self->directory = peal_disk_make_directory ();
  self->disk = peal_crash_disk_new ("peal-live");
  self->after = peal_crash_disk_new ("peal-after");
}

static void
schema_clear (Schema *self)
{
  g_clear_pointer (&self->after, peal_crash_disk_free);
  g_clear_pointer (&self->disk, peal_crash_disk_free);
  peal_test_remove_tree (self->directory);
  g_clear_pointer (&self->directory, g_free);
}

/* Opens with @migrations, cut at every operation, and on to the end of a clean closing. */
static void
schema_open (Schema *self, const char *const *migrations)
{
  const PealDatabaseSetup setup = { .directory = self->directory,
                                    .vfs = peal_crash_disk_get_name (self->disk),
                                    .migrations = migrations };
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  peal_crash_disk_set_func (self->disk, schema_cut_cb, self);
  db = peal_database_open_connection (&setup, &error);
  g_assert_no_error (error);
  self->is_open = TRUE;
  schema_cut_cb (self->disk, self);
  peal_database_close_connection (db, TRUE);
  peal_crash_disk_set_func (self->disk, NULL, NULL);
}

static void
test_creation (void)
{
  Schema schema = { .from = 0, .to = 1 };
  g_autofree char *first = peal_disk_dup_schema_step (1);
  const char *const migrations[] = { first, NULL };

  schema_init (&schema);
  schema_open (&schema, migrations);
  g_test_message ("creation: %u power cuts, %u of them before there was anything", schema.n_cuts,
                  schema.n_old);
  g_assert_cmpuint (schema.n_old, >, 0);
  g_assert_cmpuint (schema.n_old, <, schema.n_cuts);
  schema_clear (&schema);
}

static void
test_migration (void)
{
  Schema schema = { .from = 1, .to = 2 };
  g_autofree char *first = peal_disk_dup_schema_step (1);
  const char *const migrations[] = { first, second_schema, NULL }, *const old[] = { first, NULL };
  const PealDatabaseSetup setup = { .vfs = "peal-live", .migrations = old };
  PealDatabaseSetup here = setup;
  sqlite3 *db = NULL;

  schema_init (&schema);
  here.directory = schema.directory;
  db = peal_database_open_connection (&here, NULL);
  g_assert_cmpint (
      sqlite3_exec (
          db,
          "INSERT INTO account (id, vault_key, environment, open_id, state, scopes, share_type, "
          "connected_at) VALUES (1, 'a', 'production', '-', 'connected', '', 'direct', 1);"
          "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99) INSERT INTO "
          "slot (account_id, weekday, minute) SELECT 1, i % 7 + 1, i FROM n",
          NULL, NULL, NULL),
      ==, SQLITE_OK);
  peal_database_close_connection (db, TRUE);
  schema_open (&schema, migrations);
  g_test_message ("migration: %u power cuts, %u of them before it", schema.n_cuts, schema.n_old);
  g_assert_cmpuint (schema.n_old, >, 0);
  g_assert_cmpuint (schema.n_old, <, schema.n_cuts);
  schema_clear (&schema);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  is_soak = g_test_slow ();
  g_test_add_func ("/power-cuts/publish", test_publish);
  g_test_add_func ("/power-cuts/relaxed", test_relaxed);
  g_test_add_func ("/power-cuts/creation", test_creation);
  g_test_add_func ("/power-cuts/migration", test_migration);
  return g_test_run ();
}
