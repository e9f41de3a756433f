/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-post-item.h"
#include "peal-session.h"

G_BEGIN_DECLS

/* One post in the plan: poster, time, account, caption, state by icon and word, progress while it is sent,
 * what is wrong and the button that mends it, and a menu of all that can be done. Made to be recycled.
 *
 * Properties: description (read-only, notified): the row in words, for the accessible label of its list item.
 */

#define PEAL_TYPE_POST_ROW (peal_post_row_get_type ())
G_DECLARE_FINAL_TYPE (PealPostRow, peal_post_row, PEAL, POST_ROW, GtkWidget)

/* (transfer floating) */
GtkWidget *peal_post_row_new (PealSession *session);
/* @post: (nullable) */
void peal_post_row_set_post (PealPostRow *self, PealPostItem *post);
/* (transfer full): the row in words, for whoever hears it. */
char *peal_post_row_describe (PealPostItem *post, gint64 now, GTimeZone *zone);

G_END_DECLS
