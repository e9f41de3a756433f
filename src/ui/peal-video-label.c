/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-video-label.h"

struct _PealVideoLabel
{
  GtkWidget parent_instance;

  PealVideoLabelFunc func;
  GTimeZone *zone;
  GSignalGroup *video;
  gboolean tooltip;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (PealVideoLabel, peal_video_label, GTK_TYPE_WIDGET)

static void
update (PealVideoLabel *self)
{
  g_autoptr (PealVideoItem) video = g_signal_group_dup_target (self->video);
  g_autofree char *text = video != NULL ? self->func (video, self->zone) : NULL;

  gtk_label_set_label (GTK_LABEL (self->label), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (self->label, self->tooltip ? text : NULL);
}

static void
peal_video_label_dispose (GObject *object)
{
  PealVideoLabel *self = PEAL_VIDEO_LABEL (object);

  g_clear_object (&self->video);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (peal_video_label_parent_class)->dispose (object);
}

static void
peal_video_label_finalize (GObject *object)
{
  g_clear_pointer (&PEAL_VIDEO_LABEL (object)->zone, g_time_zone_unref);
  G_OBJECT_CLASS (peal_video_label_parent_class)->finalize (object);
}

static void
peal_video_label_class_init (PealVideoLabelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = peal_video_label_dispose;
  G_OBJECT_CLASS (klass)->finalize = peal_video_label_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
peal_video_label_init (PealVideoLabel *self)
{
  self->video = g_signal_group_new (PEAL_TYPE_VIDEO_ITEM);
  g_signal_group_connect_swapped (self->video, "changed", G_CALLBACK (update), self);
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

GtkWidget *
peal_video_label_new (PealVideoLabelFunc func, GTimeZone *zone)
{
  PealVideoLabel *self = NULL;

  g_return_val_if_fail (func != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  self = g_object_new (PEAL_TYPE_VIDEO_LABEL, NULL);
  self->func = func;
  self->zone = g_time_zone_ref (zone);
  return GTK_WIDGET (self);
}

void
peal_video_label_set_width_chars (PealVideoLabel *self, int chars)
{
  g_return_if_fail (PEAL_IS_VIDEO_LABEL (self));

  gtk_label_set_width_chars (GTK_LABEL (self->label), chars);
}

void
peal_video_label_set_tooltip (PealVideoLabel *self, gboolean tooltip)
{
  g_return_if_fail (PEAL_IS_VIDEO_LABEL (self));

  self->tooltip = tooltip;
  update (self);
}

void
peal_video_label_set_video (PealVideoLabel *self, PealVideoItem *video)
{
  g_return_if_fail (PEAL_IS_VIDEO_LABEL (self));
  g_return_if_fail (video == NULL || PEAL_IS_VIDEO_ITEM (video));

  g_signal_group_set_target (self->video, video);
  update (self);
}
