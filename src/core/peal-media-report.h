/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-media-facts.h"
#include "peal-picture.h"

G_BEGIN_DECLS

/* How peal-media reports on a file, and the reader of that, which trusts nothing in it: the writer has just
 * read a stranger's file. On a video, in UTF-8, at most PEAL_MEDIA_REPORT_MAX bytes, each line ended by a
 * newline:
 *
 *   peal-media 1
 *   container=mp4
 *   end
 *
 * with video_codec, audio_codec (absent where there is none), size, duration_us, width, height, rotation,
 * fps_num and fps_den besides: each once, in any order, integers in decimal. A picture is
 *
 *   peal-media 1
 *   picture=360x640
 *
 * and behind it width × height × 4 bytes, as PealPicture has them, and no more. Where there is neither:
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

/* (transfer full): what stands between the first line and the bytes of @picture. */
char *peal_media_report_format_picture (const PealPicture *picture);
/* Bytes of the longest report on a picture, or of why there is none, no side of which is over @max_side. */
gsize peal_media_report_get_picture_max (int max_side);
/* (transfer full): NULL with PEAL_ERROR_MEDIA and the reason that was reported, or "probe_failed" for what is
 * no report or has a side over @max_side. The bytes are copied. */
PealPicture *peal_media_report_parse_picture (const char *report, gsize length, int max_side, GError **error);

G_END_DECLS
