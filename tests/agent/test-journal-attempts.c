/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-error.h"
#include "peal-journal-fixture.h"
#include "peal-sql.h"
#include "peal-test-fiber.h"

static void
assert_state (PealJournalFixture *fixture, gint64 post, const char *expected)
{
  g_autofree char *state = peal_journal_fixture_state (fixture, post);

  g_assert_cmpstr (state, ==, expected);
}

static DexFuture *
test_whole_way (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 0);
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_fixture_begin (fixture, post, &record);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealFinalPermit) permit = NULL;
  g_autoptr (PealAttemptRecord) loaded = NULL;
  g_autoptr (GVariant) view = NULL;
  g_autofree const char **ids = NULL;
  PealChange change = PEAL_CHANGE_INIT;

  assert_state (fixture, post, "publishing");
  g_assert_true (
      peal_journal_advance (fixture->journal, attempt, PEAL_ATTEMPT_UPLOADING, &change, "uploading", &error));
  permit = peal_journal_arm (fixture->journal, attempt, record, 4711, &error);
  g_assert_nonnull (permit);
  g_assert_true (peal_journal_advance (fixture->journal, attempt, PEAL_ATTEMPT_BYTES_SENT, &change,
                                       "bytes_sent", &error));
  g_assert_true (
      peal_journal_advance (fixture->journal, attempt, PEAL_ATTEMPT_PROCESSING, &change, NULL, &error));
  change.move_post = TRUE;
  change.post_state = PEAL_POST_PUBLISHED;
  change.post_ids = "7572003456789012345";
  g_assert_true (
      peal_journal_advance (fixture->journal, attempt, PEAL_ATTEMPT_PUBLISHED, &change, "published", &error));
  assert_state (fixture, post, "published");
  loaded = dex_await_boxed (peal_journal_load_attempt (fixture->journal, attempt->id), &error);
  g_assert_cmpint (loaded->armed_at, ==, 4711);
  view = dex_await_variant (peal_journal_describe_post (fixture->journal, post), &error);
  g_assert_true (g_variant_lookup (view, "post_ids", "^a&s", &ids));
  g_assert_cmpstr (ids[0], ==, "7572003456789012345");
  return dex_future_new_true ();
}

/* Whoever comes second finds the row moved, and gets no permit. */
static DexFuture *
test_compare_and_swap (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 0);
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_fixture_begin (fixture, post, &record);
  g_autoptr (PealAttemptRecord) twin = peal_attempt_record_copy (attempt);
  g_autoptr (PealFinalPermit) permit = NULL;
  g_autoptr (PealFinalPermit) second = NULL;
  g_autoptr (PealAttemptRecord) other = NULL;
  g_autoptr (GError) error = NULL;

  permit = peal_journal_arm (fixture->journal, attempt, record, 4711, &error);
  g_assert_nonnull (permit);
  second = peal_journal_arm (fixture->journal, twin, record, 4711, &error);
  g_assert_null (second);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "changed_meanwhile");
  g_clear_error (&error);
  other = peal_journal_reserve (fixture->journal, record, &error);
  g_assert_null (other);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "changed_meanwhile");
  return dex_future_new_true ();
}

static DexFuture *
test_paused (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealPostRecord) record =
      dex_await_boxed (peal_journal_load_post (fixture->journal, post), &error);
  g_autoptr (PealAttemptRecord) attempt = NULL;
  g_autoptr (PealAgenda) agenda = NULL;

  peal_journal_fixture_exec (fixture, "INSERT INTO setting VALUES ('paused', '1')");
  attempt = peal_journal_reserve (fixture->journal, record, &error);
  g_assert_null (attempt);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "paused");
  g_clear_error (&error);
  agenda = dex_await_boxed (peal_journal_query_agenda (fixture->journal), &error);
  g_assert_cmpuint (agenda->work->len, ==, 0);
  return dex_future_new_true ();
}

/* Ten minutes and one minute ahead a post is looked at, then it is due; far ahead only the first of these
 * counts. */
