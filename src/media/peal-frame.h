/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-picture.h"

G_BEGIN_DECLS

/* One frame of a film. Untrusted input: run in a process of its own, after peal_confine (). */

/* (transfer full): the frame that the film open as @fd shows at @at_us, 0 or more µs; its last one where that
 * is beyond its end. Upright; no side is over @max_side, 1 to PEAL_PICTURE_MAX_SIDE. Where the way to it is
 * long, an earlier one (peal-catcher.h). A film that was cut is taken for what is left of it. NULL with
 * PEAL_ERROR_MEDIA: "file_empty", "not_a_video", "video_damaged", "no_video_stream", "frame_missing",
 * "probe_timeout", "probe_failed". @fd: a regular file, open for reading; its position is left alone. */
PealPicture *peal_frame_read (int fd, gint64 at_us, int max_side, GError **error);

G_END_DECLS
