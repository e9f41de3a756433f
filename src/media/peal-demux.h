/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-media-facts.h"

G_BEGIN_DECLS

/* Asks GStreamer's demuxer what is in a film. Nothing is decoded, so that neither a decoder is needed nor one
 * can be attacked. */

/* Fills codecs, duration, measures, rotation and frame rate of @facts, whose container is set and has a
 * demuxer. @fd: seekable, read from its start; its position is moved. FALSE with PEAL_ERROR_MEDIA:
 * "video_damaged", "no_video_stream", "probe_timeout", "probe_failed". */
gboolean peal_demux_read (int fd, PealMediaFacts *facts, GError **error);

G_END_DECLS
