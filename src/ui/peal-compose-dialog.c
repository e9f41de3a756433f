/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-dialog-private.h"

#include <glib/gi18n.h>

#include "peal-account-text.h"
#include "peal-await-for.h"
#include "peal-sentence.h"

G_DEFINE_FINAL_TYPE (PealComposeDialog, peal_compose_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_SESSION = 1,
} PealComposeDialogProps;

static GParamSpec *properties[PROP_SESSION + 1];

static void
changed_cb (PealComposeDialog *self)
{
  if (self->session != NULL)
    peal_compose_dialog_update (self);
}

static void
video_changed_cb (PealComposeDialog *self)
{
  changed_cb (self);
  peal_compose_dialog_skip_unusable (self);
  peal_compose_dialog_draft_rest (self);
}

static void
show_app (PealComposeDialog *self)
{
  PealAccountItem *account = peal_compose_account_get_account (self->account);

  if (account != NULL)
    peal_compose_choices_set_app (self->choices, peal_account_item_get_environment (account), self->audited);
}

static void
account_changed_cb (PealComposeDialog *self)
{
  PealAccountItem *account = peal_compose_account_get_account (self->account);

  if (self->post == NULL)
    {
      peal_compose_choices_forget_privacy (self->choices);
      if (account != NULL)
        adw_combo_row_set_selected (self->share_row, peal_account_item_get_share_type (account));
    }
  show_app (self);
  changed_cb (self);
}

/* What TikTok has taken from the choices is not the user's change. */
static void
creator_changed_cb (PealComposeDialog *self)
{
  const PealComposeCreator *creator = peal_compose_account_get_creator (self->account);
  gboolean dirty = self->post != NULL && peal_compose_dialog_is_dirty (self);

  peal_compose_choices_set_creator (self->choices, creator);
  peal_compose_video_set_limit (self->video, creator != NULL ? creator->max_duration_s : 0);
  if (self->post != NULL && !dirty)
    {
      g_clear_pointer (&self->baseline, peal_post_options_free);
      self->baseline = peal_compose_dialog_read_options (self);
    }
  changed_cb (self);
}

/* From the button: the first takes the place of the video that is there, if any. */
static void
chosen_cb (PealComposeDialog *self, GListModel *files)
{
  PealComposeVideoState state = peal_compose_video_get_state (self->video);
  g_autoptr (GListStore) rest = NULL;
  guint n = g_list_model_get_n_items (files);

  if (self->session == NULL || self->sending != NULL)
    return;
  if (state == PEAL_COMPOSE_VIDEO_NONE || state == PEAL_COMPOSE_VIDEO_UNUSABLE)
    {
      peal_compose_dialog_add_files (self, files);
      return;
    }
  rest = g_list_store_new (G_TYPE_FILE);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (i > 0)
        g_list_store_append (rest, file);
      else
        {
          self->media = 0;
          peal_compose_video_open (self->video, file);
        }
    }
  peal_compose_dialog_add_files (self, G_LIST_MODEL (rest));
}

static void
banner_cb (PealComposeDialog *self)
{
  peal_compose_dialog_say (self, NULL);
}

static void
draft_cb (PealComposeDialog *self)
{
  peal_compose_dialog_save_draft (self);
}

static void
send_cb (PealComposeDialog *self)
{
  peal_compose_dialog_send (self);
}

static void
stop_cb (PealComposeDialog *self)
{
  g_cancellable_cancel (self->sending);
}

static void
close_attempt_cb (PealComposeDialog *self)
{
  peal_compose_dialog_attempt_close (self);
}

static gboolean
send_shortcut_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  peal_compose_dialog_send (PEAL_COMPOSE_DIALOG (widget));
  return TRUE;
}

static gboolean
draft_shortcut_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  peal_compose_dialog_save_draft (PEAL_COMPOSE_DIALOG (widget));
  return TRUE;
}

static gboolean
nothing_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return TRUE;
}

static void
settings_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealComposeDialog *self = owner;
  GVariant *reply = value != NULL ? g_value_get_variant (value) : NULL;
  g_autoptr (GVariant) settings = NULL;

  if (self->session == NULL || reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sv})")))
    return;
  settings = g_variant_get_child_value (reply, 0);
  self->audited = FALSE;
  g_variant_lookup (settings, "audited", "b", &self->audited);
  show_app (self);
}

static void
read_settings (PealComposeDialog *self)
{
  peal_await_for (
      self, peal_client_call (peal_session_get_client (self->session), "GetSettings", NULL, self->reading),
      settings_cb);
}

static void
agent_changed_cb (PealComposeDialog *self, const char *kind)
{
  if (g_str_equal (kind, "settings"))
    read_settings (self);
}

