/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* The public videos of an account: a table that sorts by its columns, or, where it is narrow, a list of
 * two-line rows with the orders to choose from. A video opens at TikTok; its menu has its curve. What stands
 * in the way is said in the table's place, with what can be done.
 *
 * Properties (read-write): narrow (gboolean): whether it is a list. */

#define PEAL_TYPE_VIDEOS_VIEW (peal_videos_view_get_type ())
G_DECLARE_FINAL_TYPE (PealVideosView, peal_videos_view, PEAL, VIDEOS_VIEW, GtkWidget)

/* To be called once, before anything else. */
void peal_videos_view_set_session (PealVideosView *self, PealSession *session);
/* @account: (nullable) (transfer none) */
void peal_videos_view_set_account (PealVideosView *self, PealAccountItem *account);

G_END_DECLS
