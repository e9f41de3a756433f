/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* The rows of the sidebar. All functions return (transfer floating). */

/* What needs the user is shown so far; the plan has all of it. */
#define PEAL_ATTENTION_MAX_ROWS 5

GtkWidget *peal_page_row_new (const char *title, const char *icon);
/* Follows @account. */
GtkWidget *peal_account_sidebar_row_new (PealSession *session, PealAccountItem *account);
GtkWidget *peal_attention_row_new (PealSession *session, const PealAttention *attention);
/* Leads to where the user can do something about it. */
void peal_attention_row_activate (GtkListBoxRow *row);

G_END_DECLS