static DexFuture *
test_agenda (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 start = peal_journal_fixture_now (fixture), post = peal_journal_fixture_add (fixture, 3600);
  const gint64 minute = G_GINT64_CONSTANT (60) * G_USEC_PER_SEC;
  const struct
  {
    gint64 at, next;
    guint n_work;
    PealWorkKind kind;
  } steps[] = {
    { 0, 50 * minute, 0, 0 },
    { 50 * minute, 60 * minute, 1, PEAL_WORK_PREFLIGHT },
    { 51 * minute, 59 * minute, 0, 0 },
    { 59 * minute, 60 * minute, 1, PEAL_WORK_PREFLIGHT },
    { 60 * minute - 1, 60 * minute, 0, 0 },
    { 60 * minute, G_MAXINT64, 1, PEAL_WORK_PUBLISH },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PealAgenda) agenda = NULL;

      peal_fake_clock_set_real (fixture->clock, start + steps[i].at);
      agenda = dex_await_boxed (peal_journal_query_agenda (fixture->journal), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (agenda->work->len, ==, steps[i].n_work);
      g_assert_cmpint (agenda->next == G_MAXINT64 ? G_MAXINT64 : agenda->next - start, ==, steps[i].next);
      if (steps[i].n_work == 0)
        continue;
      g_assert_cmpint (g_array_index (agenda->work, PealWork, 0).kind, ==, steps[i].kind);
      if (steps[i].kind == PEAL_WORK_PREFLIGHT)
        {
          g_autoptr (PealPostRecord) record =
              dex_await_boxed (peal_journal_load_post (fixture->journal, post), NULL);

          g_assert_true (peal_journal_note_preflight (fixture->journal, record, NULL, NULL));
        }
    }
  return dex_future_new_true ();
}

/* After a long absence one post of an account goes out every five minutes. */
static DexFuture *
test_pace (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  const gint64 minute = G_GINT64_CONSTANT (60) * G_USEC_PER_SEC;
  gint64 first = peal_journal_fixture_add (fixture, 0), second = peal_journal_fixture_add (fixture, 1);
  g_autoptr (PealAgenda) before = NULL;
  g_autoptr (PealAgenda) after = NULL;
  g_autoptr (PealAgenda) later = NULL;
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = NULL;

  peal_fake_clock_advance (fixture->clock, 60 * minute);
  before = dex_await_boxed (peal_journal_query_agenda (fixture->journal), NULL);
  g_assert_cmpuint (before->work->len, ==, 2);
  g_assert_cmpint (g_array_index (before->work, PealWork, 0).post, ==, first);
  attempt = peal_journal_fixture_begin (fixture, first, &record);
  peal_journal_fixture_exec (fixture, "UPDATE attempt SET state = 'DEAD', proof = 'never_armed'");
  peal_journal_fixture_exec (fixture, "UPDATE post SET state = 'failed' WHERE id = 1");
  after = dex_await_boxed (peal_journal_query_agenda (fixture->journal), NULL);
  g_assert_cmpuint (after->work->len, ==, 0);
  g_assert_cmpint (after->next, ==, peal_journal_fixture_now (fixture) + 5 * minute);
  peal_fake_clock_advance (fixture->clock, 5 * minute);
  later = dex_await_boxed (peal_journal_query_agenda (fixture->journal), NULL);
  g_assert_cmpuint (later->work->len, ==, 1);
  g_assert_cmpint (g_array_index (later->work, PealWork, 0).post, ==, second);
  return dex_future_new_true ();
}

/* The clock was set back: what was to be done soon is still to be done soon. */
static DexFuture *
test_clock_set_back (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  const gint64 day = G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  gint64 post = peal_journal_fixture_add (fixture, 0);
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_fixture_begin (fixture, post, &record);
  g_autoptr (PealFinalPermit) permit = peal_journal_arm (fixture->journal, attempt, record, 4711, NULL);
  g_autoptr (PealAgenda) agenda = NULL;

  g_assert_nonnull (permit);
  peal_fake_clock_set_real (fixture->clock, peal_journal_fixture_now (fixture) - day);
  g_assert_true (dex_await (peal_journal_note_clock_change (fixture->journal), NULL));
  agenda = dex_await_boxed (peal_journal_query_agenda (fixture->journal), NULL);
  g_assert_cmpint (agenda->next - peal_journal_fixture_now (fixture), <=,
                   G_GINT64_CONSTANT (600) * G_USEC_PER_SEC);
  return dex_future_new_true ();
}

