/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-account.h"

#include <glib/gi18n.h>

#include "peal-account-text.h"
#include "peal-avatar.h"
#include "peal-error.h"
#include "peal-sentence.h"

#define AVATAR_SIZE 40

struct _PealComposeAccount
{
  AdwBin parent_instance;

  PealSession *session;
  char *fixed;              /* (nullable): open_id of the only one */
  PealAccountItem *account; /* (nullable) */
  PealShareType share_type;
  PealComposeCreatorState state;
  PealComposeCreator *creator; /* (nullable): unless KNOWN */
  GError *error;               /* (nullable): unless FAILED */
  GCancellable *cancellable;   /* (nullable): of the question that was asked last */

  AdwActionRow *account_row;
  AdwBin *avatar;
  GtkWidget *sandbox;
  GtkWidget *change_button;
  GtkPopover *popover;
  GtkListBox *list;
  GtkWidget *asking;
  AdwActionRow *problem_row;
  GtkWidget *again_button;
  GtkWidget *sign_in_button;
  AdwActionRow *none_row;
  GtkWidget *connect_button;
};

G_DEFINE_FINAL_TYPE (PealComposeAccount, peal_compose_account, ADW_TYPE_BIN)

enum
{
  ACCOUNT_CHANGED,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
needs_sign_in (PealComposeAccount *self)
{
  if (self->account == NULL)
    return FALSE;
  return peal_account_item_get_state (self->account) != PEAL_ACCOUNT_CONNECTED
         || (peal_account_item_get_scopes (self->account) & PEAL_SCOPE_VIDEO_PUBLISH) == 0
         || g_error_matches (self->error, PEAL_ERROR, PEAL_ERROR_AUTH)
         || g_error_matches (self->error, PEAL_ERROR, PEAL_ERROR_SCOPE);
}

/* (transfer full) (nullable): what stands between the account and a direct post. */
static char *
describe_problem (PealComposeAccount *self)
{
  if (self->account == NULL)
    return NULL;
  if (peal_account_item_get_state (self->account) != PEAL_ACCOUNT_CONNECTED)
    return peal_sentence_for_reason ("reconnect", NULL);
  if (self->share_type == PEAL_SHARE_INBOX)
    return NULL;
  if ((peal_account_item_get_scopes (self->account) & PEAL_SCOPE_VIDEO_PUBLISH) == 0)
    return g_strdup (_ ("This account has not granted Peal to publish. Sign in again and allow it."));
  return self->state == PEAL_COMPOSE_CREATOR_FAILED ? peal_sentence_for_error (self->error) : NULL;
}

static void
show_problem (PealComposeAccount *self)
{
  g_autofree char *problem = describe_problem (self);

  gtk_widget_set_visible (GTK_WIDGET (self->problem_row), problem != NULL);
  gtk_widget_set_visible (self->asking, self->account != NULL && problem == NULL
                                            && self->share_type == PEAL_SHARE_DIRECT
                                            && self->state == PEAL_COMPOSE_CREATOR_ASKING);
  if (problem == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), problem);
  adw_action_row_set_subtitle (
      self->problem_row,
      _ ("What this account may choose cannot be read now. You can keep the post as a draft meanwhile."));
  gtk_widget_set_visible (self->again_button, !needs_sign_in (self));
  gtk_widget_set_visible (self->sign_in_button, needs_sign_in (self));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->sign_in_button), "s",
                                    peal_account_item_get_open_id (self->account));
}

/* The handle and, as both may be there side by side, the environment. */
static char *
describe_account (const char *username, PealAccountItem *account)
{
  const char *environment = peal_environment_text (peal_account_item_get_environment (account));

  return username != NULL && username[0] != '\0' ? g_strdup_printf ("@%s · %s", username, environment)
                                                 : g_strdup (environment);
}

static void
show_account (PealComposeAccount *self)
{
  const PealComposeCreator *creator = self->creator;
  g_autofree char *subtitle = NULL;
  const char *name = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->account_row), self->account != NULL);
  if (self->account == NULL)
    return;
  name = creator != NULL && creator->nickname[0] != '\0' ? creator->nickname
                                                         : peal_account_item_get_name (self->account);
  subtitle = describe_account (creator != NULL && creator->username[0] != '\0'
                                   ? creator->username
                                   : peal_account_item_get_username (self->account),
                               self->account);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account_row), name);
  adw_action_row_set_subtitle (self->account_row, subtitle);
  gtk_widget_set_visible (self->sandbox,
                          peal_account_item_get_environment (self->account) == PEAL_ENVIRONMENT_SANDBOX);
}

static gboolean
is_offered (PealComposeAccount *self, PealAccountItem *account)
{
  if (self->fixed != NULL)
    return g_str_equal (peal_account_item_get_open_id (account), self->fixed);
  return peal_account_item_get_state (account) == PEAL_ACCOUNT_CONNECTED;
}

