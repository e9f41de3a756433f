/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days as the people of a zone count them: from midnight to midnight, 23 or 25 hours long where the clocks
 * change, and beginning after midnight where they go forward over it. Instants are µs UTC; those that no
 * calendar has (outside PEAL_DAY_MIN to PEAL_DAY_MAX) are taken for the nearest one that it has. */

/* 1970-01-02 and 9999-01-01, so that no zone leads out of the calendar. */
#define PEAL_DAY_MIN (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define PEAL_DAY_MAX (G_GINT64_CONSTANT (253370764800) * G_USEC_PER_SEC)

/* The first instant of the day that has @instant. */
gint64 peal_day_start (GTimeZone *zone, gint64 instant);
/* The first instant of the day that is @days after (before: negative) the one that has @instant. */
gint64 peal_day_move (GTimeZone *zone, gint64 instant, int days);
/* The first instant of the first day of @month (from 1; any number, 13 is the January after) of @year. */
gint64 peal_day_of_month (GTimeZone *zone, int year, int month);
/* Days since 1 January of the year 1, a Monday with number 1, of the day that has @instant. */
guint peal_day_number (GTimeZone *zone, gint64 instant);

G_END_DECLS
