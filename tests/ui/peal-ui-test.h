/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What tests of widgets share. None of it sleeps: what is waited for comes within a minute or fails the test.
 */

typedef gboolean (*PealUiTestFunc) (gpointer data);

/* Runs the main loop until @func (@data) is TRUE. */
void peal_ui_test_wait (PealUiTestFunc func, gpointer data);
/* (transfer none): a window of that size with @child in it, shown and drawn once. */
GtkWindow *peal_ui_test_show (GtkWidget *child, int width, int height);
/* Runs the main loop until the next frame of @widget's window has been drawn. */
void peal_ui_test_next_frame (GtkWidget *widget);
/* Destroys @window and asserts that @child is gone with it. */
void peal_ui_test_close (GtkWindow *window, GtkWidget *child);
/* Whether @widget's own shortcuts have @trigger ("<Control>Left") and it was taken. */
gboolean peal_ui_test_press (GtkWidget *widget, const char *trigger);
/* (transfer full): what @widget draws. */
GskRenderNode *peal_ui_test_draw (GtkWidget *widget);
/* (transfer none) (nullable): the first widget of @type inside @widget, itself included, that is mapped. */
GtkWidget *peal_ui_test_find (GtkWidget *widget, GType type);
/* (transfer full): the settings of the schema in the sources, in memory. */
GSettings *peal_ui_test_settings_new (void);

G_END_DECLS
