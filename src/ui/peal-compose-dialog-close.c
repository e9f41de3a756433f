/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-dialog-private.h"

#include <glib/gi18n.h>

#include "peal-ask.h"

/* What can be kept of the form before it is closed. */
typedef enum
{
  KEEP_NOTHING,
  KEEP_AS_DRAFT,
  KEEP_CHANGES, /* to a post on the plan */
} Keepable;

static Keepable
find_keepable (PealComposeDialog *self)
{
  g_autoptr (PealPostOptions) options = peal_compose_dialog_read_options (self);
  PealComposeForm form = peal_compose_dialog_read_form (self, options);

  if (self->post != NULL && peal_post_item_get_state (self->post) == PEAL_POST_SCHEDULED)
    return peal_compose_form_find_lack (&form) == PEAL_COMPOSE_LACKS_NOTHING ? KEEP_CHANGES : KEEP_NOTHING;
  return peal_compose_form_find_draft_lack (&form) == PEAL_COMPOSE_LACKS_NOTHING ? KEEP_AS_DRAFT
                                                                                 : KEEP_NOTHING;
}

static AdwAlertDialog *
create_question (PealComposeDialog *self, Keepable keepable)
{
  guint n_waiting = g_list_model_get_n_items (G_LIST_MODEL (self->waiting));
  g_autofree char *waiting = NULL;
  AdwAlertDialog *dialog = NULL;

  if (n_waiting > 0)
    waiting = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more video waits for its turn.",
                                            "%u more videos wait for their turn.", n_waiting),
                               n_waiting);
  if (keepable == KEEP_CHANGES)
    dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Save the Changes?"), NULL));
  else if (keepable == KEEP_AS_DRAFT)
    dialog = ADW_ALERT_DIALOG (
        adw_alert_dialog_new (n_waiting > 0 ? _ ("Save the Drafts?") : _ ("Save as a Draft?"), waiting));
  else
    dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Discard This?"), waiting));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Keep Editing"), "discard", _ ("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  if (keepable != KEEP_NOTHING)
    {
      adw_alert_dialog_add_response (dialog, "save",
                                     keepable == KEEP_CHANGES ? _ ("_Save")
                                     : n_waiting > 0          ? _ ("_Save Drafts")
                                                              : _ ("_Save Draft"));
      adw_alert_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
    }
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_default_response (dialog, keepable != KEEP_NOTHING ? "save" : "cancel");
  return dialog;
}

static DexFuture *
close_fiber (gpointer data)
{
  PealComposeDialog *self = data;
  Keepable keepable = find_keepable (self);
  g_autofree char *answer = NULL;

  answer = dex_await_string (peal_ask (create_question (self, keepable), GTK_WIDGET (self)), NULL);
  self->asking = FALSE;
  if (self->session == NULL || answer == NULL)
    return dex_future_new_false ();
  if (g_str_equal (answer, "discard"))
    adw_dialog_force_close (ADW_DIALOG (self));
  else if (g_str_equal (answer, "save") && keepable == KEEP_CHANGES)
    peal_compose_dialog_send (self);
  else if (g_str_equal (answer, "save"))
    {
      self->drafting_rest = self->post == NULL;
      peal_compose_dialog_save_draft (self);
    }
  return dex_future_new_true ();
}

void
peal_compose_dialog_attempt_close (PealComposeDialog *self)
{
  if (self->asking)
    return;
  if (self->sending != NULL)
    {
      g_cancellable_cancel (self->sending);
      return;
    }
  self->asking = TRUE;
  dex_future_disown (dex_scheduler_spawn (NULL, 0, close_fiber, g_object_ref (self), g_object_unref));
}
