/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where the caption is written: tags and mentions are marked, and it is counted as TikTok counts it.
 *
 * Signals:
 *   changed (): the text is another one. */

#define PEAL_TYPE_COMPOSE_CAPTION (peal_compose_caption_get_type ())
G_DECLARE_FINAL_TYPE (PealComposeCaption, peal_compose_caption, PEAL, COMPOSE_CAPTION, GtkBox)

/* (transfer full): fit for a post but for its length. */
char *peal_compose_caption_dup_text (PealComposeCaption *self);
void peal_compose_caption_set_text (PealComposeCaption *self, const char *text);
/* Whether the text goes to TikTok, or is kept for the user to look at only. */
void peal_compose_caption_set_is_sent (PealComposeCaption *self, gboolean is_sent);

G_END_DECLS
