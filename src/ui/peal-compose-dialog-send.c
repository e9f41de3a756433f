/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-dialog-private.h"

#include <glib/gi18n.h>

#include "peal-ask.h"
#include "peal-error.h"
#include "peal-media-open.h"
#include "peal-post-text.h"
#include "peal-sentence.h"

void
peal_compose_dialog_say (PealComposeDialog *self, const char *sentence)
{
  adw_banner_set_title (self->banner, sentence != NULL ? sentence : "");
  adw_banner_set_revealed (self->banner, sentence != NULL);
}

static void
say_error (PealComposeDialog *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, PEAL_ERROR, PEAL_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = peal_sentence_for_error (error);
  peal_compose_dialog_say (self, sentence);
}

/* What was in the form when the button was pressed; the form is locked until the order is done. */
typedef struct
{
  PealComposeDialog *dialog;
  GCancellable *cancellable;
  PealPostOptions *options;
  PealComposeTime time;
  char *zone;
} Order;

static Order *
order_new (PealComposeDialog *dialog, const PealComposeTime *time)
{
  Order *self = g_new0 (Order, 1);

  self->dialog = g_object_ref (dialog);
  self->cancellable = g_cancellable_new ();
  self->options = peal_compose_dialog_read_options (dialog);
  self->time = *time;
  self->zone = g_strdup (time->zone);
  self->time.zone = self->zone;
  return self;
}

static void
order_free (Order *self)
{
  g_clear_object (&self->dialog);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->options, peal_post_options_free);
  g_clear_pointer (&self->zone, g_free);
  g_free (self);
}

static void
set_busy (PealComposeDialog *self, GCancellable *cancellable, const char *text)
{
  g_set_object (&self->sending, cancellable);
  if (text != NULL)
    gtk_label_set_label (self->busy_text, text);
  peal_compose_dialog_update (self);
}

/* Whether the dialog is still there and the user has not stopped the order. */
static gboolean
is_wanted (Order *self, GError **error)
{
  if (self->dialog->session == NULL || g_cancellable_is_cancelled (self->cancellable))
    return peal_error_refuse (error, PEAL_ERROR_CANCELLED, "cancelled", "The order was stopped");
  return TRUE;
}

/* (transfer full): what was answered. */
static char *
ask (PealComposeDialog *self, AdwAlertDialog *dialog)
{
  g_autofree char *answer = NULL;

  self->asking = TRUE;
  peal_compose_dialog_update (self);
  answer = dex_await_string (peal_ask (dialog, GTK_WIDGET (self)), NULL);
  self->asking = FALSE;
  if (self->session != NULL)
    peal_compose_dialog_update (self);
  return g_steal_pointer (&answer);
}

static gboolean
confirm_copy (Order *self, GError **error)
{
  PealComposeDialog *dialog = self->dialog;
  const PealMediaFacts *facts = peal_compose_video_get_facts (dialog->video);
  g_autofree char *size = NULL;
  g_autofree char *body = NULL;
  g_autofree char *answer = NULL;

  if (facts == NULL)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "media_unknown", "There is no video");
  if (!peal_media_is_costly_to_copy (peal_compose_video_get_fd (dialog->video), facts->size))
    return TRUE;
  size = g_format_size ((guint64)facts->size);
  /* Translators: %s is a size, as in "1.2 GB" */
  body = g_strdup_printf (
      _ ("So that the post goes out whatever becomes of the file, Peal makes a copy of it and keeps "
         "it until the post has ended. It takes %s."),
      size);
  answer =
      ask (dialog, peal_ask_dialog_new (_ ("Copy This Video?"), body, _ ("C_opy"), ADW_RESPONSE_SUGGESTED));
  return g_strcmp0 (answer, "yes") == 0
         || peal_error_refuse (error, PEAL_ERROR_CANCELLED, "copy_declined", "The copy was declined");
}

static gboolean
confirm_publish (Order *self, GError **error)
{
  PealComposeDialog *dialog = self->dialog;
  gboolean inbox = self->options->share_type == PEAL_SHARE_INBOX;
  const char *name = peal_account_item_get_name (peal_compose_account_get_account (dialog->account));
  g_autofree char *body = NULL;
  g_autofree char *answer = NULL;

  if (self->time.kind != PEAL_COMPOSE_TIME_NOW)
    return TRUE;
  if (inbox)
    /* Translators: %s is the name of an account */
    body = g_strdup_printf (_ ("The video goes to the inbox of %s right away."), name);
  else
    /* Translators: the name of an account, and who can view the video: "Everyone" */
    body = g_strdup_printf (_ ("It goes out to %1$s right away. Who can view it: %2$s."), name,
                            peal_privacy_level_text (self->options->privacy_level));
  answer = ask (dialog,
                peal_ask_dialog_new (inbox ? _ ("Send This Video Now?") : _ ("Publish This Post Now?"), body,
                                     inbox ? _ ("_Send Now") : _ ("_Publish Now"), ADW_RESPONSE_SUGGESTED));
  return g_strcmp0 (answer, "yes") == 0
         || peal_error_refuse (error, PEAL_ERROR_CANCELLED, "cancelled", "Not to be published now");
}

