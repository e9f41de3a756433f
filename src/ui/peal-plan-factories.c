/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-plan-factories.h"

#include "peal-post-row.h"

typedef struct
{
  PealSession *session;
  PealAgendaView view;
} Headings;

static void
headings_free (gpointer data, GClosure *closure)
{
  Headings *self = data;

  g_clear_object (&self->session);
  g_free (self);
}

static void
setup_row_cb (PealSession *session, GtkListItem *item)
{
  GtkWidget *row = peal_post_row_new (session);

  gtk_list_item_set_child (item, row);
  g_object_bind_property (row, "description", item, "accessible-label", G_BINDING_SYNC_CREATE);
}

static void
bind_row_cb (PealSession *session, GtkListItem *item)
{
  peal_post_row_set_post (PEAL_POST_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_row_cb (PealSession *session, GtkListItem *item)
{
  peal_post_row_set_post (PEAL_POST_ROW (gtk_list_item_get_child (item)), NULL);
}

GtkListItemFactory *
peal_plan_rows_new (PealSession *session)
{
  GtkListItemFactory *factory = NULL;

  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row_cb), session, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), session, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row_cb), session, G_CONNECT_SWAPPED);
  return factory;
}

static void
setup_heading_cb (GtkListItemFactory *factory, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_header_set_child (header, label);
}

static void
bind_heading_cb (Headings *self, GtkListHeader *header)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *text = peal_agenda_describe_section (gtk_list_header_get_item (header), self->view,
                                                        peal_session_get_now (self->session), zone);

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), text);
}

GtkListItemFactory *
peal_plan_headings_new (PealSession *session, PealAgendaView view)
{
  GtkListItemFactory *factory = NULL;
  Headings *self = NULL;

  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  self = g_new0 (Headings, 1);
  self->session = g_object_ref (session);
  self->view = view;
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_heading_cb), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_heading_cb), self, headings_free,
                         G_CONNECT_SWAPPED);
  return factory;
}
