/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-account.h"

G_BEGIN_DECLS

/* The words that TikTok demands of whoever lets people post (TikTok: content-sharing-guidelines), and what
 * excludes what among a post's choices. In English they are TikTok's to the letter. Pure. */

/* (transfer none) (nullable): why @level cannot be chosen although the creator's list has it; NULL where it
 * can.
 * @audited: whether TikTok has audited the user's app for direct posts. */
const char *peal_compose_privacy_bar (const char *level,
                                      gboolean branded_content,
                                      PealEnvironment environment,
                                      gboolean audited);
/* (transfer none) (nullable): why the post cannot be branded content while @level (nullable) is chosen. */
const char *peal_compose_branded_bar (const char *level);
/* (transfer none) (nullable): how TikTok will label the video; NULL before a box is ticked. */
const char *peal_compose_label_sentence (gboolean your_brand, gboolean branded_content);
/* (transfer none): the line beside the button, as Pango markup with its links. */
const char *peal_compose_consent_markup (gboolean branded_content);

G_END_DECLS
