/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-error.h"
#include "peal-when.h"

/* 2026-11-22T12:00:00Z */
#define NOW G_GINT64_CONSTANT (1795348800000000)

static const struct
{
  const char *text;
  const char *expected; /* in Berlin, or the reason of a refusal */
} cases[] = {
  { "2026-11-24T18:00:00+01:00", "2026-11-24T18:00:00+01:00" },
  { "2026-11-24T17:00:00Z", "2026-11-24T18:00:00+01:00" },
  { "2026-11-24t17:00:00z", "2026-11-24T18:00:00+01:00" },
  { "2026-11-24T17:00:00.25Z", "2026-11-24T18:00:00+01:00" },
  { "2026-11-24T17:00Z", "2026-11-24T18:00:00+01:00" },
  { "2026-11-24 09:00:00-08:00", "2026-11-24T18:00:00+01:00" },
  { "2026-11-25T04:30:00+11:30", "2026-11-24T18:00:00+01:00" },
  { "2026-11-24 18:00", "2026-11-24T18:00:00+01:00" },
  { "2026-11-24 18:00:05", "2026-11-24T18:00:05+01:00" },
  { "2026-11-24T18:00", "2026-11-24T18:00:00+01:00" },
  { "2027-07-01 18:00", "2027-07-01T18:00:00+02:00" },
  { "+90s", "2026-11-22T13:01:30+01:00" },
  { "+15m", "2026-11-22T13:15:00+01:00" },
  { "+2h", "2026-11-22T15:00:00+01:00" },
  { "+3d", "2026-11-25T13:00:00+01:00" },
  { "+0s", "2026-11-22T13:00:00+01:00" },
  /* Across the change of the clocks a day is 24 hours, not the same time of day. */
  { "+126d", "2027-03-28T14:00:00+02:00" },
  { "2026-11-22 13:00", "2026-11-22T13:00:00+01:00" },
  { "2026-11-22 12:59", "time_past" },
  { "2026-11-22T11:59:59.999999Z", "time_past" },
  { "1999-01-01 00:00", "time_past" },
  { "2026-10-25 02:30", "time_past" },
  { "2027-03-28 02:30", "time_gap" },
  { "2027-10-31 02:30", "time_fold" },
  { "2027-03-28T02:30:00+01:00", "2027-03-28T03:30:00+02:00" },
  { "2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+02:00" },
  { "2027-10-31T02:30:00+01:00", "2027-10-31T02:30:00+01:00" },
  { "2036-11-22 12:59", "2036-11-22T12:59:00+01:00" },
  { "2037-01-01 00:00", "time_far" },
  { "9999-12-31 23:59", "time_far" },
  { "+3654d", "time_far" },
  { "+999999999d", "time_far" },
  { "", "time_syntax" },
  { "tomorrow", "time_syntax" },
  { "+", "time_syntax" },
  { "+h", "time_syntax" },
  { "+2", "time_syntax" },
  { "+2w", "time_syntax" },
  { "+2hh", "time_syntax" },
  { "-2h", "time_syntax" },
  { "+-2h", "time_syntax" },
  { "+ 2h", "time_syntax" },
  { "+9999999999s", "time_syntax" },
  { "+99999999999999999999999s", "time_syntax" },
  { "2026-11-24", "time_syntax" },
  { "18:00", "time_syntax" },
  { "2026-11-24  18:00", "time_syntax" },
  { "2026-11-24 18:0", "time_syntax" },
  { "2026-11-24 18:00:", "time_syntax" },
  { "2026-11-24 18:00 ", "time_syntax" },
  { " 2026-11-24 18:00", "time_syntax" },
  { "2026-11-24T18:00:00.Z", "time_syntax" },
  { "2026-11-24T18:00:00+01", "time_syntax" },
  { "2026-11-24T18:00:00+0100", "time_syntax" },
  { "2026-11-24T18:00:00+24:00", "time_syntax" },
  { "2026-11-24T18:00:00+01:60", "time_syntax" },
  { "2026-11-24T18:00:00Zulu", "time_syntax" },
  { "2026-02-29 18:00", "time_syntax" },
  { "2026-11-31 18:00", "time_syntax" },
  { "2026-13-01 18:00", "time_syntax" },
  { "2026-11-24 24:00", "time_syntax" },
  { "2026-11-24 18:60", "time_syntax" },
  { "2026-11-24 18:00:60", "time_syntax" },
  { "26-11-24 18:00", "time_syntax" },
  { "02026-11-24 18:00", "time_syntax" },
  { "２026-11-24 18:00", "time_syntax" },
};

static void
test_parse (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 instant = peal_when_parse (cases[i].text, zone, NOW, &error);
      g_autofree char *text = instant >= 0 ? peal_when_format (instant, zone) : NULL;

      g_test_message ("“%s”", cases[i].text);
      if (instant < 0)
        g_assert_error (error, PEAL_ERROR, PEAL_ERROR_INVALID);
      g_assert_cmpstr (error != NULL ? peal_error_get_reason (error) : text, ==, cases[i].expected);
    }
}

static void
test_fraction (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_assert_cmpint (peal_when_parse ("2026-11-22T12:00:01.5Z", utc, NOW, NULL), ==, NOW + 1500000);
  g_assert_cmpint (peal_when_parse ("2026-11-22T12:00:01.000001Z", utc, NOW, NULL), ==, NOW + 1000001);
  g_assert_cmpint (peal_when_parse ("2026-11-22T12:00:01.0000019999Z", utc, NOW, NULL), ==, NOW + 1000001);
}

static void
assert_names_both (const char *text, const char *first, const char *second)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Australia/Lord_Howe");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (peal_when_parse (text, zone, NOW, &error), ==, -1);
  g_assert_nonnull (strstr (error->message, first));
  g_assert_nonnull (strstr (error->message, second));
}

static void
test_messages (void)
{
  assert_names_both ("2027-10-03 02:15", "2027-10-03T01:59:59+10:30", "2027-10-03T02:30:00+11:00");
  assert_names_both ("2027-04-04 01:45", "2027-04-04T01:45:00+11:00", "2027-04-04T01:45:00+10:30");
}

static void
test_format (void)
{
  static const struct
  {
    const char *zone;
    gint64 instant;
    const char *text;
  } formats[] = {
    { "UTC", NOW, "2026-11-22T12:00:00Z" },
    { "Europe/London", NOW, "2026-11-22T12:00:00+00:00" },
    { "America/St_Johns", NOW, "2026-11-22T08:30:00-03:30" },
    { "Pacific/Kiritimati", NOW + 999999, "2026-11-23T02:00:00+14:00" },
    { "UTC", -1, "1969-12-31T23:59:59Z" },
    /* 44 min 30 s behind: shown by the minute, still the same instant */
    { "Africa/Monrovia", 0, "1969-12-31T23:16:00-00:44" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (formats[i].zone);
      g_autofree char *text = peal_when_format (formats[i].instant, zone);

      g_assert_cmpstr (text, ==, formats[i].text);
    }
}

static void
test_zone_name (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GTimeZone) offset = g_time_zone_new_identifier ("+02:00");

  g_assert_cmpstr (peal_when_get_zone_name (berlin), ==, "Europe/Berlin");
  g_assert_cmpstr (peal_when_get_zone_name (offset), ==, "UTC");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/when/parse", test_parse);
  g_test_add_func ("/when/fraction", test_fraction);
  g_test_add_func ("/when/messages", test_messages);
  g_test_add_func ("/when/format", test_format);
  g_test_add_func ("/when/zone-name", test_zone_name);
  return g_test_run ();
}
