/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* The rows of the sidebar. All functions return (transfer floating). */

GtkWidget *peal_page_row_new (const char *title, const char *icon);
/* Follows @account. */
GtkWidget *peal_account_sidebar_row_new (PealSession *session, PealAccountItem *account);
/* @attention: about anything but a post. */
GtkWidget *peal_attention_row_new (PealSession *session, const PealAttention *attention);
/* The @count posts in @state. @post: the only one, 0 where there are more: then it leads to the plan. */
GtkWidget *peal_attention_posts_row_new (PealPostState state, guint count, gint64 post);
/* Leads to where the user can do something about it. */
void peal_attention_row_activate (GtkListBoxRow *row);

G_END_DECLS
