/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-account-filter.h"

#include <glib/gi18n.h>

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gpointer choice = gtk_list_item_get_item (item);
  const char *text = PEAL_IS_ACCOUNT_ITEM (choice) ? peal_account_item_get_name (choice)
                                                   : gtk_string_object_get_string (choice);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
count_cb (GtkWidget *drop_down, guint position, guint removed, guint added, GListModel *accounts)
{
  gtk_widget_set_visible (drop_down, g_list_model_get_n_items (accounts) > 1);
}

GtkWidget *
peal_account_filter_new (PealAccountList *accounts)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkStringList) all = gtk_string_list_new ((const char *[]){ _ ("All accounts"), NULL });
  g_autoptr (GtkFlattenListModel) choices = NULL;
  GListStore *models = NULL;
  GtkWidget *drop_down = NULL;

  g_return_val_if_fail (PEAL_IS_ACCOUNT_LIST (accounts), NULL);

  models = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (models, all);
  g_list_store_append (models, accounts);
  choices = gtk_flatten_list_model_new (G_LIST_MODEL (models));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  drop_down = g_object_new (GTK_TYPE_DROP_DOWN, "factory", factory, "model", choices, "tooltip-text",
                            _ ("Account"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Account"),
                                  -1);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (count_cb), drop_down, G_CONNECT_SWAPPED);
  count_cb (drop_down, 0, 0, 0, G_LIST_MODEL (accounts));
  return drop_down;
}

const char *
peal_account_filter_get (GtkDropDown *drop_down)
{
  gpointer choice = NULL;

  g_return_val_if_fail (GTK_IS_DROP_DOWN (drop_down), NULL);

  choice = gtk_drop_down_get_selected_item (drop_down);
  return PEAL_IS_ACCOUNT_ITEM (choice) ? peal_account_item_get_open_id (choice) : NULL;
}

void
peal_account_filter_clear (GtkDropDown *drop_down)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  gtk_drop_down_set_selected (drop_down, 0);
}
