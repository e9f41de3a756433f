/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-chart-text.h"
#include "peal-samples.h"

G_BEGIN_DECLS

/* The stretches of time over which insights are shown, in whole days of a zone, and what is shown of an
 * account's readings in each. Pure: "now" and the zone are handed in. */

typedef enum
{
  PEAL_RANGE_7_DAYS,
  PEAL_RANGE_28_DAYS,
  PEAL_RANGE_60_DAYS,
  PEAL_RANGE_YEAR,
  PEAL_RANGE_ALL,
} PealRange;

#define PEAL_N_RANGES (PEAL_RANGE_ALL + 1)

/* (transfer none): "7 days", translated. */
const char *peal_range_get_title (PealRange self);
/* A week shows every reading, the others one a day. */
PealChartGrain peal_range_get_grain (PealRange self);
/* The first instant (µs UTC) of the range that ends @now: a midnight of @zone, today's day included; 0 for
 * all. */
gint64 peal_range_get_start (PealRange self, gint64 now, GTimeZone *zone);
/* (transfer full): the line of @counter in the @n @samples (nullable where that is 0), and from when to when
 * it is shown. Where nobody read for longer than 36 hours, or on a whole day, it breaks. */
PealSeries *peal_range_make_series (PealRange self,
                                    const PealSample *samples,
                                    gsize n,
                                    PealCounter counter,
                                    gint64 now,
                                    GTimeZone *zone,
                                    gint64 *from,
                                    gint64 *to);
/* (transfer full): the same for a video, every reading since @published (µs UTC). It is shown from there, or,
 * where the first reading came much later, from that. */
PealSeries *peal_range_make_video_series (const PealSample *samples,
                                          gsize n,
                                          PealCounter counter,
                                          gint64 published,
                                          gint64 now,
                                          gint64 *from,
                                          gint64 *to);

G_END_DECLS