/* What nobody works on any more is brought to its end by the next look. */
static DexFuture *
test_left_behind (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 0);
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_fixture_begin (fixture, post, &record);
  g_autoptr (PealAgenda) agenda = dex_await_boxed (peal_journal_query_agenda (fixture->journal), NULL);

  g_assert_cmpuint (agenda->work->len, ==, 1);
  g_assert_cmpint (g_array_index (agenda->work, PealWork, 0).kind, ==, PEAL_WORK_RECOVER);
  g_assert_true (peal_journal_recover_attempt (fixture->journal, attempt->id, NULL));
  assert_state (fixture, post, "scheduled");
  return dex_future_new_true ();
}

static DexFuture *
test_paused_before_arming (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 0);
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_fixture_begin (fixture, post, &record);
  g_autoptr (PealFinalPermit) permit = NULL;
  g_autoptr (GError) error = NULL;

  peal_journal_fixture_exec (fixture, "INSERT INTO setting VALUES ('paused', '1')");
  permit = peal_journal_arm (fixture->journal, attempt, record, 4711, &error);
  g_assert_null (permit);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "paused");
  return dex_future_new_true ();
}

static const struct
{
  const char *sql;
} forbidden[] = {
  { "UPDATE attempt SET state = 'DEAD', proof = 'never_armed'" },
  { "UPDATE attempt SET armed_at = 1" },
  { "UPDATE attempt SET publish_id = 'other'" },
  { "DELETE FROM attempt" },
  { "UPDATE attempt SET state = 'UPLOADING'" },
  { "UPDATE attempt SET post_id = 2" },
  { "DELETE FROM post" },
  { "INSERT INTO attempt (uuid, post_id, n, state, post_version, lease_epoch, open_id, media_sha256, "
    "media_size, "
    "started_at) VALUES ('x', 1, 2, 'RESERVED', 0, 0, 'o', zeroblob(32), 1, 1)" },
  { "UPDATE post SET state = 'scheduled'" },
  { "UPDATE post SET state = 'cancelled'" },
  { "UPDATE post SET state = 'held', hold_reason = 'missed'" },
  { "UPDATE post SET state = 'failed'" },
  { "DELETE FROM event" },
  { "UPDATE event SET kind = 'x'" },
};

static gboolean
exec_expecting_refusal (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_assert_cmpint (sqlite3_exec (db, data, NULL, NULL, NULL), ==, SQLITE_CONSTRAINT_TRIGGER);
  return TRUE;
}

static gboolean
exec_expecting_unique (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_assert_cmpint (sqlite3_exec (db, data, NULL, NULL, NULL), ==, SQLITE_CONSTRAINT_UNIQUE);
  return TRUE;
}

/* Once armed, the database itself refuses every way to a second publish. */
static DexFuture *
test_forbidden_once_armed (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 0);
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_fixture_begin (fixture, post, &record);
  g_autoptr (PealFinalPermit) permit = peal_journal_arm (fixture->journal, attempt, record, 4711, NULL);

  g_assert_nonnull (permit);
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    peal_database_run_sync (fixture->database,
                            g_str_has_prefix (forbidden[i].sql, "INSERT") ? exec_expecting_unique
                                                                          : exec_expecting_refusal,
                            (gpointer)forbidden[i].sql, NULL, NULL);
  assert_state (fixture, post, "publishing");
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  peal_test_add_fiber ("/journal/attempts/whole-way", NULL, test_whole_way);
  peal_test_add_fiber ("/journal/attempts/compare-and-swap", NULL, test_compare_and_swap);
  peal_test_add_fiber ("/journal/attempts/paused", NULL, test_paused);
  peal_test_add_fiber ("/journal/attempts/agenda", NULL, test_agenda);
  peal_test_add_fiber ("/journal/attempts/pace", NULL, test_pace);
  peal_test_add_fiber ("/journal/attempts/clock-set-back", NULL, test_clock_set_back);
  peal_test_add_fiber ("/journal/attempts/left-behind", NULL, test_left_behind);
  peal_test_add_fiber ("/journal/attempts/paused-before-arming", NULL, test_paused_before_arming);
  peal_test_add_fiber ("/journal/attempts/forbidden-once-armed", NULL, test_forbidden_once_armed);
  return g_test_run ();
}
