/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-chart-private.h"

#include "peal-day.h"

/* How far a finger must go before it is the chart's and not the page's that scrolls. */
#define CLAIM_DISTANCE 8

typedef enum
{
  STEP_POINT,  /* a day, where the points are days */
  STEP_LARGE,  /* a week of days, a day of readings */
  STEP_LARGER, /* a month of days, a week of readings */
  STEP_END,
} Step;

static gint64
get_target (PealChart *self, gint64 at, Step step, int direction)
{
  gboolean days = self->grain == PEAL_CHART_DAYS;

  if (step == STEP_LARGE)
    return peal_day_move (self->zone, at, direction * (days ? 7 : 1))
           + (at - peal_day_start (self->zone, at));
  return peal_day_move (self->zone, at, direction * (days ? 30 : 7)) + (at - peal_day_start (self->zone, at));
}

/* The known point to which @step leads from the cursor. Without one every step leads to an end. */
static gssize
find_step (PealChart *self, Step step, int direction)
{
  gsize n;
  const PealPoint *points = peal_series_get (self->series, &n);
  gssize next;
  gssize far;

  if (self->cursor < 0 && step != STEP_END)
    direction = -direction;
  if (self->cursor < 0 || step == STEP_END)
    return direction < 0 ? peal_series_find_first (self->series) : peal_series_find_last (self->series);
  next = direction < 0 ? peal_series_find_before (self->series, self->cursor)
                       : peal_series_find_after (self->series, self->cursor);
  if (next < 0 || step == STEP_POINT)
    return next >= 0 ? next : self->cursor;
  /* At least one point, also where the nearest one to the target is this one. */
  far = peal_series_find_nearest (self->series, get_target (self, points[self->cursor].at, step, direction));
  return direction < 0 ? MIN (next, far) : MAX (next, far);
}

/* "(ib)": the step; whether it goes to the right on the screen, or, for those that are not arrows, later. */
static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  PealChart *self = PEAL_CHART (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean forward;
  gint32 step;

  g_variant_get (args, "(ib)", &step, &forward);
  /* Arrows go where they point. */
  if (rtl && (step == STEP_POINT || step == STEP_LARGE))
    forward = !forward;
  self->hovered = FALSE;
  peal_chart_set_cursor (self, find_step (self, (Step)step, forward ? 1 : -1));
  return TRUE;
}

/* Without a cursor Escape is for whatever is around the chart. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  PealChart *self = PEAL_CHART (widget);

  if (self->cursor < 0)
    return FALSE;
  peal_chart_set_cursor (self, -1);
  return TRUE;
}

static void
add_key (GtkWidgetClass *widget_class,
         guint keyval,
         guint keypad,
         GdkModifierType modifiers,
         Step step,
         gboolean forward)
{
  gtk_widget_class_add_binding (widget_class, keyval, modifiers, move_cb, "(ib)", (gint32)step, forward);
  gtk_widget_class_add_binding (widget_class, keypad, modifiers, move_cb, "(ib)", (gint32)step, forward);
}

void
peal_chart_class_install_keys (GtkWidgetClass *widget_class)
{
  add_key (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, GDK_NO_MODIFIER_MASK, STEP_POINT, FALSE);
  add_key (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, GDK_NO_MODIFIER_MASK, STEP_POINT, TRUE);
  add_key (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, GDK_CONTROL_MASK, STEP_LARGE, FALSE);
  add_key (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, GDK_CONTROL_MASK, STEP_LARGE, TRUE);
  add_key (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, GDK_NO_MODIFIER_MASK, STEP_LARGER, FALSE);
  add_key (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, GDK_NO_MODIFIER_MASK, STEP_LARGER, TRUE);
  add_key (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, GDK_NO_MODIFIER_MASK, STEP_END, FALSE);
  add_key (widget_class, GDK_KEY_End, GDK_KEY_KP_End, GDK_NO_MODIFIER_MASK, STEP_END, TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, GDK_NO_MODIFIER_MASK, escape_cb, NULL);
}

static void
point_at (PealChart *self, double x)
{
  peal_chart_set_cursor (
      self, peal_series_find_nearest (self->series, peal_chart_layout_get_at (&self->layout, (float)x)));
}

static void
motion_cb (PealChart *self, double x, double y, GtkEventControllerMotion *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  /* Fingers come by the gesture below. */
  if (event == NULL || gdk_event_get_pointer_emulated (event)
      || gdk_event_get_event_type (event) == GDK_TOUCH_UPDATE)
    return;
  self->hovered = TRUE;
  point_at (self, x);
}

/* Takes the pointer's cursor away, not one that a key or a finger set. */
static void
motion_leave_cb (PealChart *self)
{
  if (self->hovered)
    peal_chart_set_cursor (self, -1);
  self->hovered = FALSE;
}

static void
focus_leave_cb (PealChart *self)
{
  peal_chart_set_cursor (self, -1);
}

static void
drag_begin_cb (PealChart *self, double x, double y)
{
  point_at (self, x);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* The cursor stays when the finger goes, for it hid what it pointed at; the next touch elsewhere takes it
 * away. */
static void
drag_update_cb (PealChart *self, double dx, double dy, GtkGestureDrag *gesture)
{
  double x, y;

  if (ABS (dx) > CLAIM_DISTANCE && ABS (dx) > ABS (dy))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    point_at (self, x + dx);
}

/* The page took the finger for scrolling. */
static void
drag_cancel_cb (PealChart *self)
{
  peal_chart_set_cursor (self, -1);
}

static void
pressed_cb (PealChart *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
peal_chart_add_controllers (PealChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (motion_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (drag), TRUE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (drag_cancel_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
