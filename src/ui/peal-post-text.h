/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-post-item.h"

G_BEGIN_DECLS

/* A post in words. */

/* (transfer none): name of the symbolic icon of @state. */
const char *peal_post_text_icon (PealPostState state);
/* (transfer none) (nullable): style class that colours the state: "warning", "error", "success", "accent". */
const char *peal_post_text_style (PealPostState state);
/* (transfer full) (nullable): what happened and what can be done about it, for a post that is held, failed or
 * needs review; NULL for others. */
char *peal_post_text_problem (PealPostItem *post);
/* (transfer full): the caption, else the name of the video. */
char *peal_post_text_title (PealPostItem *post);
/* (transfer full): the account's name and its handle, each in its own direction. */
char *peal_post_text_account (PealPostItem *post);
/* (transfer none): TikTok's privacy level in words; @level itself where it is not known. */
const char *peal_privacy_level_text (const char *level);

G_END_DECLS