/* Why there is no account to post for, and the way to one: a sign-in that ended is taken up again. */
static void
show_none (PealComposeAccount *self)
{
  GListModel *accounts = G_LIST_MODEL (peal_session_get_accounts (self->session));
  guint n = g_list_model_get_n_items (accounts);
  const char *open_id = "";
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->none_row), self->account == NULL);
  for (guint i = 0; i < n && title == NULL; i++)
    {
      g_autoptr (PealAccountItem) account = g_list_model_get_item (accounts, i);

      if (peal_account_item_get_state (account) != PEAL_ACCOUNT_RECONNECT)
        continue;
      open_id = peal_account_item_get_open_id (account);
      /* Translators: %s is the name of an account */
      title = g_strdup_printf (_ ("The sign-in of %s has ended"), peal_account_item_get_name (account));
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->none_row),
                                 title != NULL ? title : _ ("No account is connected"));
  adw_action_row_set_subtitle (self->none_row, _ ("A post is always for an account. Connect one first."));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->connect_button), "s", open_id);
}

static void
show (PealComposeAccount *self)
{
  show_account (self);
  show_problem (self);
  show_none (self);
}

static void
forget_answer (PealComposeAccount *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->creator, peal_compose_creator_free);
  g_clear_error (&self->error);
}

typedef struct
{
  GWeakRef widget;
  GCancellable *cancellable;
} Question;

static void
question_free (Question *self)
{
  g_weak_ref_clear (&self->widget);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static DexFuture *
answered_cb (DexFuture *future, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (PealComposeAccount) self = g_weak_ref_get (&question->widget);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  GVariant *dict = value != NULL ? g_value_get_variant (value) : NULL;

  if (self == NULL || self->cancellable != question->cancellable)
    return dex_future_new_true ();
  g_clear_object (&self->cancellable);
  if (dict != NULL && g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT))
    {
      self->creator = peal_compose_creator_new (dict);
      self->state = PEAL_COMPOSE_CREATOR_KNOWN;
    }
  else
    {
      self->error = error != NULL ? g_steal_pointer (&error)
                                  : peal_error_new (PEAL_ERROR_INVALID, "agent_failed", "GetCreatorInfo");
      self->state = PEAL_COMPOSE_CREATOR_FAILED;
    }
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return dex_future_new_true ();
}

static gboolean
can_ask (PealComposeAccount *self)
{
  return self->account != NULL && peal_account_item_get_state (self->account) == PEAL_ACCOUNT_CONNECTED
         && (peal_account_item_get_scopes (self->account) & PEAL_SCOPE_VIDEO_PUBLISH) != 0;
}

static void
ask (PealComposeAccount *self)
{
  Question *question = NULL;

  forget_answer (self);
  if (!can_ask (self))
    {
      self->state = PEAL_COMPOSE_CREATOR_FAILED;
      self->error =
          peal_error_new (PEAL_ERROR_INVALID, "account_disconnected", "The account cannot be asked for");
    }
  else
    {
      self->state = PEAL_COMPOSE_CREATOR_ASKING;
      self->cancellable = g_cancellable_new ();
      question = g_new0 (Question, 1);
      g_weak_ref_init (&question->widget, self);
      question->cancellable = g_object_ref (self->cancellable);
      dex_future_disown (dex_future_finally (
          peal_client_run_job (peal_session_get_client (self->session), "GetCreatorInfo",
                               g_variant_new ("(s)", peal_account_item_get_open_id (self->account)), -1,
                               self->cancellable),
          answered_cb, question, (GDestroyNotify)question_free));
    }
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
choose (PealComposeAccount *self, PealAccountItem *account)
{
  if (!g_set_object (&self->account, account))
    return;
  adw_bin_set_child (self->avatar,
                     account != NULL ? peal_avatar_new (self->session, account, AVATAR_SIZE) : NULL);
  ask (self);
  g_signal_emit (self, signals[ACCOUNT_CHANGED], 0);
}

static GtkWidget *
create_row (PealComposeAccount *self, PealAccountItem *account)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = describe_account (peal_account_item_get_username (account), account);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), peal_account_item_get_name (account));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), peal_avatar_new (self->session, account, 32));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "peal-account", g_object_ref (account), g_object_unref);
  return row;
}

/* Who may be chosen now. Whoever was chosen stays so as long as that is possible. */
static void
rebuild (PealComposeAccount *self)
{
  GListModel *accounts = G_LIST_MODEL (peal_session_get_accounts (self->session));
  guint n = g_list_model_get_n_items (accounts), n_offered = 0;
  g_autoptr (PealAccountItem) first = NULL;
  gboolean stays = FALSE;

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PealAccountItem) account = g_list_model_get_item (accounts, i);

      if (!is_offered (self, account))
        continue;
      n_offered++;
      stays |= account == self->account;
      if (first == NULL)
        first = g_object_ref (account);
      gtk_list_box_append (self->list, create_row (self, account));
    }
  gtk_widget_set_visible (self->change_button, n_offered > 1);
  if (!stays)
    choose (self, first);
  show (self);
}

