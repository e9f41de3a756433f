/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the marks of a chart's axes stand: at round numbers, and at midnights, weeks, months and years of a
 * zone. */

typedef struct
{
  gint64 first, step; /* of the marks; @step ≥ 1, a 1, 2, 2.5 or 5 with zeros */
  guint n;            /* of the marks, at least 1 */
  gint64 low, high;   /* of the axis; the marks and all values lie between them, low < high */
  gboolean broken;    /* the axis does not begin at 0 */
} PealValueAxis;

/* For values from @low to @high (0 ≤ low ≤ high), with at most @max_marks ≥ 2 marks. It begins at 0 unless
 * the values lie close together far away from it; it never magnifies so much that a mark needs more than four
 * digits of its own. */
void peal_value_axis_fit (PealValueAxis *self, gint64 low, gint64 high, guint max_marks);
/* 0 for the low end to 1 for the high one. */
double peal_value_axis_place (const PealValueAxis *self, gint64 value);

typedef enum
{
  PEAL_TIME_UNIT_HOUR,
  PEAL_TIME_UNIT_DAY,
  PEAL_TIME_UNIT_WEEK,
  PEAL_TIME_UNIT_MONTH,
  PEAL_TIME_UNIT_YEAR,
} PealTimeUnit;

/* (transfer full) (element-type gint64): instants (µs UTC) of the marks from @from to @to, in order; at most
 * @max_marks ≥ 1 of them, as many as that allows. @first_weekday: 1 Monday to 7 Sunday. @unit: what lies
 * between two of them, or several of it. */
GArray *peal_time_axis_fit (gint64 from,
                            gint64 to,
                            GTimeZone *zone,
                            int first_weekday,
                            guint max_marks,
                            PealTimeUnit *unit);

G_END_DECLS
