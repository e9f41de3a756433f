/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-explorer-rows.h"

#include "peal-explorer-faults.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define HOUR (3600 * SECOND)

/* What is to be after @faults; NULL and -1: whatever. */
typedef struct
{
  const char *number;
  gboolean is_large, tells_last_index;
  PealFault faults[2];
  const char *state, *hold, *proofs; /* proofs: of the attempts, or how each ended */
  int n_inits, n_puts, n_refreshes, n_published;
  gint64 pause_s;      /* at least, before the second init; 0: whatever */
  gint64 min_s, max_s; /* when the end came */
} Row;

static const Row rows[] = {
  { "21", .faults = { { "init's answer lost", PEAL_AT_INIT, PEAL_FAULT_LOST, .count = 1 } },
    .state = "published", .proofs = "never_known_url PUBLISHED", .n_inits = 2, .n_puts = 1, .n_refreshes = 0,
    .n_published = 1, .pause_s = 10 },
  { "22",
    .faults = { { "init 500", PEAL_AT_INIT, PEAL_FAULT_ANSWER, .count = 3, .status = 500,
                  .body = PEAL_PORTAL } },
    .state = "published", .proofs = "never_known_url never_known_url never_known_url PUBLISHED", .n_inits = 4,
    .n_puts = 1, .n_refreshes = 0, .n_published = 1, .pause_s = 10, .min_s = 300 },
  { "23",
    .faults = { { "hotel", PEAL_AT_INIT, PEAL_FAULT_ANSWER, .count = 1, .status = 200,
                  .body = PEAL_PORTAL } },
    .state = "published", .proofs = "never_known_url PUBLISHED", .n_inits = 2, .n_puts = 1, .n_refreshes = 0,
    .n_published = 1, .pause_s = 10 },
  { "24",
    .faults = { { "no address", PEAL_AT_INIT, PEAL_FAULT_ANSWER, .count = 1, .status = 200,
                  .body = PEAL_STATUS ("\"publish_id\":\"v\"") } },
    .state = "published", .proofs = "never_known_url PUBLISHED", .n_inits = 2, .n_puts = 1, .n_refreshes = 0,
    .n_published = 1, .pause_s = 10 },
  { "24-empty-id",
    .faults = { { "no id", PEAL_AT_INIT, PEAL_FAULT_ANSWER, .count = 1, .status = 200,
                  .body = PEAL_STATUS ("\"publish_id\":\"\",\"upload_url\":\"http://127.0.0.1:9/\"") } },
    .state = "published", .proofs = "never_known_url PUBLISHED", .n_inits = 2, .n_puts = 1, .n_refreshes = 0,
    .n_published = 1, .pause_s = 10 },
  { "26", .is_large = TRUE,
    .faults = { { "reset", PEAL_AT_CHUNK, PEAL_FAULT_UNREAD, .skip = 1, .count = 4 } }, .state = "published",
    .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 7, .n_refreshes = 0, .n_published = 1 },
  { "27", .is_large = TRUE,
    .faults = { { "416", PEAL_AT_CHUNK, PEAL_FAULT_PRETEND, .count = 1, .status = 416, .body = "" } },
    .state = "published", .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 3, .n_refreshes = 0,
    .n_published = 1 },
  { "27-last-index", .is_large = TRUE, .tells_last_index = TRUE,
    .faults = { { "416", PEAL_AT_CHUNK, PEAL_FAULT_PRETEND, .count = 1, .status = 416, .body = "" } },
    .state = "published", .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 3, .n_refreshes = 0,
    .n_published = 1 },
  { "28", .is_large = TRUE, .faults = { { "lost", PEAL_AT_LAST, PEAL_FAULT_LOST, .count = 1 } },
    .state = "published", .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 3, .n_refreshes = 0,
    .n_published = 1 },
  { "29", .is_large = TRUE, .faults = { { "unread", PEAL_AT_LAST, PEAL_FAULT_UNREAD, .count = 1 } },
    .state = "published", .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 4, .n_refreshes = 0,
    .n_published = 1 },
  { "29-last-index", .is_large = TRUE, .tells_last_index = TRUE,
    .faults = { { "unread", PEAL_AT_LAST, PEAL_FAULT_UNREAD, .count = 1 } }, .state = "published",
    .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 4, .n_refreshes = 0, .n_published = 1 },
  { "30", .is_large = TRUE,
    .faults = { { "late", PEAL_AT_LAST, PEAL_FAULT_LATE, .count = 1, .delay_s = 90 } }, .state = "published",
    .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 4, .n_refreshes = 0, .n_published = 1 },
  { "31", .is_large = TRUE,
    .faults = { { "lost", PEAL_AT_LAST, PEAL_FAULT_LOST, .count = 1 },
                { "stale", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 1, .status = 200,
                  .body = PEAL_STATUS ("\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":8192") } },
    .state = "published", .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 4, .n_refreshes = 0,
    .n_published = 1 },
  { "33", .is_large = TRUE, .faults = { { "expired", PEAL_AT_CHUNK, PEAL_FAULT_EXPIRED, .count = 1 } },
    .state = "published", .proofs = "never_armed PUBLISHED", .n_inits = 2, .n_puts = 4, .n_refreshes = 0,
    .n_published = 1 },
  { "33-armed", .is_large = TRUE, .faults = { { "expired", PEAL_AT_LAST, PEAL_FAULT_EXPIRED, .count = 1 } },
    .state = "published", .proofs = "expired_incomplete PUBLISHED", .n_inits = 2, .n_puts = -1,
    .n_refreshes = 0, .n_published = 1, .pause_s = 75 * 60 },
  { "34",
    .faults = { { "401", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 1, .status = 401,
                  .body = PEAL_API_ERROR ("access_token_invalid") } },
    .state = "published", .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 1, .n_refreshes = 1,
    .n_published = 1 },
  { "35",
    .faults = { { "500", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 32, .status = 500, .body = "oops" } },
    .state = "published", .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 1, .n_refreshes = 0,
    .n_published = 1, .min_s = 7200 },
  { "35-429",
    .faults = { { "429", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 7, .status = 429,
                  .body = PEAL_API_ERROR ("rate_limit_exceeded") } },
    .state = "published", .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 1, .n_refreshes = 0,
    .n_published = 1, .min_s = 7200 },
  { "36",
    .faults = { { "for ever", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .status = 200,
                  .body = PEAL_STATUS ("\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":3000"),
                  .may_need_review = TRUE } },
    .state = "needs_review", .proofs = "UNKNOWN", .n_inits = 1, .n_puts = 1, .n_refreshes = 0,
    .n_published = 1, .min_s = 24 * 3600, .max_s = 25 * 3600 },
  { "37",
    .faults = { { "unknown", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .status = 400,
                  .body = PEAL_API_ERROR ("invalid_publish_id"), .may_need_review = TRUE } },
    .state = "needs_review", .proofs = "UNKNOWN", .n_inits = 1, .n_puts = 1, .n_refreshes = 0,
    .n_published = 1, .max_s = 60 },
  { "38",
    .faults = { { "strange", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 5, .status = 200,
                  .body = PEAL_STATUS ("\"status\":\"IN_THE_STARS\"") } },
    .state = "published", .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 1, .n_refreshes = 0,
    .n_published = 1 },
  { "55", .faults = { { "twice", PEAL_AT_INIT, PEAL_FAULT_TWICE, .count = 1 } }, .state = "published",
    .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 1, .n_refreshes = 0, .n_published = 1 },
  /* The new tokens are lost with the answer: the user signs in again, and the post goes on, it does not begin
   * again. */
  { "58",
    .faults = { { "401", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 1, .status = 401,
                  .body = PEAL_API_ERROR ("access_token_invalid") },
                { "lost", PEAL_AT_TOKEN, PEAL_FAULT_LOST, .count = 1 } },
    .state = "published", .proofs = "PUBLISHED", .n_inits = 1, .n_puts = 1, .n_refreshes = 2,
    .n_published = 1 },
  { "136",
    .faults = { { "foreign address", PEAL_AT_INIT, PEAL_FAULT_ANSWER, .count = 1, .status = 200,
                  .body = PEAL_STATUS ("\"publish_id\":\"v\",\"upload_url\":"
                                       "\"https://tiktokapis.com.evil/upload\"") } },
    .state = "published", .proofs = "never_known_url PUBLISHED", .n_inits = 2, .n_puts = 1, .n_refreshes = 0,
    .n_published = 1, .pause_s = 10 },
};

static PealExplorer *explorer;

static PealRunPlan
run_row (const PealFault *faults)
{
  PealRunPlan run = { 0 };

  for (guint i = 0; i < 2; i++)
    run.stand_in.faults[i] = faults[i].name != NULL ? &faults[i] : NULL;
  return run;
}

static void
assert_good (const PealRunPlan *run)
{
  g_autofree char *complaint = peal_explorer_judge (run);
  g_autofree char *text = peal_explorer_describe (run);

  g_test_message ("%s", text);
  g_assert_cmpstr (complaint, ==, NULL);
}

static void
assert_number (guint found, int expected)
{
  if (expected >= 0)
    g_assert_cmpuint (found, ==, (guint)expected);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  PealRunPlan run = run_row (row->faults);
  gint64 took;

  run.is_large = row->is_large;
  run.stand_in.tells_last_index = row->tells_last_index;
  peal_explorer_run (explorer, &run);
  assert_good (&run);
  took = run.now_after - run.started;
  g_assert_cmpstr (run.state, ==, row->state);
  g_assert_cmpstr (run.hold, ==, row->hold != NULL ? row->hold : "");
  g_assert_cmpstr (run.proofs, ==, row->proofs);
  assert_number (run.stand_in.n_inits, row->n_inits);
  assert_number (run.stand_in.n_puts, row->n_puts);
  assert_number (run.stand_in.n_refreshes, row->n_refreshes);
  assert_number (peal_stand_in_count (&run.stand_in, NULL), row->n_published);
  if (row->pause_s > 0)
    g_assert_cmpint (run.stand_in.inits_at[1] - run.stand_in.inits_at[0], >=, row->pause_s * SECOND);
  g_assert_cmpint (took, >=, row->min_s * SECOND);
  if (row->max_s > 0)
    g_assert_cmpint (took, <=, row->max_s * SECOND);
}

/* A crash anywhere between TikTok's new tokens and the vault: either they are stored, or the user is asked to
 * sign in again; the post waits and goes on. */
static void
test_61 (void)
{
  static const PealFault faults[2] = { { "401", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 1, .status = 401,
                                         .body = PEAL_API_ERROR ("access_token_invalid") } };
  PealRunPlan plain = run_row (faults);
  guint n_sign_ins = 0;

  peal_explorer_run (explorer, &plain);
  assert_good (&plain);
  for (guint k = plain.n_points / 2; k <= plain.n_points; k++)
    {
      PealRunPlan run = run_row (faults);

      run.deed = PEAL_DEED_CRASH;
      run.at = k;
      peal_explorer_run (explorer, &run);
      assert_good (&run);
      g_assert_cmpstr (run.state, ==, "published");
      g_assert_cmpuint (run.stand_in.n_inits, ==, 1);
      n_sign_ins += run.n_sign_ins;
    }
  g_assert_cmpuint (n_sign_ins, >, 0);
}

void
peal_explorer_add_rows (PealExplorer *self)
{
  explorer = self;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/explorer/row/", rows[i].number, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/explorer/row/61", test_61);
}
