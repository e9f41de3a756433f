/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-chart-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "peal-time-text.h"

#define MIN_WIDTH 200
#define MIN_HEIGHT 120
#define NATURAL_WIDTH 640
#define NATURAL_HEIGHT 240

G_DEFINE_FINAL_TYPE_WITH_CODE (PealChart,
                               peal_chart,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_TEXT,
                                                      peal_chart_init_accessible_text))

static void
fill_look (PealChart *self, PealChartLook *look)
{
  GtkWidget *widget = GTK_WIDGET (self);

  *look = (PealChartLook){
    .widget = widget,
    .series = self->series,
    .zone = self->zone,
    .width = (float)gtk_widget_get_width (widget),
    .height = (float)gtk_widget_get_height (widget),
    .from = self->from,
    .to = self->to,
    .rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
    .high_contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ()),
  };
  gtk_widget_get_color (widget, &look->text);
  gtk_widget_get_color (self->ink, &look->ink);
}

/* Draws anew what lasts, where it is not there. */
static void
need_picture (PealChart *self, const PealChartLook *look)
{
  if (self->picture == NULL)
    self->picture = peal_chart_draw (look, &self->layout);
}

static void
invalidate (PealChart *self)
{
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
is_empty (PealChart *self)
{
  return peal_series_count_known (self->series) == 0;
}

/* The description alone changes, and nothing is announced: a screen reader says it because the chart has the
 * focus. Takes
 * @description. */
static void
set_description (PealChart *self, char *description)
{
  g_autofree char *old = g_steal_pointer (&self->description);

  self->description = description;
  if (g_strcmp0 (old, description) != 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                    -1);
}

static void
update_card (PealChart *self)
{
  gsize n;
  const PealPoint *points = peal_series_get (self->series, &n);
  const PealPoint *point;
  gssize before;
  g_autofree char *date = NULL;
  g_autofree char *value = NULL;
  g_autofree char *change = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->card), self->cursor >= 0);
  if (self->cursor < 0)
    return;
  point = &points[self->cursor];
  before = peal_series_find_before (self->series, self->cursor);
  date = peal_chart_text_date (point->at, self->grain, self->zone);
  value = self->count (point->value);
  if (before >= 0)
    change = peal_chart_text_change (points[before].value, point->value);
  peal_chart_card_set (self->card, date, value, change);
}

static void
update_words (PealChart *self)
{
  update_card (self);
  set_description (
      self, self->cursor >= 0
                ? peal_chart_text_point (self->series, self->cursor, self->grain, self->zone, self->count)
                : peal_chart_text_summary (self->series, self->grain, self->zone, self->count));
}

static void
peal_chart_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
allocate_card (PealChart *self)
{
  GtkWidget *card = GTK_WIDGET (self->card);
  gsize n;
  const PealPoint *points = peal_series_get (self->series, &n);
  PealChartLook look;
  GskTransform *transform;
  float x, y;
  int width, height;

  if (!gtk_widget_get_visible (card) || self->cursor < 0)
    return;
  fill_look (self, &look);
  need_picture (self, &look);
  gtk_widget_measure (card, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  width = MIN (width, gtk_widget_get_width (GTK_WIDGET (self)));
  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  peal_chart_layout_place_card (&self->layout,
                                peal_chart_layout_get_x (&self->layout, points[self->cursor].at),
                                peal_chart_layout_get_y (&self->layout, points[self->cursor].value),
                                (float)width, (float)height, &x, &y);
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y));
  gtk_widget_allocate (card, width, height, -1, transform);
}

static void
peal_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PealChart *self = PEAL_CHART (widget);

  if (self->layout.width != (float)width || self->layout.height != (float)height)
    invalidate (self);
  allocate_card (self);
}

static void
peal_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PealChart *self = PEAL_CHART (widget);
  gsize n;
  const PealPoint *points = peal_series_get (self->series, &n);
  PealChartLook look;

  fill_look (self, &look);
  need_picture (self, &look);
  if (self->picture != NULL)
    gtk_snapshot_append_node (snapshot, self->picture);
  if (is_empty (self))
    peal_chart_draw_words (snapshot, &look, _ ("No numbers yet"));
  if (self->cursor < 0)
    return;
  peal_chart_draw_cursor (snapshot, &look, &self->layout,
                          peal_chart_layout_get_x (&self->layout, points[self->cursor].at),
                          peal_chart_layout_get_y (&self->layout, points[self->cursor].value));
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->card), snapshot);
}

