/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One operation of the disk fails in the middle of a publish, or all from there on, at each place in turn.
 * The journal may say no, but what it said yes to stays, also through a power cut after it. */

#include "config.h"

#include "peal-disk-fixture.h"
#include "peal-error.h"
#include "peal-sql.h"
#include "peal-test-fiber.h"

typedef struct
{
  const char *name;
  PealDiskOps ops;
  int rc;
  gboolean for_ever;
} Kind;

static const Kind kinds[] = {
  { "an I/O error", PEAL_DISK_WRITE | PEAL_DISK_SYNC | PEAL_DISK_TRUNCATE, SQLITE_IOERR, FALSE },
  { "a dead disk", PEAL_DISK_WRITE | PEAL_DISK_SYNC | PEAL_DISK_TRUNCATE, SQLITE_IOERR, TRUE },
  { "no room once", PEAL_DISK_WRITE, SQLITE_FULL, FALSE },
  { "no room any more", PEAL_DISK_WRITE, SQLITE_FULL, TRUE },
};

typedef struct
{
  const Kind *kind;
  guint nth;
  PealDiskFixture *fixture;
  PealCrashDisk *disk, *after;
  GPtrArray *expected; /* after each step of a run without faults */
  guint step, n_failed, n_refused, n_reopened, n_images;
  gboolean is_reference;
} Sweep;

static void
step_cb (guint step, gpointer data)
{
  Sweep *self = data;

  if (self->is_reference)
    g_ptr_array_add (self->expected, peal_disk_fixture_describe (self->fixture));
}

static void
reopened_cb (Sweep *self)
{
  self->n_reopened++;
}

/* Only the outcome may need what there is no room for; what is begun may always be refused. */
static void
check_refusal (Sweep *self, const GError *error)
{
  g_assert_true (error->code == PEAL_ERROR_STORAGE_FULL || error->code == PEAL_ERROR_STORAGE_CORRUPT);
  if (self->kind->rc == SQLITE_FULL && !self->kind->for_ever)
    g_assert_true (self->step < 2 || self->step == 14);
}

static DexFuture *
run_fiber (gpointer data)
{
  Sweep *self = data;
  g_autoptr (GError) error = NULL;

  self->step = 0;
  if (self->is_reference)
    g_ptr_array_add (self->expected, peal_disk_fixture_describe (self->fixture));
  else
    peal_crash_disk_fail (self->disk, self->kind->ops, self->nth, self->kind->rc, self->kind->for_ever);
  if (!peal_disk_fixture_publish (self->fixture, 1, &self->step, step_cb, self, &error))
    {
      self->n_refused++;
      check_refusal (self, error);
    }
  self->n_failed = peal_crash_disk_get_n_failed (self->disk);
  return dex_future_new_true ();
}

/* What is there is what was acknowledged; or also the step that was refused, for nobody knows whether a
 * commit that failed in the end is on the disk; or the post is held because there was no room to begin. */
static void
check_found (Sweep *self, const char *found)
{
  const char *now = g_ptr_array_index (self->expected, self->step);
  const char *next = g_ptr_array_index (self->expected, MIN (self->step + 1, self->expected->len - 1));

  if (self->step == 0 && self->kind->rc == SQLITE_FULL && strstr (found, "helddisk_full") != NULL)
    return;
  if (!g_str_equal (found, now) && !g_str_equal (found, next))
    g_error ("%s at operation %u: acknowledged are %u steps, but there is\n%s", self->kind->name, self->nth,
             self->step, found);
}

static gboolean
judge (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_assert_true (peal_disk_is_sound (db));
  return peal_database_check (db, "integrity_check(1)", error);
}

static void
check_image (Sweep *self, guint survivors)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  peal_crash_disk_cut (self->disk, self->after, survivors);
  peal_disk_fixture_open (self->fixture, self->after);
  found = peal_disk_fixture_describe (self->fixture);
  check_found (self, found);
  peal_journal_recover (self->fixture->journal, &error);
  g_assert_no_error (error);
  peal_database_run_sync (self->fixture->database, judge, NULL, NULL, &error);
  g_assert_no_error (error);
  peal_disk_fixture_close (self->fixture);
  self->n_images++;
}

