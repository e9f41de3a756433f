/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-when-editor.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "peal-time-text.h"
#include "peal-when-clock.h"
#include "peal-when.h"

/* How often the sentence is made anew while it is looked at. */
#define REFRESH_S 10
#define SOME_TIME_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

struct _PealWhenEditor
{
  GtkBox parent_instance;

  PealSession *session;
  GTimeZone *zone;
  PealWhenReading reading;
  PealWhenChoice choice;
  guint timer;
  gboolean filling; /* what changes is not of the user's doing */

  GtkMenuButton *date_button;
  GtkCalendar *calendar;
  AdwEntryRow *clock_row;
  GtkWidget *first_row;
  GtkCheckButton *first_check;
  GtkWidget *second_row;
  GtkCheckButton *second_check;
  GtkWidget *gap_row;
  AdwWrapBox *proposals;
  GtkWidget *sentence_box;
  GtkImage *sentence_icon;
  GtkLabel *sentence;
  GtkWidget *reminder;
};

G_DEFINE_FINAL_TYPE (PealWhenEditor, peal_when_editor, GTK_TYPE_BOX)

enum
{
  CHANGED,
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
get_date (PealWhenEditor *self, PealWallTime *date)
{
  *date = (PealWallTime){
    .year = gtk_calendar_get_year (self->calendar),
    .month = gtk_calendar_get_month (self->calendar) + 1,
    .day = gtk_calendar_get_day (self->calendar),
  };
}

static void
show_date (PealWhenEditor *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *text = g_date_time_format (date, _ ("%a %-d %b %Y"));

  gtk_menu_button_set_label (self->date_button, text);
  /* The row's title is the name of the button that has the focus; what it says is read after that. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->date_button))),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
show_reading (PealWhenEditor *self, GtkWidget *row, gint64 instant, gboolean visible)
{
  g_autofree char *text = visible ? peal_time_text_full (instant, self->zone) : NULL;

  if (text != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_set_visible (row, visible);
}

static void
show_ways_out (PealWhenEditor *self)
{
  /* Where the first is past there is nothing left to choose. */
  gboolean twofold = self->choice.is_twofold && self->choice.first >= peal_session_get_now (self->session);
  gboolean gap = self->choice.verdict == PEAL_WHEN_GAP;

  show_reading (self, self->first_row, self->choice.first, twofold);
  show_reading (self, self->second_row, self->choice.second, twofold);
  gtk_widget_set_visible (self->gap_row, gap);
  if (gap)
    {
      g_autofree char *clock = peal_time_text_clock (self->choice.second, self->zone);
      /* Translators: %s is a time of day */
      g_autofree char *label = g_strdup_printf (_ ("Use %s"), clock);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->gap_row), label);
    }
}

