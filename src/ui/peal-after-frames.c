/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-after-frames.h"

typedef struct
{
  PealFramesCallback callback;
  int n_frames;
  gint64 first; /* the frame clock's count when it began, -1 before that */
} Wait;

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Wait *self = user_data;
  gint64 frame = gdk_frame_clock_get_frame_counter (clock);

  /* This frame is being made now. */
  if (self->first < 0)
    self->first = frame;
  if (frame - self->first < self->n_frames)
    return G_SOURCE_CONTINUE;
  self->callback (widget);
  return G_SOURCE_REMOVE;
}

void
peal_after_frames (GtkWidget *widget, int n_frames, PealFramesCallback callback)
{
  Wait *self = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (n_frames > 0);
  g_return_if_fail (callback != NULL);

  self = g_new0 (Wait, 1);
  self->callback = callback;
  self->n_frames = n_frames;
  self->first = -1;
  gtk_widget_add_tick_callback (widget, tick_cb, self, g_free);
}
