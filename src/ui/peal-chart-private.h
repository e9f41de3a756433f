/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-chart.h"
#include "peal-chart-card.h"
#include "peal-chart-layout.h"

G_BEGIN_DECLS

/* What the files of the chart share: the widget itself, what it is drawn from, and its keys. */

/* Everything that the lasting part of the picture depends on. */
typedef struct
{
  GtkWidget *widget;  /* for its fonts */
  PealSeries *series; /* the whole of it */
  GTimeZone *zone;
  float width, height;
  gint64 from, to;
  gboolean rtl;
  gboolean high_contrast;
  GdkRGBA text, ink;
} PealChartLook;

struct _PealChart
{
  GtkWidget parent_instance;

  char *title;
  PealChartCountFunc count;
  GTimeZone *zone;
  PealSeries *series; /* never NULL */
  gint64 from, to;
  PealChartGrain grain;

  gssize cursor;    /* -1 without */
  gboolean hovered; /* the cursor is the pointer's */
  char *description;
  PealChartCard *card;
  GtkWidget *ink; /* not shown: has the colour of lines */

  PealChartLayout layout;
  GskRenderNode *picture; /* (nullable): all but the cursor, as it was drawn last */
};

/* (transfer full) (nullable): grid, labels and line; sets @layout. */
GskRenderNode *peal_chart_draw (const PealChartLook *look, PealChartLayout *layout);
/* The line and dot of the point at @x, @y. */
void peal_chart_draw_cursor (GtkSnapshot *snapshot,
                             const PealChartLook *look,
                             const PealChartLayout *layout,
                             float x,
                             float y);
/* Words in the middle of the widget. */
void peal_chart_draw_words (GtkSnapshot *snapshot, const PealChartLook *look, const char *words);

void peal_chart_class_install_keys (GtkWidgetClass *widget_class);
void peal_chart_add_controllers (PealChart *self);
void peal_chart_init_accessible_text (GtkAccessibleTextInterface *iface);

G_END_DECLS