static void
show_choice (PealWhenEditor *self)
{
  gboolean fine = self->choice.verdict == PEAL_WHEN_FINE;
  g_autofree char *text =
      peal_when_choice_to_sentence (&self->choice, self->zone, peal_session_get_now (self->session));
  GtkEditable *editable = gtk_editable_get_delegate (GTK_EDITABLE (self->clock_row));

  show_ways_out (self);
  gtk_label_set_label (self->sentence, text);
  gtk_widget_set_visible (self->reminder, fine);
  gtk_image_set_from_icon_name (self->sentence_icon, fine ? "alarm-symbolic" : "dialog-warning-symbolic");
  if (fine)
    gtk_widget_remove_css_class (self->sentence_box, "warning");
  else
    gtk_widget_add_css_class (self->sentence_box, "warning");
  gtk_accessible_update_state (GTK_ACCESSIBLE (editable), GTK_ACCESSIBLE_STATE_INVALID,
                               fine ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (editable), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static gboolean
choose (PealWhenEditor *self)
{
  PealWhenChoice before = self->choice;
  PealWallTime date;

  get_date (self, &date);
  peal_when_choose (&self->choice, self->zone, &date, gtk_editable_get_text (GTK_EDITABLE (self->clock_row)),
                    self->reading, peal_session_get_now (self->session));
  return before.verdict != self->choice.verdict || before.due != self->choice.due
         || before.first != self->choice.first;
}

static void
refresh (PealWhenEditor *self)
{
  gboolean changed = choose (self);

  show_choice (self);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
refresh_cb (gpointer user_data)
{
  refresh (PEAL_WHEN_EDITOR (user_data));
  return G_SOURCE_CONTINUE;
}

/* Which of two times was meant is asked anew for another time. */
static void
forget_reading (PealWhenEditor *self)
{
  self->filling = TRUE;
  self->reading = PEAL_WHEN_EITHER;
  gtk_check_button_set_active (self->first_check, FALSE);
  gtk_check_button_set_active (self->second_check, FALSE);
  self->filling = FALSE;
}

static void
day_selected_cb (PealWhenEditor *self)
{
  show_date (self);
  if (self->filling || self->session == NULL)
    return;
  forget_reading (self);
  refresh (self);
}

static void
clock_changed_cb (PealWhenEditor *self)
{
  if (self->filling || self->session == NULL)
    return;
  forget_reading (self);
  refresh (self);
}

static void
reading_cb (PealWhenEditor *self)
{
  if (self->filling)
    return;
  if (gtk_check_button_get_active (self->first_check))
    self->reading = PEAL_WHEN_FIRST;
  else if (gtk_check_button_get_active (self->second_check))
    self->reading = PEAL_WHEN_SECOND;
  refresh (self);
}

static void
gap_cb (PealWhenEditor *self)
{
  peal_when_editor_set_due (self, self->choice.second);
  gtk_widget_grab_focus (GTK_WIDGET (self->clock_row));
}

/* "9" becomes "09:00", where a person would look for it. */
static void
tidy_clock (PealWhenEditor *self)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = NULL;
  int hour, minute;

  if (!peal_when_clock_parse (gtk_editable_get_text (GTK_EDITABLE (self->clock_row)), &hour, &minute))
    return;
  text = peal_time_text_clock ((gint64)(hour * 60 + minute) * 60 * G_USEC_PER_SEC, utc);
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->clock_row), text);
  self->filling = FALSE;
}

static void
activated_cb (PealWhenEditor *self)
{
  tidy_clock (self);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
proposed_cb (GtkWidget *button, PealWhenEditor *self)
{
  peal_when_editor_set_due (self, *(gint64 *)g_object_get_data (G_OBJECT (button), "peal-due"));
}

static void
show_proposals (PealWhenEditor *self)
{
  gint64 now = peal_session_get_now (self->session);
  gint64 proposals[PEAL_WHEN_N_PROPOSALS];
  guint n = peal_when_propose (self->zone, now, proposals);
  GtkWidget *old = NULL;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->proposals))) != NULL)
    adw_wrap_box_remove (self->proposals, old);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = peal_time_text_short (proposals[i], now, self->zone);
      GtkWidget *button = gtk_button_new_with_label (label);

      g_object_set_data_full (G_OBJECT (button), "peal-due", g_memdup2 (&proposals[i], sizeof (gint64)),
                              g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (proposed_cb), self);
      adw_wrap_box_append (self->proposals, button);
    }
}

static void
peal_when_editor_map (GtkWidget *widget)
{
  PealWhenEditor *self = PEAL_WHEN_EDITOR (widget);

  GTK_WIDGET_CLASS (peal_when_editor_parent_class)->map (widget);
  if (self->session == NULL)
    return;
  show_proposals (self);
  refresh (self);
  self->timer = g_timeout_add_seconds (REFRESH_S, refresh_cb, self);
}

static void
peal_when_editor_unmap (GtkWidget *widget)
{
  PealWhenEditor *self = PEAL_WHEN_EDITOR (widget);

  g_clear_handle_id (&self->timer, g_source_remove);
  GTK_WIDGET_CLASS (peal_when_editor_parent_class)->unmap (widget);
}

