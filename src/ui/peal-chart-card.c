/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-chart-card.h"

#include "peal-isolated-text.h"

struct _PealChartCard
{
  GtkWidget parent_instance;

  GtkLabel *date;
  GtkLabel *value;
  GtkLabel *change;
};

G_DEFINE_FINAL_TYPE (PealChartCard, peal_chart_card, GTK_TYPE_WIDGET)

static GtkLabel *
add_label (PealChartCard *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
peal_chart_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (peal_chart_card_parent_class)->dispose (object);
}

static void
peal_chart_card_class_init (PealChartCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = peal_chart_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "peal-chart-card");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
peal_chart_card_init (PealChartCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  self->date = add_label (self, "caption");
  self->value = add_label (self, "heading");
  self->change = add_label (self, "caption");
}

GtkWidget *
peal_chart_card_new (void)
{
  return g_object_new (PEAL_TYPE_CHART_CARD, NULL);
}

void
peal_chart_card_set (PealChartCard *self, const char *date, const char *value, const char *change)
{
  g_autofree char *isolated = NULL;

  g_return_if_fail (PEAL_IS_CHART_CARD (self));

  gtk_label_set_label (self->date, date);
  gtk_label_set_label (self->value, value);
  isolated = change != NULL ? peal_isolated_text (change) : NULL;
  gtk_label_set_label (self->change, isolated != NULL ? isolated : "");
  gtk_widget_set_visible (GTK_WIDGET (self->change), change != NULL);
}
