/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-times.h"

#include <glib/gi18n.h>
#include <string.h>

#include "peal-ctl-error.h"
#include "peal-when.h"

static gboolean
apply_at (PealCtlRun *run, GVariantDict *dict, GError **error)
{
  gint64 now = peal_clock_get_real_us (run->clock);
  gint64 due = peal_when_parse (run->options->at, run->zone, now, error);

  if (due < 0)
    return FALSE;
  g_variant_dict_insert (dict, "due", "x", due);
  g_variant_dict_insert (dict, "zone", "s", peal_when_get_zone_name (run->zone));
  return TRUE;
}

gboolean
peal_ctl_times_apply (PealCtlRun *run, GVariantDict *dict, gboolean required, GError **error)
{
  const PealCtlOptions *options = run->options;
  int given = (options->at != NULL) + options->next_slot + options->now + options->draft;

  if (given > 1)
    return peal_ctl_fail_usage (error, _ ("Give only one of --at, --next-slot, --now and --draft."));
  if (given == 0 && required)
    return peal_ctl_fail_usage (error, _ ("Say when: --at WHEN, --next-slot, --now or --draft."));
  if (options->at != NULL)
    return apply_at (run, dict, error);
  if (options->next_slot)
    {
      g_variant_dict_insert (dict, "next_slot", "b", TRUE);
      g_variant_dict_insert (dict, "zone", "s", peal_when_get_zone_name (run->zone));
    }
  if (options->now)
    g_variant_dict_insert (dict, "now", "b", TRUE);
  if (options->draft)
    g_variant_dict_insert (dict, "draft", "b", TRUE);
  return TRUE;
}

static gint64
get_unit_us (char unit)
{
  switch (unit)
    {
    case 'h':
      return G_TIME_SPAN_HOUR;
    case 'd':
      return G_TIME_SPAN_DAY;
    case 'w':
      return 7 * G_TIME_SPAN_DAY;
    default:
      return 0;
    }
}

/* "30d", or -1. */
static gint64
parse_span (const char *text)
{
  gsize digits = strspn (text, "0123456789");
  g_autofree char *number = NULL;
  guint64 count;

  if (digits == 0 || digits > 5 || text[digits] == '\0' || text[digits + 1] != '\0')
    return -1;
  number = g_strndup (text, digits);
  count = g_ascii_strtoull (number, NULL, 10);
  return get_unit_us (text[digits]) > 0 ? (gint64)count * get_unit_us (text[digits]) : -1;
}

gint64
peal_ctl_since_parse (const char *text, GTimeZone *zone, gint64 now, GError **error)
{
  gint64 span = parse_span (text);
  g_autofree char *full = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (span >= 0)
    return MAX (now - span, 0);
  full = strlen (text) == 10 ? g_strconcat (text, "T00:00:00", NULL) : g_strdup (text);
  time = g_date_time_new_from_iso8601 (full, zone);
  if (time != NULL)
    return MAX (g_date_time_to_unix_usec (time), 0);
  peal_ctl_fail_usage (
      error, _ ("“%s” is no date such as 2027-01-01, no RFC 3339 time, and no span such as 30d."), text);
  return -1;
}