static void
peal_compose_dialog_constructed (GObject *object)
{
  PealComposeDialog *self = PEAL_COMPOSE_DIALOG (object);
  PealAgentLink *link = NULL;

  G_OBJECT_CLASS (peal_compose_dialog_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));
  link = peal_session_get_link (self->session);
  peal_compose_video_set_session (self->video, self->session);
  peal_when_editor_set_session (self->when, self->session);
  peal_compose_account_set_session (self->account, self->session);
  g_signal_connect_object (link, "ready", G_CALLBACK (read_settings), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "changed", G_CALLBACK (agent_changed_cb), self, G_CONNECT_SWAPPED);
  if (peal_agent_link_get_state (link) == PEAL_LINK_READY)
    read_settings (self);
  peal_compose_dialog_update (self);
}

static void
peal_compose_dialog_dispose (GObject *object)
{
  PealComposeDialog *self = PEAL_COMPOSE_DIALOG (object);

  g_cancellable_cancel (self->sending);
  g_cancellable_cancel (self->reading);
  g_clear_handle_id (&self->skip_source, g_source_remove);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_COMPOSE_DIALOG);
  G_OBJECT_CLASS (peal_compose_dialog_parent_class)->dispose (object);
}

static void
peal_compose_dialog_finalize (GObject *object)
{
  PealComposeDialog *self = PEAL_COMPOSE_DIALOG (object);

  g_clear_object (&self->post);
  g_clear_pointer (&self->before, peal_post_options_free);
  g_clear_pointer (&self->baseline, peal_post_options_free);
  g_clear_object (&self->waiting);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  g_clear_object (&self->sending);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (peal_compose_dialog_parent_class)->finalize (object);
}

static void
peal_compose_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((PealComposeDialogProps)id)
    {
    case PROP_SESSION:
      g_value_set_object (value, PEAL_COMPOSE_DIALOG (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_compose_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((PealComposeDialogProps)id)
    {
    case PROP_SESSION:
      PEAL_COMPOSE_DIALOG (object)->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-compose-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, title);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, error_page);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, content);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, video);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, account);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, caption);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, share_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, share_note);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, moment);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, delay_note);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, when);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, consent);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, lack);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, buttons);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, draft_bin);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, draft_button);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, send_bin);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, busy);
  gtk_widget_class_bind_template_child (widget_class, PealComposeDialog, busy_text);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, video_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, account_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, creator_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, banner_cb);
  gtk_widget_class_bind_template_callback (widget_class, draft_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_attempt_cb);
}

static void
add_shortcut (GtkEventController *controller, guint key, GtkShortcutFunc func)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (func, NULL, NULL)));
}

static void
add_shortcuts (PealComposeDialog *self)
{
  GtkEventController *before = gtk_shortcut_controller_new ();
  GtkEventController *after = gtk_shortcut_controller_new ();

  /* Before the caption sees the key: in a text Ctrl+Return would be a new line. */
  gtk_event_controller_set_propagation_phase (before, GTK_PHASE_CAPTURE);
  add_shortcut (before, GDK_KEY_Return, send_shortcut_cb);
  add_shortcut (before, GDK_KEY_KP_Enter, send_shortcut_cb);
  add_shortcut (before, GDK_KEY_ISO_Enter, send_shortcut_cb);
  add_shortcut (before, GDK_KEY_s, draft_shortcut_cb);
  /* After it: who takes back one letter too many does not mean to take back an earlier post. */
  add_shortcut (after, GDK_KEY_z, nothing_cb);
  gtk_widget_add_controller (GTK_WIDGET (self), before);
  gtk_widget_add_controller (GTK_WIDGET (self), after);
}

static void
peal_compose_dialog_class_init (PealComposeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = peal_compose_dialog_constructed;
  object_class->dispose = peal_compose_dialog_dispose;
  object_class->finalize = peal_compose_dialog_finalize;
  object_class->get_property = peal_compose_dialog_get_property;
  object_class->set_property = peal_compose_dialog_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                      | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PEAL_TYPE_COMPOSE_VIDEO);
  g_type_ensure (PEAL_TYPE_COMPOSE_ACCOUNT);
  g_type_ensure (PEAL_TYPE_COMPOSE_CAPTION);
  g_type_ensure (PEAL_TYPE_COMPOSE_CHOICES);
  g_type_ensure (PEAL_TYPE_WHEN_EDITOR);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
peal_compose_dialog_init (PealComposeDialog *self)
{
  g_autoptr (GtkStringList) share_types = gtk_string_list_new (NULL);

  self->waiting = g_list_store_new (G_TYPE_FILE);
  self->left_out = g_ptr_array_new_with_free_func (g_free);
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  /* In the order of PealShareType. */
  gtk_string_list_append (share_types, peal_share_type_text (PEAL_SHARE_DIRECT));
  gtk_string_list_append (share_types, peal_share_type_text (PEAL_SHARE_INBOX));
  adw_combo_row_set_model (self->share_row, G_LIST_MODEL (share_types));
  add_shortcuts (self);
  peal_compose_dialog_accept_files (self);
}

AdwDialog *
peal_compose_dialog_new (PealSession *session)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_COMPOSE_DIALOG, "session", session, NULL);
}
