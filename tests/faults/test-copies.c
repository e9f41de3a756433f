/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Older data, lost data, and data of another computer: what may have been published is never planned again.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <utime.h>

#include "peal-backup.h"
#include "peal-database-lease.h"
#include "peal-database-open.h"
#include "peal-disk-fixture.h"
#include "peal-error.h"
#include "peal-journal-fixture.h"
#include "peal-sql.h"
#include "peal-test-fiber.h"
#include "peal-test-tree.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  PealJournalFixture *journal;
  char *data, *state;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->journal = peal_journal_fixture_new ();
  self->data = g_build_filename (self->journal->directory, "data", NULL);
  self->state = g_build_filename (self->journal->directory, "state", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->journal, peal_journal_fixture_free);
  g_clear_pointer (&self->data, g_free);
  g_clear_pointer (&self->state, g_free);
}

static void
close_journal (Fixture *self)
{
  peal_database_close (self->journal->database);
  g_clear_object (&self->journal->journal);
  g_clear_object (&self->journal->database);
}

/* As the agent starts. */
static void
start (Fixture *self, const char *machine, PealLease *lease)
{
  g_autoptr (GError) error = NULL;

  self->journal->database = peal_database_open (self->data, &error);
  g_assert_no_error (error);
  peal_lease_claim (self->journal->database, self->state, machine, lease, &error);
  g_assert_no_error (error);
  self->journal->journal = peal_journal_new (self->journal->database, peal_witness_open (self->state, NULL),
                                             PEAL_CLOCK (self->journal->clock));
  peal_journal_take_over (self->journal->journal, lease, &error);
  g_assert_no_error (error);
}

static void
restart (Fixture *self, const char *machine, PealLease *lease)
{
  close_journal (self);
  start (self, machine, lease);
}

/* The backup of the day, as the agent makes it. */
static gint64
back_up (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gint64 next = dex_await_int64 (
      peal_backup_run_if_due (self->journal->database, self->state, PEAL_CLOCK (self->journal->clock)),
      &error);

  g_assert_no_error (error);
  return next;
}

static guint
count_backups (Fixture *self)
{
  g_autofree char *folder = g_build_filename (self->data, "backups", NULL);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_assert_false (g_str_has_suffix (name, ".tmp"));
      n++;
    }
  return n;
}

static void
arm (Fixture *self, gint64 post)
{
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_fixture_begin (self->journal, post, &record);
  g_autoptr (PealFinalPermit) permit = peal_journal_arm (self->journal->journal, attempt, record,
                                                         peal_journal_fixture_now (self->journal), NULL);

  g_assert_nonnull (permit);
}

static void
check_state (Fixture *self, gint64 post, const char *expected)
{
  g_autofree char *state = peal_journal_fixture_state (self->journal, post);

  g_assert_cmpstr (state, ==, expected);
}

static gboolean
read_int (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_value_init (result, G_TYPE_INT64);
  return peal_sql_get_int (db, error, &result->data[0].v_int64, -1, data, "");
}

static gint64
get_int (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n =
      dex_await_int64 (peal_database_run (self->journal->database, read_int, (gpointer)sql, NULL), &error);

  g_assert_no_error (error);
  return n;
}

/* One a day, never beside a post that is about to go out, and seven at most. */
static DexFuture *
nightly_fiber (gpointer data)
{
  Fixture *self = data;
  PealLease lease;
  gint64 now, next;

  restart (self, "here", &lease);
  now = peal_journal_fixture_now (self->journal);
  peal_journal_fixture_add (self->journal, 9 * 60);
  g_assert_cmpint (back_up (self), ==, now + HOUR / 6);
  g_assert_cmpuint (count_backups (self), ==, 0);
  peal_journal_fixture_exec (self->journal, "UPDATE post SET state = 'draft'");
  next = back_up (self);
  g_assert_cmpint (next, ==, now + 24 * HOUR);
  g_assert_cmpuint (count_backups (self), ==, 1);
  g_assert_cmpint (back_up (self), ==, next);
  g_assert_cmpuint (count_backups (self), ==, 1);
  for (guint day = 0; day < PEAL_BACKUPS_KEPT + 2; day++)
    {
      peal_fake_clock_advance (self->journal->clock, 25 * HOUR);
      back_up (self);
    }
  g_assert_cmpuint (count_backups (self), ==, PEAL_BACKUPS_KEPT);
  g_assert_cmpint (get_int (self, "SELECT value > 0 FROM setting WHERE key = 'integrity_checked_at'"), ==, 1);
  /* A clock that was wrong for a day does not end the backups. */
  peal_journal_fixture_exec (self->journal,
                             "UPDATE setting SET value = '4000000000000000' WHERE key = 'backed_up_at'");
  g_assert_cmpint (back_up (self), ==, peal_journal_fixture_now (self->journal) + 24 * HOUR);
  return dex_future_new_true ();
}

