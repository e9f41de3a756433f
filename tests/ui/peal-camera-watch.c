/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-camera"

#include "peal-camera-private.h"

#include <dlfcn.h>
#include <time.h>

void gtk_window_present (GtkWindow *window);

static struct
{
  char *content;
  gint64 first_frame;
  gint64 first_content;
  gboolean is_connected;
  gboolean keeps_drawing;

  gint64 awake_since;
  gint64 awake_since_cpu;
  gint64 draw_began;
  gint64 last_frame;

  guint frames;
  gint64 longest_gap;
  gint64 longest_draw;
  gint64 longest_busy;
  gint64 longest_cpu;
} watch;

static gint64
thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* The main loop is busy from the end of one poll to the beginning of the next: as long nothing can be drawn.
 */
static int
poll_cb (GPollFD *fds, guint n_fds, int timeout)
{
  int result;

  if (watch.awake_since != 0)
    {
      watch.longest_busy = MAX (watch.longest_busy, g_get_monotonic_time () - watch.awake_since);
      watch.longest_cpu = MAX (watch.longest_cpu, thread_time () - watch.awake_since_cpu);
    }
  result = g_poll (fds, n_fds, timeout);
  watch.awake_since = g_get_monotonic_time ();
  watch.awake_since_cpu = thread_time ();
  return result;
}

static gboolean
shows_text (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  if (GTK_IS_INSCRIPTION (widget) && gtk_inscription_get_text (GTK_INSCRIPTION (widget)) != NULL
      && strstr (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_text (child, text))
      return TRUE;
  return FALSE;
}

static void
before_paint_cb (GdkFrameClock *clock, GtkWidget *window)
{
  watch.draw_began = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, GtkWidget *window)
{
  gint64 now = g_get_monotonic_time ();

  watch.frames++;
  watch.longest_draw = MAX (watch.longest_draw, now - watch.draw_began);
  if (watch.last_frame != 0 && watch.keeps_drawing)
    watch.longest_gap = MAX (watch.longest_gap, now - watch.last_frame);
  watch.last_frame = now;
  if (watch.first_frame == 0)
    watch.first_frame = now;
  if (watch.content != NULL && watch.first_content == 0 && shows_text (window, watch.content))
    watch.first_content = now;
}

static gboolean
tick_cb (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  return watch.keeps_drawing ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* In front of GTK's own. */
void
gtk_window_present (GtkWindow *window)
{
  void (*present) (GtkWindow *) = (void (*) (GtkWindow *))dlsym (RTLD_NEXT, "gtk_window_present");
  GdkFrameClock *clock;

  present (window);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  if (watch.is_connected || clock == NULL)
    return;
  watch.is_connected = TRUE;
  g_signal_connect_object (clock, "before-paint", G_CALLBACK (before_paint_cb), window, 0);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (after_paint_cb), window, G_CONNECT_AFTER);
}

void
peal_camera_watch_start (const char *content)
{
  watch.content = g_strdup (content);
  g_main_context_set_poll_func (NULL, poll_cb);
}

char *
peal_camera_watch_report_start (void)
{
  return g_strdup_printf ("first-frame %" G_GINT64_FORMAT " content %" G_GINT64_FORMAT, watch.first_frame,
                          watch.first_content);
}

void
peal_camera_watch_reset (gboolean keep_drawing)
{
  GtkWindow *window = peal_camera_find_window ();

  watch.frames = 0;
  watch.longest_gap = watch.longest_draw = watch.longest_busy = watch.longest_cpu = 0;
  watch.last_frame = 0;
  /* What lies between two polls now is this very call. */
  watch.awake_since = 0;
  if (keep_drawing && !watch.keeps_drawing && window != NULL)
    gtk_widget_add_tick_callback (GTK_WIDGET (window), tick_cb, NULL, NULL);
  watch.keeps_drawing = keep_drawing;
}

char *
peal_camera_watch_report_frames (void)
{
  return g_strdup_printf ("frames %u longest-gap %" G_GINT64_FORMAT " longest-draw %" G_GINT64_FORMAT
                          " longest-busy %" G_GINT64_FORMAT " longest-cpu %" G_GINT64_FORMAT,
                          watch.frames, watch.longest_gap, watch.longest_draw, watch.longest_busy,
                          watch.longest_cpu);
}
