/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-media-facts.h"
#include "peal-session.h"

G_BEGIN_DECLS

/* A video to look at: a still of it, decoded in peal-media's sandbox, until the user wants it played; and the
 * choice of the frame that is its cover. Where it cannot be played it says so and keeps the still.
 *
 * Signals:
 *   changed (): another cover was chosen. */

#define PEAL_TYPE_COMPOSE_PREVIEW (peal_compose_preview_get_type ())
G_DECLARE_FINAL_TYPE (PealComposePreview, peal_compose_preview, PEAL, COMPOSE_PREVIEW, GtkBox)

/* Once, before anything else. */
void peal_compose_preview_set_session (PealComposePreview *self, PealSession *session);
/* Shows the video open as @fd, which is duplicated, or where that is -1 the private copy of post @post. */
void peal_compose_preview_show (PealComposePreview *self, int fd, gint64 post, const PealMediaFacts *facts);
/* Stops it and lets the file go. */
void peal_compose_preview_clear (PealComposePreview *self);
/* ms; -1 for the first frame. */
gint64 peal_compose_preview_get_cover (PealComposePreview *self);
void peal_compose_preview_set_cover (PealComposePreview *self, gint64 cover_ms);
/* Whether TikTok takes the choice of a cover with this post. */
void peal_compose_preview_set_takes_cover (PealComposePreview *self, gboolean takes_cover);

G_END_DECLS
