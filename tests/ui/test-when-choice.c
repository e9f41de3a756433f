/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <stdio.h>

#include "peal-when-choice.h"
#include "peal-when.h"

/* 2026-11-01T00:00:00Z */
static const gint64 at_start = G_GINT64_CONSTANT (1793491200000000);
static GTimeZone *berlin;

static gint64
at (const char *rfc3339)
{
  gint64 instant = peal_when_parse (rfc3339, berlin, at_start, NULL);

  g_assert_cmpint (instant, >=, 0);
  return instant;
}

static void
choose (PealWhenChoice *choice, const char *date, const char *clock, PealWhenReading reading, const char *now)
{
  /* The time of the date does not matter. */
  PealWallTime wall = { .hour = 77, .minute = 88, .second = 99 };

  g_assert_cmpint (sscanf (date, "%d-%d-%d", &wall.year, &wall.month, &wall.day), ==, 3);
  peal_when_choose (choice, berlin, &wall, clock, reading, at (now));
}

static void
assert_choice (const char *date,
               const char *clock,
               PealWhenReading reading,
               const char *now,
               PealWhenVerdict verdict,
               const char *due)
{
  PealWhenChoice choice;

  choose (&choice, date, clock, reading, now);
  g_assert_cmpint (choice.verdict, ==, verdict);
  if (due == NULL)
    g_assert_cmpint (choice.due, ==, -1);
  else
    {
      g_autofree char *text = peal_when_format (choice.due, berlin);

      g_assert_cmpstr (text, ==, due);
    }
}

static void
test_plain (void)
{
  const char *now = "2026-11-22T12:00:00+01:00";

  assert_choice ("2026-11-24", "18", PEAL_WHEN_EITHER, now, PEAL_WHEN_FINE, "2026-11-24T18:00:00+01:00");
  assert_choice ("2027-07-01", "6pm", PEAL_WHEN_SECOND, now, PEAL_WHEN_FINE, "2027-07-01T18:00:00+02:00");
  assert_choice (now, "12:00", PEAL_WHEN_EITHER, now, PEAL_WHEN_FINE, "2026-11-22T12:00:00+01:00");
  assert_choice (now, "11:59", PEAL_WHEN_EITHER, now, PEAL_WHEN_PAST, NULL);
  assert_choice ("2026-11-21", "18:00", PEAL_WHEN_EITHER, now, PEAL_WHEN_PAST, NULL);
  assert_choice (now, "later", PEAL_WHEN_EITHER, now, PEAL_WHEN_NO_TIME, NULL);
  assert_choice (now, "", PEAL_WHEN_EITHER, now, PEAL_WHEN_NO_TIME, NULL);
  assert_choice ("2036-11-20", "18:00", PEAL_WHEN_EITHER, now, PEAL_WHEN_FINE, "2036-11-20T18:00:00+01:00");
  assert_choice ("2036-11-23", "18:00", PEAL_WHEN_EITHER, "2026-11-22 12:00", PEAL_WHEN_FAR, NULL);
}

static void
test_gap (void)
{
  const char *day = "2027-03-28";
  PealWhenChoice choice;

  assert_choice (day, "01:59", PEAL_WHEN_EITHER, "2026-11-22 12:00", PEAL_WHEN_FINE,
                 "2027-03-28T01:59:00+01:00");
  assert_choice (day, "02:00", PEAL_WHEN_EITHER, "2026-11-22 12:00", PEAL_WHEN_GAP, NULL);
  assert_choice (day, "02:59", PEAL_WHEN_FIRST, "2026-11-22 12:00", PEAL_WHEN_GAP, NULL);
  assert_choice (day, "03:00", PEAL_WHEN_EITHER, "2026-11-22 12:00", PEAL_WHEN_FINE,
                 "2027-03-28T03:00:00+02:00");
  assert_choice (day, "02:30", PEAL_WHEN_EITHER, "2027-03-29 12:00", PEAL_WHEN_PAST, NULL);
  choose (&choice, day, "02:30", PEAL_WHEN_EITHER, "2026-11-22 12:00");
  g_assert_cmpint (choice.second, ==, at ("2027-03-28T03:00:00+02:00"));
  g_assert_false (choice.is_twofold);
}

static void
test_fold (void)
{
  const char *day = "2027-10-31";
  const char *before = "2026-11-22 12:00";
  PealWhenChoice choice;

  assert_choice (day, "02:30", PEAL_WHEN_EITHER, before, PEAL_WHEN_FOLD, NULL);
  assert_choice (day, "02:30", PEAL_WHEN_FIRST, before, PEAL_WHEN_FINE, "2027-10-31T02:30:00+02:00");
  assert_choice (day, "02:30", PEAL_WHEN_SECOND, before, PEAL_WHEN_FINE, "2027-10-31T02:30:00+01:00");
  assert_choice (day, "03:00", PEAL_WHEN_EITHER, before, PEAL_WHEN_FINE, "2027-10-31T03:00:00+01:00");
  choose (&choice, day, "02:30", PEAL_WHEN_FIRST, before);
  g_assert_true (choice.is_twofold);
  /* Between the two there is nothing left to ask. */
  assert_choice (day, "02:30", PEAL_WHEN_EITHER, "2027-10-31T02:45:00+02:00", PEAL_WHEN_FINE,
                 "2027-10-31T02:30:00+01:00");
  assert_choice (day, "02:30", PEAL_WHEN_FIRST, "2027-10-31T02:45:00+02:00", PEAL_WHEN_PAST, NULL);
  assert_choice (day, "02:30", PEAL_WHEN_EITHER, "2027-10-31T02:45:00+01:00", PEAL_WHEN_PAST, NULL);
}

