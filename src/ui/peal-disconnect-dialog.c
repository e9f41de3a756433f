/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-disconnect-dialog.h"

#include <glib/gi18n.h>

#include "peal-account-text.h"
#include "peal-await-for.h"

#define MAX_COUNT 500 /* as many posts as the agent lists at once */

/* One question and what follows from it: the page that asked may be gone before the agent has answered. */
typedef struct
{
  PealSession *session;
  PealAccountItem *account;
} Question;

static void
question_free (Question *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->account);
  g_free (self);
}

static void
counted_cb (gpointer owner, const GValue *value, const GError *error)
{
  AdwAlertDialog *dialog = owner;
  GVariant *reply = value != NULL && G_VALUE_HOLDS_VARIANT (value) ? g_value_get_variant (value) : NULL;
  g_autoptr (GVariant) posts = NULL;
  g_autofree char *body = NULL;
  gsize n;

  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(aa{sv})")))
    {
      g_debug ("The posts are not known: %s", error != NULL ? error->message : "a reply of another type");
      return;
    }
  posts = g_variant_get_child_value (reply, 0);
  n = g_variant_n_children (posts);
  body = n < MAX_COUNT ? peal_account_dup_disconnect_text ((gint64)n, FALSE)
                       : peal_account_dup_disconnect_text (MAX_COUNT - 1, TRUE);
  adw_alert_dialog_set_body (dialog, body);
}

/* The number comes in when the dialog is already there: the agent may take its time, or be gone. */
static void
count_posts (Question *self, AdwAlertDialog *dialog)
{
  static const char *const states[] = { "scheduled", "publishing", NULL };
  g_auto (GVariantDict) filter = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&filter, "account", "s", peal_account_item_get_open_id (self->account));
  g_variant_dict_insert (&filter, "states", "^as", states);
  peal_await_for (
      dialog,
      peal_client_call (peal_session_get_client (self->session), "ListPosts",
                        g_variant_new ("(@a{sv}u)", g_variant_dict_end (&filter), (guint)MAX_COUNT), NULL),
      counted_cb);
}

/* (transfer floating): in a label of its own, since headings do not break a long word. */
static GtkWidget *
create_name (const char *name)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static AdwAlertDialog *
create_dialog (Question *self)
{
  g_autofree char *body = peal_account_dup_disconnect_text (-1, FALSE);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Disconnect This Account?"), body));

  adw_alert_dialog_set_extra_child (dialog, create_name (peal_account_item_get_name (self->account)));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "disconnect", _ ("_Disconnect"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "disconnect", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  return dialog;
}

static void
say_result (Question *self, GVariant *result)
{
  g_autofree char *text = NULL;
  gboolean revoked = FALSE;
  guint32 held = 0;

  g_variant_lookup (result, "held", "u", &held);
  g_variant_lookup (result, "revoked", "b", &revoked);
  if (!revoked)
    text = g_strdup (_ ("Disconnected here, but TikTok did not confirm it: remove Peal in TikTok’s app too"));
  else if (held > 0)
    text = g_strdup_printf (
        ngettext ("Account disconnected, %u post held", "Account disconnected, %u posts held", held), held);
  else
    text = g_strdup (_ ("Account disconnected"));
  peal_session_say (self->session, text);
}

static DexFuture *
disconnect_fiber (gpointer data)
{
  Question *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = dex_await_variant (
      peal_client_run_job (peal_session_get_client (self->session), "Disconnect",
                           g_variant_new ("(s)", peal_account_item_get_open_id (self->account)), -1, NULL),
      &error);

  if (result == NULL)
    peal_session_say_error (self->session, error);
  else
    say_result (self, result);
  return dex_future_new_true ();
}

static void
chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Question *self = user_data;

  if (g_strcmp0 (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result), "disconnect") == 0)
    dex_future_disown (dex_scheduler_spawn (NULL, 0, disconnect_fiber, self, (GDestroyNotify)question_free));
  else
    question_free (self);
}

void
peal_disconnect_dialog_present (PealSession *session, PealAccountItem *account, GtkWidget *parent)
{
  Question *self = NULL;
  AdwAlertDialog *dialog = NULL;

  g_return_if_fail (PEAL_IS_SESSION (session));
  g_return_if_fail (PEAL_IS_ACCOUNT_ITEM (account));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  self = g_new0 (Question, 1);
  self->session = g_object_ref (session);
  self->account = g_object_ref (account);
  dialog = create_dialog (self);
  count_posts (self, dialog);
  adw_alert_dialog_choose (dialog, parent, NULL, chosen_cb, self);
}
