/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-chart-text.h"

G_BEGIN_DECLS

/* A series as a line chart, or as a table of the same numbers.
 *
 * Properties (read-write, notified): table (gboolean): whether the table is shown. */

#define PEAL_TYPE_CURVE (peal_curve_get_type ())
G_DECLARE_FINAL_TYPE (PealCurve, peal_curve, PEAL, CURVE, GtkWidget)

/* @title: what it is about, "Followers, 28 days"; @column: of the values, "Followers"; @count: a value with
 * its noun. */
void
peal_curve_set_subject (PealCurve *self, const char *title, const char *column, PealChartCountFunc count);
void peal_curve_set_zone (PealCurve *self, GTimeZone *zone);
/* As peal_chart_set_series (). */
void
peal_curve_set_series (PealCurve *self, PealSeries *series, gint64 from, gint64 to, PealChartGrain grain);

G_END_DECLS
