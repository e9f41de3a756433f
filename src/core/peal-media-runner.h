/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-clock.h"
#include "peal-media-facts.h"
#include "peal-media-open.h"
#include "peal-picture.h"

G_BEGIN_DECLS

/* Runs peal-media, which reads a video or a picture in a process of its own: in a bubblewrap sandbox with no
 * network, no files but /usr and no /proc, or, where the system forbids such sandboxes, with the limits that
 * peal-media sets itself. One that takes longer than ten seconds to look, or twenty to decode, is killed. */

#define PEAL_TYPE_MEDIA_RUNNER (peal_media_runner_get_type ())
G_DECLARE_FINAL_TYPE (PealMediaRunner, peal_media_runner, PEAL, MEDIA_RUNNER, GObject)

/* (transfer full). @program: path of peal-media. @bwrap: (nullable): path of bubblewrap; NULL where there is
 * none, see peal_media_runner_find_bwrap (). */
PealMediaRunner *peal_media_runner_new (const char *program, const char *bwrap, PealClock *clock);
/* (transfer full): peal-media beside the program that runs, else where it is installed. */
char *peal_media_runner_find_program (void);
/* (transfer full) (nullable): bubblewrap on this system. */
char *peal_media_runner_find_bwrap (void);
/* (transfer full): resolves to a PealMediaFacts (dex_await_boxed ()). @fd is only borrowed, for
 * the call; its position is moved. Rejects with PEAL_ERROR_MEDIA: "file_empty", "file_is_directory",
 * "file_not_regular", "not_a_video" (a text renamed), "video_damaged" (an MP4 that was cut),
 * "no_video_stream", "probe_timeout", "probe_failed"; or with G_IO_ERROR_CANCELLED. */
DexFuture *peal_media_runner_probe (PealMediaRunner *self, int fd, GCancellable *cancellable);
/* (transfer full): resolves to a PealPicture (boxed): the frame that the video open as @fd shows at @at_us
 * µs, its last one for a time beyond its end; upright, and scaled down so that no side is over @max_side, 1
 * to PEAL_PICTURE_MAX_SIDE. In a film that is slow to decode it may be an earlier frame. @fd as above.
 * Rejects as above, but takes a video that was cut for what is left of it; and with PEAL_ERROR_MEDIA
 * "frame_missing" where no frame could be decoded, be it that this computer has no decoder for it. */
DexFuture *peal_media_runner_frame (PealMediaRunner *self,
                                    int fd,
                                    gint64 at_us,
                                    int max_side,
                                    GCancellable *cancellable);
/* (transfer full): resolves to a PealPicture (boxed): the picture (JPEG, PNG or WebP) open as @fd, upright,
 * scaled down so that no side is over @max_side, 1 to PEAL_PICTURE_MAX_SIDE. @fd as above. Rejects with
 * PEAL_ERROR_MEDIA: "file_empty", "file_is_directory", "file_not_regular", "not_a_picture",
 * "picture_too_large" (over 8,192 a side or 64 MiB), "picture_unreadable" (damaged, moving, or without a
 * decoder for it), "probe_timeout", "probe_failed"; or with G_IO_ERROR_CANCELLED. */
DexFuture *peal_media_runner_picture (PealMediaRunner *self, int fd, int max_side, GCancellable *cancellable);

G_END_DECLS
