/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-journal-fixture.h"
#include "peal-test-fiber.h"

/* What a process that died left behind, by the attempt's state, and what the next one makes of it. */
static const struct
{
  const char *left;    /* SQL that leaves it so */
  const char *attempt; /* its state afterwards */
  const char *post;
} cases[] = {
  { "UPDATE attempt SET state = 'RESERVED', publish_id = NULL", "DEAD", "scheduled" },
  { "UPDATE attempt SET state = 'INIT_SENT', publish_id = NULL", "DEAD", "scheduled" },
  { "UPDATE attempt SET state = 'INIT_OK'", "DEAD", "scheduled" },
  { "UPDATE attempt SET state = 'UPLOADING'", "DEAD", "scheduled" },
  { "UPDATE attempt SET state = 'FINAL_ARMED', armed_at = 1", "FINAL_ARMED", "publishing" },
  { "UPDATE attempt SET state = 'BYTES_SENT', armed_at = 1", "BYTES_SENT", "publishing" },
  { "UPDATE attempt SET state = 'PROCESSING', armed_at = 1", "PROCESSING", "publishing" },
};

static DexFuture *
test_states (gpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
      gint64 post = peal_journal_fixture_add (fixture, 0);
      g_autoptr (GError) error = NULL;
      g_autoptr (PealPostRecord) record =
          dex_await_boxed (peal_journal_load_post (fixture->journal, post), &error);
      g_autoptr (PealAttemptRecord) attempt = peal_journal_reserve (fixture->journal, record, &error);
      g_autoptr (PealAttemptRecord) found = NULL;
      g_autofree char *state = NULL;

      g_assert_no_error (error);
      peal_journal_fixture_exec (fixture, "UPDATE attempt SET publish_id = 'p'");
      if (i < 2)
        {
          /* publish_id is written once, so these two never had one. */
          peal_journal_fixture_free (g_steal_pointer (&fixture));
          fixture = peal_journal_fixture_new ();
          post = peal_journal_fixture_add (fixture, 0);
          g_clear_pointer (&record, peal_post_record_free);
          g_clear_pointer (&attempt, peal_attempt_record_free);
          record = dex_await_boxed (peal_journal_load_post (fixture->journal, post), &error);
          attempt = peal_journal_reserve (fixture->journal, record, &error);
        }
      peal_journal_fixture_exec (fixture, cases[i].left);
      peal_journal_fixture_restart (fixture);
      found = dex_await_boxed (peal_journal_load_attempt (fixture->journal, attempt->id), &error);
      g_assert_no_error (error);
      g_assert_cmpstr (peal_attempt_state_to_string (found->state), ==, cases[i].attempt);
      state = peal_journal_fixture_state (fixture, post);
      g_assert_cmpstr (state, ==, cases[i].post);
    }
  return dex_future_new_true ();
}

/* The line got to the disk and the commit did not: what may have gone out is followed, not sent again. */
static DexFuture *
test_witness_wins (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 0);
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_fixture_begin (fixture, post, &record);
  g_autofree char *directory = g_build_filename (fixture->directory, "state", NULL);
  g_autoptr (PealWitness) witness = peal_witness_open (directory, NULL);
  const PealWitnessLine line = { .post_uuid = record->uuid,
                                 .attempt_uuid = attempt->uuid,
                                 .open_id = attempt->open_id,
                                 .publish_id = attempt->publish_id,
                                 .sha256 = "00",
                                 .n = 1,
                                 .size = 121000000,
                                 .armed_at = 4711 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PealAttemptRecord) found = NULL;

  g_assert_true (peal_witness_append (witness, &line, &error));
  peal_journal_fixture_restart (fixture);
  found = dex_await_boxed (peal_journal_load_attempt (fixture->journal, attempt->id), &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->state, ==, PEAL_ATTEMPT_FINAL_ARMED);
  g_assert_cmpint (found->armed_at, ==, 4711);
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  peal_test_add_fiber ("/journal/recovery/states", NULL, test_states);
  peal_test_add_fiber ("/journal/recovery/witness-wins", NULL, test_witness_wins);
  return g_test_run ();
}