static void
peal_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (peal_chart_parent_class)->css_changed (widget, change);
  invalidate (PEAL_CHART (widget));
}

static void
peal_chart_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (peal_chart_parent_class)->direction_changed (widget, previous);
  invalidate (PEAL_CHART (widget));
}

static void
peal_chart_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (peal_chart_parent_class)->system_setting_changed (widget, setting);
  invalidate (PEAL_CHART (widget));
}

static void
peal_chart_dispose (GObject *object)
{
  PealChart *self = PEAL_CHART (object);
  GtkWidget *child;

  self->cursor = -1;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (peal_chart_parent_class)->dispose (object);
}

static void
peal_chart_finalize (GObject *object)
{
  PealChart *self = PEAL_CHART (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->series, peal_series_unref);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  G_OBJECT_CLASS (peal_chart_parent_class)->finalize (object);
}

static void
peal_chart_class_init (PealChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_chart_dispose;
  object_class->finalize = peal_chart_finalize;
  widget_class->measure = peal_chart_measure;
  widget_class->size_allocate = peal_chart_size_allocate;
  widget_class->snapshot = peal_chart_snapshot;
  widget_class->css_changed = peal_chart_css_changed;
  widget_class->direction_changed = peal_chart_direction_changed;
  widget_class->system_setting_changed = peal_chart_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "peal-chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  peal_chart_class_install_keys (widget_class);
}

static void
peal_chart_init (PealChart *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->cursor = -1;
  self->count = peal_count_text;
  self->zone = g_time_zone_new_local ();
  self->series = peal_series_new_take (NULL, 0);
  self->to = 1;
  self->ink = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->ink, "accent");
  gtk_widget_set_visible (self->ink, FALSE);
  gtk_widget_set_parent (self->ink, GTK_WIDGET (self));
  self->card = PEAL_CHART_CARD (peal_chart_card_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->card), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  peal_chart_add_controllers (self);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (invalidate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (invalidate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::accent-color", G_CALLBACK (invalidate), self, G_CONNECT_SWAPPED);
  update_words (self);
}

GtkWidget *
peal_chart_new (void)
{
  return g_object_new (PEAL_TYPE_CHART, NULL);
}

void
peal_chart_set_title (PealChart *self, const char *title)
{
  g_return_if_fail (PEAL_IS_CHART (self));
  g_return_if_fail (title != NULL);

  if (g_set_str (&self->title, title))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
peal_chart_set_count_func (PealChart *self, PealChartCountFunc count)
{
  g_return_if_fail (PEAL_IS_CHART (self));
  g_return_if_fail (count != NULL);

  self->count = count;
  update_words (self);
}

void
peal_chart_set_zone (PealChart *self, GTimeZone *zone)
{
  g_return_if_fail (PEAL_IS_CHART (self));
  g_return_if_fail (zone != NULL);

  g_time_zone_ref (zone);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone;
  update_words (self);
  invalidate (self);
}

void
peal_chart_set_series (PealChart *self, PealSeries *series, gint64 from, gint64 to, PealChartGrain grain)
{
  g_autoptr (PealSeries) old = NULL;
  gssize cursor = -1;

  g_return_if_fail (PEAL_IS_CHART (self));
  g_return_if_fail (from < to);

  old = g_steal_pointer (&self->series);
  self->series = series != NULL ? peal_series_ref (series) : peal_series_new_take (NULL, 0);
  if (self->cursor >= 0)
    {
      gsize n;
      gint64 at = peal_series_get (old, &n)[self->cursor].at;

      if (at >= from && at <= to)
        cursor = peal_series_find_nearest (self->series, at);
    }
  self->from = from;
  self->to = to;
  self->grain = grain;
  self->cursor = cursor;
  update_words (self);
  invalidate (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gssize
peal_chart_get_cursor (PealChart *self)
{
  g_return_val_if_fail (PEAL_IS_CHART (self), -1);

  return self->cursor;
}

void
peal_chart_set_cursor (PealChart *self, gssize index)
{
  gsize n;
  const PealPoint *points;

  g_return_if_fail (PEAL_IS_CHART (self));

  points = peal_series_get (self->series, &n);
  g_return_if_fail (index == -1
                    || (index >= 0 && (gsize)index < n && points[index].value != PEAL_SERIES_UNKNOWN));

  if (self->cursor == index)
    return;
  self->cursor = index;
  update_words (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
peal_chart_get_description (PealChart *self)
{
  g_return_val_if_fail (PEAL_IS_CHART (self), NULL);

  return self->description;
}
