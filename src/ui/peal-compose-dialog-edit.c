/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-dialog-private.h"

#include "peal-await-for.h"
#include "peal-sentence.h"

static void
show_time (PealComposeDialog *self)
{
  gint64 due = peal_post_item_get_due (self->post);

  /* One that is past asks for another by itself. */
  if (due >= 0 && peal_post_item_get_state (self->post) != PEAL_POST_DRAFT)
    peal_when_editor_set_due (self->when, due);
}

void
peal_compose_dialog_edit (PealComposeDialog *self, PealPostItem *post)
{
  const PealPostOptions *options = NULL;

  g_return_if_fail (PEAL_IS_COMPOSE_DIALOG (self));
  g_return_if_fail (PEAL_IS_POST_ITEM (post));
  g_return_if_fail (self->post == NULL);

  options = peal_post_item_get_options (post);
  self->post = g_object_ref (post);
  self->before = peal_post_options_copy (options);
  self->baseline = peal_post_options_copy (options);
  peal_compose_account_fix (self->account, peal_post_item_get_account (post));
  adw_combo_row_set_selected (self->share_row, options->share_type);
  peal_compose_caption_set_text (self->caption, options->caption);
  peal_compose_choices_set_options (self->choices, options);
  peal_compose_video_show_post (self->video, post);
  show_time (self);
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_set_visible (self->bar, TRUE);
  peal_compose_dialog_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->caption));
}

static void
read_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealComposeDialog *self = owner;
  GVariant *reply = value != NULL ? g_value_get_variant (value) : NULL;

  if (self->session == NULL)
    return;
  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sv})")))
    {
      g_autoptr (GVariant) dict = g_variant_get_child_value (reply, 0);
      g_autoptr (PealPostItem) post = peal_post_item_new (dict);

      peal_compose_dialog_edit (self, post);
      return;
    }
  if (error != NULL)
    {
      g_autofree char *sentence = peal_sentence_for_error (error);
      g_autofree char *markup = g_markup_escape_text (sentence, -1);

      adw_status_page_set_description (self->error_page, markup);
    }
  gtk_stack_set_visible_child_name (self->stack, "error");
}

void
peal_compose_dialog_edit_id (PealComposeDialog *self, gint64 post)
{
  g_return_if_fail (PEAL_IS_COMPOSE_DIALOG (self));
  g_return_if_fail (self->post == NULL);

  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_widget_set_visible (self->bar, FALSE);
  peal_await_for (self,
                  peal_client_call (peal_session_get_client (self->session), "GetPost",
                                    g_variant_new ("(x)", post), self->reading),
                  read_cb);
}

void
peal_compose_dialog_set_due (PealComposeDialog *self, gint64 due)
{
  g_return_if_fail (PEAL_IS_COMPOSE_DIALOG (self));

  adw_toggle_group_set_active_name (self->moment, "time");
  peal_when_editor_set_due (self->when, due);
}
