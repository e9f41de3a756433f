/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-explorer-faults.h"
#include "peal-explorer-rows.h"
#include "peal-explorer-run.h"

/* Runs in which all points matter, and those of a long wait, which are all alike. */
#define FIRST_POINTS 40
#define LATER_STRIDE 25
#define NEXT_CRASHES 24

static PealExplorer *explorer;

typedef struct
{
  guint n_runs, n_published, n_review, n_cancelled, n_held, n_wrong;
} Tally;

static void
count (Tally *tally, const PealRunPlan *run)
{
  g_autofree char *complaint = peal_explorer_judge (run);

  tally->n_runs++;
  tally->n_published += g_str_equal (run->state, "published");
  tally->n_review += g_str_equal (run->state, "needs_review");
  tally->n_cancelled += g_str_equal (run->state, "cancelled");
  tally->n_held += g_str_equal (run->state, "held");
  if (complaint != NULL)
    {
      g_autofree char *text = peal_explorer_describe (run);

      tally->n_wrong++;
      g_test_message ("%s: %s", complaint, text);
    }
}

static void
show (const char *name, const Tally *tally)
{
  g_test_message ("%-34s %6u runs %6u published %5u review %5u cancelled %5u held %3u wrong", name,
                  tally->n_runs, tally->n_published, tally->n_review, tally->n_cancelled, tally->n_held,
                  tally->n_wrong);
}

static GArray *
runs_new (void)
{
  return g_array_new (FALSE, TRUE, sizeof (PealRunPlan));
}

static void
plan (GArray *runs, gboolean is_large, const PealFault *fault, PealDeed deed, guint at)
{
  PealRunPlan run = { .is_large = is_large, .deed = deed, .at = at };

  run.stand_in.faults[0] = fault;
  g_array_append_val (runs, run);
}

static void
run_all (GArray *runs)
{
  peal_explorer_run_all (explorer, (PealRunPlan *)(gpointer)runs->data, runs->len);
}

/* Runs @runs and prints a line for each fault and each size. */
static void
explore (GArray *runs)
{
  Tally all = { 0 };

  run_all (runs);
  for (guint i = 0; i < 2 * peal_n_faults; i++)
    {
      const PealFault *fault = &peal_faults[i / 2];
      g_autofree char *name = g_strconcat (i % 2 ? "large, " : "small, ", fault->name, NULL);
      Tally tally = { 0 };

      for (guint j = 0; j < runs->len; j++)
        {
          const PealRunPlan *run = &g_array_index (runs, PealRunPlan, j);

          if (run->stand_in.faults[0] == fault && run->is_large == (int)(i % 2))
            count (&tally, run);
        }
      if (tally.n_runs > 0)
        show (name, &tally);
      all.n_runs += tally.n_runs;
      all.n_published += tally.n_published;
      all.n_review += tally.n_review;
      all.n_cancelled += tally.n_cancelled;
      all.n_held += tally.n_held;
      all.n_wrong += tally.n_wrong;
    }
  show ("all", &all);
  g_assert_cmpuint (all.n_runs, ==, runs->len);
  g_assert_cmpuint (all.n_wrong, ==, 0);
}

/* (transfer full): each fault for each size with nothing else happening: tells how many points there are. */
static GArray *
explore_faults (void)
{
  GArray *runs = runs_new ();

  for (guint i = 0; i < 2 * peal_n_faults; i++)
    if (i % 2 || peal_faults[i / 2].call != PEAL_AT_CHUNK)
      plan (runs, i % 2, &peal_faults[i / 2], PEAL_DEED_NOTHING, 0);
  explore (runs);
  return runs;
}

static gboolean
is_chosen (guint point, guint index, guint stride)
{
  if (point > FIRST_POINTS)
    return point % LATER_STRIDE == 0;
  return (point + index) % stride == 0;
}

static void
test_faults (void)
{
  g_autoptr (GArray) runs = explore_faults ();
}

/* SIGKILL at each point of an untroubled publish, and at some of each troubled one; all of them in soak. */
static void
test_crashes (void)
{
  g_autoptr (GArray) plain = explore_faults ();
  g_autoptr (GArray) runs = runs_new ();

  for (guint i = 0; i < plain->len; i++)
    {
      const PealRunPlan *run = &g_array_index (plain, PealRunPlan, i);
      const PealFault *fault = run->stand_in.faults[0];

      for (guint k = 1; k <= run->n_points; k++)
        if (is_chosen (k, i, g_test_slow () || fault == &peal_faults[0] ? 1 : 4))
          plan (runs, run->is_large, fault, PEAL_DEED_CRASH, k);
    }
  explore (runs);
}

