/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A number over time, as a chart and its table show it: points in the order of their instants. A point whose
 * value is unknown is a break in the line and never zero. A series does not change; what makes another of it
 * returns a new one. */

#define PEAL_TYPE_SERIES (peal_series_get_type ())

#define PEAL_SERIES_UNKNOWN G_GINT64_CONSTANT (-1)

typedef struct
{
  gint64 at;    /* µs UTC */
  gint64 value; /* ≥ 0, or PEAL_SERIES_UNKNOWN */
} PealPoint;

typedef struct _PealSeries PealSeries;

GType peal_series_get_type (void) G_GNUC_CONST;
/* (transfer full): takes @points (nullable where @n is 0). They are put in order; of several at one instant
 * the last counts; negative values are unknown; what lies outside PEAL_DAY_MIN to PEAL_DAY_MAX is left out.
 */
PealSeries *peal_series_new_take (PealPoint *points, gsize n);
PealSeries *peal_series_ref (PealSeries *self);
void peal_series_unref (PealSeries *self);

/* (transfer none) (nullable): all points; NULL where @n is 0. */
const PealPoint *peal_series_get (const PealSeries *self, gsize *n);
/* How many values are known. */
gsize peal_series_count_known (const PealSeries *self);
/* The lowest and the highest known value; FALSE, with both 0, where none is known. */
gboolean peal_series_get_bounds (const PealSeries *self, gint64 *low, gint64 *high);

/* Indices of known points; -1 where there is none. */
gssize peal_series_find_first (const PealSeries *self);
gssize peal_series_find_last (const PealSeries *self);
/* The one next to @index on that side. @index: of any point, or just outside. */
gssize peal_series_find_before (const PealSeries *self, gssize index);
gssize peal_series_find_after (const PealSeries *self, gssize index);
/* The one nearest to @at; the earlier of two. */
gssize peal_series_find_nearest (const PealSeries *self, gint64 at);

/* The functions below return (transfer full). */

/* The points from @from to @to, both included. */
PealSeries *peal_series_cut (const PealSeries *self, gint64 from, gint64 to);
/* With an unknown point in the middle of every stretch that is longer than @longest_us: nobody looked there.
 */
PealSeries *peal_series_mark_gaps (const PealSeries *self, gint64 longest_us);
/* The last known point of each day in @zone, and an unknown one between two that are not neighbours. */
PealSeries *peal_series_take_days (const PealSeries *self, GTimeZone *zone);
/* What can be seen of the points between @from and @to on @columns columns of pixels: of each column the
 * first, the lowest, the highest and the last known value, and a break where it has only unknown ones. The
 * nearest point on each side of that stretch is kept, so that the line goes on to the edge. */
PealSeries *peal_series_thin (const PealSeries *self, gint64 from, gint64 to, guint columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealSeries, peal_series_unref)

G_END_DECLS
