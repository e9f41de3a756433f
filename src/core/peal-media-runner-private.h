/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-media-runner.h"

G_BEGIN_DECLS

/* One run of peal-media, whatever it is asked: the part that all jobs of a PealMediaRunner share. */

/* (transfer full): resolves to a GBytes: all that the program wrote to its standard output, at most @most
 * bytes, however it ended. @arguments: (NULL-terminated): what stands behind its name. @fd: the file, where
 * the program finds its own; it is only borrowed, for the call. @patience_us: after
 * that it is killed. Rejects with PEAL_ERROR_MEDIA: "file_empty",
 * "file_is_directory", "file_not_regular", "probe_timeout", or "probe_failed" where it could not be started
 * or said more than @most bytes; or with G_IO_ERROR_CANCELLED. */
DexFuture *peal_media_runner_run (PealMediaRunner *self,
                                  const char *const *arguments,
                                  int fd,
                                  gint64 patience_us,
                                  gsize most,
                                  GCancellable *cancellable);

const char *peal_media_runner_get_program (PealMediaRunner *self);
/* (nullable) */
const char *peal_media_runner_get_bwrap (PealMediaRunner *self);
PealClock *peal_media_runner_get_clock (PealMediaRunner *self);

G_END_DECLS
