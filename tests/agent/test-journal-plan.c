/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-error.h"
#include "peal-journal-fixture.h"
#include "peal-test-fiber.h"

typedef struct
{
  const char *options;
  gint64 account;
  PealErrorCode code;
  const char *reason;
} Refusal;

#define CHOSEN "'privacy_level': <'SELF_ONLY'>"

static const Refusal refusals[] = {
  { "{" CHOSEN "}", 1, PEAL_ERROR_INVALID, "time_missing" },
  { "{'now': <true>, 'draft': <true>, " CHOSEN "}", 1, PEAL_ERROR_INVALID, "time_twice" },
  { "{'due': <int64 1000>, " CHOSEN "}", 1, PEAL_ERROR_INVALID, "time_past" },
  { "{'due': <int64 5000000000000000>, " CHOSEN "}", 1, PEAL_ERROR_INVALID, "time_far" },
  { "{'due': <'soon'>, " CHOSEN "}", 1, PEAL_ERROR_INVALID, "option_type" },
  { "{'now': <true>, 'zone': <'Mars/Olympus'>, " CHOSEN "}", 1, PEAL_ERROR_INVALID, "zone_unknown" },
  { "{'next_slot': <true>, " CHOSEN "}", 1, PEAL_ERROR_INVALID, "no_slot" },
  { "{'now': <true>}", 1, PEAL_ERROR_INVALID, "privacy_level_missing" },
  { "{'now': <true>, 'branded_content': <true>, " CHOSEN "}", 1, PEAL_ERROR_INVALID,
    "branded_content_private" },
  { "{'now': <true>, 'colour': <'red'>, " CHOSEN "}", 1, PEAL_ERROR_INVALID, "option_unknown" },
  { "{'now': <true>, 'late_grace_s': <int64 86401>, " CHOSEN "}", 1, PEAL_ERROR_INVALID, "setting_range" },
  { "{'now': <true>, 'media': <int64 7>, " CHOSEN "}", 1, PEAL_ERROR_INVALID, "media_unknown" },
  { "{'now': <true>, " CHOSEN "}", 9, PEAL_ERROR_INVALID, "account_unknown" },
  { "{'now': <true>, 'share_type': <'direct'>, " CHOSEN "}", 2, PEAL_ERROR_SCOPE, "scope_missing" },
};

static DexFuture *
test_refusals (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  g_autoptr (GVariant) posts = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (dex_await (
          peal_journal_fixture_add_with (fixture, refusals[i].account, refusals[i].options), &error));
      g_assert_error (error, PEAL_ERROR, (int)refusals[i].code);
      g_assert_cmpstr (peal_error_get_reason (error), ==, refusals[i].reason);
    }
  posts = dex_await_variant (peal_journal_list_posts (fixture->journal, NULL, 500), NULL);
  g_assert_cmpuint (g_variant_n_children (posts), ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_group (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  g_autoptr (GVariant) options =
      g_variant_ref_sink (g_variant_new_parsed ("{'media': <int64 1>, 'now': <true>, " CHOSEN "}"));
  g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 both[] = { 1, 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) ids = NULL;
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GVariant) second = NULL;
  gint64 group = 0, other_group = 1;

  g_array_append_vals (accounts, both, 2);
  ids = dex_await_variant (peal_journal_add_posts (fixture->journal, options, accounts), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_n_children (ids), ==, 2);
  first = dex_await_variant (peal_journal_describe_post (fixture->journal, 1), &error);
  second = dex_await_variant (peal_journal_describe_post (fixture->journal, 2), &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (first, "group", "x", &group)
                 && g_variant_lookup (second, "group", "x", &other_group));
  g_assert_cmpint (group, ==, other_group);
  g_array_append_vals (accounts, both, 1);
  g_assert_false (dex_await (peal_journal_add_posts (fixture->journal, options, accounts), &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "account_twice");
  return dex_future_new_true ();
}

static DexFuture *
test_next_slot (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  const char *wish = "{'next_slot': <true>, 'zone': <'Europe/Berlin'>, " CHOSEN "}";
  g_autoptr (GError) error = NULL;
  g_autoptr (PealPostRecord) first = NULL;
  g_autoptr (PealPostRecord) second = NULL;

  /* Tuesday, 24 November 2026, 19:00 in Berlin; slots on Tuesday and Wednesday at 20:00. */
  peal_journal_fixture_exec (fixture, "INSERT INTO slot VALUES (1, 2, 1200), (1, 3, 1200)");
  g_assert_true (dex_await (peal_journal_fixture_add_with (fixture, 1, wish), NULL));
  g_assert_true (dex_await (peal_journal_fixture_add_with (fixture, 1, wish), NULL));
  first = dex_await_boxed (peal_journal_load_post (fixture->journal, 1), &error);
  second = dex_await_boxed (peal_journal_load_post (fixture->journal, 2), &error);
  g_assert_no_error (error);
  g_assert_cmpint (first->due - peal_journal_fixture_now (fixture), ==,
                   G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  g_assert_cmpint (second->due - first->due, ==, G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC);
  return dex_future_new_true ();
}

static void
assert_state (PealJournalFixture *fixture, gint64 post, const char *expected)
{
  g_autofree char *state = peal_journal_fixture_state (fixture, post);

  g_assert_cmpstr (state, ==, expected);
}

static DexFuture *
test_edit (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 3600);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealPostRecord) record = NULL;

  g_assert_true (dex_await (
      peal_journal_edit_post (fixture->journal, post, g_variant_new_parsed ("{'caption': <'Wheat bread'>}")),
      &error));
  record = dex_await_boxed (peal_journal_load_post (fixture->journal, post), &error);
  g_assert_cmpstr (record->options->caption, ==, "Wheat bread");
  g_assert_cmpint (record->version, ==, 1);
  g_assert_cmpint (record->due, ==,
                   peal_journal_fixture_now (fixture) + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  g_assert_true (dex_await (
      peal_journal_edit_post (fixture->journal, post, g_variant_new_parsed ("{'draft': <true>}")), &error));
  assert_state (fixture, post, "draft");
  g_assert_false (
      dex_await (peal_journal_edit_post (fixture->journal, 99, g_variant_new_parsed ("@a{sv} {}")), &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "post_unknown");
  return dex_future_new_true ();
}

/* Before the last chunk an edit or cancel wins, and the attempt dies with its proof. */
static DexFuture *
test_take_back (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 edited = peal_journal_fixture_add (fixture, 0), cancelled = peal_journal_fixture_add (fixture, 0);
  g_autoptr (PealPostRecord) edited_post = NULL;
  g_autoptr (PealPostRecord) cancelled_post = NULL;
  g_autoptr (PealAttemptRecord) one = peal_journal_fixture_begin (fixture, edited, &edited_post);
  g_autoptr (PealAttemptRecord) two = peal_journal_fixture_begin (fixture, cancelled, &cancelled_post);
  g_autoptr (PealFinalPermit) permit = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dex_await (
      peal_journal_edit_post (fixture->journal, edited, g_variant_new_parsed ("{'caption': <'New'>}")),
      &error));
  g_assert_true (dex_await (peal_journal_cancel_post (fixture->journal, cancelled), &error));
  assert_state (fixture, edited, "scheduled");
  assert_state (fixture, cancelled, "cancelled");
  permit = peal_journal_arm (fixture->journal, one, edited_post, 4711, &error);
  g_assert_null (permit);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "changed_meanwhile");
  g_clear_error (&error);
  permit = peal_journal_arm (fixture->journal, two, cancelled_post, 4711, &error);
  g_assert_null (permit);
  return dex_future_new_true ();
}

