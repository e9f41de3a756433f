/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-curve.h"

#include "peal-chart.h"
#include "peal-point-list.h"
#include "peal-time-text.h"

struct _PealCurve
{
  GtkWidget parent_instance;

  PealSeries *series; /* (nullable) */
  PealChartGrain grain;
  PealChartCountFunc count;
  GTimeZone *zone;
  gboolean stale; /* the table shows another series, or none */

  GtkStack *stack;
  PealChart *chart;
  GtkColumnView *table;
  GtkColumnViewColumn *date_column;
  GtkColumnViewColumn *value_column;
  GtkColumnViewColumn *change_column;
};

G_DEFINE_FINAL_TYPE (PealCurve, peal_curve, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TABLE = 1,
} PealCurveProps;

static GParamSpec *properties[PROP_TABLE + 1];

typedef enum
{
  COLUMN_DATE,
  COLUMN_VALUE,
  COLUMN_CHANGE,
} Column;

static gboolean
shows_table (PealCurve *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "table") == 0;
}

/* (transfer full): the text of a cell; "" where there is nothing to say. */
static char *
describe_cell (PealCurve *self, PealPointItem *item, Column column)
{
  const PealPoint *point = peal_point_item_get_point (item);
  char *text = NULL;

  switch (column)
    {
    case COLUMN_DATE:
      return peal_chart_text_date (point->at, self->grain, self->zone);
    case COLUMN_VALUE:
      return peal_count_text (point->value);
    case COLUMN_CHANGE:
    default:
      text = peal_chart_text_change (peal_point_item_get_before (item), point->value);
      return text != NULL ? text : g_strdup ("");
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cell (PealCurve *self, GtkListItem *item, Column column)
{
  g_autofree char *text = describe_cell (self, gtk_list_item_get_item (item), column);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
bind_date_cb (PealCurve *self, GtkListItem *item)
{
  bind_cell (self, item, COLUMN_DATE);
}

static void
bind_value_cb (PealCurve *self, GtkListItem *item)
{
  bind_cell (self, item, COLUMN_VALUE);
}

static void
bind_change_cb (PealCurve *self, GtkListItem *item)
{
  bind_cell (self, item, COLUMN_CHANGE);
}

static void
set_factory (PealCurve *self, GtkColumnViewColumn *column, GCallback bind)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", bind, self, G_CONNECT_SWAPPED);
  gtk_column_view_column_set_factory (column, factory);
}

/* Nobody pays for a table that is not looked at. */
static void
update_table (PealCurve *self)
{
  g_autoptr (PealPointList) points = NULL;
  g_autoptr (GtkNoSelection) model = NULL;

  if (!self->stale || !shows_table (self))
    return;
  self->stale = FALSE;
  if (self->series != NULL)
    points = peal_point_list_new (self->series);
  model = gtk_no_selection_new (points != NULL ? G_LIST_MODEL (g_steal_pointer (&points)) : NULL);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (model));
}

static void
peal_curve_dispose (GObject *object)
{
  PealCurve *self = PEAL_CURVE (object);

  if (self->table != NULL)
    gtk_column_view_set_model (self->table, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_CURVE);
  G_OBJECT_CLASS (peal_curve_parent_class)->dispose (object);
}

static void
peal_curve_finalize (GObject *object)
{
  PealCurve *self = PEAL_CURVE (object);

  g_clear_pointer (&self->series, peal_series_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (peal_curve_parent_class)->finalize (object);
}

static void
peal_curve_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((PealCurveProps)id)
    {
    case PROP_TABLE:
      g_value_set_boolean (value, shows_table (PEAL_CURVE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_curve_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealCurve *self = PEAL_CURVE (object);

  switch ((PealCurveProps)id)
    {
    case PROP_TABLE:
      if (shows_table (self) == g_value_get_boolean (value))
        return;
      gtk_stack_set_visible_child_name (self->stack, g_value_get_boolean (value) ? "table" : "chart");
      update_table (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_curve_class_init (PealCurveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_curve_dispose;
  object_class->finalize = peal_curve_finalize;
  object_class->get_property = peal_curve_get_property;
  object_class->set_property = peal_curve_set_property;
  properties[PROP_TABLE] = g_param_spec_boolean (
      "table", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PEAL_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/pealapp/Peal/ui/peal-curve.ui");
  gtk_widget_class_bind_template_child (widget_class, PealCurve, stack);
  gtk_widget_class_bind_template_child (widget_class, PealCurve, chart);
  gtk_widget_class_bind_template_child (widget_class, PealCurve, table);
  gtk_widget_class_bind_template_child (widget_class, PealCurve, date_column);
  gtk_widget_class_bind_template_child (widget_class, PealCurve, value_column);
  gtk_widget_class_bind_template_child (widget_class, PealCurve, change_column);
}

static void
peal_curve_init (PealCurve *self)
{
  self->zone = g_time_zone_new_local ();
  self->count = peal_count_text;
  gtk_widget_init_template (GTK_WIDGET (self));
  set_factory (self, self->date_column, G_CALLBACK (bind_date_cb));
  set_factory (self, self->value_column, G_CALLBACK (bind_value_cb));
  set_factory (self, self->change_column, G_CALLBACK (bind_change_cb));
}

void
peal_curve_set_subject (PealCurve *self, const char *title, const char *column, PealChartCountFunc count)
{
  g_return_if_fail (PEAL_IS_CURVE (self));
  g_return_if_fail (title != NULL && column != NULL);
  g_return_if_fail (count != NULL);

  self->count = count;
  peal_chart_set_title (self->chart, title);
  peal_chart_set_count_func (self->chart, count);
  gtk_column_view_column_set_title (self->value_column, column);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
peal_curve_set_zone (PealCurve *self, GTimeZone *zone)
{
  g_return_if_fail (PEAL_IS_CURVE (self));
  g_return_if_fail (zone != NULL);

  g_time_zone_ref (zone);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone;
  peal_chart_set_zone (self->chart, zone);
  self->stale = TRUE;
  update_table (self);
}

void
peal_curve_set_series (PealCurve *self, PealSeries *series, gint64 from, gint64 to, PealChartGrain grain)
{
  g_return_if_fail (PEAL_IS_CURVE (self));
  g_return_if_fail (from < to);

  g_clear_pointer (&self->series, peal_series_unref);
  self->series = series != NULL ? peal_series_ref (series) : NULL;
  self->grain = grain;
  self->stale = TRUE;
  peal_chart_set_series (self->chart, series, from, to, grain);
  update_table (self);
}
