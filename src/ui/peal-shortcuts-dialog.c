/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-shortcuts-dialog.h"

#include <glib/gi18n.h>

#include "peal-actions.h"

struct _PealShortcutsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (PealShortcutsDialog, peal_shortcuts_dialog, ADW_TYPE_DIALOG)

/* (transfer full): the keys of @entry in words, as in "F5 or Ctrl+R". */
static char *
describe_keys (const PealActionEntry *entry)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (const char *const *accel = entry->accels; *accel != NULL; accel++)
    {
      GdkModifierType modifiers;
      guint key;

      if (gtk_accelerator_parse (*accel, &key, &modifiers))
        g_strv_builder_take (keys, gtk_accelerator_get_label (key, modifiers));
    }
  list = g_strv_builder_end (keys);
  /* Translators: stands between two shortcuts that do the same, with its spaces */
  return g_strjoinv (_ (" or "), list);
}

static GtkWidget *
create_row (const PealActionEntry *entry)
{
  g_autofree char *keys = describe_keys (entry);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (keys);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (entry->title));
  gtk_widget_add_css_class (label, "dimmed");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
fill (PealShortcutsDialog *self)
{
  AdwPreferencesGroup *group = NULL;
  const char *title = NULL;

  for (const PealActionEntry *entry = peal_actions; entry->title != NULL; entry++)
    {
      if (g_strcmp0 (title, entry->group) != 0)
        {
          title = entry->group;
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _ (title));
          adw_preferences_page_add (self->page, group);
        }
      adw_preferences_group_add (group, create_row (entry));
    }
}

static void
peal_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PEAL_TYPE_SHORTCUTS_DIALOG);
  G_OBJECT_CLASS (peal_shortcuts_dialog_parent_class)->dispose (object);
}

static void
peal_shortcuts_dialog_class_init (PealShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = peal_shortcuts_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PealShortcutsDialog, page);
}

static void
peal_shortcuts_dialog_init (PealShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
}

AdwDialog *
peal_shortcuts_dialog_new (void)
{
  return g_object_new (PEAL_TYPE_SHORTCUTS_DIALOG, NULL);
}
