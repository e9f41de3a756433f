/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What kind of film a file is, and who takes it apart. */

/* GStreamer's plug-ins that this needs, for peal_gst_start () (NULL-terminated). */
extern const char *const peal_container_plugins[];

/* (transfer none): the container, as in PealMediaFacts, of the file open as @fd, by its first bytes; NULL
 * with PEAL_ERROR_MEDIA: "file_empty", "not_a_video", "probe_failed" where it cannot be read. @fd: its
 * position is left alone. @size: (out): bytes of the file. GStreamer runs. */
const char *peal_container_find (int fd, gint64 *size, GError **error);
/* (transfer none) (nullable): the name of GStreamer's element for films in this @container; NULL where it is
 * none that TikTok takes or that is close to one. */
const char *peal_container_get_demuxer (const char *container);

G_END_DECLS
