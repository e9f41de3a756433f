/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-axis.h"

G_BEGIN_DECLS

/* Where the parts of a line chart stand. Pure arithmetic, in logical pixels from the widget's top left
 * corner; time runs to the right, or to the left where people read that way. */

/* From a label to its line, and the mark of an axis that does not begin at 0 between them. */
#define PEAL_CHART_LABEL_MARGIN 8
#define PEAL_CHART_BREAK_WIDTH 8

typedef struct
{
  gboolean rtl;
  float width, height;            /* of the whole */
  float left, top, right, bottom; /* of the plot: its lines, without labels */
  float margin;                   /* from the labels of the values to the plot */
  gint64 from, to;                /* µs UTC, from < to */
  PealValueAxis values;
} PealChartLayout;

/* How many marks an axis of @height has room for. */
guint peal_chart_layout_count_value_marks (float height, float line_height);
/* How many time marks have room beside each other on @width where no label is wider than @label_width. */
guint peal_chart_layout_count_time_marks (float width, float label_width);
/* Sets the plot. @label_width: of the widest label of a value; @line_height: of a line of labels. The other
 * members are set already. */
void peal_chart_layout_set_plot (PealChartLayout *self, float label_width, float line_height);

float peal_chart_layout_get_x (const PealChartLayout *self, gint64 at);
float peal_chart_layout_get_y (const PealChartLayout *self, gint64 value);
/* The instant at @x, within the chart's time. */
gint64 peal_chart_layout_get_at (const PealChartLayout *self, float x);

/* The left edge of a label of @width around @x, moved so that it stays under the plot or beside it, not under
 * the labels of the values. */
float peal_chart_layout_place_label (const PealChartLayout *self, float x, float width);
/* Of @n labels around @centres (in order from either side), every how manyth can be shown so that they keep
 * apart. */
guint peal_chart_layout_thin_labels (const PealChartLayout *self,
                                     const float *centres,
                                     const float *widths,
                                     guint n);
/* The top left corner of a card of @card_width × @card_height for the point at @x, @y: beside it towards the
 * older side, or the other where there is no room, above or below the line, and always within the chart where
 * it fits at all. */
void peal_chart_layout_place_card (const PealChartLayout *self,
                                   float x,
                                   float y,
                                   float card_width,
                                   float card_height,
                                   float *card_x,
                                   float *card_y);

G_END_DECLS
