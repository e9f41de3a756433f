/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-chart-private.h"

#include <glib/gi18n.h>

#include "peal-week.h"

/* Above so many points only what can be seen of them is drawn. */
#define MAX_POINTS 2000
/* Around the words that stand where there are no numbers. */
#define WORDS_MARGIN 12
#define DOT 3
#define CURSOR_DOT 5

static GdkRGBA
fade (const GdkRGBA *color, float alpha)
{
  GdkRGBA faded = *color;

  faded.alpha *= alpha;
  return faded;
}

static PangoLayout *
make_label (const PealChartLook *look, const char *text)
{
  PangoLayout *label = gtk_widget_create_pango_layout (look->widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
  return label;
}

static void
measure_label (PangoLayout *label, float *width, float *height)
{
  int w, h;

  pango_layout_get_pixel_size (label, &w, &h);
  *width = (float)w;
  *height = (float)h;
}

static void
append_label (GtkSnapshot *snapshot, const PealChartLook *look, PangoLayout *label, float x, float y)
{
  GdkRGBA color = fade (&look->text, look->high_contrast ? 1 : 0.7f);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, label, &color);
  gtk_snapshot_restore (snapshot);
}

static void
append_line (GtkSnapshot *snapshot,
             float x1,
             float y1,
             float x2,
             float y2,
             float width,
             gboolean dashed,
             const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (width);

  gsk_path_builder_move_to (builder, x1, y1);
  gsk_path_builder_line_to (builder, x2, y2);
  path = gsk_path_builder_to_path (builder);
  if (dashed)
    gsk_stroke_set_dash (stroke, (const float[]){ 4, 4 }, 2);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

/* Two strokes through the foot of the value axis: it does not begin at 0. */
static void
append_break (GtkSnapshot *snapshot, const PealChartLook *look, const PealChartLayout *layout)
{
  float foot = layout->rtl ? layout->right + 4 : layout->left - 8;
  GdkRGBA color = fade (&look->text, look->high_contrast ? 1 : 0.55f);

  for (int i = 0; i < 2; i++)
    append_line (snapshot, foot + (float)i * 4 - 3, layout->bottom + 5, foot + (float)i * 4 + 3,
                 layout->bottom - 5, 1.5f, FALSE, &color);
}

static void
append_value_axis (GtkSnapshot *snapshot, const PealChartLook *look, const PealChartLayout *layout)
{
  const PealValueAxis *axis = &layout->values;
  GdkRGBA color = fade (&look->text, look->high_contrast ? 0.5f : 0.15f);

  for (guint i = 0; i < axis->n; i++)
    {
      gint64 value = axis->first + (gint64)i * axis->step;
      float y = (float)(int)peal_chart_layout_get_y (layout, value) + 0.5f;
      g_autofree char *text = peal_chart_text_value_mark (axis, value);
      g_autoptr (PangoLayout) label = make_label (look, text);
      float width, height;

      measure_label (label, &width, &height);
      append_line (snapshot, layout->left, y, layout->right, y, 1, axis->broken && i == 0, &color);
      append_label (snapshot, look, label,
                    layout->rtl ? layout->right + layout->margin : layout->left - layout->margin - width,
                    y - height / 2);
    }
  if (axis->broken)
    append_break (snapshot, look, layout);
}

static void
append_time_axis (GtkSnapshot *snapshot,
                  const PealChartLook *look,
                  const PealChartLayout *layout,
                  float label_width)
{
  PealTimeUnit unit;
  g_autoptr (GArray) marks = peal_time_axis_fit (
      look->from, look->to, look->zone, peal_week_get_first_day (),
      peal_chart_layout_count_time_marks (layout->right - layout->left, label_width), &unit);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree float *centres = g_new0 (float, marks->len);
  g_autofree float *widths = g_new0 (float, marks->len);
  GdkRGBA color = fade (&look->text, look->high_contrast ? 1 : 0.4f);
  guint every;

  for (guint i = 0; i < marks->len; i++)
    {
      gint64 at = g_array_index (marks, gint64, i);
      g_autofree char *text = peal_chart_text_time_mark (at, unit, look->zone);
      PangoLayout *label = make_label (look, text);
      float height;

      g_ptr_array_add (labels, label);
      centres[i] = peal_chart_layout_get_x (layout, at);
      measure_label (label, &widths[i], &height);
    }
  every = peal_chart_layout_thin_labels (layout, centres, widths, marks->len);
  for (guint i = 0; i < marks->len; i++)
    {
      float x = (float)(int)centres[i] + 0.5f;

      append_line (snapshot, x, layout->bottom, x, layout->bottom + 4, 1, FALSE, &color);
      if (i % every == 0)
        append_label (snapshot, look, g_ptr_array_index (labels, i),
                      peal_chart_layout_place_label (layout, centres[i], widths[i]), layout->bottom + 6);
    }
}

static void
append_dot (GtkSnapshot *snapshot, float x, float y, float radius, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), radius);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
}

