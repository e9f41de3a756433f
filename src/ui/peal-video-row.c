/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-video-row.h"

#include "peal-video-cover.h"
#include "peal-video-menu.h"
#include "peal-video-text.h"

struct _PealVideoRow
{
  GtkWidget parent_instance;

  PealSession *session;
  GTimeZone *zone;

  char *account;
  GSignalGroup *video;

  PealVideoCover *cover;
  GtkWidget *words; /* bound so that it goes with the template */
  GtkLabel *title;
  GtkLabel *summary;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (PealVideoRow, peal_video_row, GTK_TYPE_WIDGET)

static void
update (PealVideoRow *self)
{
  g_autoptr (PealVideoItem) video = g_signal_group_dup_target (self->video);
  g_autofree char *title = NULL;
  g_autofree char *summary = NULL;

  peal_video_cover_set (self->cover, peal_session_get_pictures (self->session), self->account, video);
  peal_video_menu_set (PEAL_VIDEO_MENU (self->menu), self->account, video);
  if (video == NULL)
    return;
  title = peal_video_text_title (video);
  summary = peal_video_text_summary (video, self->zone);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->summary, summary);
}

static void
peal_video_row_dispose (GObject *object)
{
  PealVideoRow *self = PEAL_VIDEO_ROW (object);

  g_clear_object (&self->video);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_VIDEO_ROW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_video_row_parent_class)->dispose (object);
}

static void
peal_video_row_finalize (GObject *object)
{
  PealVideoRow *self = PEAL_VIDEO_ROW (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->account, g_free);
  G_OBJECT_CLASS (peal_video_row_parent_class)->finalize (object);
}

static void
peal_video_row_class_init (PealVideoRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = peal_video_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = peal_video_row_finalize;
  g_type_ensure (PEAL_TYPE_VIDEO_COVER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/pealapp/Peal/ui/peal-video-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PealVideoRow, cover);
  gtk_widget_class_bind_template_child (widget_class, PealVideoRow, words);
  gtk_widget_class_bind_template_child (widget_class, PealVideoRow, title);
  gtk_widget_class_bind_template_child (widget_class, PealVideoRow, summary);
}

static void
peal_video_row_init (PealVideoRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->video = g_signal_group_new (PEAL_TYPE_VIDEO_ITEM);
  g_signal_group_connect_swapped (self->video, "changed", G_CALLBACK (update), self);
}

GtkWidget *
peal_video_row_new (PealSession *session, GTimeZone *zone)
{
  PealVideoRow *self = NULL;

  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  self = g_object_new (PEAL_TYPE_VIDEO_ROW, NULL);
  self->session = g_object_ref (session);
  self->zone = g_time_zone_ref (zone);
  self->menu = peal_video_menu_new (session);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
peal_video_row_set (PealVideoRow *self, const char *account, PealVideoItem *video)
{
  g_return_if_fail (PEAL_IS_VIDEO_ROW (self));
  g_return_if_fail (video == NULL || account != NULL);

  g_set_str (&self->account, account);
  g_signal_group_set_target (self->video, video);
  update (self);
}
