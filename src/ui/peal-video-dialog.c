/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-video-dialog.h"

#include <glib/gi18n.h>

#include "peal-count-noun.h"
#include "peal-curve.h"
#include "peal-range.h"
#include "peal-sample-source.h"
#include "peal-sentence.h"
#include "peal-video-menu.h"
#include "peal-video-text.h"

#define SPINNER_AFTER_MS 300
#define N_COUNTERS 4

struct _PealVideoDialog
{
  AdwDialog parent_instance;

  PealSession *session;
  char *account;
  PealVideoItem *video;
  GTimeZone *zone;
  PealSampleSource *source;
  guint spinner_source;

  GtkLabel *heading;
  GtkLabel *facts;
  AdwToggleGroup *counters;
  GtkStack *stack;
  PealCurve *curve;
  AdwStatusPage *error_page;
  GtkWidget *open_button;
};

G_DEFINE_FINAL_TYPE (PealVideoDialog, peal_video_dialog, ADW_TYPE_DIALOG)

static const struct
{
  PealCounter counter;
  const char *title;
  PealChartCountFunc count;
} counters[N_COUNTERS] = {
  { PEAL_COUNTER_VIEWS, N_ ("Views"), peal_count_noun_views },
  { PEAL_COUNTER_VIDEO_LIKES, N_ ("Likes"), peal_count_noun_likes },
  { PEAL_COUNTER_COMMENTS, N_ ("Comments"), peal_count_noun_comments },
  { PEAL_COUNTER_SHARES, N_ ("Shares"), peal_count_noun_shares },
};

static void
show_curve (PealVideoDialog *self)
{
  guint index = MIN (adw_toggle_group_get_active (self->counters), N_COUNTERS - 1);
  g_autofree char *video = peal_video_text_title (self->video);
  /* Translators: the title of a chart: what it shows, and of what video */
  g_autofree char *title = g_strdup_printf (C_ ("chart title", "%s, %s"), _ (counters[index].title), video);
  gint64 created = peal_video_item_get_create_time (self->video);
  gsize n;
  const PealSample *samples = peal_sample_source_get (self->source, &n);
  g_autoptr (PealSeries) series = NULL;
  gint64 from, to;

  series = peal_range_make_video_series (
      samples, n, counters[index].counter,
      created > 0 && created < G_MAXINT64 / G_USEC_PER_SEC ? created * G_USEC_PER_SEC : 0,
      peal_session_get_now (self->session), &from, &to);
  peal_curve_set_subject (self->curve, title, _ (counters[index].title), counters[index].count);
  peal_curve_set_series (self->curve, series, from, to, PEAL_CHART_READINGS);
}

static void
show_facts (PealVideoDialog *self)
{
  g_autofree char *title = peal_video_text_title (self->video);
  g_autofree char *summary = peal_video_text_summary (self->video, self->zone);

  gtk_label_set_label (self->heading, title);
  gtk_label_set_label (self->facts, summary);
  gtk_widget_set_visible (self->open_button, peal_video_item_get_share_url (self->video) != NULL);
}

static void
spinner_cb (gpointer data)
{
  PealVideoDialog *self = data;

  self->spinner_source = 0;
  if (peal_sample_source_is_loading (self->source) && !peal_sample_source_has_samples (self->source))
    gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
describe_error (PealVideoDialog *self, const GError *error)
{
  g_autofree char *sentence = peal_sentence_for_error (error);
  g_autofree char *markup = g_markup_escape_text (sentence, -1);

  adw_status_page_set_description (self->error_page, markup);
}

static void
update (PealVideoDialog *self)
{
  const GError *error = peal_sample_source_get_error (self->source);

  show_facts (self);
  if (peal_sample_source_is_loading (self->source) && !peal_sample_source_has_samples (self->source))
    {
      if (self->spinner_source == 0)
        self->spinner_source = g_timeout_add_once (SPINNER_AFTER_MS, spinner_cb, self);
    }
  else if (error != NULL && !peal_sample_source_has_samples (self->source))
    {
      describe_error (self, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else
    {
      show_curve (self);
      gtk_stack_set_visible_child_name (self->stack, "curve");
    }
}

static void
show_cb (PealVideoDialog *self)
{
  if (self->source != NULL && !peal_sample_source_is_loading (self->source))
    show_curve (self);
}

static void
reload_cb (PealVideoDialog *self)
{
  peal_sample_source_reload (self->source);
}

static void
open_cb (PealVideoDialog *self)
{
  peal_video_open (GTK_WIDGET (self), self->session, self->account, self->video);
}

static void
peal_video_dialog_dispose (GObject *object)
{
  PealVideoDialog *self = PEAL_VIDEO_DIALOG (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_VIDEO_DIALOG);
  g_clear_object (&self->source);
  g_clear_object (&self->video);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_video_dialog_parent_class)->dispose (object);
}

static void
peal_video_dialog_finalize (GObject *object)
{
  PealVideoDialog *self = PEAL_VIDEO_DIALOG (object);

  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (peal_video_dialog_parent_class)->finalize (object);
}

static void
peal_video_dialog_class_init (PealVideoDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_video_dialog_dispose;
  object_class->finalize = peal_video_dialog_finalize;
  g_type_ensure (PEAL_TYPE_CURVE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-video-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PealVideoDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, PealVideoDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, PealVideoDialog, counters);
  gtk_widget_class_bind_template_child (widget_class, PealVideoDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PealVideoDialog, curve);
  gtk_widget_class_bind_template_child (widget_class, PealVideoDialog, error_page);
  gtk_widget_class_bind_template_child (widget_class, PealVideoDialog, open_button);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, reload_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
peal_video_dialog_init (PealVideoDialog *self)
{
  self->zone = g_time_zone_new_local ();
  gtk_widget_init_template (GTK_WIDGET (self));
  peal_curve_set_zone (self->curve, self->zone);
}

AdwDialog *
peal_video_dialog_new (PealSession *session, const char *account, PealVideoItem *video)
{
  PealVideoDialog *self = NULL;

  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (video), NULL);

  self = g_object_new (PEAL_TYPE_VIDEO_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->account = g_strdup (account);
  self->video = g_object_ref (video);
  self->source =
      peal_sample_source_new (peal_session_get_link (session), account, peal_video_item_get_id (video));
  g_signal_connect_object (self->source, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (video, "changed", G_CALLBACK (show_facts), self, G_CONNECT_SWAPPED);
  show_facts (self);
  peal_sample_source_need (self->source, 0);
  return ADW_DIALOG (self);
}
