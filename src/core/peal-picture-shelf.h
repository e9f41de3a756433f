/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Pictures kept in a directory: a file each, named by a digest of what it is of, with a mark of what it was
 * made from and a digest of its bytes. These functions block. */

#define PEAL_PICTURE_SHELF_MAX_BYTES (4 * 1024 * 1024)

/* A SHA-256. */
typedef struct
{
  guint8 bytes[32];
} PealShelfMark;

void peal_shelf_mark_data (PealShelfMark *mark, gconstpointer data, gsize length);

/* The picture of @key and the mark that came with it; NULL where there is none, or none that is whole.
 * (transfer full) (nullable) */
GBytes *peal_picture_shelf_get (const char *directory, const char *key, PealShelfMark *mark);
/* Puts @picture, of at most PEAL_PICTURE_SHELF_MAX_BYTES, in the place of what there was of @key, 0600, in
 * @directory, which is made 0700; then drops the oldest until all take @max_bytes of the disk at most, and
 * those that were put there more than @max_age_s ago (0: none for that). INVALID "picture_unkept". */
gboolean peal_picture_shelf_put (const char *directory,
                                 const char *key,
                                 const PealShelfMark *mark,
                                 GBytes *picture,
                                 gint64 max_bytes,
                                 gint64 max_age_s,
                                 GError **error);

G_END_DECLS
