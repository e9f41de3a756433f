/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-credentials-dialog.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "peal-account-text.h"
#include "peal-app-text.h"
#include "peal-await-for.h"
#include "peal-credential-check.h"
#include "peal-error.h"
#include "peal-sentence.h"
#include "peal-web-address.h"

struct _PealCredentialsDialog
{
  AdwDialog parent_instance;

  PealSession *session;
  GCancellable *cancellable;
  gboolean is_busy;

  AdwToastOverlay *toast_overlay;
  AdwToggleGroup *environment_group;
  AdwActionRow *stored_row, *redirect_row, *scopes_row;
  GtkWidget *forget_button, *save_button;
  GtkEditable *key_row, *secret_row;
  AdwComboRow *share_type_row;
  AdwPreferencesGroup *share_type_group;
  GtkLabel *message_label;
};

G_DEFINE_FINAL_TYPE (PealCredentialsDialog, peal_credentials_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_SESSION = 1,
} PealCredentialsDialogProps;

static GParamSpec *properties[PROP_SESSION + 1];

static PealEnvironment
get_environment (PealCredentialsDialog *self)
{
  PealEnvironment environment = PEAL_ENVIRONMENT_PRODUCTION;
  const char *name = adw_toggle_group_get_active_name (self->environment_group);

  if (name != NULL)
    peal_environment_from_string (name, &environment);
  return environment;
}

static PealAgentStatus *
get_status (PealCredentialsDialog *self)
{
  return peal_agent_link_get_status (peal_session_get_link (self->session));
}

static void
set_row_error (gpointer row, gboolean is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* @text: NULL for nothing to say. */
static void
show_message (PealCredentialsDialog *self, const char *text, gboolean is_error)
{
  GtkWidget *label = GTK_WIDGET (self->message_label);

  gtk_label_set_text (self->message_label, text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
  gtk_widget_remove_css_class (label, is_error ? "warning" : "error");
  gtk_widget_add_css_class (label, is_error ? "error" : "warning");
  if (text != NULL && is_error)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
set_busy (PealCredentialsDialog *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  gtk_widget_set_sensitive (self->save_button, !is_busy);
  gtk_widget_set_sensitive (self->forget_button, !is_busy);
}

static void
update_stored (PealCredentialsDialog *self)
{
  g_autofree char *text = peal_app_dup_stored_text (get_status (self), get_environment (self));

  gtk_widget_set_visible (GTK_WIDGET (self->stored_row), text != NULL);
  adw_action_row_set_subtitle (self->stored_row, text != NULL ? text : "");
}

/* Anything wrong is said when it is to be saved; while typing there is only the hint. */
static void
edited_cb (PealCredentialsDialog *self)
{
  set_row_error (self->key_row, FALSE);
  set_row_error (self->secret_row, FALSE);
  show_message (self, peal_credential_doubt (gtk_editable_get_text (self->key_row), get_environment (self)),
                FALSE);
}

static void
environment_changed_cb (PealCredentialsDialog *self)
{
  if (self->session == NULL)
    return;
  update_stored (self);
  edited_cb (self);
}

static void
share_type_changed_cb (PealCredentialsDialog *self)
{
  adw_preferences_group_set_description (
      self->share_type_group,
      peal_share_type_explanation ((PealShareType)adw_combo_row_get_selected (self->share_type_row)));
}

static void
refuse (PealCredentialsDialog *self, GtkEditable *row, const char *reason)
{
  set_row_error (row, TRUE);
  show_message (self, peal_sentence_lookup (reason), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static gboolean
has_connected_account (PealCredentialsDialog *self)
{
  GListModel *accounts = G_LIST_MODEL (peal_session_get_accounts (self->session));

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PealAccountItem) account = g_list_model_get_item (accounts, i);

      if (peal_account_item_get_state (account) != PEAL_ACCOUNT_DISCONNECTED)
        return TRUE;
    }
  return FALSE;
}

static void
saved_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealCredentialsDialog *self = owner;

  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  if (error != NULL)
    {
      g_autofree char *sentence = peal_sentence_for_error (error);

      show_message (self, sentence, TRUE);
      return;
    }
  if (has_connected_account (self))
    peal_session_say (self->session, _ ("Key and secret are stored"));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.connect", "s", "");
  adw_dialog_close (ADW_DIALOG (self));
}

static GVariant *
build_options (PealCredentialsDialog *self)
{
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);
  gsize length;
  const char *key = peal_credential_trim (gtk_editable_get_text (self->key_row), &length);
  g_autofree char *trimmed = g_strndup (key, length);
  PealShareType share_type = (PealShareType)adw_combo_row_get_selected (self->share_type_row);

  g_variant_dict_insert (&options, "client_key", "s", trimmed);
  g_variant_dict_insert (&options, "environment", "s", peal_environment_to_string (get_environment (self)));
  g_variant_dict_insert (&options, "share_type", "s", peal_share_type_to_string (share_type));
  return g_variant_new ("(h@a{sv})", 0, g_variant_dict_end (&options));
}

static void
save_cb (PealCredentialsDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofd int fd = -1;
  const char *secret = gtk_editable_get_text (self->secret_row);
  const char *reason = NULL;
  gsize length;

  if (self->is_busy)
    return;
  if ((reason = peal_credential_check_key (gtk_editable_get_text (self->key_row))) != NULL)
    return refuse (self, self->key_row, reason);
  if ((reason = peal_credential_check_secret (secret)) != NULL)
    return refuse (self, self->secret_row, reason);
  secret = peal_credential_trim (secret, &length);
  if ((fd = peal_credential_open_pipe (secret, length, &error)) < 0)
    return refuse (self, self->secret_row, peal_error_get_reason (error));
  set_busy (self, TRUE);
  peal_await_for (self,
                  peal_client_call_with_fd (peal_session_get_client (self->session), "SetCredentials",
                                            build_options (self), fd, self->cancellable),
                  saved_cb);
}

static void
forgotten_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealCredentialsDialog *self = owner;

  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  if (error != NULL)
    {
      g_autofree char *sentence = peal_sentence_for_error (error);

      show_message (self, sentence, TRUE);
    }
  else
    adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (_ ("Key and secret are removed")));
}

