/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-video-list.h"
#include "peal-videos-view.h"

G_BEGIN_DECLS

/* What the two halves of the view share: it, and the rows and cells of its table and list. */

struct _PealVideosView
{
  GtkWidget parent_instance;

  PealSession *session;
  PealAccountItem *account; /* (nullable) */
  gulong account_handler;
  PealVideoList *videos; /* (nullable): of the account */
  GtkSorter *sorter;
  GTimeZone *zone;
  gboolean narrow;
  guint spinner_source;

  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwStatusPage *scope_page;
  GtkButton *scope_button;
  GtkColumnView *table;
  GtkColumnViewColumn *cover_column;
  GtkColumnViewColumn *title_column;
  GtkColumnViewColumn *published_column;
  GtkColumnViewColumn *views_column;
  GtkColumnViewColumn *likes_column;
  GtkColumnViewColumn *comments_column;
  GtkColumnViewColumn *shares_column;
  GtkColumnViewColumn *menu_column;
  GtkListView *list;
  GtkDropDown *order_list;
};

/* Gives columns and list what makes their cells and rows. */
void peal_videos_view_make_factories (PealVideosView *self);

G_END_DECLS
