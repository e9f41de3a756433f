/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-dialog-private.h"

#include <glib/gi18n.h>

#include "peal-account-text.h"
#include "peal-compose-terms.h"

#define MINUTE_US (60 * G_USEC_PER_SEC)

PealShareType
peal_compose_dialog_get_share_type (PealComposeDialog *self)
{
  return adw_combo_row_get_selected (self->share_row) == PEAL_SHARE_INBOX ? PEAL_SHARE_INBOX
                                                                          : PEAL_SHARE_DIRECT;
}

PealComposeMoment
peal_compose_dialog_get_moment (PealComposeDialog *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->moment), "now") == 0 ? PEAL_COMPOSE_NOW
                                                                                 : PEAL_COMPOSE_AT_TIME;
}

PealPostOptions *
peal_compose_dialog_read_options (PealComposeDialog *self)
{
  g_autoptr (PealPostOptions) options = peal_post_options_new ();

  g_free (options->caption);
  options->caption = peal_compose_caption_dup_text (self->caption);
  options->share_type = peal_compose_dialog_get_share_type (self);
  options->cover_ms = peal_compose_video_get_cover (self->video);
  peal_compose_choices_fill_options (self->choices, options);
  return g_steal_pointer (&options);
}

/* A post on the plan stays fit to go out where TikTok cannot be asked, as long as who can view it stays the
 * same. */
static gboolean
is_kept (PealComposeDialog *self, const PealPostOptions *options)
{
  return self->post != NULL && peal_post_item_get_state (self->post) == PEAL_POST_SCHEDULED
         && self->before->share_type == PEAL_SHARE_DIRECT && options->privacy_level != NULL
         && g_strcmp0 (self->before->privacy_level, options->privacy_level) == 0;
}

PealComposeForm
peal_compose_dialog_read_form (PealComposeDialog *self, const PealPostOptions *options)
{
  PealAccountItem *account = peal_compose_account_get_account (self->account);

  return (PealComposeForm){
    .video = peal_compose_video_get_state (self->video),
    .has_account = account != NULL,
    .scopes = account != NULL ? peal_account_item_get_scopes (account) : PEAL_SCOPE_NONE,
    .creator = peal_compose_account_get_state (self->account),
    .options = options,
    .disclosure = peal_compose_choices_is_disclosed (self->choices),
    .moment = peal_compose_dialog_get_moment (self),
    .when = peal_when_editor_get_choice (self->when)->verdict,
    .is_kept = is_kept (self, options),
  };
}

/* The time is typed by the minute; a post may have been made for a second of it. */
static gboolean
is_old_time (PealComposeDialog *self, gint64 due)
{
  return self->post != NULL && peal_post_item_get_state (self->post) == PEAL_POST_SCHEDULED
         && peal_post_item_get_due (self->post) / MINUTE_US == due / MINUTE_US;
}

PealComposeTime
peal_compose_dialog_read_time (PealComposeDialog *self)
{
  const PealWhenChoice *choice = peal_when_editor_get_choice (self->when);

  if (peal_compose_dialog_get_moment (self) == PEAL_COMPOSE_NOW)
    return (PealComposeTime){ .kind = PEAL_COMPOSE_TIME_NOW, .due = -1 };
  if (is_old_time (self, choice->due))
    return (PealComposeTime){ .kind = PEAL_COMPOSE_TIME_KEPT, .due = -1 };
  return (PealComposeTime){
    .kind = PEAL_COMPOSE_TIME_DUE,
    .due = choice->due,
    .zone = peal_when_editor_get_zone (self->when),
  };
}

gboolean
peal_compose_dialog_is_dirty (PealComposeDialog *self)
{
  g_autoptr (PealPostOptions) options = peal_compose_dialog_read_options (self);
  g_autoptr (GVariant) changes = NULL;

  if (self->post == NULL)
    return peal_compose_video_get_facts (self->video) != NULL || options->caption[0] != '\0'
           || g_list_model_get_n_items (G_LIST_MODEL (self->waiting)) > 0;
  changes = g_variant_ref_sink (peal_compose_diff (self->baseline, options));
  return g_variant_n_children (changes) > 0
         || (peal_post_item_get_state (self->post) == PEAL_POST_SCHEDULED
             && peal_compose_dialog_read_time (self).kind != PEAL_COMPOSE_TIME_KEPT);
}

static const char *
get_send_label (PealComposeDialog *self)
{
  if (peal_compose_dialog_get_moment (self) == PEAL_COMPOSE_NOW)
    return peal_compose_dialog_get_share_type (self) == PEAL_SHARE_INBOX ? _ ("_Send Now")
                                                                         : _ ("_Publish Now");
  if (self->post != NULL && peal_post_item_get_state (self->post) == PEAL_POST_SCHEDULED)
    return _ ("_Save");
  return _ ("_Schedule");
}

