/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reading a file at a place, and numbers in it. */

/* Up to @length bytes at @offset into @bytes; how many there were. @fd: seekable; its position is left alone.
 */
gsize peal_bytes_read_at (int fd, gint64 offset, guint8 *bytes, gsize length);
/* The number in @length bytes, 1 to 8 of them, the highest first. */
guint64 peal_bytes_get_be (const guint8 *bytes, gsize length);
/* As above, the lowest first. */
guint64 peal_bytes_get_le (const guint8 *bytes, gsize length);

G_END_DECLS
