/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Instants and numbers in the words of the user's language. Instants are µs UTC; all texts are (transfer
 * full) and translated. Pure: "now" and the zone are handed in. Hours are 24 or 12 by the desktop's clock
 * format (portal or org.gnome.desktop.interface), else by the locale; see peal_time_text_set_clock_format ().
 */

typedef enum
{
  PEAL_CLOCK_FORMAT_24H,
  PEAL_CLOCK_FORMAT_12H,
} PealClockFormat;

void peal_time_text_set_clock_format (PealClockFormat format);
PealClockFormat peal_time_text_get_clock_format (void);

/* "Today", "Tomorrow", "Yesterday", "Tuesday 24 November", with the year where it is another one. */
char *peal_time_text_day (gint64 instant, gint64 now, GTimeZone *zone);
/* "18:00" or "6:00 PM". */
char *peal_time_text_clock (gint64 instant, GTimeZone *zone);
/* "Tue 24 Nov 2026, 18:00 (CET)". */
char *peal_time_text_full (gint64 instant, GTimeZone *zone);
/* "Tue 24 Nov, 18:00"; "Today, 18:00". */
char *peal_time_text_short (gint64 instant, gint64 now, GTimeZone *zone);
/* "now", "in 5 minutes", "in 2 days", "3 hours ago". */
char *peal_time_text_distance (gint64 instant, gint64 now);

/* "12,345"; "–" for a number that is unknown (negative). */
char *peal_count_text (gint64 count);
/* "9,876", "12.3K", "4.5M", "1.2B"; "–". */
char *peal_count_text_compact (gint64 count);

G_END_DECLS