static void
peal_when_editor_dispose (GObject *object)
{
  PealWhenEditor *self = PEAL_WHEN_EDITOR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_WHEN_EDITOR);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_when_editor_parent_class)->dispose (object);
}

static void
peal_when_editor_finalize (GObject *object)
{
  PealWhenEditor *self = PEAL_WHEN_EDITOR (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (peal_when_editor_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-when-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, date_button);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, calendar);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, clock_row);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, first_row);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, first_check);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, second_row);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, second_check);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, gap_row);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, proposals);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, sentence_box);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, sentence_icon);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, sentence);
  gtk_widget_class_bind_template_child (widget_class, PealWhenEditor, reminder);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, clock_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, reading_cb);
  gtk_widget_class_bind_template_callback (widget_class, gap_cb);
}

static void
peal_when_editor_class_init (PealWhenEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_when_editor_dispose;
  object_class->finalize = peal_when_editor_finalize;
  widget_class->map = peal_when_editor_map;
  widget_class->unmap = peal_when_editor_unmap;
  signals[CHANGED] =
      g_signal_new ("changed", PEAL_TYPE_WHEN_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", PEAL_TYPE_WHEN_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
  bind_template (widget_class);
}

static void
peal_when_editor_init (PealWhenEditor *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->zone = g_time_zone_new_local ();
  self->choice = (PealWhenChoice){ .verdict = PEAL_WHEN_NO_TIME, .due = -1, .first = -1, .second = -1 };
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_check_button_set_group (self->second_check, self->first_check);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (tidy_clock), self);
  gtk_widget_add_controller (GTK_WIDGET (self->clock_row), focus);
}

void
peal_when_editor_set_session (PealWhenEditor *self, PealSession *session)
{
  g_return_if_fail (PEAL_IS_WHEN_EDITOR (self));
  g_return_if_fail (PEAL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  peal_when_editor_set_due (self, -1);
}

/* The reading that @due is of a time that comes twice. */
static void
remember_reading (PealWhenEditor *self, gint64 due)
{
  choose (self);
  if (!self->choice.is_twofold)
    return;
  self->reading = due / (60 * G_USEC_PER_SEC) == self->choice.first / (60 * G_USEC_PER_SEC)
                      ? PEAL_WHEN_FIRST
                      : PEAL_WHEN_SECOND;
  self->filling = TRUE;
  gtk_check_button_set_active (self->reading == PEAL_WHEN_FIRST ? self->first_check : self->second_check,
                               TRUE);
  self->filling = FALSE;
}

void
peal_when_editor_set_due (PealWhenEditor *self, gint64 due)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *clock = NULL;
  PealWallTime wall;

  g_return_if_fail (PEAL_IS_WHEN_EDITOR (self));
  g_return_if_fail (self->session != NULL);

  if (due < 0)
    due = peal_when_round_up (self->zone, peal_session_get_now (self->session), SOME_TIME_US);
  peal_timetable_get_wall (self->zone, due, &wall);
  day = g_date_time_new_utc (wall.year, wall.month, wall.day, 0, 0, 0);
  clock = peal_time_text_clock (due, self->zone);
  forget_reading (self);
  self->filling = TRUE;
  if (day != NULL)
    gtk_calendar_select_day (self->calendar, day);
  gtk_editable_set_text (GTK_EDITABLE (self->clock_row), clock);
  self->filling = FALSE;
  remember_reading (self, due);
  /* Whatever it was before, whoever listens looks again. */
  choose (self);
  show_date (self);
  show_choice (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

const PealWhenChoice *
peal_when_editor_get_choice (PealWhenEditor *self)
{
  g_return_val_if_fail (PEAL_IS_WHEN_EDITOR (self), NULL);

  if (self->session != NULL)
    choose (self);
  return &self->choice;
}

const char *
peal_when_editor_get_zone (PealWhenEditor *self)
{
  g_return_val_if_fail (PEAL_IS_WHEN_EDITOR (self), NULL);

  return peal_when_get_zone_name (self->zone);
}