/* The surface between a stretch of the line and the foot fades away downwards. */
static void
append_surface (GtkSnapshot *snapshot,
                const PealChartLook *look,
                const PealChartLayout *layout,
                GskPath *surface)
{
  GskColorStop stops[2] = { { 0, fade (&look->ink, 0.22f) }, { 1, fade (&look->ink, 0) } };
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (layout->left, layout->top, layout->right - layout->left,
                                               layout->bottom - layout->top);

  gtk_snapshot_push_fill (snapshot, surface, GSK_FILL_RULE_WINDING);
  gtk_snapshot_append_linear_gradient (snapshot, &bounds, &GRAPHENE_POINT_INIT (0, layout->top),
                                       &GRAPHENE_POINT_INIT (0, layout->bottom), stops, G_N_ELEMENTS (stops));
  gtk_snapshot_pop (snapshot);
}

/* The known points @from to @end - 1, without a break among them. */
static void
append_stretch (GtkSnapshot *snapshot,
                const PealChartLook *look,
                const PealChartLayout *layout,
                const PealPoint *points,
                gsize from,
                gsize end)
{
  g_autoptr (GskPathBuilder) line = gsk_path_builder_new ();
  g_autoptr (GskPathBuilder) surface = gsk_path_builder_new ();
  g_autoptr (GskStroke) stroke = gsk_stroke_new (look->high_contrast ? 3 : 2);
  g_autoptr (GskPath) line_path = NULL;
  g_autoptr (GskPath) surface_path = NULL;
  float first = peal_chart_layout_get_x (layout, points[from].at);
  float x = first;

  if (end - from == 1)
    {
      append_dot (snapshot, x, peal_chart_layout_get_y (layout, points[from].value), DOT, &look->ink);
      return;
    }
  gsk_path_builder_move_to (surface, x, layout->bottom);
  for (gsize i = from; i < end; i++)
    {
      float y = peal_chart_layout_get_y (layout, points[i].value);

      x = peal_chart_layout_get_x (layout, points[i].at);
      if (i == from)
        gsk_path_builder_move_to (line, x, y);
      else
        gsk_path_builder_line_to (line, x, y);
      gsk_path_builder_line_to (surface, x, y);
    }
  gsk_path_builder_line_to (surface, x, layout->bottom);
  gsk_path_builder_close (surface);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  line_path = gsk_path_builder_to_path (line);
  surface_path = gsk_path_builder_to_path (surface);
  append_surface (snapshot, look, layout, surface_path);
  gtk_snapshot_append_stroke (snapshot, line_path, stroke, &look->ink);
}

static void
append_series (GtkSnapshot *snapshot, const PealChartLook *look, const PealChartLayout *layout)
{
  graphene_rect_t clip = GRAPHENE_RECT_INIT (
      layout->left - CURSOR_DOT, 0, layout->right - layout->left + 2 * CURSOR_DOT, layout->bottom + 1);
  g_autoptr (PealSeries) thinned = NULL;
  const PealPoint *points;
  gsize n;

  points = peal_series_get (look->series, &n);
  if (n > MAX_POINTS)
    {
      thinned =
          peal_series_thin (look->series, look->from, look->to, (guint)(layout->right - layout->left) + 1);
      points = peal_series_get (thinned, &n);
    }
  gtk_snapshot_push_clip (snapshot, &clip);
  for (gsize from = 0; from < n; from++)
    {
      gsize end = from;

      while (end < n && points[end].value != PEAL_SERIES_UNKNOWN)
        end++;
      if (end > from)
        append_stretch (snapshot, look, layout, points, from, end);
      from = end;
    }
  gtk_snapshot_pop (snapshot);
}