/* FALSE once the fault lay behind the end. */
static gboolean
run_once (Sweep *self)
{
  g_autoptr (DexFuture) done = NULL;

  self->disk = peal_crash_disk_new ("peal-live");
  self->after = peal_crash_disk_new ("peal-after");
  self->fixture = peal_disk_fixture_new (self->disk, 1);
  g_signal_connect_swapped (self->fixture->database, "reopened", G_CALLBACK (reopened_cb), self);
  done = peal_test_run_fiber (run_fiber, self);
  g_assert_true (dex_future_is_resolved (done));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (!self->is_reference)
    {
      peal_database_close (self->fixture->database);
      peal_crash_disk_fail (self->disk, 0, 0, 0, FALSE);
      peal_disk_fixture_close (self->fixture);
      for (guint survivors = 0; survivors < 3; survivors++)
        check_image (self, survivors);
    }
  g_clear_pointer (&self->fixture, peal_disk_fixture_free);
  g_clear_pointer (&self->after, peal_crash_disk_free);
  g_clear_pointer (&self->disk, peal_crash_disk_free);
  return self->n_failed > 0;
}

static void
test_sweep (gconstpointer data)
{
  Sweep sweep = { .kind = data, .is_reference = TRUE };
  guint stride = g_test_slow () ? 1 : 3;

  sweep.expected = g_ptr_array_new_with_free_func (g_free);
  run_once (&sweep);
  sweep.is_reference = FALSE;
  for (sweep.nth = 1; run_once (&sweep); sweep.nth += stride)
    ;
  g_test_message ("%s: %u places, %u steps refused, %u connections opened again, %u power cuts afterwards",
                  sweep.kind->name, sweep.nth / stride, sweep.n_refused, sweep.n_reopened, sweep.n_images);
  g_assert_cmpuint (sweep.n_refused, >, 0);
  if (sweep.kind->rc == SQLITE_IOERR && !sweep.kind->for_ever)
    g_assert_cmpuint (sweep.n_reopened, >, sweep.n_refused / 2);
  g_clear_pointer (&sweep.expected, g_ptr_array_unref);
}

/* After one failed sync the connection is another one and all goes on; what was written before it is safe
 * even though Linux has thrown it away. After the second nothing is believed any more. */
