/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Peal's words for what GStreamer calls a format. */

/* (transfer full): "h264", "h265", "vp9", "aac", "opus"… or what stands after the slash of @caps, without
 * "x-". */
char *peal_codec_word_from_caps (GstCaps *caps);
/* Are @caps those of moving pictures? */
gboolean peal_codec_is_video (GstCaps *caps);
/* (nullable) (transfer none): "mp4", "3gp", "mov", "matroska", "avi"…; NULL where @caps hold no video. */
const char *peal_container_word_from_caps (GstCaps *caps);

G_END_DECLS