static gboolean
import (Order *self, GError **error)
{
  PealComposeDialog *dialog = self->dialog;
  g_autoptr (GError) local = NULL;
  gint64 media;

  if (dialog->media != 0)
    return TRUE;
  if (!confirm_copy (self, error) || !is_wanted (self, error))
    return FALSE;
  media = dex_await_int64 (
      peal_compose_call_import (dialog->session, peal_compose_video_get_fd (dialog->video),
                                peal_compose_video_get_name (dialog->video),
                                peal_compose_video_get_facts (dialog->video), self->cancellable),
      &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  dialog->media = media;
  return TRUE;
}

static gboolean
tell_agent (Order *self, GError **error)
{
  PealComposeDialog *dialog = self->dialog;
  PealAccountItem *account = NULL;

  if (dialog->post != NULL)
    return dex_await (
        peal_compose_call_edit (dialog->session, dialog->post, dialog->before, self->options, &self->time),
        error);
  if (!import (self, error) || !is_wanted (self, error))
    return FALSE;
  if ((account = peal_compose_account_get_account (dialog->account)) == NULL)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "account_unknown", "no account");
  if (dex_await (peal_compose_call_add (dialog->session, dialog->media,
                                        peal_account_item_get_open_id (account), self->options, &self->time),
                 error))
    return TRUE;
  /* The agent has let the copy go: the next try makes another one. */
  if (error != NULL && g_str_equal (peal_error_get_reason (*error), "media_unknown"))
    dialog->media = 0;
  return FALSE;
}

static void
go_on (PealComposeDialog *self)
{
  if (peal_compose_dialog_begin_next (self))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->caption));
      return;
    }
  self->drafting_rest = FALSE;
  adw_dialog_force_close (ADW_DIALOG (self));
}

static DexFuture *
order_fiber (gpointer data)
{
  Order *self = data;
  PealComposeDialog *dialog = self->dialog;
  g_autoptr (GError) error = NULL;
  gboolean done = confirm_publish (self, &error) && is_wanted (self, &error) && tell_agent (self, &error);

  /* Closed with its window meanwhile. */
  if (dialog->session == NULL)
    return dex_future_new_false ();
  set_busy (dialog, NULL, NULL);
  if (done)
    go_on (dialog);
  else
    {
      dialog->drafting_rest = FALSE;
      say_error (dialog, error);
    }
  return dex_future_new_true ();
}

static void
begin (PealComposeDialog *self, const PealComposeTime *time)
{
  Order *order = NULL;

  peal_compose_dialog_say (self, NULL);
  order = order_new (self, time);
  set_busy (self, order->cancellable, self->post != NULL ? _ ("Saving…") : _ ("Copying the video…"));
  dex_future_disown (dex_scheduler_spawn (NULL, 0, order_fiber, order, (GDestroyNotify)order_free));
}

void
peal_compose_dialog_send (PealComposeDialog *self)
{
  g_autoptr (PealPostOptions) options = NULL;
  PealComposeForm form;
  PealComposeLack lack;
  PealComposeTime time;

  if (self->sending != NULL || self->asking)
    return;
  options = peal_compose_dialog_read_options (self);
  form = peal_compose_dialog_read_form (self, options);
  lack = peal_compose_form_find_lack (&form);
  if (lack != PEAL_COMPOSE_LACKS_NOTHING)
    {
      peal_compose_dialog_update (self);
      peal_compose_dialog_focus_lack (self, lack);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), peal_compose_lack_to_sentence (lack),
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      return;
    }
  time = peal_compose_dialog_read_time (self);
  begin (self, &time);
}

void
peal_compose_dialog_save_draft (PealComposeDialog *self)
{
  const PealComposeTime time = { .kind = PEAL_COMPOSE_TIME_DRAFT, .due = -1 };
  g_autoptr (PealPostOptions) options = NULL;
  PealComposeForm form;
  PealComposeLack lack;

  if (self->sending != NULL || self->asking)
    return;
  options = peal_compose_dialog_read_options (self);
  form = peal_compose_dialog_read_form (self, options);
  lack = peal_compose_form_find_draft_lack (&form);
  if (lack == PEAL_COMPOSE_LACKS_NOTHING)
    begin (self, &time);
  else
    {
      self->drafting_rest = FALSE;
      peal_compose_dialog_focus_lack (self, lack);
      peal_compose_dialog_say (self, peal_compose_lack_to_sentence (lack));
    }
}

void
peal_compose_dialog_draft_rest (PealComposeDialog *self)
{
  PealComposeVideoState state = peal_compose_video_get_state (self->video);

  if (!self->drafting_rest || self->sending != NULL)
    return;
  if (state == PEAL_COMPOSE_VIDEO_FINE || state == PEAL_COMPOSE_VIDEO_BROKEN)
    peal_compose_dialog_save_draft (self);
  else if (state == PEAL_COMPOSE_VIDEO_UNUSABLE
           && g_list_model_get_n_items (G_LIST_MODEL (self->waiting)) == 0)
    {
      self->drafting_rest = FALSE;
      adw_dialog_force_close (ADW_DIALOG (self));
    }
}
