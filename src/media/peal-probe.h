/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-media-facts.h"

G_BEGIN_DECLS

/* What a video file is. Untrusted input: run in a process of its own, after peal_confine (). */

/* (transfer full): NULL with PEAL_ERROR_MEDIA: "file_empty", "not_a_video", "video_damaged",
 * "no_video_stream", "probe_timeout", "probe_failed". @fd: a regular file, open for reading; its position is
 * moved. */
PealMediaFacts *peal_probe_run (int fd, GError **error);

G_END_DECLS
