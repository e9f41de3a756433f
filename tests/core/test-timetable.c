/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-timetable.h"
#include "peal-when.h"

#define MINUTE_US (60 * G_USEC_PER_SEC)

/* A wall time in a zone, and the one or two instants of it, in UTC. */
static const struct
{
  const char *zone;
  PealWallTime wall;
  PealWallKind kind;
  const char *first;
  const char *second;
} cases[] = {
  { "Europe/Berlin", { 2026, 11, 24, 18, 0, 0 }, PEAL_WALL_UNIQUE, "2026-11-24T17:00:00Z", NULL },
  { "Europe/Berlin", { 2026, 7, 24, 18, 0, 0 }, PEAL_WALL_UNIQUE, "2026-07-24T16:00:00Z", NULL },
  /* Forward, 2027-03-28 from 02:00 to 03:00 */
  { "Europe/Berlin", { 2027, 3, 28, 1, 59, 59 }, PEAL_WALL_UNIQUE, "2027-03-28T00:59:59Z", NULL },
  { "Europe/Berlin",
    { 2027, 3, 28, 2, 0, 0 },
    PEAL_WALL_GAP,
    "2027-03-28T00:59:59Z",
    "2027-03-28T01:00:00Z" },
  { "Europe/Berlin",
    { 2027, 3, 28, 2, 30, 0 },
    PEAL_WALL_GAP,
    "2027-03-28T00:59:59Z",
    "2027-03-28T01:00:00Z" },
  { "Europe/Berlin",
    { 2027, 3, 28, 2, 59, 59 },
    PEAL_WALL_GAP,
    "2027-03-28T00:59:59Z",
    "2027-03-28T01:00:00Z" },
  { "Europe/Berlin", { 2027, 3, 28, 3, 0, 0 }, PEAL_WALL_UNIQUE, "2027-03-28T01:00:00Z", NULL },
  /* Back, 2026-10-25 from 03:00 to 02:00 */
  { "Europe/Berlin", { 2026, 10, 25, 1, 59, 59 }, PEAL_WALL_UNIQUE, "2026-10-24T23:59:59Z", NULL },
  { "Europe/Berlin",
    { 2026, 10, 25, 2, 0, 0 },
    PEAL_WALL_FOLD,
    "2026-10-25T00:00:00Z",
    "2026-10-25T01:00:00Z" },
  { "Europe/Berlin",
    { 2026, 10, 25, 2, 30, 0 },
    PEAL_WALL_FOLD,
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z" },
  { "Europe/Berlin",
    { 2026, 10, 25, 2, 59, 59 },
    PEAL_WALL_FOLD,
    "2026-10-25T00:59:59Z",
    "2026-10-25T01:59:59Z" },
  { "Europe/Berlin", { 2026, 10, 25, 3, 0, 0 }, PEAL_WALL_UNIQUE, "2026-10-25T02:00:00Z", NULL },
  /* By the rule at the end of the zone's file */
  { "Europe/Berlin",
    { 2060, 3, 28, 2, 30, 0 },
    PEAL_WALL_GAP,
    "2060-03-28T00:59:59Z",
    "2060-03-28T01:00:00Z" },
  { "Europe/Berlin",
    { 2060, 10, 31, 2, 30, 0 },
    PEAL_WALL_FOLD,
    "2060-10-31T00:30:00Z",
    "2060-10-31T01:30:00Z" },
  /* Ramadan: back 2026-02-15 from 03:00 to 02:00, forward 2026-03-22 from 02:00 to 03:00 */
  { "Africa/Casablanca",
    { 2026, 2, 15, 2, 30, 0 },
    PEAL_WALL_FOLD,
    "2026-02-15T01:30:00Z",
    "2026-02-15T02:30:00Z" },
  { "Africa/Casablanca",
    { 2026, 3, 22, 2, 30, 0 },
    PEAL_WALL_GAP,
    "2026-03-22T01:59:59Z",
    "2026-03-22T02:00:00Z" },
  { "Africa/Casablanca", { 2026, 6, 1, 12, 0, 0 }, PEAL_WALL_UNIQUE, "2026-06-01T11:00:00Z", NULL },
  /* Half an hour: back 2026-04-05 from 02:00 to 01:30, forward 2026-10-04 from 02:00 to 02:30 */
  { "Australia/Lord_Howe", { 2026, 4, 5, 1, 29, 59 }, PEAL_WALL_UNIQUE, "2026-04-04T14:29:59Z", NULL },
  { "Australia/Lord_Howe",
    { 2026, 4, 5, 1, 45, 0 },
    PEAL_WALL_FOLD,
    "2026-04-04T14:45:00Z",
    "2026-04-04T15:15:00Z" },
  { "Australia/Lord_Howe", { 2026, 4, 5, 2, 0, 0 }, PEAL_WALL_UNIQUE, "2026-04-04T15:30:00Z", NULL },
  { "Australia/Lord_Howe",
    { 2026, 10, 4, 2, 15, 0 },
    PEAL_WALL_GAP,
    "2026-10-03T15:29:59Z",
    "2026-10-03T15:30:00Z" },
  { "Australia/Lord_Howe", { 2026, 10, 4, 2, 30, 0 }, PEAL_WALL_UNIQUE, "2026-10-03T15:30:00Z", NULL },
  /* No midnight on 2018-11-04; 23:00 to 24:00 twice on 2018-02-17 */
  { "America/Sao_Paulo",
    { 2018, 11, 4, 0, 0, 0 },
    PEAL_WALL_GAP,
    "2018-11-04T02:59:59Z",
    "2018-11-04T03:00:00Z" },
  { "America/Sao_Paulo",
    { 2018, 11, 4, 0, 30, 0 },
    PEAL_WALL_GAP,
    "2018-11-04T02:59:59Z",
    "2018-11-04T03:00:00Z" },
  { "America/Sao_Paulo",
    { 2018, 2, 17, 23, 30, 0 },
    PEAL_WALL_FOLD,
    "2018-02-18T01:30:00Z",
    "2018-02-18T02:30:00Z" },
  { "America/Sao_Paulo", { 2026, 11, 1, 0, 0, 0 }, PEAL_WALL_UNIQUE, "2026-11-01T03:00:00Z", NULL },
  /* A day that never was */
  { "Pacific/Apia",
    { 2011, 12, 30, 12, 0, 0 },
    PEAL_WALL_GAP,
    "2011-12-30T09:59:59Z",
    "2011-12-30T10:00:00Z" },
  { "UTC", { 2026, 2, 28, 23, 59, 59 }, PEAL_WALL_UNIQUE, "2026-02-28T23:59:59Z", NULL },
};

static GTimeZone *
get_zone (const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);

  if (zone == NULL)
    g_error ("This system does not know %s", name);
  return g_steal_pointer (&zone);
}

