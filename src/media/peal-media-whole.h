/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Is all of a video there? A film whose end is missing often plays; TikTok refuses it after the upload. So
 * the sizes that its outermost boxes announce are held against the size of the file. */

/* @fd: seekable; its position is left alone. @size: bytes of the file. @container: as PealMediaFacts; one
 * without boxes counts as whole. */
gboolean peal_media_is_whole (int fd, gint64 size, const char *container);

G_END_DECLS
