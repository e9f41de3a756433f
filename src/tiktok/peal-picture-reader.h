/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-tiktok-client.h"

G_BEGIN_DECLS

/* Reads the avatars and covers that TikTok names. Only TikTok's own hosts are asked (for another server:
 * loopback), no token goes with it and no redirect is followed; at most two are read at a time, the others
 * wait for their turn. */

#define PEAL_TYPE_PICTURE_READER (peal_picture_reader_get_type ())
G_DECLARE_FINAL_TYPE (PealPictureReader, peal_picture_reader, PEAL, PICTURE_READER, GObject)

#define PEAL_PICTURE_MAX_BYTES (4 * 1024 * 1024)

/* (transfer full) */
PealPictureReader *peal_picture_reader_new (PealTiktokClient *client);
/* Resolves to the picture (GBytes), as it came, undecoded: 1 to PEAL_PICTURE_MAX_BYTES bytes of what the
 * server called an image. Takes 20 s at most once it is its turn. Errors: INVALID "picture_refused" (by
 * peal_picture_url_check ()), "picture_too_large"; NETWORK; SERVER, "picture_unavailable" for any other
 * answer; CANCELLED. */
DexFuture *peal_picture_reader_read (PealPictureReader *self, const char *url, GCancellable *cancellable);

G_END_DECLS
