/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers with their nouns: "1 follower", "12,345 followers". All (transfer full), translated; "–" in place
 * of a number that is unknown (negative). */

char *peal_count_noun_followers (gint64 count);
char *peal_count_noun_likes (gint64 count);
char *peal_count_noun_videos (gint64 count);
char *peal_count_noun_views (gint64 count);
char *peal_count_noun_comments (gint64 count);
char *peal_count_noun_shares (gint64 count);

G_END_DECLS
