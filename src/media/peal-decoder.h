/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Which of GStreamer's elements decodes what. Its plug-in is loaded when it is first wanted: that of libav
 * brings some 170 libraries with it, which the other formats shall not pay for. */

/* (transfer full, floating) (nullable): a decoder of @format: "h264", "h265", "vp8", "vp9", "jpeg", "png" or
 * "webp". NULL for any other, and where this system has none. GStreamer runs. */
GstElement *peal_decoder_new (const char *format);

G_END_DECLS
