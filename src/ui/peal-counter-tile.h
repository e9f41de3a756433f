/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a toggle shows of a counter: its name, how it stands and what it changed by.
 *
 * Properties (writable): title (string). */

#define PEAL_TYPE_COUNTER_TILE (peal_counter_tile_get_type ())
G_DECLARE_FINAL_TYPE (PealCounterTile, peal_counter_tile, PEAL, COUNTER_TILE, GtkWidget)

/* @count: -1 unknown. @before: of the time that it is compared with, -1 unknown. */
void peal_counter_tile_set (PealCounterTile *self, gint64 count, gint64 before);

G_END_DECLS