static DexFuture *
test_too_late (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 0);
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_fixture_begin (fixture, post, &record);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealFinalPermit) permit = peal_journal_arm (fixture->journal, attempt, record, 4711, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (peal_final_permit_get_publish_id (permit), ==, attempt->publish_id);
  g_assert_false (dex_await (peal_journal_cancel_post (fixture->journal, post), &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "too_late");
  g_clear_error (&error);
  g_assert_false (dex_await (
      peal_journal_edit_post (fixture->journal, post, g_variant_new_parsed ("{'caption': <'New'>}")),
      &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "post_under_way");
  assert_state (fixture, post, "publishing");
  return dex_future_new_true ();
}

/* The user's answer to "is it there?". */
static DexFuture *
test_resolve (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 0), copy;
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (PealAttemptRecord) attempt = peal_journal_fixture_begin (fixture, post, &record);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealFinalPermit) permit = peal_journal_arm (fixture->journal, attempt, record, 4711, &error);
  PealChange change = PEAL_CHANGE_INIT;

  g_assert_false (dex_await (peal_journal_resolve_post (fixture->journal, post, "published"), &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "not_in_review");
  g_clear_error (&error);
  change.move_post = TRUE;
  change.post_state = PEAL_POST_NEEDS_REVIEW;
  g_assert_true (peal_journal_advance (fixture->journal, attempt, PEAL_ATTEMPT_UNKNOWN, &change,
                                       "needs_review", &error));
  g_assert_false (dex_await (peal_journal_resolve_post (fixture->journal, post, "perhaps"), &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "answer_unknown");
  g_clear_error (&error);
  copy = dex_await_int64 (peal_journal_resolve_post (fixture->journal, post, "again"), &error);
  g_assert_no_error (error);
  assert_state (fixture, post, "cancelled");
  assert_state (fixture, copy, "scheduled");
  return dex_future_new_true ();
}

static DexFuture *
test_hold_and_release (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  gint64 post = peal_journal_fixture_add (fixture, 60);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (dex_await_uint (peal_journal_hold_account (fixture->journal, 1), &error), ==, 1);
  assert_state (fixture, post, "held:reconnect");
  g_assert_true (dex_await (peal_journal_release_account (fixture->journal, 1), &error));
  assert_state (fixture, post, "scheduled");
  g_assert_false (dex_await (peal_journal_retry_post (fixture->journal, post), &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "not_retryable");
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  peal_test_add_fiber ("/journal/plan/refusals", NULL, test_refusals);
  peal_test_add_fiber ("/journal/plan/group", NULL, test_group);
  peal_test_add_fiber ("/journal/plan/next-slot", NULL, test_next_slot);
  peal_test_add_fiber ("/journal/plan/edit", NULL, test_edit);
  peal_test_add_fiber ("/journal/plan/take-back", NULL, test_take_back);
  peal_test_add_fiber ("/journal/plan/too-late", NULL, test_too_late);
  peal_test_add_fiber ("/journal/plan/resolve", NULL, test_resolve);
  peal_test_add_fiber ("/journal/plan/hold-and-release", NULL, test_hold_and_release);
  return g_test_run ();
}
