/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-chart-text.h"

G_BEGIN_DECLS

/* A line chart of one series. A cursor goes to the point nearest to the pointer or finger and along the
 * points by the keyboard (arrows; with Control, and Page Up and Down, in larger steps; Home, End; Escape
 * takes it away); a card tells date, value and change of its point. To assistive technology it is an image
 * whose name is its title and whose description sums the line up, or, while there is a cursor, says its
 * point.
 *
 * Where the series is NULL or has no known value the chart says so in words. */

#define PEAL_TYPE_CHART (peal_chart_get_type ())
G_DECLARE_FINAL_TYPE (PealChart, peal_chart, PEAL, CHART, GtkWidget)

GtkWidget *peal_chart_new (void);
/* What the chart is about: "Followers, 28 days". */
void peal_chart_set_title (PealChart *self, const char *title);
/* How a value reads, with its noun. */
void peal_chart_set_count_func (PealChart *self, PealChartCountFunc count);
/* (transfer none): the zone of its days; the local one where it is not set. */
void peal_chart_set_zone (PealChart *self, GTimeZone *zone);
/* Shows @series (nullable) (transfer none) from @from to @to (µs UTC, from < to). A cursor stays with its
 * instant. */
void
peal_chart_set_series (PealChart *self, PealSeries *series, gint64 from, gint64 to, PealChartGrain grain);

/* The index of the cursor's point in the series, -1 without. */
gssize peal_chart_get_cursor (PealChart *self);
/* @index: of a known point, or -1. */
void peal_chart_set_cursor (PealChart *self, gssize index);
/* (transfer none): the summary, or the cursor's point. */
const char *peal_chart_get_description (PealChart *self);

G_END_DECLS
