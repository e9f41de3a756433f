/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-agent-link.h"
#include "peal-video-item.h"

G_BEGIN_DECLS

/* All videos of an account as a GListModel of PealVideoItem, newest first: pages of 500 are fetched one after
 * the other, the first at once, the rest while nothing more urgent happens. Read again when the agent says
 * that the account's videos changed; the items stay the same objects.
 *
 * Properties (read-only, notified): loading, loaded (whether the first page was read) (gboolean), error
 * (GError). */

#define PEAL_TYPE_VIDEO_LIST (peal_video_list_get_type ())
G_DECLARE_FINAL_TYPE (PealVideoList, peal_video_list, PEAL, VIDEO_LIST, GObject)

/* (transfer full) */
PealVideoList *peal_video_list_new (PealAgentLink *link, const char *account);
gboolean peal_video_list_is_loading (PealVideoList *self);
gboolean peal_video_list_is_loaded (PealVideoList *self);
/* (transfer none) (nullable) */
const GError *peal_video_list_get_error (PealVideoList *self);

G_END_DECLS