/* Where time decides what becomes of a post. */
static gboolean
is_about_time (const PealFault *fault, PealDeed deed)
{
  return (deed == PEAL_DEED_CLOCK_BACK && g_str_equal (fault->name, "address expired at the last"))
         || (deed == PEAL_DEED_SLEEP
             && (g_str_equal (fault->name, "status never answered")
                 || g_str_equal (fault->name, "last chunk 70 min late")));
}

/* What users and sessions do, at each point of an untroubled publish, and of such as time decides; in soak of
 * each troubled one. */
static void
test_deeds (void)
{
  g_autoptr (GArray) plain = explore_faults ();
  g_autoptr (GArray) runs = runs_new ();

  for (guint i = 0; i < plain->len; i++)
    {
      const PealRunPlan *run = &g_array_index (plain, PealRunPlan, i);
      const PealFault *fault = run->stand_in.faults[0];

      for (PealDeed deed = PEAL_DEED_TERMINATE; deed < PEAL_N_DEEDS; deed++)
        for (guint k = 1; k <= run->n_points; k++)
          if ((fault == &peal_faults[0] || g_test_slow () || is_about_time (fault, deed))
              && is_chosen (k, deed,
                            g_test_slow () || deed == PEAL_DEED_CANCEL || deed == PEAL_DEED_EDIT
                                    || deed == PEAL_DEED_SLEEP
                                ? 1
                                : 3))
            plan (runs, run->is_large, fault, deed, k);
    }
  explore (runs);
}

/* A crash, and another one on the way back. */
static void
test_two_crashes (void)
{
  g_autoptr (GArray) runs = runs_new ();

  for (guint k = 1; k <= FIRST_POINTS; k++)
    for (guint next = k + 1; next <= k + NEXT_CRASHES; next++)
      if (g_test_slow () || (k * 5 + next) % 16 == 0)
        {
          PealRunPlan run = { .is_large = k % 2, .deed = PEAL_DEED_CRASH, .at = k, .crash_again_at = next };

          run.stand_in.faults[0] = &peal_faults[g_test_slow () ? (k + next) % peal_n_faults : 0];
          if (!run.is_large && run.stand_in.faults[0]->call == PEAL_AT_CHUNK)
            run.stand_in.faults[0] = &peal_faults[0];
          g_array_append_val (runs, run);
        }
  explore (runs);
}

/* With a rule broken, the same exploration must find what the rule is there for: else it would find nothing
 * in a broken engine either. */
static void
test_broken (gconstpointer data)
{
  PealBroken broken = (PealBroken)GPOINTER_TO_INT (data);
  g_autoptr (GArray) runs = runs_new ();
  guint n_twice = 0;

  for (guint i = 0; i < peal_n_faults; i++)
    for (guint k = 0; k < 30; k += 6)
      if (peal_faults[i].call == PEAL_AT_LAST || peal_faults[i].call == PEAL_AT_STATUS)
        {
          plan (runs, FALSE, &peal_faults[i], k > 0 ? PEAL_DEED_CRASH : PEAL_DEED_NOTHING, k);
          g_array_index (runs, PealRunPlan, runs->len - 1).broken = broken;
        }
  run_all (runs);
  for (guint i = 0; i < runs->len; i++)
    {
      const PealRunPlan *run = &g_array_index (runs, PealRunPlan, i);

      if (peal_stand_in_count (&run->stand_in, NULL) > 1 && n_twice++ == 0)
        {
          g_autofree char *text = peal_explorer_describe (run);

          g_test_message ("first found: %s", text);
        }
    }
  g_test_message ("published twice in %u of %u runs", n_twice, runs->len);
  g_assert_cmpuint (n_twice, >, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  explorer = peal_explorer_new ();
  if (!g_test_slow ())
    g_test_add_func ("/explorer/faults", test_faults);
  g_test_add_func ("/explorer/crashes", test_crashes);
  g_test_add_func ("/explorer/two-crashes", test_two_crashes);
  g_test_add_func ("/explorer/deeds", test_deeds);
  g_test_add_data_func ("/explorer/broken/arm", GINT_TO_POINTER (PEAL_BROKEN_ARM), test_broken);
  g_test_add_data_func ("/explorer/broken/wait", GINT_TO_POINTER (PEAL_BROKEN_WAIT), test_broken);
  g_test_add_data_func ("/explorer/broken/errors", GINT_TO_POINTER (PEAL_BROKEN_ERRORS), test_broken);
  peal_explorer_add_rows (explorer);
  status = g_test_run ();
  peal_explorer_free (explorer);
  return status;
}
