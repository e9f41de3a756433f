/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"
#include "peal-video-item.h"

G_BEGIN_DECLS

/* A video's numbers over time, one curve at a time, and the way to its page at TikTok. */

#define PEAL_TYPE_VIDEO_DIALOG (peal_video_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PealVideoDialog, peal_video_dialog, PEAL, VIDEO_DIALOG, AdwDialog)

/* (transfer floating): @account: the open_id of the account that has @video. */
AdwDialog *peal_video_dialog_new (PealSession *session, const char *account, PealVideoItem *video);

G_END_DECLS
