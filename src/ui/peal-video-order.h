/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-video-item.h"

G_BEGIN_DECLS

/* How videos are put in order. Numbers go by their size; a number that is unknown comes last whatever the
 * direction. What is equal goes by time, the newest first. */

typedef enum
{
  PEAL_VIDEO_KEY_PUBLISHED,
  PEAL_VIDEO_KEY_VIEWS,
  PEAL_VIDEO_KEY_LIKES,
  PEAL_VIDEO_KEY_COMMENTS,
  PEAL_VIDEO_KEY_SHARES,
  PEAL_VIDEO_KEY_TITLE, /* as the user's language sorts; videos without one last */
} PealVideoKey;

#define PEAL_N_VIDEO_KEYS (PEAL_VIDEO_KEY_TITLE + 1)

/* -1 for a number that is unknown; -1 for the title too. The time of publishing is in seconds UTC. */
gint64 peal_video_order_get_number (PealVideoItem *video, PealVideoKey key);
/* Negative where @one comes before @two. */
int
peal_video_order_compare (PealVideoItem *one, PealVideoItem *two, PealVideoKey key, GtkSortType direction);

/* (transfer full): sorts as the titles of @view's columns were pressed; the newest first where none was. */
GtkSorter *peal_video_order_follow (GtkColumnView *view);
/* Makes @column one by which @view can be sorted. */
void peal_video_order_set_key (GtkColumnViewColumn *column, PealVideoKey key);

G_END_DECLS
