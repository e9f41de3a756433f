/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*PealFramesCallback) (GtkWidget *widget);

/* Calls @callback once, after @n_frames frames of the surface that @widget is in have been drawn; never where
 * @widget goes before that. */
void peal_after_frames (GtkWidget *widget, int n_frames, PealFramesCallback callback);

G_END_DECLS