static void
forget_answered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PealCredentialsDialog) self = user_data;

  if (g_strcmp0 (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result), "forget") != 0
      || self->session == NULL || self->is_busy)
    return;
  set_busy (self, TRUE);
  peal_await_for (
      self,
      peal_client_call (peal_session_get_client (self->session), "ForgetCredentials",
                        g_variant_new ("(s)", peal_environment_to_string (get_environment (self))),
                        self->cancellable),
      forgotten_cb);
}

static void
forget_cb (PealCredentialsDialog *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      _ ("Forget Key and Secret?"),
      _ ("Without them Peal can neither sign accounts in nor publish for them. You can copy them from your "
         "app’s page again.")));

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "forget", _ ("_Forget"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "forget", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, forget_answered_cb, g_object_ref (self));
}

static void
copy (PealCredentialsDialog *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (_ ("Copied")));
}

static void
copy_redirect_cb (PealCredentialsDialog *self)
{
  copy (self, PEAL_REDIRECT_ADDRESS);
}

static void
copy_scopes_cb (PealCredentialsDialog *self)
{
  g_autofree char *scopes = peal_app_dup_scopes ();

  copy (self, scopes);
}

static void
developers_opened_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealCredentialsDialog *self = owner;
  g_autofree char *sentence = error != NULL ? peal_sentence_for_error (error) : NULL;

  if (self->session != NULL && sentence != NULL)
    show_message (self, sentence, TRUE);
}

static void
open_developers_cb (PealCredentialsDialog *self)
{
  peal_await_for (self, peal_web_address_open (PEAL_DEVELOPERS_ADDRESS, self->cancellable),
                  developers_opened_cb);
}

static void
close_cb (PealCredentialsDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* Its buffer is one of GtkPasswordEntryBuffer, which wipes what is deleted; what it undoes is kept elsewhere,
 * and so nothing is. */
static void
wipe (PealCredentialsDialog *self)
{
  if (self->secret_row != NULL)
    gtk_editable_set_text (self->secret_row, "");
}

static void
peal_credentials_dialog_closed (AdwDialog *dialog)
{
  wipe (PEAL_CREDENTIALS_DIALOG (dialog));
}

static void
fill (PealCredentialsDialog *self)
{
  const char *texts[] = { peal_share_type_text (PEAL_SHARE_DIRECT), peal_share_type_text (PEAL_SHARE_INBOX),
                          NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (texts);
  g_autofree char *scopes = peal_app_dup_scopes ();
  PealAgentStatus *status = get_status (self);
  PealShareType share_type = PEAL_SHARE_DIRECT;

  gtk_editable_set_enable_undo (self->secret_row, FALSE);
  adw_combo_row_set_model (self->share_type_row, G_LIST_MODEL (model));
  if (status != NULL && status->default_share_type != NULL)
    peal_share_type_from_string (status->default_share_type, &share_type);
  adw_combo_row_set_selected (self->share_type_row, (guint)share_type);
  share_type_changed_cb (self);
  adw_action_row_set_subtitle (self->redirect_row, PEAL_REDIRECT_ADDRESS);
  adw_action_row_set_subtitle (self->scopes_row, scopes);
  adw_toggle_group_set_active_name (
      self->environment_group,
      status != NULL && g_strcmp0 (status->profile, "sandbox") == 0 ? "sandbox" : "production");
}

static void
peal_credentials_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealCredentialsDialog *self = PEAL_CREDENTIALS_DIALOG (object);

  switch ((PealCredentialsDialogProps)id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_credentials_dialog_constructed (GObject *object)
{
  PealCredentialsDialog *self = PEAL_CREDENTIALS_DIALOG (object);

  G_OBJECT_CLASS (peal_credentials_dialog_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));
  fill (self);
  g_signal_connect_object (peal_session_get_link (self->session), "notify::status",
                           G_CALLBACK (update_stored), self, G_CONNECT_SWAPPED);
  environment_changed_cb (self);
}

static void
peal_credentials_dialog_dispose (GObject *object)
{
  PealCredentialsDialog *self = PEAL_CREDENTIALS_DIALOG (object);

  wipe (self);
  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (peal_session_get_link (self->session), self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_CREDENTIALS_DIALOG);
  G_OBJECT_CLASS (peal_credentials_dialog_parent_class)->dispose (object);
}

static void
peal_credentials_dialog_finalize (GObject *object)
{
  PealCredentialsDialog *self = PEAL_CREDENTIALS_DIALOG (object);

  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (peal_credentials_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-credentials-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, environment_group);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, stored_row);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, forget_button);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, secret_row);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, share_type_row);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, share_type_group);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, redirect_row);
  gtk_widget_class_bind_template_child (widget_class, PealCredentialsDialog, scopes_row);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, environment_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, share_type_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_redirect_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_scopes_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_developers_cb);
}

static void
peal_credentials_dialog_class_init (PealCredentialsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = peal_credentials_dialog_set_property;
  object_class->constructed = peal_credentials_dialog_constructed;
  object_class->dispose = peal_credentials_dialog_dispose;
  object_class->finalize = peal_credentials_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = peal_credentials_dialog_closed;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
peal_credentials_dialog_init (PealCredentialsDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
peal_credentials_dialog_new (PealSession *session)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_CREDENTIALS_DIALOG, "session", session, NULL);
}
