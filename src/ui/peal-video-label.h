/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-video-item.h"

G_BEGIN_DECLS

/* A cell with something about a video, in one line, that follows it when it changes. */

#define PEAL_TYPE_VIDEO_LABEL (peal_video_label_get_type ())
G_DECLARE_FINAL_TYPE (PealVideoLabel, peal_video_label, PEAL, VIDEO_LABEL, GtkWidget)

/* (transfer full): what the cell says of @video. */
typedef char *(*PealVideoLabelFunc) (PealVideoItem *video, GTimeZone *zone);

GtkWidget *peal_video_label_new (PealVideoLabelFunc func, GTimeZone *zone);
/* For numbers: as wide as @chars digits at least. */
void peal_video_label_set_width_chars (PealVideoLabel *self, int chars);
/* Whether all of it is in a tooltip, for it may not fit. */
void peal_video_label_set_tooltip (PealVideoLabel *self, gboolean tooltip);
/* @video: (nullable) */
void peal_video_label_set_video (PealVideoLabel *self, PealVideoItem *video);

G_END_DECLS
