/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-video-menu.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "peal-await-for.h"
#include "peal-video-dialog.h"
#include "peal-web-address.h"

struct _PealVideoMenu
{
  GtkWidget parent_instance;

  PealSession *session;
  char *account;
  PealVideoItem *video; /* (nullable) */
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (PealVideoMenu, peal_video_menu, GTK_TYPE_WIDGET)

static void
opened_cb (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    peal_session_say_error (owner, error);
}

void
peal_video_open (GtkWidget *widget, PealSession *session, const char *account, PealVideoItem *video)
{
  const char *address;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (PEAL_IS_SESSION (session));
  g_return_if_fail (account != NULL);
  g_return_if_fail (PEAL_IS_VIDEO_ITEM (video));

  address = peal_video_item_get_share_url (video);
  if (address == NULL)
    adw_dialog_present (peal_video_dialog_new (session, account, video), widget);
  else
    peal_await_for (session, peal_web_address_open (address, NULL), opened_cb);
}

static void
curve_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealVideoMenu *self = PEAL_VIDEO_MENU (widget);

  if (self->video != NULL)
    adw_dialog_present (peal_video_dialog_new (self->session, self->account, self->video), widget);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealVideoMenu *self = PEAL_VIDEO_MENU (widget);

  if (self->video != NULL)
    peal_video_open (widget, self->session, self->account, self->video);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealVideoMenu *self = PEAL_VIDEO_MENU (widget);
  const char *address = self->video != NULL ? peal_video_item_get_share_url (self->video) : NULL;

  if (address == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), address);
  peal_session_say (self->session, _ ("Link copied"));
}

static void
peal_video_menu_dispose (GObject *object)
{
  PealVideoMenu *self = PEAL_VIDEO_MENU (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->account, g_free);
  g_clear_object (&self->video);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_video_menu_parent_class)->dispose (object);
}

static void
peal_video_menu_class_init (PealVideoMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = peal_video_menu_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "video.curve", NULL, curve_action);
  gtk_widget_class_install_action (widget_class, "video.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "video.copy-link", NULL, copy_action);
}

static void
peal_video_menu_init (PealVideoMenu *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Show Curve"), "video.curve");
  g_menu_append (menu, _ ("_Open on TikTok"), "video.open");
  g_menu_append (menu, _ ("_Copy Link"), "video.copy-link");
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->button, _ ("Actions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Actions"),
                                  -1);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
peal_video_menu_new (PealSession *session)
{
  PealVideoMenu *self = NULL;

  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  self = g_object_new (PEAL_TYPE_VIDEO_MENU, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
peal_video_menu_set (PealVideoMenu *self, const char *account, PealVideoItem *video)
{
  gboolean has_address;

  g_return_if_fail (PEAL_IS_VIDEO_MENU (self));
  g_return_if_fail (video == NULL || (PEAL_IS_VIDEO_ITEM (video) && account != NULL));

  g_set_str (&self->account, account);
  g_set_object (&self->video, video);
  has_address = video != NULL && peal_video_item_get_share_url (video) != NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "video.open", has_address);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "video.copy-link", has_address);
}
