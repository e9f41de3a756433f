/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/base/gstbasesrc.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* A source that reads an open file wherever a demuxer asks it to. GStreamer's own either go through it from
 * its start to its end, or open it by its name, which the sandbox does not have. */

#define PEAL_TYPE_FD_SOURCE (peal_fd_source_get_type ())
G_DECLARE_FINAL_TYPE (PealFdSource, peal_fd_source, PEAL, FD_SOURCE, GstBaseSrc)

/* (transfer full, floating). @fd: a regular file, open for reading for as long as this lives; its position is
 * left alone. */
GstElement *peal_fd_source_new (int fd);

G_END_DECLS
