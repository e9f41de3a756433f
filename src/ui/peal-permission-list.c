/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-permission-list.h"

#include <glib/gi18n.h>

#include "peal-scope-text.h"

typedef enum
{
  MARK_ASKED,
  MARK_GRANTED,
  MARK_MISSING,
} Mark;

static const char *const icons[] = { NULL, "object-select-symbolic", "dialog-warning-symbolic" };
static const char *const classes[] = { NULL, "success", "warning" };

struct _PealPermissionList
{
  AdwBin parent_instance;

  GtkImage *icons[PEAL_N_SCOPES];
  AdwActionRow *rows[PEAL_N_SCOPES];
};

G_DEFINE_FINAL_TYPE (PealPermissionList, peal_permission_list, ADW_TYPE_BIN)

static void
mark (PealPermissionList *self, guint index, Mark value)
{
  PealScopeText text = peal_scope_text_get (index);
  g_autofree char *lacking = g_strdup_printf ("%s %s", _ ("Not granted."), text.without);

  adw_action_row_set_subtitle (self->rows[index], value == MARK_MISSING ? lacking : text.purpose);
  if (value == MARK_ASKED && gtk_widget_get_parent (GTK_WIDGET (self->icons[index])) != NULL)
    adw_action_row_remove (self->rows[index], GTK_WIDGET (self->icons[index]));
  else if (value != MARK_ASKED && gtk_widget_get_parent (GTK_WIDGET (self->icons[index])) == NULL)
    adw_action_row_add_prefix (self->rows[index], GTK_WIDGET (self->icons[index]));
  gtk_image_set_from_icon_name (self->icons[index], icons[value]);
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (classes[i] != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->icons[index]), classes[i]);
  if (classes[value] != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icons[index]), classes[value]);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icons[index]), value == MARK_GRANTED   ? _ ("Granted")
                                                                : value == MARK_MISSING ? _ ("Not granted")
                                                                                        : NULL);
}

static void
peal_permission_list_dispose (GObject *object)
{
  PealPermissionList *self = PEAL_PERMISSION_LIST (object);

  for (guint i = 0; i < PEAL_N_SCOPES; i++)
    g_clear_object (&self->icons[i]);
  G_OBJECT_CLASS (peal_permission_list_parent_class)->dispose (object);
}

static void
peal_permission_list_class_init (PealPermissionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = peal_permission_list_dispose;
}

static void
peal_permission_list_init (PealPermissionList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Permissions"),
                                  -1);
  for (guint i = 0; i < PEAL_N_SCOPES; i++)
    {
      self->rows[i] = ADW_ACTION_ROW (adw_action_row_new ());
      self->icons[i] = g_object_ref_sink (GTK_IMAGE (gtk_image_new ()));
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->rows[i]), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), peal_scope_text_get (i).title);
      gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->rows[i]));
    }
  adw_bin_set_child (ADW_BIN (self), list);
  peal_permission_list_ask (self);
}

void
peal_permission_list_ask (PealPermissionList *self)
{
  g_return_if_fail (PEAL_IS_PERMISSION_LIST (self));

  for (guint i = 0; i < PEAL_N_SCOPES; i++)
    mark (self, i, MARK_ASKED);
}

void
peal_permission_list_show (PealPermissionList *self, PealScopes granted)
{
  g_return_if_fail (PEAL_IS_PERMISSION_LIST (self));

  for (guint i = 0; i < PEAL_N_SCOPES; i++)
    mark (self, i, (granted & peal_scope_text_get (i).scope) != 0 ? MARK_GRANTED : MARK_MISSING);
}