static gint64
read_instant (const char *rfc3339)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (rfc3339, NULL);

  g_assert_nonnull (date);
  return g_date_time_to_unix_usec (date);
}

static void
assert_instant (gint64 instant, const char *rfc3339)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = peal_when_format (instant, utc);

  g_assert_cmpstr (text, ==, rfc3339);
}

static void
test_resolve (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = get_zone (cases[i].zone);
      PealWallKind kind = PEAL_WALL_UNIQUE;
      gint64 first = -1;
      gint64 second = -1;

      g_test_message ("%s %d-%d-%d %d:%d", cases[i].zone, cases[i].wall.year, cases[i].wall.month,
                      cases[i].wall.day, cases[i].wall.hour, cases[i].wall.minute);
      g_assert_true (peal_timetable_resolve (zone, &cases[i].wall, &kind, &first, &second));
      g_assert_cmpint (kind, ==, cases[i].kind);
      assert_instant (first, cases[i].first);
      if (cases[i].second != NULL)
        assert_instant (second, cases[i].second);
      else
        g_assert_cmpint (second, ==, -1);
    }
}

static void
test_no_time (void)
{
  static const PealWallTime walls[] = {
    { 2026, 13, 1, 0, 0, 0 }, { 2026, 0, 1, 0, 0, 0 },  { 2026, 2, 30, 0, 0, 0 },
    { 2026, 2, 29, 0, 0, 0 }, { 2026, 1, 0, 0, 0, 0 },  { 2026, 1, 1, 24, 0, 0 },
    { 2026, 1, 1, -1, 0, 0 }, { 2026, 1, 1, 0, 60, 0 }, { 2026, 1, 1, 0, 0, 60 },
    { 0, 1, 1, 0, 0, 0 },     { 10000, 1, 1, 0, 0, 0 }, { -5, 1, 1, 0, 0, 0 },
    { 2026, 4, 31, 0, 0, 0 }, { 2026, 1, 1, 0, 0, -1 }, { 2026, 1, G_MAXINT, 0, 0, 0 },
  };
  g_autoptr (GTimeZone) zone = get_zone ("Europe/Berlin");
  PealWallKind kind;
  gint64 first;
  gint64 second;

  for (gsize i = 0; i < G_N_ELEMENTS (walls); i++)
    g_assert_false (peal_timetable_resolve (zone, &walls[i], &kind, &first, &second));
  g_assert_true (
      peal_timetable_resolve (zone, &(PealWallTime){ 2028, 2, 29, 0, 0, 0 }, &kind, &first, &second));
}

