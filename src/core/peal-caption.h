/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text of a post, counted as TikTok counts it. */

#define PEAL_CAPTION_MAX_UNITS 2200

/* UTF-16 code units of @caption (valid UTF-8). "Café 🐈 #cat" has 12. */
gsize peal_caption_count_units (const char *caption);
/* FALSE with PEAL_ERROR_INVALID: "caption_not_utf8", "caption_too_long", "caption_control" (NUL cannot occur;
 * C0 other than newline and tab). NULL and "" are fine: a post needs no caption. */
gboolean peal_caption_check (const char *caption, GError **error);
/* (transfer full): @text (valid UTF-8), as it was typed or pasted, without what a caption may not have: every
 * kind of line end is a newline, other control characters are gone. */
char *peal_caption_clean (const char *text);
/* The first hashtag ("#cat") or mention ("@mara.bakes") in @text (valid UTF-8): FALSE where there is none,
 * else @start and @end (exclusive) point at it in @text. One that stands in the middle of a word, as in an
 * e-mail address, is none. */
gboolean peal_caption_find_mark (const char *text, const char **start, const char **end);

G_END_DECLS
