/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-picture-reader.h"

G_BEGIN_DECLS

/* Avatars and covers with a kept copy of each: TikTok's addresses are good for some days only, the pictures
 * are shown for years. A copy serves as long as TikTok names the same picture, and where another one cannot
 * be had. */

#define PEAL_TYPE_PICTURE_STORE (peal_picture_store_get_type ())
G_DECLARE_FINAL_TYPE (PealPictureStore, peal_picture_store, PEAL, PICTURE_STORE, GObject)

#define PEAL_PICTURE_STORE_MAX_BYTES (64 * 1024 * 1024)

/* The copies are in @directory, ours alone, which is made once there is one; @max_bytes on the disk together,
 * the oldest go first. (transfer full) */
PealPictureStore *peal_picture_store_new (PealPictureReader *reader, const char *directory, gint64 max_bytes);
/* @key: what this is the picture of, in any text. @url: as TikTok names it at present; NULL for not at all.
 * Resolves to GBytes, undecoded. Errors: INVALID "no_picture" (there is no address and no copy), and the
 * reader's where there is no copy. What is wrong with the copies is no error. */
DexFuture *
peal_picture_store_load (PealPictureStore *self, const char *key, const char *url, GCancellable *cancellable);

G_END_DECLS