/* Each instant shows a wall time that leads back to it, alone or as one of two. */
static void
test_there_and_back (void)
{
  static const char *const zones[] = { "Europe/Berlin",
                                       "Africa/Casablanca",
                                       "Australia/Lord_Howe",
                                       "America/Sao_Paulo",
                                       "Pacific/Apia",
                                       "Asia/Kathmandu",
                                       "America/New_York",
                                       "Europe/Dublin",
                                       "Pacific/Chatham",
                                       "Africa/Monrovia",
                                       "UTC" };

  for (gsize z = 0; z < G_N_ELEMENTS (zones); z++)
    {
      g_autoptr (GTimeZone) zone = get_zone (zones[z]);

      for (int i = 0; i < 3000; i++)
        {
          gint64 instant = (gint64)g_test_rand_double_range (-2e9, 4e9) * G_USEC_PER_SEC;
          PealWallTime wall;
          PealWallKind kind = PEAL_WALL_GAP;
          gint64 first = -1;
          gint64 second = -1;

          peal_timetable_get_wall (zone, instant, &wall);
          g_assert_true (peal_timetable_resolve (zone, &wall, &kind, &first, &second));
          g_assert_cmpint (kind, !=, PEAL_WALL_GAP);
          g_assert_true (instant == first || (kind == PEAL_WALL_FOLD && instant == second));
          g_assert_true (kind == PEAL_WALL_UNIQUE || first < second);
        }
    }
}

static void
test_get_wall (void)
{
  g_autoptr (GTimeZone) zone = get_zone ("Europe/Berlin");
  PealWallTime wall;

  peal_timetable_get_wall (zone, read_instant ("2026-10-25T01:30:00Z") + 999999, &wall);
  g_assert_cmpint (wall.hour, ==, 2);
  g_assert_cmpint (wall.minute, ==, 30);
  g_assert_cmpint (wall.second, ==, 0);
  /* Before 1970 a second still begins at its start. */
  peal_timetable_get_wall (zone, -1, &wall);
  g_assert_cmpint (wall.minute, ==, 59);
  g_assert_cmpint (wall.second, ==, 59);
}

/* The slots of a Berlin week: Tuesday 18:00, Sunday 02:30, Sunday 09:00. */
static const PealSlot week[] = { { 7, 9 * 60 }, { 2, 18 * 60 }, { 7, 2 * 60 + 30 } };

