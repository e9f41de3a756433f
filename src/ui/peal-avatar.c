/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-avatar.h"

#include <adwaita.h>

typedef struct
{
  PealSession *session;
  PealAccountItem *account;
  char *url; /* (nullable): of the picture that is shown or on its way */
} Avatar;

static void
avatar_free (Avatar *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->account);
  g_clear_pointer (&self->url, g_free);
  g_free (self);
}

typedef struct
{
  GWeakRef widget;
  char *url;
} Load;

static void
load_free (Load *load)
{
  g_weak_ref_clear (&load->widget);
  g_free (load->url);
  g_free (load);
}

/* A picture that comes late is not put over a newer one, nor where none is wanted any more; one that does not
 * come is asked for again when the account changes next. */
static DexFuture *
loaded_cb (DexFuture *future, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&load->widget);
  Avatar *self = widget != NULL ? g_object_get_data (G_OBJECT (widget), "peal-avatar") : NULL;
  const GValue *value = dex_future_get_value (future, NULL);

  if (self == NULL || g_strcmp0 (self->url, load->url) != 0)
    return dex_future_new_true ();
  if (value != NULL)
    adw_avatar_set_custom_image (ADW_AVATAR (widget), GDK_PAINTABLE (g_value_get_object (value)));
  else
    g_clear_pointer (&self->url, g_free);
  return dex_future_new_true ();
}

static void
start_load (GtkWidget *widget, Avatar *self)
{
  Load *load = g_new0 (Load, 1);
  /* Sharp on a dense screen too, whose scale is not known before the widget is in a window. */
  int side = 2 * adw_avatar_get_size (ADW_AVATAR (widget));

  g_weak_ref_init (&load->widget, widget);
  load->url = g_strdup (self->url);
  dex_future_disown (dex_future_finally (
      peal_pictures_load_avatar (peal_session_get_pictures (self->session),
                                 peal_account_item_get_open_id (self->account), self->url, side),
      loaded_cb, load, (GDestroyNotify)load_free));
}

static void
changed_cb (GtkWidget *widget)
{
  Avatar *self = g_object_get_data (G_OBJECT (widget), "peal-avatar");
  gboolean remote = FALSE;

  adw_avatar_set_text (ADW_AVATAR (widget), peal_account_item_get_name (self->account));
  g_object_get (peal_session_get_pictures (self->session), "remote", &remote, NULL);
  if (!g_set_str (&self->url, remote ? peal_account_item_get_avatar_url (self->account) : NULL))
    return;
  if (self->url != NULL)
    start_load (widget, self);
  else
    adw_avatar_set_custom_image (ADW_AVATAR (widget), NULL);
}

GtkWidget *
peal_avatar_new (PealSession *session, PealAccountItem *account, int size)
{
  GtkWidget *widget = NULL;
  Avatar *self = NULL;

  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);
  g_return_val_if_fail (PEAL_IS_ACCOUNT_ITEM (account), NULL);

  /* The name stands beside it. */
  widget = g_object_new (ADW_TYPE_AVATAR, "size", size, "show-initials", TRUE, "accessible-role",
                         GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self = g_new0 (Avatar, 1);
  self->session = g_object_ref (session);
  self->account = g_object_ref (account);
  g_object_set_data_full (G_OBJECT (widget), "peal-avatar", self, (GDestroyNotify)avatar_free);
  g_signal_connect_object (account, "changed", G_CALLBACK (changed_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (peal_session_get_pictures (session), "notify::remote", G_CALLBACK (changed_cb),
                           widget, G_CONNECT_SWAPPED);
  changed_cb (widget);
  return widget;
}
