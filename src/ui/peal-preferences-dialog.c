/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-preferences-dialog.h"

#include <glib/gi18n.h>

#include "peal-app-text.h"
#include "peal-await-for.h"
#include "peal-error.h"
#include "peal-hosts-page.h"
#include "peal-keyring-text.h"
#include "peal-late-text.h"
#include "peal-sentence.h"

struct _PealPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  PealSession *session;
  GCancellable *cancellable;
  gboolean is_updating; /* rows are being set, not switched */
  gboolean is_audited;  /* as the agent has it, as long as the rows are sensitive */
  gint64 late_grace_s;
  GArray *late_choices; /* of gint64, as the row lists them; NULL until the agent said what is set */

  AdwSwitchRow *paused_row, *audited_row, *pictures_row;
  AdwComboRow *late_row;
  AdwActionRow *app_row;
  GtkLabel *space_label;
  AdwBanner *keyring_banner;
};

G_DEFINE_FINAL_TYPE (PealPreferencesDialog, peal_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

typedef enum
{
  PROP_SESSION = 1,
} PealPreferencesDialogProps;

static GParamSpec *properties[PROP_SESSION + 1];

static void
say_error (PealPreferencesDialog *self, const GError *error)
{
  g_autofree char *sentence = NULL;
  AdwToast *toast = NULL;

  if (g_error_matches (error, PEAL_ERROR, PEAL_ERROR_CANCELLED))
    return;
  sentence = peal_sentence_for_error (error);
  toast = adw_toast_new (sentence);
  adw_toast_set_use_markup (toast, FALSE);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), toast);
}

static void
update_status (PealPreferencesDialog *self)
{
  PealAgentStatus *status = peal_agent_link_get_status (peal_session_get_link (self->session));
  g_autofree char *space = g_format_size (status != NULL ? status->media_bytes : 0);
  g_autofree char *app = peal_app_dup_summary (status);
  const char *keyring = status != NULL ? peal_keyring_text (status->keyring) : NULL;

  if (keyring != NULL)
    adw_banner_set_title (self->keyring_banner, keyring);
  adw_banner_set_revealed (self->keyring_banner, keyring != NULL);
  self->is_updating = TRUE;
  adw_switch_row_set_active (self->paused_row, status != NULL && status->paused);
  self->is_updating = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->paused_row), status != NULL);
  gtk_label_set_text (self->space_label, status != NULL ? space : "–");
  adw_action_row_set_subtitle (self->app_row, app);
}

static void
update_late (PealPreferencesDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint selected = 0;

  g_clear_pointer (&self->late_choices, g_array_unref);
  self->late_choices = peal_late_dup_choices (self->late_grace_s);
  for (guint i = 0; i < self->late_choices->len; i++)
    {
      gint64 choice = g_array_index (self->late_choices, gint64, i);
      g_autofree char *text = peal_late_dup_text (choice);

      gtk_string_list_append (model, text);
      if (choice == self->late_grace_s)
        selected = i;
    }
  adw_combo_row_set_model (self->late_row, G_LIST_MODEL (model));
  adw_combo_row_set_selected (self->late_row, selected);
}

/* The rows say what the agent has, whatever was switched. */
static void
update_settings (PealPreferencesDialog *self, gboolean is_known)
{
  self->is_updating = TRUE;
  if (is_known)
    {
      update_late (self);
      adw_switch_row_set_active (self->audited_row, self->is_audited);
    }
  self->is_updating = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->late_row), is_known);
  gtk_widget_set_sensitive (GTK_WIDGET (self->audited_row), is_known);
}

static void
settings_read_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealPreferencesDialog *self = owner;
  GVariant *reply = value != NULL && G_VALUE_HOLDS_VARIANT (value) ? g_value_get_variant (value) : NULL;
  g_autoptr (GVariant) settings = NULL;

  if (self->session == NULL)
    return;
  if (error != NULL)
    say_error (self, error);
  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sv})")))
    {
      update_settings (self, FALSE);
      return;
    }
  settings = g_variant_get_child_value (reply, 0);
  self->is_audited = FALSE;
  g_variant_lookup (settings, "audited", "b", &self->is_audited);
  update_settings (self, g_variant_lookup (settings, "late_grace_s", "x", &self->late_grace_s));
}

static void
read_settings (PealPreferencesDialog *self)
{
  peal_await_for (
      self,
      peal_client_call (peal_session_get_client (self->session), "GetSettings", NULL, self->cancellable),
      settings_read_cb);
}

static void
changed_cb (PealPreferencesDialog *self, const char *kind)
{
  if (g_str_equal (kind, "settings"))
    read_settings (self);
}

static void
settings_set_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealPreferencesDialog *self = owner;

  if (self->session == NULL)
    return;
  if (error != NULL)
    {
      say_error (self, error);
      update_settings (self, TRUE);
    }
  else
    read_settings (self);
}

