/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-counter-tile.h"

#include "peal-chart-text.h"
#include "peal-isolated-text.h"
#include "peal-time-text.h"

struct _PealCounterTile
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *number;
  GtkWidget *changes; /* bound so that it goes with the template */
  GtkLabel *change;
  GtkLabel *share;
};

G_DEFINE_FINAL_TYPE (PealCounterTile, peal_counter_tile, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TITLE = 1,
} PealCounterTileProps;

static GParamSpec *properties[PROP_TITLE + 1];

static void
peal_counter_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PEAL_TYPE_COUNTER_TILE);
  G_OBJECT_CLASS (peal_counter_tile_parent_class)->dispose (object);
}

static void
peal_counter_tile_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealCounterTile *self = PEAL_COUNTER_TILE (object);

  switch ((PealCounterTileProps)id)
    {
    case PROP_TITLE:
      gtk_label_set_label (self->title, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_counter_tile_class_init (PealCounterTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_counter_tile_dispose;
  object_class->set_property = peal_counter_tile_set_property;
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, "", G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_css_name (widget_class, "peal-counter-tile");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-counter-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, PealCounterTile, title);
  gtk_widget_class_bind_template_child (widget_class, PealCounterTile, number);
  gtk_widget_class_bind_template_child (widget_class, PealCounterTile, changes);
  gtk_widget_class_bind_template_child (widget_class, PealCounterTile, change);
  gtk_widget_class_bind_template_child (widget_class, PealCounterTile, share);
}

static void
peal_counter_tile_init (PealCounterTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @text: (nullable) */
static void
show_signed (GtkLabel *label, const char *text)
{
  g_autofree char *isolated = text != NULL ? peal_isolated_text (text) : NULL;

  gtk_label_set_label (label, isolated != NULL ? isolated : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

void
peal_counter_tile_set (PealCounterTile *self, gint64 count, gint64 before)
{
  g_autofree char *number = NULL;
  g_autofree char *exact = NULL;
  g_autofree char *change = NULL;
  g_autofree char *share = NULL;

  g_return_if_fail (PEAL_IS_COUNTER_TILE (self));

  number = peal_count_text_compact (count);
  exact = peal_count_text (count);
  change = peal_chart_text_short_change (before, count);
  share = peal_chart_text_share (before, count);
  gtk_label_set_label (self->number, number);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->number), g_str_equal (number, exact) ? NULL : exact);
  show_signed (self->change, change);
  show_signed (self->share, share);
}
