/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-picture-shelf.h"
#include "peal-picture.h"

G_BEGIN_DECLS

/* Posters kept on the disk, so that a video is decoded once and not at each start. One that is kept is good
 * as long as the video is the same file and nobody has written to it since: inode, size and times tell. */

/* What tells the video open as @fd from any other. To be taken before a poster is made of it. FALSE where it
 * cannot be read. */
gboolean peal_poster_shelf_mark (int fd, PealShelfMark *video);
/* @key: which poster of which post. Resolves to a PealPicture. Errors: INVALID "no_picture": there is none of
 * @video, or none that is whole. (transfer full) */
DexFuture *peal_poster_shelf_find (const char *directory, const char *key, const PealShelfMark *video);
/* Errors: INVALID "picture_unkept". (transfer full) */
DexFuture *peal_poster_shelf_keep (const char *directory,
                                   const char *key,
                                   const PealShelfMark *video,
                                   const PealPicture *poster);

G_END_DECLS
