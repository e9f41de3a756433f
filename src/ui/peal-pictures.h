/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>
#include <libdex.h>

#include "peal-agent-link.h"
#include "peal-media-runner.h"

G_BEGIN_DECLS

/* Pictures for the window: posters of posts from their videos, avatars and covers through the agent. All of
 * them are decoded by peal-media in its sandbox, one at a time, or two where there are more than two
 * processors, and the latest 300 are kept; small posters on the disk too, for the next start. A future that
 * rejects means that there is no picture: show a placeholder.
 *
 * Properties: remote (gboolean, writable): whether avatars and covers may be fetched from TikTok. */

#define PEAL_TYPE_PICTURES (peal_pictures_get_type ())
G_DECLARE_FINAL_TYPE (PealPictures, peal_pictures, PEAL, PICTURES, GObject)

/* (transfer full) */
PealPictures *peal_pictures_new (PealAgentLink *link, PealMediaRunner *runner);

/* While they are held nothing is loaded: that takes processor time, which the first frame of a window needs.
 */
void peal_pictures_hold (PealPictures *self);
void peal_pictures_release (PealPictures *self);

/* The functions below return (transfer full) a future of a GdkTexture. @side: its longer side, device pixels.
 */

/* The frame at @cover_ms (-1: the first) of the private copy of post @post. */
DexFuture *peal_pictures_load_poster (PealPictures *self, gint64 post, gint64 cover_ms, int side);
/* The frame at @at_us of the video open as @fd, which stays the caller's. Not kept. */
DexFuture *peal_pictures_load_frame (PealPictures *self, int fd, gint64 at_us, int side);
/* The avatar of @account, an open_id. @url: as the account has it: tells a new one from the old. */
DexFuture *peal_pictures_load_avatar (PealPictures *self, const char *account, const char *url, int side);
DexFuture *peal_pictures_load_cover (PealPictures *self, const char *account, const char *video, int side);

G_END_DECLS
