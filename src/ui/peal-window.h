/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* The window: sidebar and pages, what is said as toasts, and what stands in the way of everything (no agent,
 * no account yet) in their place. */

#define PEAL_TYPE_WINDOW (peal_window_get_type ())
G_DECLARE_FINAL_TYPE (PealWindow, peal_window, PEAL, WINDOW, AdwApplicationWindow)

/* (transfer none): owned by @application. */
GtkWidget *peal_window_new (GtkApplication *application, PealSession *session);
/* Presents it as soon as it has something to show, or after a moment without. */
void peal_window_present_filled (PealWindow *self);
/* Opens the compose dialog with @files (nullable), a model of GFile, or gives them to the one that is open;
 * as soon as there is an account. */
void peal_window_compose (PealWindow *self, GListModel *files);

G_END_DECLS
