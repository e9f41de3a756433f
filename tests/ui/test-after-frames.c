/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-after-frames.h"
#include "peal-ui-test.h"

static guint n_calls;
static gint64 first_frame, frame_of_call;

static gint64
frame_of (GtkWidget *widget)
{
  return gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (widget));
}

static void
called_cb (GtkWidget *widget)
{
  n_calls++;
  frame_of_call = frame_of (widget);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  first_frame = gdk_frame_clock_get_frame_counter (clock);
  return G_SOURCE_REMOVE;
}

static gboolean
was_called (gpointer data)
{
  return n_calls > 0;
}

static void
test_once_after_so_many (void)
{
  GtkWidget *label = gtk_label_new ("Plan");
  GtkWindow *window = peal_ui_test_show (label, 200, 100);

  n_calls = 0;
  gtk_widget_add_tick_callback (label, tick_cb, NULL, NULL);
  peal_after_frames (label, 5, called_cb);
  peal_ui_test_wait (was_called, NULL);
  g_assert_cmpint (frame_of_call - first_frame, ==, 5);
  for (int i = 0; i < 7; i++)
    {
      gtk_widget_queue_draw (label);
      peal_ui_test_next_frame (label);
    }
  g_assert_cmpuint (n_calls, ==, 1);
  peal_ui_test_close (window, label);
}

static void
test_not_for_a_widget_that_is_gone (void)
{
  GtkWidget *label = gtk_label_new ("Plan");
  GtkWindow *window = peal_ui_test_show (label, 200, 100), *other = NULL;
  GtkWidget *witness = gtk_label_new ("Insights");

  n_calls = 0;
  peal_after_frames (label, 3, called_cb);
  peal_ui_test_close (window, label);
  other = peal_ui_test_show (witness, 200, 100);
  for (int i = 0; i < 5; i++)
    {
      gtk_widget_queue_draw (witness);
      peal_ui_test_next_frame (witness);
    }
  g_assert_cmpuint (n_calls, ==, 0);
  peal_ui_test_close (other, witness);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/after-frames/once-after-so-many", test_once_after_so_many);
  g_test_add_func ("/after-frames/not-for-a-widget-that-is-gone", test_not_for_a_widget_that_is_gone);
  return g_test_run ();
}