static void
assert_next (const char *after, const char *const *taken, const char *expected)
{
  g_autoptr (GTimeZone) zone = get_zone ("Europe/Berlin");
  g_autoptr (GArray) instants = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 next;

  for (gsize i = 0; taken != NULL && taken[i] != NULL; i++)
    {
      gint64 instant = read_instant (taken[i]);

      g_array_append_val (instants, instant);
    }
  next = peal_timetable_next_slot (zone, week, G_N_ELEMENTS (week), (const gint64 *)(void *)instants->data,
                                   instants->len, read_instant (after));
  assert_instant (next, expected);
}

static void
test_next_slot (void)
{
  static const char *const tuesday[] = { "2026-12-01T17:00:59Z", "2026-11-24T17:00:30Z", NULL };
  static const char *const near_miss[] = { "2026-11-24T17:01:00Z", "2026-11-24T16:59:59Z", NULL };

  assert_next ("2026-11-22T12:00:00Z", NULL, "2026-11-24T17:00:00Z");
  assert_next ("2026-11-24T16:59:59Z", NULL, "2026-11-24T17:00:00Z");
  /* After, not at */
  assert_next ("2026-11-24T17:00:00Z", NULL, "2026-11-29T01:30:00Z");
  assert_next ("2026-11-29T01:30:00Z", NULL, "2026-11-29T08:00:00Z");
  assert_next ("2026-11-22T12:00:00Z", tuesday, "2026-11-29T01:30:00Z");
  assert_next ("2026-11-22T12:00:00Z", near_miss, "2026-11-24T17:00:00Z");
  /* Sunday begins in Berlin while it is Saturday in UTC. */
  assert_next ("2026-06-06T23:00:00Z", NULL, "2026-06-07T00:30:00Z");
}

static void
test_next_slot_gap_and_fold (void)
{
  static const char *const taken[] = { "2027-03-28T01:00:00Z", NULL };

  assert_next ("2027-03-27T12:00:00Z", NULL, "2027-03-28T01:00:00Z");
  assert_next ("2027-03-27T12:00:00Z", taken, "2027-03-28T07:00:00Z");
  assert_next ("2026-10-24T12:00:00Z", NULL, "2026-10-25T00:30:00Z");
  /* The second 02:30 of the night is no slot. */
  assert_next ("2026-10-25T00:30:00Z", NULL, "2026-10-25T08:00:00Z");
}

static void
test_next_slot_none (void)
{
  static const PealSlot strange[] = { { 0, 5 }, { 8, 5 }, { 3, -1 }, { 3, 1440 } };
  static const PealSlot one[] = { { 3, 600 } };
  g_autoptr (GTimeZone) zone = get_zone ("UTC");
  gint64 after = read_instant ("2026-11-22T12:00:00Z");
  gint64 taken[52];

  g_assert_cmpint (peal_timetable_next_slot (zone, NULL, 0, NULL, 0, after), ==, -1);
  g_assert_cmpint (peal_timetable_next_slot (zone, strange, G_N_ELEMENTS (strange), NULL, 0, after), ==, -1);
  for (int i = 0; i < (int)G_N_ELEMENTS (taken); i++)
    taken[G_N_ELEMENTS (taken) - 1 - (gsize)i] =
        read_instant ("2026-11-25T10:00:00Z") + i * 7 * 24 * 60 * (gint64)MINUTE_US;
  g_assert_cmpint (peal_timetable_next_slot (zone, one, 1, taken, G_N_ELEMENTS (taken), after), ==, -1);
  assert_instant (peal_timetable_next_slot (zone, one, 1, taken + 1, G_N_ELEMENTS (taken) - 1, after),
                  "2027-11-17T10:00:00Z");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timetable/resolve", test_resolve);
  g_test_add_func ("/timetable/no-time", test_no_time);
  g_test_add_func ("/timetable/there-and-back", test_there_and_back);
  g_test_add_func ("/timetable/get-wall", test_get_wall);
  g_test_add_func ("/timetable/next-slot/plain", test_next_slot);
  g_test_add_func ("/timetable/next-slot/gap-and-fold", test_next_slot_gap_and_fold);
  g_test_add_func ("/timetable/next-slot/none", test_next_slot_none);
  return g_test_run ();
}
