/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-account-chooser.h"

#include <glib/gi18n.h>

#include "peal-avatar.h"

#define AVATAR_SIZE 24
/* What a header bar has room for beside its buttons, at 360 pixels. */
#define BUTTON_CHARS 14

static GtkWidget *
add_label (GtkBox *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
  return label;
}

/* Beside the avatar: the name, and in the list below it the handle. */
static void
add_words (GtkBox *row, PealAccountItem *account, gboolean in_list)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = add_label (GTK_BOX (words), NULL);
  const char *username = peal_account_item_get_username (account);

  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_label_set_label (GTK_LABEL (name), peal_account_item_get_name (account));
  gtk_label_set_max_width_chars (GTK_LABEL (name), in_list ? 2 * BUTTON_CHARS : BUTTON_CHARS);
  if (in_list && username != NULL)
    {
      g_autofree char *handle = g_strconcat ("@", username, NULL);
      GtkWidget *label = add_label (GTK_BOX (words), "caption");

      gtk_widget_add_css_class (label, "dimmed");
      gtk_label_set_label (GTK_LABEL (label), handle);
    }
  gtk_box_append (row, words);
}

static void
fill (PealSession *session, GtkListItem *item, gboolean in_list)
{
  PealAccountItem *account = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_box_append (GTK_BOX (row), peal_avatar_new (session, account, AVATAR_SIZE));
  add_words (GTK_BOX (row), account, in_list);
  if (in_list && peal_account_item_get_environment (account) == PEAL_ENVIRONMENT_SANDBOX)
    {
      GtkWidget *tag = add_label (GTK_BOX (row), "tag");

      gtk_widget_add_css_class (tag, "sandbox");
      gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
      gtk_label_set_label (GTK_LABEL (tag), _ ("Sandbox"));
    }
  gtk_list_item_set_child (item, row);
}

static void
bind_button_cb (PealSession *session, GtkListItem *item)
{
  fill (session, item, FALSE);
}

static void
bind_row_cb (PealSession *session, GtkListItem *item)
{
  fill (session, item, TRUE);
}

static void
unbind_cb (PealSession *session, GtkListItem *item)
{
  gtk_list_item_set_child (item, NULL);
}

static GtkListItemFactory *
make_factory (PealSession *session, GCallback bind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "bind", bind, session, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), session, G_CONNECT_SWAPPED);
  return factory;
}

void
peal_account_chooser_init (GtkDropDown *drop_down, PealSession *session)
{
  g_autoptr (GtkListItemFactory) button = NULL;
  g_autoptr (GtkListItemFactory) rows = NULL;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (PEAL_IS_SESSION (session));

  button = make_factory (session, G_CALLBACK (bind_button_cb));
  rows = make_factory (session, G_CALLBACK (bind_row_cb));
  gtk_drop_down_set_factory (drop_down, button);
  gtk_drop_down_set_list_factory (drop_down, rows);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (peal_session_get_accounts (session)));
}

PealAccountItem *
peal_account_chooser_get (GtkDropDown *drop_down)
{
  g_return_val_if_fail (GTK_IS_DROP_DOWN (drop_down), NULL);

  return gtk_drop_down_get_selected_item (drop_down);
}

gboolean
peal_account_chooser_set (GtkDropDown *drop_down, const char *open_id)
{
  GListModel *accounts = NULL;

  g_return_val_if_fail (GTK_IS_DROP_DOWN (drop_down), FALSE);
  g_return_val_if_fail (open_id != NULL, FALSE);

  accounts = gtk_drop_down_get_model (drop_down);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PealAccountItem) account = g_list_model_get_item (accounts, i);

      if (!g_str_equal (peal_account_item_get_open_id (account), open_id))
        continue;
      gtk_drop_down_set_selected (drop_down, i);
      return TRUE;
    }
  return FALSE;
}
