/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-axis.h"
#include "peal-series.h"

G_BEGIN_DECLS

/* The words of a chart: its marks, its points, and the summary that stands for all of it. Pure; all texts are
 * (transfer full) and translated. */

/* (transfer full): @count with its noun: "12,345 followers". */
typedef char *(*PealChartCountFunc) (gint64 count);

typedef enum
{
  PEAL_CHART_READINGS, /* a point is a reading at an instant */
  PEAL_CHART_DAYS,     /* a point is a day */
} PealChartGrain;

/* A mark of @axis, short and yet exact: "0", "7,500", "12.5K", "1.234M". */
char *peal_chart_text_value_mark (const PealValueAxis *axis, gint64 value);
/* A mark of the time axis: "18:00", "24 Nov", "Nov", "2027"; the start of a day among hours and of a year
 * among months shows itself as such. */
char *peal_chart_text_time_mark (gint64 at, PealTimeUnit unit, GTimeZone *zone);
/* "Tue 24 Nov 2026", for readings with the time. */
char *peal_chart_text_date (gint64 at, PealChartGrain grain, GTimeZone *zone);
/* "+120 (+1.0%)", "−3 (−0.2%)", "No change", without the per cent where there are none of 0. (nullable): NULL
 * where one of them is unknown. */
char *peal_chart_text_change (gint64 before, gint64 after);
/* The two parts of it, the number in short: "+1.2K" or "No change"; "+11.1%". (nullable): NULL where there is
 * none. */
char *peal_chart_text_short_change (gint64 before, gint64 after);
char *peal_chart_text_share (gint64 before, gint64 after);
/* The point at @index of @series: "Tue 24 Nov 2026: 14,813 followers, +120 (+0.8%)". */
char *peal_chart_text_point (const PealSeries *series,
                             gssize index,
                             PealChartGrain grain,
                             GTimeZone *zone,
                             PealChartCountFunc count);
/* What a line of @series looks like, in two or three sentences. */
char *peal_chart_text_summary (const PealSeries *series,
                               PealChartGrain grain,
                               GTimeZone *zone,
                               PealChartCountFunc count);

G_END_DECLS
