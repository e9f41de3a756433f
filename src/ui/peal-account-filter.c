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

void
peal_account_filter_init (GtkDropDown *drop_down, PealAccountList *accounts)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkStringList) all = gtk_string_list_new ((const char *[]){ _ ("All accounts"), NULL });
  g_autoptr (GtkFlattenListModel) choices = NULL;
  GListStore *models = NULL;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (PEAL_IS_ACCOUNT_LIST (accounts));

  models = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (models, all);
  g_list_store_append (models, accounts);
  choices = gtk_flatten_list_model_new (G_LIST_MODEL (models));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_drop_down_set_factory (drop_down, factory);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (choices));
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (count_cb), drop_down, G_CONNECT_SWAPPED);
  count_cb (GTK_WIDGET (drop_down), 0, 0, 0, G_LIST_MODEL (accounts));
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