static void
show_title (PealComposeDialog *self)
{
  const char *title = self->post != NULL ? _ ("Edit Post") : _ ("New Post");
  g_autofree char *subtitle = NULL;

  if (self->total > 1)
    /* Translators: which of several videos this is, as in "Video 1 of 10" */
    subtitle = g_strdup_printf (_ ("Video %1$u of %2$u"), self->position, self->total);
  adw_dialog_set_title (ADW_DIALOG (self), title);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
}

static void
show_share_type (PealComposeDialog *self)
{
  PealShareType share_type = peal_compose_dialog_get_share_type (self);
  gboolean inbox = share_type == PEAL_SHARE_INBOX;
  gboolean now = peal_compose_dialog_get_moment (self) == PEAL_COMPOSE_NOW;

  gtk_label_set_label (
      self->share_note,
      inbox ? _ ("The video arrives in TikTok’s inbox: tap the notification there to finish the post. "
                 "Who can view it, comments and the like are chosen then.")
            : peal_share_type_explanation (share_type));
  gtk_widget_set_visible (GTK_WIDGET (self->choices), !inbox);
  gtk_widget_set_visible (self->delay_note, now);
  gtk_widget_set_visible (GTK_WIDGET (self->when), !now);
  peal_compose_caption_set_is_sent (self->caption, !inbox);
  peal_compose_video_set_takes_cover (self->video, !inbox);
  peal_compose_account_set_share_type (self->account, share_type);
}

static void
show_buttons (PealComposeDialog *self, const PealPostOptions *options)
{
  PealComposeForm form = peal_compose_dialog_read_form (self, options);
  PealComposeLack lack = peal_compose_form_find_lack (&form);
  PealComposeLack draft_lack = peal_compose_form_find_draft_lack (&form);
  const char *sentence = peal_compose_lack_to_sentence (lack);

  gtk_button_set_label (self->send_button, get_send_label (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button), lack == PEAL_COMPOSE_LACKS_NOTHING);
  gtk_widget_set_tooltip_text (self->send_bin, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
  /* Of a post that is on the plan, it takes the time away. */
  gtk_button_set_label (GTK_BUTTON (self->draft_button),
                        self->post != NULL && peal_post_item_get_state (self->post) == PEAL_POST_SCHEDULED
                            ? _ ("Turn into _Draft")
                            : _ ("Save _Draft"));
  gtk_widget_set_sensitive (self->draft_button, draft_lack == PEAL_COMPOSE_LACKS_NOTHING);
  gtk_widget_set_tooltip_text (self->draft_bin, peal_compose_lack_to_sentence (draft_lack));
  gtk_label_set_label (self->lack, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->lack), sentence != NULL && self->sending == NULL);
}

void
peal_compose_dialog_update (PealComposeDialog *self)
{
  g_autoptr (PealPostOptions) options = peal_compose_dialog_read_options (self);
  gboolean branded = options->branded_content && options->share_type == PEAL_SHARE_DIRECT;
  gboolean busy = self->sending != NULL;
  gboolean is_working = busy && !self->asking;

  show_title (self);
  show_share_type (self);
  show_buttons (self, options);
  gtk_label_set_markup (self->consent, peal_compose_consent_markup (branded));
  gtk_widget_set_sensitive (self->content, !busy);
  gtk_widget_set_visible (self->buttons, !is_working);
  gtk_widget_set_visible (self->busy, is_working);
  adw_dialog_set_can_close (ADW_DIALOG (self), !busy && !peal_compose_dialog_is_dirty (self));
}

void
peal_compose_dialog_focus_lack (PealComposeDialog *self, PealComposeLack lack)
{
  switch (lack)
    {
    case PEAL_COMPOSE_LACKS_VIDEO:
    case PEAL_COMPOSE_LACKS_CHECK:
    case PEAL_COMPOSE_LACKS_OTHER_VIDEO:
    case PEAL_COMPOSE_LACKS_RULES:
      gtk_widget_grab_focus (GTK_WIDGET (self->video));
      break;
    case PEAL_COMPOSE_LACKS_ACCOUNT:
    case PEAL_COMPOSE_LACKS_SCOPE:
    case PEAL_COMPOSE_LACKS_ANSWER:
    case PEAL_COMPOSE_LACKS_CHOICES:
      gtk_widget_grab_focus (GTK_WIDGET (self->account));
      break;
    case PEAL_COMPOSE_LACKS_ROOM:
      gtk_widget_grab_focus (GTK_WIDGET (self->caption));
      break;
    case PEAL_COMPOSE_LACKS_PRIVACY:
    case PEAL_COMPOSE_LACKS_AUDIENCE:
      peal_compose_choices_focus_privacy (self->choices);
      break;
    case PEAL_COMPOSE_LACKS_DISCLOSURE:
      peal_compose_choices_focus_disclosure (self->choices);
      break;
    case PEAL_COMPOSE_LACKS_TIME:
      gtk_widget_grab_focus (GTK_WIDGET (self->when));
      break;
    case PEAL_COMPOSE_LACKS_NOTHING:
    default:
      break;
    }
}
