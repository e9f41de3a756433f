/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a video file is opened, and what may be one. */

/* Opens a video for reading, without ever waiting for the other end of a pipe. A file descriptor with
 * close-on-exec set, or -1 with PEAL_ERROR_MEDIA: "file_missing", "file_unreadable", "file_is_directory",
 * "file_not_regular", "file_empty". Symbolic links are followed. */
int peal_media_open (const char *path, GError **error);
/* FALSE with the same errors where @fd is no plain file with something in it. */
gboolean peal_media_check_file (int fd, GError **error);
/* Whether a private copy of the video open as @fd, of @size bytes, costs so much that a person is asked
 * first: over 500 MB, and the file system of the user's data, where the agent keeps its copies, cannot clone
 * it. */
gboolean peal_media_is_costly_to_copy (int fd, gint64 size);

G_END_DECLS