static void
assert_sentence (const char *date, const char *clock, const char *expected)
{
  gint64 now = at ("2026-11-22T12:00:00+01:00");
  PealWhenChoice choice;
  g_autofree char *sentence = NULL;

  choose (&choice, date, clock, PEAL_WHEN_EITHER, "2026-11-22T12:00:00+01:00");
  sentence = peal_when_choice_to_sentence (&choice, berlin, now);
  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_sentences (void)
{
  assert_sentence ("2026-11-24", "18:00", "Tue 24 Nov 2026, 18:00 (CET) — in 2 days");
  assert_sentence ("2026-11-22", "9", "This time is past. Choose one that is still to come.");
  assert_sentence ("2026-11-22", "x", "This is no time of day. Write it like 18:00.");
  assert_sentence ("2027-03-28", "2:30",
                   "This time does not exist: the clocks go forward then. The next one is 03:00.");
  assert_sentence ("2027-10-31", "2:30",
                   "This time comes twice: the clocks go back then. Say which one you mean.");
  assert_sentence ("2036-12-31", "2:30", "This time is more than ten years away. Choose an earlier one.");
}

static void
assert_rounded (const char *now, gint64 ahead_min, const char *expected)
{
  g_autofree char *text =
      peal_when_format (peal_when_round_up (berlin, at (now), ahead_min * 60 * G_USEC_PER_SEC), berlin);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_round_up (void)
{
  g_autoptr (GTimeZone) kathmandu = g_time_zone_new_identifier ("Asia/Kathmandu");
  g_autofree char *there = NULL;

  assert_rounded ("2026-11-22T12:00:00+01:00", 0, "2026-11-22T12:00:00+01:00");
  assert_rounded ("2026-11-22T12:00:00.5+01:00", 0, "2026-11-22T13:00:00+01:00");
  assert_rounded ("2026-11-22T12:10:00+01:00", 30, "2026-11-22T13:00:00+01:00");
  assert_rounded ("2026-11-22T12:40:00+01:00", 30, "2026-11-22T14:00:00+01:00");
  assert_rounded ("2026-11-22T23:59:59+01:00", 30, "2026-11-23T01:00:00+01:00");
  assert_rounded ("2027-03-28T01:30:01+01:00", 0, "2027-03-28T03:00:00+02:00");
  there = peal_when_format (peal_when_round_up (kathmandu, at ("2026-11-22T12:00:00Z"), 0), kathmandu);
  g_assert_cmpstr (there, ==, "2026-11-22T18:00:00+05:45");
}

static void
assert_later (const char *instant, int days, const char *expected)
{
  g_autofree char *text = peal_when_format (peal_when_add_days (berlin, at (instant), days), berlin);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_add_days (void)
{
  assert_later ("2026-11-24T18:00:00+01:00", 1, "2026-11-25T18:00:00+01:00");
  assert_later ("2026-12-31T18:00:00+01:00", 1, "2027-01-01T18:00:00+01:00");
  assert_later ("2027-03-27T18:00:00+01:00", 1, "2027-03-28T18:00:00+02:00");
  assert_later ("2027-03-27T02:30:00+01:00", 1, "2027-03-28T03:00:00+02:00");
  assert_later ("2027-10-30T02:30:00+02:00", 1, "2027-10-31T02:30:00+02:00");
  assert_later ("2026-11-24T18:00:00+01:00", -1, "2026-11-23T18:00:00+01:00");
}

static void
assert_proposals (const char *now, const char *expected)
{
  gint64 proposals[PEAL_WHEN_N_PROPOSALS];
  guint n = peal_when_propose (berlin, at (now), proposals);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *one = peal_when_format (proposals[i], berlin);

      g_string_append_printf (text, "%s%.11s", i > 0 ? " " : "", one + 5);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_proposals (void)
{
  assert_proposals ("2026-11-22T12:10:00+01:00", "11-22T13:00 11-22T18:00 11-23T09:00 11-23T18:00");
  assert_proposals ("2026-11-22T17:10:00+01:00", "11-22T18:00 11-23T09:00 11-23T18:00");
  assert_proposals ("2026-11-22T17:40:00+01:00", "11-22T19:00 11-23T09:00 11-23T18:00");
  assert_proposals ("2026-11-22T23:50:00+01:00", "11-23T01:00 11-23T09:00 11-23T18:00");
  assert_proposals ("2026-11-22T08:20:00+01:00", "11-22T09:00 11-22T18:00 11-23T09:00 11-23T18:00");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_test_add_func ("/when-choice/plain", test_plain);
  g_test_add_func ("/when-choice/gap", test_gap);
  g_test_add_func ("/when-choice/fold", test_fold);
  g_test_add_func ("/when-choice/sentences", test_sentences);
  g_test_add_func ("/when-choice/round-up", test_round_up);
  g_test_add_func ("/when-choice/add-days", test_add_days);
  g_test_add_func ("/when-choice/proposals", test_proposals);
  status = g_test_run ();
  g_clear_pointer (&berlin, g_time_zone_unref);
  return status;
}
