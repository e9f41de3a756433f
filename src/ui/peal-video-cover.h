/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-pictures.h"
#include "peal-video-item.h"

G_BEGIN_DECLS

/* The cover of a video, small, with a placeholder until it is there or where there is none. A video that is
 * only passed by while the list is scrolled has its cover not fetched. */

#define PEAL_TYPE_VIDEO_COVER (peal_video_cover_get_type ())
G_DECLARE_FINAL_TYPE (PealVideoCover, peal_video_cover, PEAL, VIDEO_COVER, GtkWidget)

GtkWidget *peal_video_cover_new (void);
/* @account: the open_id of the account that has @video; both NULL for none. */
void peal_video_cover_set (PealVideoCover *self,
                           PealPictures *pictures,
                           const char *account,
                           PealVideoItem *video);

G_END_DECLS
