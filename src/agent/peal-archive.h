/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-clock.h"
#include "peal-database.h"
#include "peal-tiktok-types.h"

G_BEGIN_DECLS

/* The statistics that the user owns: readings of accounts and videos, kept for ever. Unknown stays unknown.
 */

#define PEAL_TYPE_ARCHIVE (peal_archive_get_type ())
G_DECLARE_FINAL_TYPE (PealArchive, peal_archive, PEAL, ARCHIVE, GObject)

PealArchive *peal_archive_new (PealDatabase *database, PealClock *clock);
/* A reading of @user, and the names in the account's row. */
DexFuture *peal_archive_add_user (PealArchive *self, gint64 account, const PealUser *user);
/* A reading of each of @videos (of PealVideo). A reading that equals the one before is left out unless it is
 * a day old. */
DexFuture *peal_archive_add_videos (PealArchive *self, gint64 account, GPtrArray *videos);
/* Resolves to where TikTok says that the cover of @video is (string), "" for nowhere. INVALID
 * "video_unknown". */
DexFuture *peal_archive_query_cover (PealArchive *self, gint64 account, const char *video);
/* Resolve to the bus's GetSamples, ListVideos and GetVideoSamples (GVariant). */
DexFuture *peal_archive_get_samples (PealArchive *self, gint64 account, gint64 since_us);
DexFuture *peal_archive_list_videos (PealArchive *self, gint64 account, gint64 before_s, guint limit);
DexFuture *
peal_archive_get_video_samples (PealArchive *self, gint64 account, const char *video, gint64 since_us);

G_END_DECLS