/* Backed up: 1 in the past by the time of the restore, 2 in the future, 3 handed to TikTok after the backup,
 * 4 to 6: more of the same. 7 was added and handed over after it. */
static void
make_history (Fixture *self)
{
  for (int i = 0; i < 5; i++)
    peal_journal_fixture_add (self->journal, i == 1 ? 100 * 3600 : 3600 + i);
  back_up (self);
  arm (self, 3);
  peal_journal_fixture_add (self->journal, 7200);
  arm (self, 6);
  peal_fake_clock_advance (self->journal->clock, 3 * HOUR);
}

/* Nothing that was handed over may be sent again; the rest is where the user finds it. */
static void
check_history (Fixture *self)
{
  check_state (self, 1, "held:restored_backup");
  check_state (self, 2, "scheduled");
  check_state (self, 3, "publishing");
  check_state (self, 4, "held:restored_backup");
  check_state (self, 5, "held:restored_backup");
  g_assert_cmpint (get_int (self,
                            "SELECT count(*) FROM attempt WHERE post_id = 3 AND state = 'FINAL_ARMED' AND "
                            "publish_id IS NOT NULL AND next_poll IS NOT NULL"),
                   ==, 1);
  check_state (self, 6, "publishing");
  g_assert_cmpint (get_int (self,
                            "SELECT count(*) FROM attempt t JOIN post p ON p.id = t.post_id WHERE p.id = 6 "
                            "AND t.state = 'FINAL_ARMED' AND p.account_id = 1"),
                   ==, 1);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM attempt"), ==, 2);
}

static DexFuture *
restore_fiber (gpointer data)
{
  Fixture *self = data;
  g_auto (PealBackupReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  PealLease lease;

  restart (self, "here", &lease);
  make_history (self);
  close_journal (self);
  g_assert_true (peal_backup_restore (self->data, self->state, NULL, PEAL_CLOCK (self->journal->clock),
                                      &report, &error));
  g_assert_cmpint (report.held, ==, 3);
  g_assert_cmpint (report.blocked, ==, 2);
  start (self, "here", &lease);
  check_history (self);
  /* Once more changes nothing. */
  restart (self, "here", &lease);
  g_assert_false (lease.is_rolled_back);
  check_history (self);
  return dex_future_new_true ();
}

/* Without a backup, or with one that is damaged, nothing is touched. */
static DexFuture *
no_restore_fiber (gpointer data)
{
  Fixture *self = data;
  g_auto (PealBackupReport) report = { 0 };
  g_auto (PealBackupReport) second = { 0 };
  g_autofree char *folder = g_build_filename (self->data, "backups", NULL);
  g_autofree char *path = g_build_filename (folder, "peal-20990101T000000Z.db", NULL);
  g_autoptr (GError) error = NULL;
  PealLease lease;

  restart (self, "here", &lease);
  peal_journal_fixture_add (self->journal, 3600);
  close_journal (self);
  g_assert_false (peal_backup_restore (self->data, self->state, NULL, PEAL_CLOCK (self->journal->clock),
                                       &report, &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "backup_missing");
  g_clear_error (&error);
  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (path, "This is no database, whatever its name says.", -1, NULL));
  g_assert_null (peal_backup_find_newest (self->data));
  g_assert_false (peal_backup_restore (self->data, self->state, path, PEAL_CLOCK (self->journal->clock),
                                       &second, &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "backup_damaged");
  start (self, "here", &lease);
  g_assert_false (lease.is_rolled_back);
  check_state (self, 1, "scheduled");
  return dex_future_new_true ();
}

/* Killed between any two renames: the next start ends it, and the old log never meets the new file. */
static DexFuture *
interrupted_fiber (gpointer data)
{
  Fixture *self = data;
  g_autofree char *file = g_build_filename (self->data, "peal.db", NULL);
  g_autofree char *log = g_build_filename (self->data, "peal.db-wal", NULL);
  g_autofree char *ready = g_build_filename (self->data, "peal.db.restored", NULL);
  g_autofree char *aside = g_build_filename (self->data, "replaced-1", NULL);
  g_autofree char *aside_log = g_build_filename (aside, "peal.db-wal", NULL);
  g_autofree char *aside_file = g_build_filename (aside, "peal.db", NULL);
  PealLease lease;

  for (int reached = 0; reached < 4; reached++)
    {
      g_auto (PealBackupReport) report = { 0 };
      const struct utimbuf first_second = { .actime = 1, .modtime = 1 };
      gint64 n;

      restart (self, "here", &lease);
      peal_fake_clock_advance (self->journal->clock, 25 * HOUR);
      back_up (self);
      n = get_int (self, "SELECT count(*) FROM post");
      peal_journal_fixture_add (self->journal, 100 * 3600);
      close_journal (self);
      /* A restore up to the rename that makes it certain. */
      g_assert_true (peal_backup_restore (self->data, self->state, NULL, PEAL_CLOCK (self->journal->clock),
                                          &report, NULL));
      g_assert_cmpint (g_rename (file, ready), ==, 0);
      g_assert_cmpint (utime (ready, &first_second), ==, 0);
      g_assert_true (g_file_set_contents (file, "old file", -1, NULL));
      g_assert_true (g_file_set_contents (log, "old log", -1, NULL));
      peal_test_remove_tree (aside);
      if (reached > 0)
        g_mkdir (aside, 0700);
      if (reached > 1)
        g_assert_cmpint (g_rename (log, aside_log), ==, 0);
      if (reached > 2)
        g_assert_cmpint (g_rename (file, aside_file), ==, 0);
      start (self, "here", &lease);
      g_assert_cmpint (get_int (self, "SELECT count(*) FROM post"), ==, n);
      g_assert_true (g_file_test (aside_log, G_FILE_TEST_EXISTS));
      g_assert_true (g_file_test (aside_file, G_FILE_TEST_EXISTS));
      g_assert_false (g_file_test (ready, G_FILE_TEST_EXISTS));
    }
  return dex_future_new_true ();
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize)length, NULL));
}