static DexFuture *
twice_fiber (gpointer data)
{
  Sweep *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) trouble = NULL;
  guint step = 0;

  /* A short log, which nothing folds into the file by itself in the meantime. */
  peal_disk_fixture_exec_bare (self->fixture, "PRAGMA wal_checkpoint (TRUNCATE)");
  peal_crash_disk_fail (self->disk, PEAL_DISK_SYNC, 3, SQLITE_IOERR, FALSE);
  g_assert_false (peal_disk_fixture_publish (self->fixture, 1, &step, step_cb, self, &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "storage_failed");
  g_clear_error (&error);
  g_assert_null (peal_database_dup_trouble (self->fixture->database));
  step = 0;
  g_assert_true (peal_disk_fixture_publish (self->fixture, 2, &step, step_cb, self, &error));
  peal_crash_disk_fail (self->disk, PEAL_DISK_SYNC, 1, SQLITE_IOERR, FALSE);
  g_assert_false (peal_disk_fixture_publish (self->fixture, 3, &step, step_cb, self, &error));
  g_clear_error (&error);
  g_assert_false (peal_disk_fixture_publish (self->fixture, 3, &step, step_cb, self, &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "storage_failed");
  trouble = peal_database_dup_trouble (self->fixture->database);
  g_assert_nonnull (trouble);
  return dex_future_new_true ();
}

static void
test_twice (void)
{
  Sweep self = { .disk = peal_crash_disk_new ("peal-live"), .after = peal_crash_disk_new ("peal-after") };
  g_autoptr (DexFuture) done = NULL;
  g_autofree char *found = NULL;

  self.fixture = peal_disk_fixture_new (self.disk, 3);
  done = peal_test_run_fiber (twice_fiber, &self);
  g_assert_true (dex_future_is_resolved (done));
  peal_disk_fixture_close (self.fixture);
  peal_crash_disk_cut (self.disk, self.after, PEAL_SURVIVES_NOTHING);
  peal_disk_fixture_open (self.fixture, self.after);
  found = peal_disk_fixture_describe (self.fixture);
  g_assert_nonnull (strstr (found, "2published"));
  g_clear_pointer (&self.fixture, peal_disk_fixture_free);
  g_clear_pointer (&self.after, peal_crash_disk_free);
  g_clear_pointer (&self.disk, peal_crash_disk_free);
}

/* A disk that is full but for the ballast: nothing is begun, and what was sent is recorded. */
static DexFuture *
ballast_fiber (gpointer data)
{
  Sweep *self = data;
  g_autofree char *ballast = g_build_filename (self->fixture->directory, "ballast", NULL);
  g_autoptr (PealPostRecord) post = NULL;
  g_autoptr (PealPostRecord) other = NULL;
  g_autoptr (PealAttemptRecord) attempt = NULL;
  g_autoptr (PealInitPermit) permit = NULL;
  g_autoptr (GError) error = NULL;
  PealChange change = PEAL_CHANGE_INIT;

  g_assert_true (g_file_test (ballast, G_FILE_TEST_EXISTS));
  post = dex_await_boxed (peal_journal_load_post (self->fixture->journal, 1), NULL);
  attempt = peal_journal_reserve (self->fixture->journal, post, NULL);
  permit = peal_journal_allow_init (self->fixture->journal, attempt, NULL);
  g_assert_nonnull (permit);
  peal_crash_disk_fill_while (self->disk, ballast);
  change.publish_id = "v_pub~1";
  change.url_expiry = 1;
  peal_journal_advance (self->fixture->journal, attempt, PEAL_ATTEMPT_INIT_OK, &change, "init_ok", &error);
  g_assert_no_error (error);
  /* There is room in truth, so that the ballast was made again: and the disk is full once more. */
  g_assert_true (g_file_test (ballast, G_FILE_TEST_EXISTS));
  other = dex_await_boxed (peal_journal_load_post (self->fixture->journal, 2), NULL);
  g_assert_null (peal_journal_reserve (self->fixture->journal, other, &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_STORAGE_FULL);
  return dex_future_new_true ();
}

static void
test_ballast (void)
{
  Sweep self = { .disk = peal_crash_disk_new ("peal-live") };
  g_autoptr (DexFuture) done = NULL;
  g_autofree char *found = NULL;

  self.fixture = peal_disk_fixture_new (self.disk, 2);
  done = peal_test_run_fiber (ballast_fiber, &self);
  g_assert_true (dex_future_is_resolved (done));
  peal_crash_disk_fill_while (self.disk, NULL);
  found = peal_disk_fixture_describe (self.fixture);
  g_assert_nonnull (strstr (found, "1publishing"));
  g_assert_nonnull (strstr (found, "2helddisk_full"));
  g_assert_nonnull (strstr (found, "INIT_OK"));
  g_clear_pointer (&self.fixture, peal_disk_fixture_free);
  g_clear_pointer (&self.disk, peal_crash_disk_free);
}

/* From the disk, not from SQLite's cache. */
static gboolean
read_all (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  sqlite3_db_release_memory (db);
  return peal_database_check (db, "integrity_check(1)", error);
}

/* A bit that turned over while nobody looked: everything stops. */
static void
test_flipped (void)
{
  Sweep self = { .disk = peal_crash_disk_new ("peal-live"), .after = peal_crash_disk_new ("peal-after") };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) trouble = NULL;

  self.fixture = peal_disk_fixture_new (self.disk, 1);
  path = g_build_filename (self.fixture->directory, PEAL_DATABASE_FILE, NULL);
  peal_disk_fixture_exec (self.fixture, "DELETE FROM slot");
  peal_disk_fixture_close (self.fixture);
  peal_disk_fixture_open (self.fixture, self.disk);
  peal_crash_disk_flip (self.disk, path, 3 * 4096 + 1);
  peal_crash_disk_flip (self.disk, path, 4 * 4096 + 3);
  peal_crash_disk_flip (self.disk, path, 5 * 4096 + 4);
  g_assert_false (peal_database_run_sync (self.fixture->database, read_all, NULL, NULL, &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "storage_damaged");
  g_clear_error (&error);
  trouble = peal_database_dup_trouble (self.fixture->database);
  g_assert_cmpstr (peal_error_get_reason (trouble), ==, "storage_damaged");
  g_assert_false (peal_database_run_sync (self.fixture->database, judge, NULL, NULL, &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "storage_damaged");
  g_clear_pointer (&self.fixture, peal_disk_fixture_free);
  g_clear_pointer (&self.after, peal_crash_disk_free);
  g_clear_pointer (&self.disk, peal_crash_disk_free);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_data_func ("/io-faults/error-once", &kinds[0], test_sweep);
  g_test_add_data_func ("/io-faults/error-for-ever", &kinds[1], test_sweep);
  g_test_add_data_func ("/io-faults/full-once", &kinds[2], test_sweep);
  g_test_add_data_func ("/io-faults/full-for-ever", &kinds[3], test_sweep);
  g_test_add_func ("/io-faults/twice", test_twice);
  g_test_add_func ("/io-faults/ballast", test_ballast);
  g_test_add_func ("/io-faults/flipped", test_flipped);
  return g_test_run ();
}
