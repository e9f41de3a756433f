/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The parts of the camera; see peal-camera.c. */

/* (transfer none) (nullable): the window that the user sees: the active one, else the latest that is shown.
 */
GtkWindow *peal_camera_find_window (void);

typedef struct
{
  GtkWidget *widget;
  double x, y; /* of its upper left corner, in the window */
} PealCameraPopover;

/* (transfer full): of PealCameraPopover: those that are open in @window, each before those in it. */
GArray *peal_camera_find_popovers (GtkWindow *window);

/* What @window and its open popovers show now, as a PNG at @path, @scale pixels each. With @shadow the whole
 * surface with shadow and corners, without popovers. */
gboolean peal_camera_shoot (GtkWindow *window,
                            const char *path,
                            double scale,
                            gboolean shadow,
                            int *width,
                            int *height,
                            GError **error);

/* Looks at the main loop and at the frames of the first window from now on. @content: the text of the label
 * that is the first content, or NULL. */
void peal_camera_watch_start (const char *content);
/* (transfer full): instants of the monotonic clock in µs, 0 for what was not yet: "first-frame N content N".
 */
char *peal_camera_watch_report_start (void);
/* Forgets what was measured so far; with @keep_drawing the window draws one frame after the other from now
 * on. */
void peal_camera_watch_reset (gboolean keep_drawing);
/* (transfer full): since the last reset, in µs: "frames N longest-gap N longest-draw N longest-busy N
 * longest-cpu N". */
char *peal_camera_watch_report_frames (void);

/* Counts the widgets whose types are called Peal… from now on, once they are shown. */
void peal_camera_census_start (void);
/* (transfer full): the names of the types, one for each that was not finalized yet. */
char *peal_camera_census_report_alive (void);
/* (transfer full): the names of the types that were ever there. */
char *peal_camera_census_report_seen (void);

G_END_DECLS
