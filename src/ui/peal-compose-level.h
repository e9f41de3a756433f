/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One entry of the list of who can view a video.
 *
 * Properties (read-only, notified): title (for people), bar (why it cannot be chosen, "" where it can),
 * choosable and its opposite, barred. */

#define PEAL_TYPE_COMPOSE_LEVEL (peal_compose_level_get_type ())
G_DECLARE_FINAL_TYPE (PealComposeLevel, peal_compose_level, PEAL, COMPOSE_LEVEL, GObject)

/* (transfer full). @level: TikTok's word; "" for the entry that says that none was chosen. */
PealComposeLevel *peal_compose_level_new (const char *level);
/* (transfer none) */
const char *peal_compose_level_get_level (PealComposeLevel *self);
/* @bar: (nullable) */
void peal_compose_level_set_bar (PealComposeLevel *self, const char *bar);
gboolean peal_compose_level_is_choosable (PealComposeLevel *self);

G_END_DECLS
