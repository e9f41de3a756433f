/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-call.h"

G_BEGIN_DECLS

/* What the pages of the world are made of. Each appends itself to @html; times are shown in UTC. */

/* Picture, name, what kind of account it is, and its numbers. */
void
peal_practice_page_append_profile (GString *html, PealPracticeWorld *world, PealPracticeCreator *creator);

/* The drafts that wait for @creator, each with the form that posts it; nothing if there are none. */
void peal_practice_page_append_inbox (GString *html, PealPracticeCall *call, PealPracticeCreator *creator);

/* What @creator posted through an app, but not for everyone; nothing if there is none. */
void
peal_practice_page_append_private (GString *html, PealPracticeWorld *world, PealPracticeCreator *creator);

/* The covers of the newest @count public videos, each a link to its video. */
void peal_practice_page_append_strip (GString *html,
                                      PealPracticeWorld *world,
                                      PealPracticeCreator *creator,
                                      guint count);

/* The newest @count public videos with all that is known of them, or only the one of @id unless that is 0. */
void peal_practice_page_append_videos (GString *html,
                                       PealPracticeWorld *world,
                                       PealPracticeCreator *creator,
                                       guint count,
                                       gint64 id);

/* "22 Nov 2026, 11:04 UTC" for @time in µs. Returns: (transfer full): */
char *peal_practice_page_dup_time (gint64 time);

G_END_DECLS