/* Where the numbers begin well after the chart does, words say so. */
static void
append_beginning (GtkSnapshot *snapshot, const PealChartLook *look, const PealChartLayout *layout)
{
  gsize n;
  const PealPoint *points = peal_series_get (look->series, &n);
  gssize first = peal_series_find_first (look->series);
  const PealValueAxis *axis = &layout->values;
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) label = NULL;
  gint64 middle;
  float start, beginning, width, height, y;

  if (first < 0 || points[first].at <= look->from)
    return;
  date = peal_chart_text_date (points[first].at, PEAL_CHART_DAYS, look->zone);
  /* Translators: stands in a chart before its first point; %s is a date */
  text = g_strdup_printf (_ ("No numbers until %s"), date);
  label = make_label (look, text);
  measure_label (label, &width, &height);
  start = layout->rtl ? layout->right : layout->left;
  beginning = peal_chart_layout_get_x (layout, points[first].at);
  if (ABS (beginning - start) < width + 2 * WORDS_MARGIN)
    return;
  /* Between two lines of the grid. */
  middle = axis->first + (gint64)((axis->n - 1) / 2) * axis->step;
  y = (peal_chart_layout_get_y (layout, middle)
       + peal_chart_layout_get_y (layout,
                                  middle > axis->high - axis->step ? axis->high : middle + axis->step))
      / 2;
  append_label (snapshot, look, label, (start + beginning - width) / 2, y - height / 2);
}

GskRenderNode *
peal_chart_draw (const PealChartLook *look, PealChartLayout *layout)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (PangoLayout) sample = make_label (look, "0");
  float label_width = 0, sample_width, line_height;
  gint64 low, high;

  *layout = (PealChartLayout){
    .rtl = look->rtl, .width = look->width, .height = look->height, .from = look->from, .to = look->to
  };
  measure_label (sample, &sample_width, &line_height);
  peal_series_get_bounds (look->series, &low, &high);
  peal_value_axis_fit (&layout->values, low, high,
                       peal_chart_layout_count_value_marks (look->height, line_height));
  for (guint i = 0; i < layout->values.n; i++)
    {
      g_autofree char *text = peal_chart_text_value_mark (
          &layout->values, layout->values.first + (gint64)i * layout->values.step);
      g_autoptr (PangoLayout) label = make_label (look, text);
      float width, height;

      measure_label (label, &width, &height);
      label_width = MAX (label_width, width);
    }
  peal_chart_layout_set_plot (layout, label_width, line_height);
  /* As wide as "24 Nov" and the like. */
  append_time_axis (snapshot, look, layout, 6.5f * sample_width);
  if (peal_series_count_known (look->series) > 0)
    append_value_axis (snapshot, look, layout);
  append_series (snapshot, look, layout);
  append_beginning (snapshot, look, layout);
  return gtk_snapshot_free_to_node (snapshot);
}

void
peal_chart_draw_cursor (GtkSnapshot *snapshot,
                        const PealChartLook *look,
                        const PealChartLayout *layout,
                        float x,
                        float y)
{
  GdkRGBA line = fade (&look->text, look->high_contrast ? 1 : 0.4f);
  GdkRGBA halo = fade (&look->ink, 0.25f);
  float middle = (float)(int)x + 0.5f;

  append_line (snapshot, middle, layout->top, middle, layout->bottom, 1, FALSE, &line);
  append_dot (snapshot, x, y, CURSOR_DOT + 3, &halo);
  append_dot (snapshot, x, y, CURSOR_DOT, &look->ink);
}

void
peal_chart_draw_words (GtkSnapshot *snapshot, const PealChartLook *look, const char *words)
{
  g_autoptr (PangoLayout) label = gtk_widget_create_pango_layout (look->widget, words);
  float width, height;

  measure_label (label, &width, &height);
  append_label (snapshot, look, label, (look->width - width) / 2, (look->height - height) / 2);
}
