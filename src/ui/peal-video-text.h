/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-video-item.h"

G_BEGIN_DECLS

/* A video in words. All (transfer full), plain text, translated. */

/* Its title in one line; "No caption" where it has none. */
char *peal_video_text_title (PealVideoItem *video);
/* "24 Nov 2026"; "–" where that is not known. */
char *peal_video_text_published (PealVideoItem *video, GTimeZone *zone);
/* "24 Nov 2026 · 12.3K views · 1.2K likes": what fits under a title. */
char *peal_video_text_summary (PealVideoItem *video, GTimeZone *zone);
/* For assistive technology: title, date and all numbers. */
char *peal_video_text_description (PealVideoItem *video, GTimeZone *zone);

G_END_DECLS
