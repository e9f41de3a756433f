/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-session.h"
#include "peal-video-item.h"

G_BEGIN_DECLS

/* A video in two lines, for narrow windows: cover, title, and its date and first numbers. */

#define PEAL_TYPE_VIDEO_ROW (peal_video_row_get_type ())
G_DECLARE_FINAL_TYPE (PealVideoRow, peal_video_row, PEAL, VIDEO_ROW, GtkWidget)

GtkWidget *peal_video_row_new (PealSession *session, GTimeZone *zone);
/* @account: the open_id of the account that has @video; both NULL for none. */
void peal_video_row_set (PealVideoRow *self, const char *account, PealVideoItem *video);

G_END_DECLS
