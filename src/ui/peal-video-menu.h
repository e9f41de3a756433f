/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-session.h"
#include "peal-video-item.h"

G_BEGIN_DECLS

/* What can be done with a video in a list, as a button with a menu: its curve, its page at TikTok, its
 * address. */

#define PEAL_TYPE_VIDEO_MENU (peal_video_menu_get_type ())
G_DECLARE_FINAL_TYPE (PealVideoMenu, peal_video_menu, PEAL, VIDEO_MENU, GtkWidget)

GtkWidget *peal_video_menu_new (PealSession *session);
/* @account: the open_id of the account that has @video; both NULL for none. */
void peal_video_menu_set (PealVideoMenu *self, const char *account, PealVideoItem *video);

/* Shows @video at TikTok in the user's browser, or, where it has no address, its curve. What goes wrong is
 * said. */
void peal_video_open (GtkWidget *widget, PealSession *session, const char *account, PealVideoItem *video);

G_END_DECLS