static void
item_changed_cb (PealComposeAccount *self, PealAccountItem *account)
{
  rebuild (self);
  /* It was signed in again, or granted more. */
  if (account == self->account && can_ask (self)
      && g_error_matches (self->error, PEAL_ERROR, PEAL_ERROR_INVALID))
    ask (self);
}

static void
accounts_changed_cb (PealComposeAccount *self)
{
  GListModel *accounts = G_LIST_MODEL (peal_session_get_accounts (self->session));
  guint n = g_list_model_get_n_items (accounts);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PealAccountItem) account = g_list_model_get_item (accounts, i);

      g_signal_handlers_disconnect_by_func (account, item_changed_cb, self);
      g_signal_connect_object (account, "changed", G_CALLBACK (item_changed_cb), self, G_CONNECT_SWAPPED);
    }
  rebuild (self);
}

/* After a loss of the agent what it could not answer is asked again. */
static void
ready_cb (PealComposeAccount *self)
{
  if (self->account != NULL && self->state != PEAL_COMPOSE_CREATOR_KNOWN)
    ask (self);
}

static void
again_cb (PealComposeAccount *self)
{
  ask (self);
}

static void
row_activated_cb (PealComposeAccount *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (self->popover);
  choose (self, g_object_get_data (G_OBJECT (row), "peal-account"));
}

static gboolean
peal_compose_account_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
peal_compose_account_dispose (GObject *object)
{
  PealComposeAccount *self = PEAL_COMPOSE_ACCOUNT (object);

  forget_answer (self);
  /* The template is the child of the bin, which lets go of it itself. */
  g_clear_object (&self->account);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_compose_account_parent_class)->dispose (object);
}

static void
peal_compose_account_finalize (GObject *object)
{
  g_clear_pointer (&PEAL_COMPOSE_ACCOUNT (object)->fixed, g_free);
  G_OBJECT_CLASS (peal_compose_account_parent_class)->finalize (object);
}

static void
peal_compose_account_class_init (PealComposeAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_compose_account_dispose;
  object_class->finalize = peal_compose_account_finalize;
  widget_class->grab_focus = peal_compose_account_grab_focus;
  signals[ACCOUNT_CHANGED] = g_signal_new ("account-changed", PEAL_TYPE_COMPOSE_ACCOUNT, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", PEAL_TYPE_COMPOSE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-compose-account.ui");
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, account_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, avatar);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, sandbox);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, change_button);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, popover);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, list);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, asking);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, problem_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, again_button);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, none_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeAccount, connect_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
}

static void
peal_compose_account_init (PealComposeAccount *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
peal_compose_account_set_session (PealComposeAccount *self, PealSession *session)
{
  g_return_if_fail (PEAL_IS_COMPOSE_ACCOUNT (self));
  g_return_if_fail (PEAL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (peal_session_get_accounts (session), "items-changed",
                           G_CALLBACK (accounts_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (peal_session_get_link (session), "ready", G_CALLBACK (ready_cb), self,
                           G_CONNECT_SWAPPED);
  accounts_changed_cb (self);
}

void
peal_compose_account_fix (PealComposeAccount *self, const char *open_id)
{
  g_return_if_fail (PEAL_IS_COMPOSE_ACCOUNT (self));
  g_return_if_fail (open_id != NULL);
  g_return_if_fail (self->session != NULL);

  g_set_str (&self->fixed, open_id);
  rebuild (self);
}

void
peal_compose_account_ask (PealComposeAccount *self)
{
  g_return_if_fail (PEAL_IS_COMPOSE_ACCOUNT (self));

  if (self->session != NULL)
    ask (self);
}

void
peal_compose_account_set_share_type (PealComposeAccount *self, PealShareType share_type)
{
  g_return_if_fail (PEAL_IS_COMPOSE_ACCOUNT (self));

  self->share_type = share_type;
  if (self->session != NULL)
    show (self);
}

PealAccountItem *
peal_compose_account_get_account (PealComposeAccount *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_ACCOUNT (self), NULL);

  return self->account;
}

PealComposeCreatorState
peal_compose_account_get_state (PealComposeAccount *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_ACCOUNT (self), PEAL_COMPOSE_CREATOR_FAILED);

  return self->state;
}

const PealComposeCreator *
peal_compose_account_get_creator (PealComposeAccount *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_ACCOUNT (self), NULL);

  return self->creator;
}
