/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-connect-dialog.h"

#include <glib/gi18n.h>

#include "peal-account-text.h"
#include "peal-avatar.h"
#include "peal-await-for.h"
#include "peal-connect-run.h"
#include "peal-error.h"
#include "peal-permission-list.h"
#include "peal-scope-text.h"
#include "peal-sentence.h"
#include "peal-web-address.h"

#define AVATAR_SIZE 96

struct _PealConnectDialog
{
  AdwDialog parent_instance;

  PealSession *session;
  char *open_id;             /* who is to sign in again, or NULL */
  PealConnectRun *run;       /* NULL unless one is under way */
  GCancellable *cancellable; /* of what the dialog itself waits for */
  char *address;             /* where the browser is to go */
  gboolean lacks_app;        /* that is what it says now */

  GtkStack *stack;
  GtkLabel *ask_label, *switch_label, *done_title, *done_label;
  GtkWidget *continue_button, *open_button, *done_button, *retry_button, *credentials_button, *grant_button;
  AdwToggleGroup *environment_group;
  GtkWidget *link_list;
  AdwActionRow *link_row;
  PealPermissionList *ask_list, *done_list;
  AdwBin *avatar;
  AdwStatusPage *failed_page;
};

G_DEFINE_FINAL_TYPE (PealConnectDialog, peal_connect_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_SESSION = 1,
  PROP_OPEN_ID,
} PealConnectDialogProps;

static GParamSpec *properties[PROP_OPEN_ID + 1];

/* Shows @page with the focus on @widget, and says @title to those who do not see the page turn. */
static void
turn_to (PealConnectDialog *self, const char *page, GtkWidget *widget, const char *title)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  adw_dialog_set_default_widget (ADW_DIALOG (self), widget);
  adw_dialog_set_focus (ADW_DIALOG (self), widget);
  if (title != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
stop (PealConnectDialog *self)
{
  if (self->run == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->run, self);
  peal_connect_run_cancel (self->run);
  g_clear_object (&self->run);
}

static PealAgentStatus *
get_status (PealConnectDialog *self)
{
  return peal_agent_link_get_status (peal_session_get_link (self->session));
}

static void
show_error (PealConnectDialog *self, const GError *error)
{
  g_autofree char *sentence = peal_sentence_for_error (error);
  g_autofree char *markup = g_markup_escape_text (sentence, -1);
  gboolean is_unknown = g_str_equal (peal_error_get_reason (error), "no_credentials");

  stop (self);
  self->lacks_app = is_unknown;
  adw_status_page_set_description (self->failed_page, markup);
  gtk_widget_set_visible (self->retry_button, !is_unknown);
  gtk_widget_set_visible (self->credentials_button, peal_connect_error_is_about_app (error));
  turn_to (self, "failed", is_unknown ? self->credentials_button : self->retry_button, sentence);
}

static void
opened_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealConnectDialog *self = owner;

  /* The address itself is the way that always works. */
  if (error != NULL && self->run != NULL && !g_error_matches (error, PEAL_ERROR, PEAL_ERROR_CANCELLED))
    {
      g_debug ("No browser: %s", error->message);
      gtk_widget_set_visible (self->link_list, TRUE);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), peal_sentence_lookup ("no_browser"),
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
}

static void
open_cb (PealConnectDialog *self)
{
  peal_await_for (self, peal_web_address_open (self->address, self->cancellable), opened_cb);
}

static void
authorize_cb (PealConnectDialog *self, const char *address)
{
  g_set_str (&self->address, address);
  adw_action_row_set_subtitle (self->link_row, address);
  gtk_widget_set_visible (self->link_list, FALSE);
  turn_to (self, "waiting", self->open_button, _ ("Waiting for your browser"));
  open_cb (self);
}

