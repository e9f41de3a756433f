/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-chart-text.h"

#include <glib/gi18n.h>

#include "peal-day.h"
#include "peal-time-text.h"

/* Below it all marks of an axis are written out. */
#define SHORT_FROM 10000

static const struct
{
  gint64 unit;
  const char *pattern;
} units[] = {
  /* Translators: %s is a number: millions of millions */
  { G_GINT64_CONSTANT (1000000000000), NC_ ("short number", "%sT") },
  /* Translators: %s is a number: thousands of millions */
  { 1000000000, NC_ ("short number", "%sB") },
  /* Translators: %s is a number: millions */
  { 1000000, NC_ ("short number", "%sM") },
  /* Translators: %s is a number: thousands */
  { 1000, NC_ ("short number", "%sK") },
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
fill_in (const char *pattern, const char *text)
{
  return g_strdup_printf (pattern, text);
}
#pragma GCC diagnostic pop

/* @value / @unit with as many decimals as it has, at most three. */
static char *
divide (gint64 value, gint64 unit)
{
  int decimals = 0;
  gint64 part = unit;

  while (decimals < 3 && value % part != 0)
    {
      decimals++;
      part /= 10;
    }
  return g_strdup_printf ("%'.*f", decimals, (double)(value / part) / (double)(unit / part));
}

char *
peal_chart_text_value_mark (const PealValueAxis *axis, gint64 value)
{
  g_return_val_if_fail (axis != NULL, NULL);

  for (gsize i = 0; axis->high >= SHORT_FROM && i < G_N_ELEMENTS (units); i++)
    {
      if (value >= units[i].unit)
        {
          g_autofree char *number = divide (value, units[i].unit);

          return fill_in (g_dpgettext2 (GETTEXT_PACKAGE, "short number", units[i].pattern), number);
        }
    }
  return peal_count_text (value);
}

/* (transfer full) (nullable): NULL for an instant that no calendar has. */
static GDateTime *
in_zone (gint64 at, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (CLAMP (at, PEAL_DAY_MIN, PEAL_DAY_MAX));

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

static char *
format (GDateTime *date, const char *pattern)
{
  char *text = date != NULL ? g_date_time_format (date, pattern) : NULL;

  return text != NULL ? text : g_strdup ("–");
}

char *
peal_chart_text_time_mark (gint64 at, PealTimeUnit unit, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  date = in_zone (at, zone);
  if (unit == PEAL_TIME_UNIT_HOUR && at != peal_day_start (zone, at))
    return peal_time_text_clock (at, zone);
  if (unit == PEAL_TIME_UNIT_YEAR
      || (unit == PEAL_TIME_UNIT_MONTH && date != NULL && g_date_time_get_month (date) == 1))
    /* Translators: a year on the axis of a chart; see g_date_time_format () */
    return format (date, C_ ("chart axis", "%Y"));
  if (unit == PEAL_TIME_UNIT_MONTH)
    /* Translators: a month on the axis of a chart, as in "Nov" */
    return format (date, C_ ("chart axis", "%b"));
  /* Translators: a day on the axis of a chart, as in "24 Nov" */
  return format (date, C_ ("chart axis", "%-d %b"));
}

char *
peal_chart_text_date (gint64 at, PealChartGrain grain, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  date = in_zone (at, zone);
  /* Translators: the day of a point of a chart, as in "Tue 24 Nov 2026" */
  day = format (date, C_ ("chart point", "%a %-d %b %Y"));
  if (grain == PEAL_CHART_DAYS)
    return g_steal_pointer (&day);
  clock = peal_time_text_clock (at, zone);
  /* Translators: day and time of a point of a chart, as in "Tue 24 Nov 2026, 18:00" */
  return g_strdup_printf (C_ ("chart point", "%s, %s"), day, clock);
}

/* (nullable): "1.0%"; NULL where there is nothing to say. */
static char *
describe_share (gint64 before, gint64 difference)
{
  double share = before > 0 ? 100 * (double)difference / (double)before : 0;
  int decimals = share < 0.1 ? 2 : share < 1000 ? 1 : 0;

  if (share < 0.01)
    return NULL;
  /* Translators: a share with some decimals, as in "1.0%" */
  return g_strdup_printf (C_ ("share", "%'.*f%%"), decimals, share);
}

static gint64
get_difference (gint64 before, gint64 after)
{
  return after > before ? after - before : before - after;
}

char *
peal_chart_text_change (gint64 before, gint64 after)
{
  g_autofree char *count = NULL;
  g_autofree char *share = NULL;

  if (before < 0 || after < 0)
    return NULL;
  if (before == after)
    return g_strdup (_ ("No change"));
  count = peal_count_text (get_difference (before, after));
  share = describe_share (before, get_difference (before, after));
  if (share == NULL)
    return g_strdup_printf (after > before ? C_ ("change", "+%s") : C_ ("change", "−%s"), count);
  if (after > before)
    /* Translators: what a number grew by, as in "+120 (+1.0%)" */
    return g_strdup_printf (C_ ("change", "+%s (+%s)"), count, share);
  /* Translators: what a number shrank by, as in "−120 (−1.0%)" */
  return g_strdup_printf (C_ ("change", "−%s (−%s)"), count, share);
}

char *
peal_chart_text_short_change (gint64 before, gint64 after)
{
  g_autofree char *count = NULL;

  if (before < 0 || after < 0)
    return NULL;
  if (before == after)
    return g_strdup (_ ("No change"));
  count = peal_count_text_compact (get_difference (before, after));
  return g_strdup_printf (after > before ? C_ ("change", "+%s") : C_ ("change", "−%s"), count);
}

char *
peal_chart_text_share (gint64 before, gint64 after)
{
  g_autofree char *share = NULL;

  if (before < 0 || after < 0)
    return NULL;
  share = describe_share (before, get_difference (before, after));
  if (share == NULL)
    return NULL;
  return g_strdup_printf (after > before ? C_ ("change", "+%s") : C_ ("change", "−%s"), share);
}

char *
peal_chart_text_point (const PealSeries *series,
                       gssize index,
                       PealChartGrain grain,
                       GTimeZone *zone,
                       PealChartCountFunc count)
{
  const PealPoint *points;
  gsize n;
  gssize before;
  g_autofree char *date = NULL;
  g_autofree char *value = NULL;
  g_autofree char *change = NULL;

  g_return_val_if_fail (series != NULL, NULL);
  g_return_val_if_fail (count != NULL, NULL);

  points = peal_series_get (series, &n);
  g_return_val_if_fail (index >= 0 && (gsize)index < n, NULL);

  before = peal_series_find_before (series, index);
  date = peal_chart_text_date (points[index].at, grain, zone);
  value = count (points[index].value);
  change = before >= 0 ? peal_chart_text_change (points[before].value, points[index].value) : NULL;
  if (change == NULL)
    /* Translators: a point of a chart: date and value */
    return g_strdup_printf (C_ ("chart point", "%s: %s"), date, value);
  /* Translators: a point of a chart: date, value and the change since the point before */
  return g_strdup_printf (C_ ("chart point", "%s: %s, %s"), date, value, change);
}

static void
find_extremes (const PealSeries *series, gssize *low, gssize *high)
{
  gsize n;
  const PealPoint *points = peal_series_get (series, &n);

  *low = *high = peal_series_find_first (series);
  for (gsize i = 0; i < n; i++)
    {
      if (points[i].value == PEAL_SERIES_UNKNOWN)
        continue;
      if (points[i].value < points[*low].value)
        *low = (gssize)i;
      if (points[i].value > points[*high].value)
        *high = (gssize)i;
    }
}

/* (transfer full) */
static char *
describe_at (const PealPoint *point, PealChartGrain grain, GTimeZone *zone, PealChartCountFunc count)
{
  g_autofree char *date = peal_chart_text_date (point->at, grain, zone);
  g_autofree char *value = count (point->value);

  /* Translators: a value and its date, as in "12,345 followers on Tue 24 Nov 2026" */
  return g_strdup_printf (C_ ("chart summary", "%s on %s"), value, date);
}

char *
peal_chart_text_summary (const PealSeries *series,
                         PealChartGrain grain,
                         GTimeZone *zone,
                         PealChartCountFunc count)
{
  const PealPoint *points;
  gssize first, last, low, high;
  gsize n;
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  g_autofree char *highest = NULL;
  g_autofree char *lowest = NULL;
  g_autofree char *change = NULL;

  g_return_val_if_fail (series != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);
  g_return_val_if_fail (count != NULL, NULL);

  points = peal_series_get (series, &n);
  first = peal_series_find_first (series);
  last = peal_series_find_last (series);
  if (first < 0)
    return g_strdup (_ ("Line chart without any numbers."));
  start = describe_at (&points[first], grain, zone, count);
  if (first == last)
    /* Translators: %s is as in "12,345 followers on Tue 24 Nov 2026" */
    return g_strdup_printf (_ ("Line chart with one point: %s."), start);
  find_extremes (series, &low, &high);
  end = describe_at (&points[last], grain, zone, count);
  change = peal_chart_text_change (points[first].value, points[last].value);
  highest = describe_at (&points[high], grain, zone, count);
  lowest = describe_at (&points[low], grain, zone, count);
  /* Translators: the parts are values with their dates and, third, a change, as in "+120 (+1.0%)" */
  return g_strdup_printf (_ ("Line chart from %s to %s: %s. Highest: %s. Lowest: %s."), start, end, change,
                          highest, lowest);
}
