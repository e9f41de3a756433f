/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-clock.h"
#include "peal-media-facts.h"
#include "peal-media-open.h"

G_BEGIN_DECLS

/* Runs peal-media, which reads a video in a process of its own: in a bubblewrap sandbox with no network, no
 * files but /usr and no /proc, or, where the system forbids such sandboxes, with the limits that peal-media
 * sets itself. One that takes longer than ten seconds is killed. */

#define PEAL_TYPE_MEDIA_RUNNER (peal_media_runner_get_type ())
G_DECLARE_FINAL_TYPE (PealMediaRunner, peal_media_runner, PEAL, MEDIA_RUNNER, GObject)

/* (transfer full). @program: path of peal-media. @bwrap: (nullable): path of bubblewrap; NULL where there is
 * none, see peal_media_runner_find_bwrap (). */
PealMediaRunner *peal_media_runner_new (const char *program, const char *bwrap, PealClock *clock);
/* (transfer full) (nullable): bubblewrap on this system. */
char *peal_media_runner_find_bwrap (void);
/* (transfer full): resolves to a PealMediaFacts (dex_await_boxed ()). @fd is only borrowed, for
 * the call; its position is moved. Rejects with PEAL_ERROR_MEDIA: "file_empty", "file_is_directory",
 * "file_not_regular", "not_a_video" (a text renamed), "video_damaged" (an MP4 that was cut),
 * "no_video_stream", "probe_timeout", "probe_failed"; or with G_IO_ERROR_CANCELLED. */
DexFuture *peal_media_runner_probe (PealMediaRunner *self, int fd, GCancellable *cancellable);

G_END_DECLS