/* A user who copies an old file back by hand is found out. */
static DexFuture *
copied_back_fiber (gpointer data)
{
  Fixture *self = data;
  g_autofree char *file = g_build_filename (self->data, "peal.db", NULL);
  g_autofree char *backup = NULL;
  PealLease lease;

  restart (self, "here", &lease);
  g_assert_false (lease.is_rolled_back);
  make_history (self);
  close_journal (self);
  backup = peal_backup_find_newest (self->data);
  copy_file (backup, file);
  start (self, "here", &lease);
  g_assert_true (lease.is_rolled_back);
  check_history (self);
  return dex_future_new_true ();
}

/* All data gone: what was handed over lately is not. */
static DexFuture *
deleted_fiber (gpointer data)
{
  Fixture *self = data;
  g_autofree char *file = g_build_filename (self->data, "peal.db", NULL);
  PealLease lease;

  restart (self, "here", &lease);
  make_history (self);
  close_journal (self);
  g_remove (file);
  start (self, "here", &lease);
  g_assert_true (lease.is_rolled_back);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM post"), ==, 2);
  check_state (self, 1, "needs_review");
  check_state (self, 2, "needs_review");
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM attempt WHERE state = 'UNKNOWN' AND armed_at > 0"),
                   ==, 2);
  /* Old ones nobody can do anything about. */
  close_journal (self);
  g_remove (file);
  peal_fake_clock_advance (self->journal->clock, 31 * 24 * HOUR);
  start (self, "here", &lease);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM post"), ==, 0);
  return dex_future_new_true ();
}

/* Two lines of one post: that the second was armed proves that the first was dead. */
static DexFuture *
second_attempt_fiber (gpointer data)
{
  Fixture *self = data;
  PealLease lease;

  restart (self, "here", &lease);
  peal_journal_fixture_add (self->journal, 3600);
  back_up (self);
  arm (self, 1);
  peal_journal_fixture_exec (
      self->journal, "UPDATE attempt SET state = 'DEAD', proof = 'expired_incomplete', next_poll = NULL; "
                     "UPDATE post SET state = 'scheduled'");
  arm (self, 1);
  close_journal (self);
  {
    g_auto (PealBackupReport) report = { 0 };

    g_assert_true (peal_backup_restore (self->data, self->state, NULL, PEAL_CLOCK (self->journal->clock),
                                        &report, NULL));
  }
  start (self, "here", &lease);
  check_state (self, 1, "publishing");
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM attempt WHERE n = 1 AND state = 'DEAD'"), ==, 1);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM attempt WHERE n = 2 AND state = 'FINAL_ARMED'"), ==,
                   1);
  return dex_future_new_true ();
}