/* Takes @value, floating. */
static void
set_setting (PealPreferencesDialog *self, const char *key, GVariant *value)
{
  g_auto (GVariantDict) changes = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert_value (&changes, key, value);
  peal_await_for (self,
                  peal_client_call (peal_session_get_client (self->session), "SetSettings",
                                    g_variant_new ("(@a{sv})", g_variant_dict_end (&changes)),
                                    self->cancellable),
                  settings_set_cb);
}

static void
late_cb (PealPreferencesDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->late_row);
  gint64 choice;

  if (self->is_updating || self->late_choices == NULL || selected >= self->late_choices->len)
    return;
  choice = g_array_index (self->late_choices, gint64, selected);
  if (choice != self->late_grace_s)
    set_setting (self, "late_grace_s", g_variant_new_int64 (choice));
}

static void
audited_cb (PealPreferencesDialog *self)
{
  if (!self->is_updating && self->late_choices != NULL)
    set_setting (self, "audited", g_variant_new_boolean (adw_switch_row_get_active (self->audited_row)));
}

static void
paused_set_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealPreferencesDialog *self = owner;

  if (self->session == NULL || error == NULL)
    return;
  say_error (self, error);
  update_status (self);
}

static void
paused_cb (PealPreferencesDialog *self)
{
  const char *method = adw_switch_row_get_active (self->paused_row) ? "Pause" : "Resume";

  if (!self->is_updating && self->session != NULL)
    peal_await_for (
        self, peal_client_call (peal_session_get_client (self->session), method, NULL, self->cancellable),
        paused_set_cb);
}

static void
hosts_cb (PealPreferencesDialog *self)
{
  PealAgentStatus *status = peal_agent_link_get_status (peal_session_get_link (self->session));

  adw_preferences_dialog_push_subpage (
      ADW_PREFERENCES_DIALOG (self),
      peal_hosts_page_new (peal_client_get_practice (peal_session_get_client (self->session)),
                           status != NULL ? status->server : NULL));
}

static void
peal_preferences_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealPreferencesDialog *self = PEAL_PREFERENCES_DIALOG (object);

  switch ((PealPreferencesDialogProps)id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_preferences_dialog_constructed (GObject *object)
{
  PealPreferencesDialog *self = PEAL_PREFERENCES_DIALOG (object);
  PealAgentLink *link = NULL;

  G_OBJECT_CLASS (peal_preferences_dialog_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));

  link = peal_session_get_link (self->session);
  g_signal_connect_object (link, "notify::status", G_CALLBACK (update_status), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "ready", G_CALLBACK (read_settings), self, G_CONNECT_SWAPPED);
  g_settings_bind (peal_session_get_settings (self->session), "remote-pictures", self->pictures_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  update_status (self);
  update_settings (self, FALSE);
  read_settings (self);
}

static void
peal_preferences_dialog_dispose (GObject *object)
{
  PealPreferencesDialog *self = PEAL_PREFERENCES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (peal_session_get_link (self->session), self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_PREFERENCES_DIALOG);
  G_OBJECT_CLASS (peal_preferences_dialog_parent_class)->dispose (object);
}

static void
peal_preferences_dialog_finalize (GObject *object)
{
  PealPreferencesDialog *self = PEAL_PREFERENCES_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->late_choices, g_array_unref);
  G_OBJECT_CLASS (peal_preferences_dialog_parent_class)->finalize (object);
}

static void
peal_preferences_dialog_class_init (PealPreferencesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = peal_preferences_dialog_set_property;
  object_class->constructed = peal_preferences_dialog_constructed;
  object_class->dispose = peal_preferences_dialog_dispose;
  object_class->finalize = peal_preferences_dialog_finalize;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PealPreferencesDialog, paused_row);
  gtk_widget_class_bind_template_child (widget_class, PealPreferencesDialog, late_row);
  gtk_widget_class_bind_template_child (widget_class, PealPreferencesDialog, audited_row);
  gtk_widget_class_bind_template_child (widget_class, PealPreferencesDialog, app_row);
  gtk_widget_class_bind_template_child (widget_class, PealPreferencesDialog, pictures_row);
  gtk_widget_class_bind_template_child (widget_class, PealPreferencesDialog, space_label);
  gtk_widget_class_bind_template_child (widget_class, PealPreferencesDialog, keyring_banner);
  gtk_widget_class_bind_template_callback (widget_class, paused_cb);
  gtk_widget_class_bind_template_callback (widget_class, late_cb);
  gtk_widget_class_bind_template_callback (widget_class, audited_cb);
  gtk_widget_class_bind_template_callback (widget_class, hosts_cb);
}

static void
peal_preferences_dialog_init (PealPreferencesDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
peal_preferences_dialog_new (PealSession *session)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_PREFERENCES_DIALOG, "session", session, NULL);
}
