/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-when.h"

#include "peal-error.h"
#include "peal-timetable.h"

#define MAX_AHEAD_US (G_GINT64_CONSTANT (3653) * 24 * 60 * 60 * G_USEC_PER_SEC)
#define MAX_DIGITS 9

typedef struct
{
  PealWallTime wall;
  int fraction_us;
  gboolean has_offset;
  int offset_s;
} Moment;

/* Exactly @digits digits. */
static gboolean
take_number (const char **p, int digits, int *value)
{
  *value = 0;
  for (int i = 0; i < digits; i++, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      *value = *value * 10 + (**p - '0');
    }
  return TRUE;
}

static gboolean
take_char (const char **p, const char *allowed)
{
  for (; *allowed != '\0'; allowed++)
    {
      if (**p == *allowed)
        {
          (*p)++;
          return TRUE;
        }
    }
  return FALSE;
}

/* ".25": what is finer than a microsecond is dropped. */
static gboolean
take_fraction (const char **p, int *us)
{
  int scale = 100000;

  if (!g_ascii_isdigit (**p))
    return FALSE;
  for (; g_ascii_isdigit (**p); (*p)++, scale /= 10)
    *us += scale * (**p - '0');
  return TRUE;
}

/* RFC 3339 §5.6, time-offset */
static gboolean
take_offset (const char **p, int *offset_s)
{
  int sign = **p == '-' ? -1 : 1;
  int hours;
  int minutes;

  *offset_s = 0;
  if (take_char (p, "Zz"))
    return TRUE;
  if (!take_char (p, "+-") || !take_number (p, 2, &hours) || !take_char (p, ":")
      || !take_number (p, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  *offset_s = sign * (hours * 60 + minutes) * 60;
  return TRUE;
}

static gboolean
read_moment (const char *p, Moment *moment)
{
  PealWallTime *wall = &moment->wall;

  *moment = (Moment){ 0 };
  if (!take_number (&p, 4, &wall->year) || !take_char (&p, "-") || !take_number (&p, 2, &wall->month)
      || !take_char (&p, "-") || !take_number (&p, 2, &wall->day) || !take_char (&p, " Tt")
      || !take_number (&p, 2, &wall->hour) || !take_char (&p, ":") || !take_number (&p, 2, &wall->minute))
    return FALSE;
  if (take_char (&p, ":")
      && (!take_number (&p, 2, &wall->second)
          || (take_char (&p, ".") && !take_fraction (&p, &moment->fraction_us))))
    return FALSE;
  if (*p != '\0')
    {
      moment->has_offset = TRUE;
      if (!take_offset (&p, &moment->offset_s))
        return FALSE;
    }
  return *p == '\0';
}

/* "+15m" */
static gboolean
read_relative (const char *p, gint64 *us)
{
  static const struct
  {
    char unit;
    gint64 seconds;
  } units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 60 * 60 }, { 'd', 24 * 60 * 60 } };
  gint64 value = 0;
  int digits = 0;

  if (!take_char (&p, "+"))
    return FALSE;
  for (; g_ascii_isdigit (*p) && digits <= MAX_DIGITS; p++, digits++)
    value = value * 10 + (*p - '0');
  if (digits == 0 || digits > MAX_DIGITS)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      if (*p == units[i].unit && p[1] == '\0')
        {
          gint64 unit_us = units[i].seconds * G_USEC_PER_SEC;

          *us = value > G_MAXINT64 / unit_us ? G_MAXINT64 : value * unit_us;
          return TRUE;
        }
    }
  return FALSE;
}

static gint64
fail (GError **error, const char *reason, const char *message)
{
  g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, reason, "%s", message));
  return -1;
}

static gint64
fail_syntax (GError **error, const char *text)
{
  g_propagate_error (
      error, peal_error_new (PEAL_ERROR_INVALID, "time_syntax",
                             "“%.64s” is no time such as 2026-11-24 18:00, an RFC 3339 time, or +2h", text));
  return -1;
}

static gint64
check_range (gint64 instant, gint64 now, GError **error)
{
  if (instant < now)
    return fail (error, "time_past", "This time is in the past");
  if (instant - now > MAX_AHEAD_US)
    return fail (error, "time_far", "This time is more than ten years away");
  return instant;
}

static gint64
fail_twofold (GTimeZone *zone, PealWallKind kind, gint64 first, gint64 second, GError **error)
{
  g_autofree char *one = peal_when_format (first, zone);
  g_autofree char *two = peal_when_format (second, zone);

  if (kind == PEAL_WALL_GAP)
    g_propagate_error (error,
                       peal_error_new (PEAL_ERROR_INVALID, "time_gap",
                                       "The clocks go forward over this time, from %s to %s", one, two));
  else
    g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "time_fold",
                                              "The clocks show this time twice, at %s and at %s", one, two));
  return -1;
}

gint64
peal_when_parse (const char *text, GTimeZone *zone, gint64 now, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  Moment moment;
  PealWallKind kind;
  gint64 ahead;
  gint64 first;
  gint64 second;

  g_return_val_if_fail (text != NULL, -1);
  g_return_val_if_fail (zone != NULL, -1);

  if (read_relative (text, &ahead))
    return ahead > MAX_AHEAD_US ? fail (error, "time_far", "This time is more than ten years away")
                                : now + ahead;
  if (!read_moment (text, &moment)
      || !peal_timetable_resolve (moment.has_offset ? utc : zone, &moment.wall, &kind, &first, &second))
    return fail_syntax (error, text);
  if (kind != PEAL_WALL_UNIQUE)
    return second < now ? fail (error, "time_past", "This time is in the past")
                        : fail_twofold (zone, kind, first, second, error);
  return check_range (first + moment.fraction_us - (gint64)moment.offset_s * G_USEC_PER_SEC, now, error);
}

char *
peal_when_format (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GTimeZone) shown = NULL;
  const char *name;
  PealWallTime wall;
  gint64 instant_s;
  int minutes;

  g_return_val_if_fail (zone != NULL, NULL);

  instant_s = instant / G_USEC_PER_SEC - (instant % G_USEC_PER_SEC < 0 ? 1 : 0);
  /* RFC 3339 has no seconds in an offset; zones had, long ago. */
  minutes =
      g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant_s)) / 60;
  shown = g_time_zone_new_offset (minutes * 60);
  peal_timetable_get_wall (shown, instant_s * G_USEC_PER_SEC, &wall);
  name = g_time_zone_get_identifier (zone);
  if (minutes == 0 && (g_str_equal (name, "UTC") || g_str_equal (name, "Etc/UTC") || g_str_equal (name, "Z")))
    return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ", wall.year, wall.month, wall.day, wall.hour,
                            wall.minute, wall.second);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", wall.year, wall.month, wall.day,
                          wall.hour, wall.minute, wall.second, minutes < 0 ? '-' : '+', ABS (minutes) / 60,
                          ABS (minutes) % 60);
}

const char *
peal_when_get_zone_name (GTimeZone *zone)
{
  const char *name;
  g_autoptr (GTimeZone) known = NULL;

  g_return_val_if_fail (zone != NULL, "UTC");

  name = g_time_zone_get_identifier (zone);
  /* A path, such as that of /etc/localtime, is no name. */
  if (name == NULL || name[0] == '/' || name[0] == ':' || !g_ascii_isalpha (name[0]))
    return "UTC";
  known = g_time_zone_new_identifier (name);
  return known != NULL ? name : "UTC";
}