/* On another computer: all of the plan is held, also at every later start, until the user takes it over. What
 * was under way there is asked about, or left to the user, but never begun again. */
static DexFuture *
adopted_fiber (gpointer data)
{
  Fixture *self = data;
  g_autoptr (PealPostRecord) second = NULL;
  g_autoptr (PealPostRecord) third = NULL;
  g_autoptr (PealAttemptRecord) uploading = NULL;
  g_autoptr (PealAttemptRecord) reserved = NULL;
  g_autoptr (GError) error = NULL;
  PealLease lease;

  restart (self, "there", &lease);
  for (int i = 0; i < 4; i++)
    peal_journal_fixture_add (self->journal, 3600);
  uploading = peal_journal_fixture_begin (self->journal, 2, &second);
  third = dex_await_boxed (peal_journal_load_post (self->journal->journal, 3), NULL);
  reserved = peal_journal_reserve (self->journal->journal, third, NULL);
  arm (self, 4);
  for (int i = 0; i < 2; i++)
    {
      restart (self, "here", &lease);
      g_assert_true (lease.is_other_machine);
      for (gint64 post = 1; post <= 4; post++)
        check_state (self, post, "held:adopted_data");
    }
  /* Nobody can be asked what became of the third. */
  g_assert_false (dex_await (peal_journal_retry_post (self->journal->journal, 3), &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "not_retryable");
  g_clear_error (&error);
  check_state (self, 3, "held:adopted_data");
  g_assert_cmpuint (dex_await_uint (peal_journal_adopt (self->journal->journal, "here"), &error), ==, 4);
  g_assert_no_error (error);
  check_state (self, 1, "scheduled");
  check_state (self, 2, "publishing");
  check_state (self, 3, "needs_review");
  check_state (self, 4, "publishing");
  g_assert_cmpint (
      get_int (self, "SELECT count(*) FROM attempt WHERE state = 'FINAL_ARMED' AND next_poll > 0"), ==, 2);
  restart (self, "here", &lease);
  g_assert_false (lease.is_other_machine);
  check_state (self, 1, "scheduled");
  check_state (self, 2, "publishing");
  return dex_future_new_true ();
}

/* The epoch goes up with every start, and stands in what is begun in it. */
static DexFuture *
epoch_fiber (gpointer data)
{
  Fixture *self = data;
  PealLease lease;
  gint64 epoch;

  restart (self, "here", &lease);
  epoch = get_int (self, "SELECT epoch FROM lease");
  restart (self, "", &lease);
  g_assert_false (lease.is_other_machine);
  g_assert_cmpint (get_int (self, "SELECT epoch FROM lease"), ==, epoch + 1);
  g_assert_cmpint (get_int (self, "SELECT machine = 'here' FROM lease"), ==, 1);
  peal_journal_fixture_add (self->journal, 3600);
  arm (self, 1);
  g_assert_cmpint (get_int (self, "SELECT lease_epoch FROM attempt"), ==, epoch + 1);
  return dex_future_new_true ();
}

static void
run_fiber (Fixture *self, gconstpointer func)
{
  g_autoptr (DexFuture) done = peal_test_run_fiber ((DexFiberFunc)func, self);
  g_autoptr (GError) error = NULL;

  dex_future_get_value (done, &error);
  g_assert_no_error (error);
}

#define ADD(name, func)                                                                                      \
  g_test_add ("/copies/" name, Fixture, (gconstpointer)func, set_up, run_fiber, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  ADD ("nightly", nightly_fiber);
  ADD ("restore", restore_fiber);
  ADD ("no-restore", no_restore_fiber);
  ADD ("interrupted", interrupted_fiber);
  ADD ("copied-back", copied_back_fiber);
  ADD ("deleted", deleted_fiber);
  ADD ("second-attempt", second_attempt_fiber);
  ADD ("adopted", adopted_fiber);
  ADD ("epoch", epoch_fiber);
  return g_test_run ();
}