static void
connected_cb (PealConnectDialog *self, PealAccountItem *account)
{
  guint missing = peal_scope_text_count_missing (peal_account_item_get_scopes (account));
  g_autofree char *name = peal_account_dup_short_name (peal_account_item_get_name (account));
  /* Translators: %s is an account’s name. */
  g_autofree char *title = g_strdup_printf (_ ("%s Is Connected"), name);
  g_autofree char *summary = peal_account_dup_summary (account);

  stop (self);
  g_set_str (&self->open_id, peal_account_item_get_open_id (account));
  adw_bin_set_child (self->avatar, peal_avatar_new (self->session, account, AVATAR_SIZE));
  gtk_label_set_text (self->done_title, title);
  gtk_label_set_text (self->done_label, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->done_label), summary[0] != '\0');
  gtk_widget_set_visible (self->grant_button, missing > 0);
  peal_permission_list_show (self->done_list, peal_account_item_get_scopes (account));
  turn_to (self, "done", self->done_button, title);
}

static void
failed_cb (PealConnectDialog *self, const GError *error)
{
  show_error (self, error);
}

static void
start (PealConnectDialog *self)
{
  const char *environment = NULL;

  stop (self);
  if (gtk_widget_get_visible (GTK_WIDGET (self->environment_group)))
    environment = adw_toggle_group_get_active_name (self->environment_group);
  self->run = peal_connect_run_new (peal_session_get_client (self->session), self->open_id, environment);
  g_signal_connect_object (self->run, "authorize", G_CALLBACK (authorize_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "connected", G_CALLBACK (connected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  peal_connect_run_start (self->run);
}

static void
start_cb (PealConnectDialog *self)
{
  if (self->run == NULL)
    start (self);
}

static void
retry_cb (PealConnectDialog *self)
{
  start_cb (self);
}

static void
copy_cb (PealConnectDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->address);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Link copied"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
close_cb (PealConnectDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
credentials_cb (PealConnectDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.credentials", NULL);
  adw_dialog_close (ADW_DIALOG (self));
}

/* (transfer full): what happens next. @account: (nullable): the one that has to be signed in. */
static char *
describe_way (PealConnectDialog *self, PealAccountItem *account)
{
  gboolean practice = peal_client_get_practice (peal_session_get_client (self->session));
  g_autofree char *name =
      account != NULL ? peal_account_dup_short_name (peal_account_item_get_name (account)) : NULL;

  if (practice && name != NULL)
    /* Translators: %s is an account’s name. */
    return g_strdup_printf (_ ("Your browser opens a page that stands in for TikTok’s. Choose %s there, and "
                               "allow what Peal may do."),
                            name);
  if (practice)
    return g_strdup (
        _ ("Your browser opens a page that stands in for TikTok’s. Choose a practice account there, "
           "and allow Peal the following. You may leave out what you do not want, and grant it "
           "later."));
  if (name != NULL)
    /* Translators: %s is an account’s name. */
    return g_strdup_printf (
        _ ("Your browser opens TikTok. Sign in there as %s, and allow what Peal may do. TikTok takes the "
           "account that your browser is signed in with: if that is another one, switch accounts first."),
        name);
  return g_strdup (
      _ ("Your browser opens TikTok, and TikTok asks you whether Peal may do the following. You may "
         "leave out what you do not want, and grant it later."));
}

/* What is asked, and of whom. */
static void
ask (PealConnectDialog *self)
{
  PealAccountItem *account =
      self->open_id != NULL
          ? peal_account_list_find (peal_session_get_accounts (self->session), self->open_id)
          : NULL;
  g_autofree char *way = describe_way (self, account);

  adw_dialog_set_title (ADW_DIALOG (self),
                        self->open_id != NULL ? _ ("Sign In Again") : _ ("Connect an Account"));
  gtk_label_set_text (self->ask_label, way);
  if (account != NULL)
    peal_permission_list_show (self->ask_list, peal_account_item_get_scopes (account));
  gtk_widget_set_visible (GTK_WIDGET (self->switch_label),
                          account == NULL
                              && !peal_client_get_practice (peal_session_get_client (self->session)));
  turn_to (self, "ask", self->continue_button, NULL);
}

static void
grant_cb (PealConnectDialog *self)
{
  ask (self);
}

static void
offer_environments (PealConnectDialog *self, PealAgentStatus *status)
{
  gboolean both = peal_agent_status_has_credentials (status, "production")
                  && peal_agent_status_has_credentials (status, "sandbox");
  gboolean were_offered = gtk_widget_get_visible (GTK_WIDGET (self->environment_group));

  gtk_widget_set_visible (GTK_WIDGET (self->environment_group), both && self->open_id == NULL);
  if (!were_offered)
    adw_toggle_group_set_active_name (self->environment_group,
                                      g_strcmp0 (status->profile, "sandbox") == 0 ? "sandbox" : "production");
}

/* The environment is asked for where there is a choice, and that there is no app is said at once. Key and
 * secret may come or go while the question stands. */
static void
look_at_status (PealConnectDialog *self)
{
  PealAgentStatus *status = get_status (self);
  gboolean is_asking = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "ask") == 0;
  gboolean has_app;

  if (status == NULL || (!is_asking && !self->lacks_app) || self->run != NULL)
    return;
  has_app = status->credentials != NULL && status->credentials[0] != NULL;
  offer_environments (self, status);
  if (!has_app && is_asking)
    {
      g_autoptr (GError) error = peal_error_new (PEAL_ERROR_INVALID, "no_credentials", "There is no app yet");

      show_error (self, error);
    }
  else if (has_app && self->lacks_app)
    {
      self->lacks_app = FALSE;
      ask (self);
    }
}

static void
peal_connect_dialog_closed (AdwDialog *dialog)
{
  PealConnectDialog *self = PEAL_CONNECT_DIALOG (dialog);

  stop (self);
  g_cancellable_cancel (self->cancellable);
}

static void
peal_connect_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealConnectDialog *self = PEAL_CONNECT_DIALOG (object);

  switch ((PealConnectDialogProps)id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_OPEN_ID:
      self->open_id = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_connect_dialog_constructed (GObject *object)
{
  PealConnectDialog *self = PEAL_CONNECT_DIALOG (object);

  G_OBJECT_CLASS (peal_connect_dialog_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));
  gtk_widget_set_visible (GTK_WIDGET (self->environment_group), FALSE);
  ask (self);
  g_signal_connect_object (peal_session_get_link (self->session), "notify::status",
                           G_CALLBACK (look_at_status), self, G_CONNECT_SWAPPED);
  look_at_status (self);
}

static void
peal_connect_dialog_dispose (GObject *object)
{
  PealConnectDialog *self = PEAL_CONNECT_DIALOG (object);

  stop (self);
  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (peal_session_get_link (self->session), self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_CONNECT_DIALOG);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_connect_dialog_parent_class)->dispose (object);
}

static void
peal_connect_dialog_finalize (GObject *object)
{
  PealConnectDialog *self = PEAL_CONNECT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->open_id, g_free);
  g_clear_pointer (&self->address, g_free);
  G_OBJECT_CLASS (peal_connect_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-connect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, ask_label);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, switch_label);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, environment_group);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, ask_list);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, continue_button);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, link_list);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, link_row);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, avatar);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, done_title);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, done_label);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, done_list);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, grant_button);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, done_button);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, retry_button);
  gtk_widget_class_bind_template_child (widget_class, PealConnectDialog, credentials_button);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, grant_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, credentials_cb);
}

static void
peal_connect_dialog_class_init (PealConnectDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = peal_connect_dialog_set_property;
  object_class->constructed = peal_connect_dialog_constructed;
  object_class->dispose = peal_connect_dialog_dispose;
  object_class->finalize = peal_connect_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = peal_connect_dialog_closed;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION, flags);
  properties[PROP_OPEN_ID] = g_param_spec_string ("open-id", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PEAL_TYPE_PERMISSION_LIST);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
peal_connect_dialog_init (PealConnectDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
peal_connect_dialog_new (PealSession *session, const char *open_id)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_CONNECT_DIALOG, "session", session, "open-id",
                       open_id != NULL && open_id[0] != '\0' ? open_id : NULL, NULL);
}
