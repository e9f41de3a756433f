/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-media-facts.h"

G_BEGIN_DECLS

/* The text in which peal-media reports on a video, and its reader, which trusts nothing in it: the writer has
 * just read a stranger's file. UTF-8, at most PEAL_MEDIA_REPORT_MAX bytes, each line ended by a newline:
 *
 *   peal-media 1
 *   container=mp4          then video_codec, audio_codec (absent where there is none), size, duration_us,
 * width, …                      height, rotation, fps_num, fps_den: each once, in any order, integers in
 * decimal end
 *
 * or, where there are no facts,
 *
 *   peal-media 1
 *   error=video_damaged
 *   message=A part of the video is missing
 *   end
 */

#define PEAL_MEDIA_REPORT_HEAD "peal-media 1\n"
#define PEAL_MEDIA_REPORT_MAX 4096

/* (transfer full): what follows the first line, of either @facts or @error; the other is NULL. */
char *peal_media_report_format (const PealMediaFacts *facts, const GError *error);
/* (transfer full): NULL with PEAL_ERROR_MEDIA and the reason that was reported, or "probe_failed" for a text
 * that is no report. @text: @length bytes, need not end with NUL. */
PealMediaFacts *peal_media_report_parse (const char *text, gsize length, GError **error);

G_END_DECLS
