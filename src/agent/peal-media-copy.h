/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A private copy of a file, on the disk and with its digest. */

typedef struct
{
  gint64 size; /* bytes */
  guint8 sha256[32];
  gint64 inode, mtime_ns, ctime_ns; /* of the copy */
} PealMediaCopy;

/* Copies the regular file @fd to @path (0600, must not exist), sharing its blocks where the file system can,
 * and returns once both file and directory entry are on the disk. Blocks for as long as the disk takes. FALSE
 * with MEDIA "file_not_regular", "file_empty", "file_too_large", "file_unreadable", "media_changed" (the file
 * changed meanwhile), STORAGE_FULL "disk_full", STORAGE_CORRUPT "storage_failed", CANCELLED; then nothing is
 * left at @path. */
gboolean peal_media_copy_make (int fd,
                               const char *path,
                               PealMediaCopy *copy,
                               GCancellable *cancellable,
                               GError **error);
/* The digest of the regular file @fd. Blocks. */
gboolean peal_media_copy_digest (int fd, guint8 sha256[32], GCancellable *cancellable, GError **error);
/* inode, mtime and ctime of @fd, and its size. */
gboolean peal_media_copy_stat (int fd, PealMediaCopy *copy, GError **error);

G_END_DECLS
