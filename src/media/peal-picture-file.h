/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-picture.h"

G_BEGIN_DECLS

/* A picture from a file: JPEG, PNG or WebP. Untrusted input: run in a process of its own, after peal_confine
 * (). */

/* (transfer full): the picture open as @fd, upright; no side is over @max_side, 1 to PEAL_PICTURE_MAX_SIDE.
 * NULL with PEAL_ERROR_MEDIA: "file_empty", "not_a_picture", "picture_too_large", "picture_unreadable",
 * "probe_timeout", "probe_failed". @fd: a regular file, open for reading; its position is left alone. */
PealPicture *peal_picture_file_read (int fd, int max_side, GError **error);

G_END_DECLS
