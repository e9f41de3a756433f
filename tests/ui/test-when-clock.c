/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <locale.h>

#include "peal-time-text.h"
#include "peal-when-clock.h"

static const struct
{
  const char *text;
  int minute; /* of the day; -1 for no time of day */
} cases[] = {
  { "9", 9 * 60 },
  { "09", 9 * 60 },
  { "930", 9 * 60 + 30 },
  { "0930", 9 * 60 + 30 },
  { "2105", 21 * 60 + 5 },
  { "21:05", 21 * 60 + 5 },
  { " 21:05 ", 21 * 60 + 5 },
  { "21 : 05", 21 * 60 + 5 },
  { "21.05", 21 * 60 + 5 },
  { "21h05", 21 * 60 + 5 },
  { "21h", 21 * 60 },
  { "21 Uhr", 21 * 60 },
  { "21:05 Uhr", 21 * 60 + 5 },
  { "0", 0 },
  { "00:00", 0 },
  { "23:59", 23 * 60 + 59 },
  { "9pm", 21 * 60 },
  { "9 PM", 21 * 60 },
  { "9 p.m.", 21 * 60 },
  { "9p", 21 * 60 },
  { "9:30am", 9 * 60 + 30 },
  { "930a", 9 * 60 + 30 },
  { "12am", 0 },
  { "12:30 AM", 30 },
  { "12pm", 12 * 60 },
  { "6:00\u202fPM", 18 * 60 }, /* as newer locales write it */
  { "6:00\u00a0PM", 18 * 60 },
  { "\u200f18:00\u200f", 18 * 60 },
  { "PM 6:00", 18 * 60 },
  { "१८:३०", 18 * 60 + 30 },
  { "٠٩:٤٥", 9 * 60 + 45 },
  { "", -1 },
  { "noon", -1 },
  { "24", -1 },
  { "24:00", -1 },
  { "960", -1 },
  { "12345", -1 },
  { "9:5", -1 },
  { "9:60", -1 },
  { "9:300", -1 },
  { "123:00", -1 },
  { "9:", -1 },
  { ":30", -1 },
  { "-9", -1 },
  { "+2h", -1 },
  { "9,30", -1 },
  { "0am", -1 },
  { "13pm", -1 },
  { "9pm pm", -1 },
  { "9 o'clock", -1 },
  { "h", -1 },
  { "Uhr", -1 },
  { "pm", -1 },
  { "18:00:00", -1 },
  { "99999999999999999999999999999999999999", -1 },
  { "9 \xff", -1 },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int hour = 99, minute = 99;
      gboolean is_time = peal_when_clock_parse (cases[i].text, &hour, &minute);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (is_time ? hour * 60 + minute : -1, ==, cases[i].minute);
    }
}

/* What the program itself shows as a time can be typed, with either kind of clock and in every language at
 * hand. */
static void
test_round_trip (gconstpointer data)
{
  PealClockFormat format = (PealClockFormat)GPOINTER_TO_INT (data);
  static const char *const locales[] = { "C", "C.UTF-8", "en_US.UTF-8", "de_DE.UTF-8", "he_IL.UTF-8" };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  peal_time_text_set_clock_format (format);
  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      if (setlocale (LC_ALL, locales[i]) == NULL)
        continue;
      for (int minute = 0; minute < 24 * 60; minute += 7)
        {
          g_autofree char *text = peal_time_text_clock ((gint64)minute * 60 * G_USEC_PER_SEC, utc);
          int hour_read = -1, minute_read = -1;

          g_test_message ("%s: “%s”", locales[i], text);
          g_assert_true (peal_when_clock_parse (text, &hour_read, &minute_read));
          g_assert_cmpint (hour_read * 60 + minute_read, ==, minute);
        }
    }
  peal_time_text_set_clock_format (PEAL_CLOCK_FORMAT_24H);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/when-clock/parse", test_parse);
  g_test_add_data_func ("/when-clock/round-trip/24h", GINT_TO_POINTER (PEAL_CLOCK_FORMAT_24H),
                        test_round_trip);
  g_test_add_data_func ("/when-clock/round-trip/12h", GINT_TO_POINTER (PEAL_CLOCK_FORMAT_12H),
                        test_round_trip);
  return g_test_run ();
}
