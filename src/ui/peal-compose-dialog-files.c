/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-dialog-private.h"

#include <glib/gi18n.h>

#include "peal-when-choice.h"

/* No more names than these are told. */
#define MAX_NAMES 3

static void
show_left_out (PealComposeDialog *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < self->left_out->len && i < MAX_NAMES; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", (char *)g_ptr_array_index (self->left_out, i));
  if (self->left_out->len > MAX_NAMES)
    g_string_append (names, ", …");
  /* Translators: %s is the name of a file, or several with commas */
  sentence = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Left out, as it is no video that can be read: %s",
                   "Left out, as they are no videos that can be read: %s", self->left_out->len),
      names->str);
  peal_compose_dialog_say (self, sentence);
}

static gboolean
open_next (PealComposeDialog *self)
{
  g_autoptr (GFile) file = g_list_model_get_item (G_LIST_MODEL (self->waiting), 0);

  if (file == NULL)
    return FALSE;
  g_list_store_remove (self->waiting, 0);
  self->position++;
  self->media = 0;
  peal_compose_video_open (self->video, file);
  return TRUE;
}

static void
skip_cb (gpointer user_data)
{
  PealComposeDialog *self = user_data;

  self->skip_source = 0;
  if (peal_compose_video_get_state (self->video) != PEAL_COMPOSE_VIDEO_UNUSABLE)
    return;
  g_ptr_array_add (self->left_out, g_strdup (peal_compose_video_get_name (self->video)));
  show_left_out (self);
  /* It is no longer one of them. */
  self->position--;
  self->total--;
  open_next (self);
}

void
peal_compose_dialog_skip_unusable (PealComposeDialog *self)
{
  /* Later: a file that cannot even be opened says so while it is being opened. */
  if (self->skip_source == 0 && peal_compose_video_get_state (self->video) == PEAL_COMPOSE_VIDEO_UNUSABLE
      && g_list_model_get_n_items (G_LIST_MODEL (self->waiting)) > 0)
    self->skip_source = g_idle_add_once (skip_cb, self);
}

/* Many who have several videos post one a day: the next is for the day after, which is there to see and to
 * change. */
static void
go_to_next_day (PealComposeDialog *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const PealWhenChoice *choice = peal_when_editor_get_choice (self->when);

  if (peal_compose_dialog_get_moment (self) == PEAL_COMPOSE_AT_TIME && choice->verdict == PEAL_WHEN_FINE)
    peal_when_editor_set_due (self->when, peal_when_add_days (zone, choice->due, 1));
}

gboolean
peal_compose_dialog_begin_next (PealComposeDialog *self)
{
  g_autoptr (PealPostOptions) nothing = NULL;

  /* First, so that nothing below is told of the video before. */
  if (!open_next (self))
    return FALSE;
  nothing = peal_post_options_new ();
  peal_compose_caption_set_text (self->caption, "");
  /* TikTok wants these made by a person for each post. */
  peal_compose_choices_set_options (self->choices, nothing);
  go_to_next_day (self);
  peal_compose_account_ask (self->account);
  return TRUE;
}

void
peal_compose_dialog_add_files (PealComposeDialog *self, GListModel *files)
{
  PealComposeVideoState state;
  guint n;

  g_return_if_fail (PEAL_IS_COMPOSE_DIALOG (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  n = g_list_model_get_n_items (files);
  if (self->post != NULL || n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_list_store_append (self->waiting, file);
    }
  self->total += n;
  state = peal_compose_video_get_state (self->video);
  if (state == PEAL_COMPOSE_VIDEO_UNUSABLE)
    {
      self->position--;
      self->total--;
    }
  if (state == PEAL_COMPOSE_VIDEO_NONE || state == PEAL_COMPOSE_VIDEO_UNUSABLE)
    open_next (self);
  peal_compose_dialog_update (self);
}

static gboolean
drop_cb (PealComposeDialog *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) list = gdk_file_list_get_files (g_value_get_boxed (value));

  if (self->post != NULL || self->sending != NULL || list == NULL)
    return FALSE;
  for (GSList *link = list; link != NULL; link = link->next)
    g_list_store_append (files, link->data);
  peal_compose_dialog_add_files (self, G_LIST_MODEL (files));
  return TRUE;
}

void
peal_compose_dialog_accept_files (PealComposeDialog *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  /* Before the caption takes the name of a file for text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
