/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The card beside a chart's cursor. It is for the eye only: the chart's description says the same. */

#define PEAL_TYPE_CHART_CARD (peal_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (PealChartCard, peal_chart_card, PEAL, CHART_CARD, GtkWidget)

GtkWidget *peal_chart_card_new (void);
/* @change: (nullable) */
void peal_chart_card_set (PealChartCard *self, const char *date, const char *value, const char *change);

G_END_DECLS
