/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-time-text.h"

#include <glib/gi18n.h>

#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

static PealClockFormat clock_format = PEAL_CLOCK_FORMAT_24H;

void
peal_time_text_set_clock_format (PealClockFormat format)
{
  clock_format = format;
}

PealClockFormat
peal_time_text_get_clock_format (void)
{
  return clock_format;
}

/* (nullable): NULL for an instant outside of years 1 to 9999. */
static GDateTime *
in_zone (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (instant);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

static char *
format (GDateTime *time, const char *pattern)
{
  return time != NULL ? g_date_time_format (time, pattern) : g_strdup ("–");
}

/* Days from @now to @time by the calendar of their zone. */
static int
days_between (GDateTime *now, GDateTime *time)
{
  GDate first, second;

  g_date_set_dmy (&first, (GDateDay)g_date_time_get_day_of_month (now), g_date_time_get_month (now),
                  (GDateYear)g_date_time_get_year (now));
  g_date_set_dmy (&second, (GDateDay)g_date_time_get_day_of_month (time), g_date_time_get_month (time),
                  (GDateYear)g_date_time_get_year (time));
  return g_date_days_between (&first, &second);
}

static char *
format_day (GDateTime *time, GDateTime *reference, const char *this_year, const char *other_year)
{
  if (time == NULL || reference == NULL)
    return g_strdup ("–");
  switch (days_between (reference, time))
    {
    case -1:
      return g_strdup (_ ("Yesterday"));
    case 0:
      return g_strdup (_ ("Today"));
    case 1:
      return g_strdup (_ ("Tomorrow"));
    default:
      return format (time, g_date_time_get_year (time) == g_date_time_get_year (reference) ? this_year
                                                                                           : other_year);
    }
}

char *
peal_time_text_day (gint64 instant, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) time = in_zone (instant, zone);
  g_autoptr (GDateTime) reference = in_zone (now, zone);

  return format_day (
      time, reference,
      /* Translators: a day of this year, as in "Tuesday 24 November"; see g_date_time_format () */
      _ ("%A %-d %B"),
      /* Translators: a day of another year, as in "Tuesday 24 November 2027" */
      _ ("%A %-d %B %Y"));
}

char *
peal_time_text_clock (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) time = in_zone (instant, zone);

  /* Translators: a time by a clock of 24 hours and by one of 12, as in "18:00" and "6:00 PM" */
  return format (time, clock_format == PEAL_CLOCK_FORMAT_24H ? _ ("%H:%M") : _ ("%-I:%M %p"));
}

char *
peal_time_text_full (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) time = in_zone (instant, zone);

  if (clock_format == PEAL_CLOCK_FORMAT_24H)
    /* Translators: as in "Tue 24 Nov 2026, 18:00 (CET)" */
    return format (time, _ ("%a %-d %b %Y, %H:%M (%Z)"));
  /* Translators: as in "Tue 24 Nov 2026, 6:00 PM (CET)" */
  return format (time, _ ("%a %-d %b %Y, %-I:%M %p (%Z)"));
}

char *
peal_time_text_short (gint64 instant, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) time = in_zone (instant, zone);
  g_autoptr (GDateTime) reference = in_zone (now, zone);
  g_autofree char *clock = peal_time_text_clock (instant, zone);
  /* Translators: short days, as in "Tue 24 Nov" and "Tue 24 Nov 2027" */
  g_autofree char *day = format_day (time, reference, _ ("%a %-d %b"), _ ("%a %-d %b %Y"));

  /* Translators: a day and a time, as in "Tomorrow, 18:00" */
  return g_strdup_printf (C_ ("day and time", "%s, %s"), day, clock);
}

static char *
ahead (gint64 distance)
{
  if (distance < HOUR_US)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "in %d minute", "in %d minutes", distance / MINUTE_US),
        (int)(distance / MINUTE_US));
  if (distance < DAY_US)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %d hour", "in %d hours", distance / HOUR_US),
                            (int)(distance / HOUR_US));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %d day", "in %d days", distance / DAY_US),
                          (int)(distance / DAY_US));
}

static char *
behind (gint64 distance)
{
  if (distance < HOUR_US)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d minute ago", "%d minutes ago", distance / MINUTE_US),
        (int)(distance / MINUTE_US));
  if (distance < DAY_US)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d hour ago", "%d hours ago", distance / HOUR_US),
                            (int)(distance / HOUR_US));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day ago", "%d days ago", distance / DAY_US),
                          (int)(distance / DAY_US));
}

char *
peal_time_text_distance (gint64 instant, gint64 now)
{
  gint64 distance;

  if (__builtin_sub_overflow (instant, now, &distance))
    return g_strdup ("–");
  if (distance >= MINUTE_US)
    return ahead (distance);
  if (distance <= -MINUTE_US)
    return behind (-distance);
  return distance > 0 ? g_strdup (_ ("in less than a minute")) : g_strdup (_ ("just now"));
}

char *
peal_count_text (gint64 count)
{
  return count >= 0 ? g_strdup_printf ("%'" G_GINT64_FORMAT, count) : g_strdup ("–");
}

char *
peal_count_text_compact (gint64 count)
{
  static const struct
  {
    gint64 unit;
    const char *pattern;
  } units[] = {
    /* Translators: large numbers in short, as in "1.2B" (thousand millions), "4.5M" (millions), "12.3K"
       (thousands) */
    { 1000000000, N_ ("%.1fB") },
    { 1000000, N_ ("%.1fM") },
    { 1000, N_ ("%.1fK") },
  };

  if (count < 10000)
    return peal_count_text (count);
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      /* Cut, not rounded: 999,999 is not yet a million. */
      double shown = (double)(count / (units[i].unit / 10)) / 10;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      if (count >= units[i].unit)
        return g_strdup_printf (_ (units[i].pattern), shown);
#pragma GCC diagnostic pop
    }
  g_assert_not_reached ();
}
