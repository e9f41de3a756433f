/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-chart-layout.h"

/* Between two value marks, at least. */
#define VALUE_DISTANCE 50
/* Between two labels of the time axis, at least. */
#define LABEL_GAP 16
/* Around the whole, so that the dot of a point on an edge is whole and nothing touches the frame of the
 * focus. */
#define EDGE 8
#define CARD_DISTANCE 12

guint
peal_chart_layout_count_value_marks (float height, float line_height)
{
  float distance = MAX (VALUE_DISTANCE, 2 * line_height);

  return 1 + (guint)MAX (1, (height - 2 * line_height - PEAL_CHART_LABEL_MARGIN) / distance);
}

guint
peal_chart_layout_count_time_marks (float width, float label_width)
{
  return (guint)CLAMP (width / (MAX (label_width, 1) + LABEL_GAP), 1, 24);
}

void
peal_chart_layout_set_plot (PealChartLayout *self, float label_width, float line_height)
{
  float labels;

  g_return_if_fail (self != NULL);

  self->margin = PEAL_CHART_LABEL_MARGIN + (self->values.broken ? PEAL_CHART_BREAK_WIDTH : 0);
  labels = EDGE + label_width + self->margin;
  self->left = self->rtl ? EDGE : labels;
  self->right = MAX (self->width - (self->rtl ? labels : EDGE), self->left + 1);
  self->top = MAX (line_height / 2, EDGE);
  self->bottom = MAX (self->height - line_height - PEAL_CHART_LABEL_MARGIN, self->top + 1);
}

float
peal_chart_layout_get_x (const PealChartLayout *self, gint64 at)
{
  double part;

  g_return_val_if_fail (self != NULL, 0);

  part = ((double)at - (double)self->from) / ((double)self->to - (double)self->from);
  if (self->rtl)
    part = 1 - part;
  return (float)(self->left + part * (self->right - self->left));
}

float
peal_chart_layout_get_y (const PealChartLayout *self, gint64 value)
{
  g_return_val_if_fail (self != NULL, 0);

  return (float)(self->bottom - peal_value_axis_place (&self->values, value) * (self->bottom - self->top));
}

gint64
peal_chart_layout_get_at (const PealChartLayout *self, float x)
{
  double part;

  g_return_val_if_fail (self != NULL, 0);

  part = CLAMP ((x - self->left) / (self->right - self->left), 0, 1);
  if (self->rtl)
    part = 1 - part;
  return self->from + (gint64)(part * ((double)self->to - (double)self->from));
}

float
peal_chart_layout_place_label (const PealChartLayout *self, float x, float width)
{
  float left;
  float right;

  g_return_val_if_fail (self != NULL, 0);

  left = self->rtl ? EDGE / 2 : self->left - EDGE / 2;
  right = self->rtl ? self->right + EDGE / 2 : self->width - EDGE / 2;
  return MAX (MIN (x - width / 2, right - width), left);
}

static gboolean
keep_apart (const PealChartLayout *self, const float *centres, const float *widths, guint n, guint every)
{
  for (guint i = every; i < n; i += every)
    {
      float one = peal_chart_layout_place_label (self, centres[i - every], widths[i - every]);
      float two = peal_chart_layout_place_label (self, centres[i], widths[i]);

      if (one < two + widths[i] + LABEL_GAP / 2 && two < one + widths[i - every] + LABEL_GAP / 2)
        return FALSE;
    }
  return TRUE;
}

guint
peal_chart_layout_thin_labels (const PealChartLayout *self,
                               const float *centres,
                               const float *widths,
                               guint n)
{
  guint every = 1;

  g_return_val_if_fail (self != NULL, 1);

  while (every < n && !keep_apart (self, centres, widths, n, every))
    every++;
  return every;
}

void
peal_chart_layout_place_card (const PealChartLayout *self,
                              float x,
                              float y,
                              float card_width,
                              float card_height,
                              float *card_x,
                              float *card_y)
{
  float before = x - CARD_DISTANCE - card_width;
  float after = x + CARD_DISTANCE;
  float *first = self->rtl ? &after : &before;
  float *second = self->rtl ? &before : &after;

  g_return_if_fail (self != NULL);
  g_return_if_fail (card_x != NULL && card_y != NULL);

  *card_x = *first;
  if (*first < 0 || *first + card_width > self->width)
    *card_x = *second;
  *card_y = y - CARD_DISTANCE - card_height;
  if (*card_y < 0)
    *card_y = y + CARD_DISTANCE;
  *card_x = MAX (MIN (*card_x, self->width - card_width), 0);
  *card_y = MAX (MIN (*card_y, self->height - card_height), 0);
}
