/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-preview.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* The longer side of the still, in device pixels: sharp at 2 device pixels a logical one. */
#define STILL_SIDE 720

struct _PealComposePreview
{
  GtkBox parent_instance;

  PealSession *session;
  int fd;
  gint64 post;
  gint64 duration_ms; /* -1 unknown */
  gint64 cover_ms;
  gboolean takes_cover;
  guint video_number; /* what answers for an earlier video is not looked at */
  gboolean loading;   /* a still is on its way */
  gboolean stale;     /* and another one is wanted after it */
  GCancellable *cancellable;

  GtkStack *stack;
  GtkPicture *still;
  GtkWidget *spinner;
  GtkWidget *play_button;
  GtkVideo *video;
  GtkLabel *note;
  GtkWidget *cover_list;
  GtkWidget *scale;
  GtkAdjustment *adjustment;
  GtkLabel *cover_time;
};

G_DEFINE_FINAL_TYPE (PealComposePreview, peal_compose_preview, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A future that outlives neither the widget nor the video for which it was asked. */
typedef struct
{
  GWeakRef widget;
  guint video_number;
} Wait;

static Wait *
wait_new (PealComposePreview *self)
{
  Wait *wait = g_new0 (Wait, 1);

  g_weak_ref_init (&wait->widget, self);
  wait->video_number = self->video_number;
  return wait;
}

static void
wait_free (Wait *self)
{
  g_weak_ref_clear (&self->widget);
  g_free (self);
}

/* (transfer full) (nullable) */
static PealComposePreview *
wait_get (Wait *self)
{
  g_autoptr (PealComposePreview) widget = g_weak_ref_get (&self->widget);

  return widget != NULL && widget->video_number == self->video_number ? g_steal_pointer (&widget) : NULL;
}

static void load_still (PealComposePreview *self);

static DexFuture *
still_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (PealComposePreview) self = wait_get (user_data);
  const GValue *value = dex_future_get_value (future, NULL);

  if (self == NULL)
    return dex_future_new_true ();
  self->loading = FALSE;
  if (value != NULL)
    gtk_picture_set_paintable (self->still, GDK_PAINTABLE (g_value_get_object (value)));
  gtk_widget_set_visible (self->spinner, self->stale);
  gtk_widget_set_visible (self->play_button, !self->stale);
  if (value == NULL && gtk_picture_get_paintable (self->still) == NULL)
    {
      gtk_label_set_label (self->note,
                           _ ("No picture of this video can be shown here. That does not keep it from "
                              "being published."));
      gtk_widget_set_visible (GTK_WIDGET (self->note), TRUE);
    }
  if (self->stale)
    load_still (self);
  return dex_future_new_true ();
}

/* One at a time, and the last one wanted in the end: a slider asks for many. */
static void
load_still (PealComposePreview *self)
{
  PealPictures *pictures = peal_session_get_pictures (self->session);
  DexFuture *future = NULL;

  self->stale = self->loading;
  if (self->loading)
    return;
  self->loading = TRUE;
  if (self->fd >= 0)
    future = peal_pictures_load_frame (pictures, self->fd, MAX (self->cover_ms, 0) * 1000, STILL_SIDE);
  else
    future = peal_pictures_load_poster (pictures, self->post, self->cover_ms, STILL_SIDE);
  dex_future_disown (dex_future_finally (future, still_cb, wait_new (self), (GDestroyNotify)wait_free));
}

static void
show_still (PealComposePreview *self)
{
  gtk_stack_set_visible_child_name (self->stack, "still");
  gtk_video_set_media_stream (self->video, NULL);
}

static void
failed_cb (PealComposePreview *self, GParamSpec *pspec, GtkMediaStream *stream)
{
  if (gtk_media_stream_get_error (stream) == NULL || stream != gtk_video_get_media_stream (self->video))
    return;
  show_still (self);
  gtk_widget_set_visible (self->play_button, FALSE);
  gtk_label_set_label (self->note,
                       _ ("This video cannot be played here: a codec is missing on this computer. That "
                          "does not keep it from being published."));
  gtk_widget_set_visible (GTK_WIDGET (self->note), TRUE);
}

static void
play (PealComposePreview *self)
{
  /* The very file that is checked and copied, whatever its name may stand for by now. */
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", self->fd);
  g_autoptr (GtkMediaStream) stream = gtk_media_file_new_for_filename (path);

  g_signal_connect_object (stream, "notify::error", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  gtk_video_set_media_stream (self->video, stream);
  gtk_stack_set_visible_child_name (self->stack, "video");
  gtk_widget_grab_focus (GTK_WIDGET (self->video));
  failed_cb (self, NULL, stream);
}

static DexFuture *
opened_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (PealComposePreview) self = wait_get (user_data);
  g_autoptr (GError) error = NULL;
  int fd = dex_await_fd (dex_ref (future), &error);

  if (self == NULL || fd < 0)
    {
      if (self != NULL)
        peal_session_say_error (self->session, error);
      g_clear_fd (&fd, NULL);
      return dex_future_new_true ();
    }
  g_clear_fd (&self->fd, NULL);
  self->fd = fd;
  play (self);
  return dex_future_new_true ();
}

static void
play_cb (PealComposePreview *self)
{
  if (self->fd >= 0)
    play (self);
  else
    dex_future_disown (
        dex_future_finally (peal_client_call_for_fd (peal_session_get_client (self->session), "OpenMedia",
                                                     g_variant_new ("(x)", self->post), self->cancellable),
                            opened_cb, wait_new (self), (GDestroyNotify)wait_free));
}

static void
show_cover_time (PealComposePreview *self)
{
  gint64 tenths = MAX (self->cover_ms, 0) / 100;
  /* Translators: a time in a video: minutes, seconds, tenths of a second */
  g_autofree char *text = g_strdup_printf (C_ ("time in a video", "%d:%02d.%d"), (int)(tenths / 600),
                                           (int)(tenths / 10 % 60), (int)(tenths % 10));

  gtk_label_set_label (self->cover_time, text);
}

static void
cover_cb (PealComposePreview *self)
{
  gint64 value = (gint64)gtk_adjustment_get_value (self->adjustment);
  gint64 cover_ms = value > 0 ? value : -1;

  if (self->session == NULL || cover_ms == self->cover_ms)
    return;
  self->cover_ms = cover_ms;
  show_cover_time (self);
  show_still (self);
  load_still (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
update_cover_list (PealComposePreview *self)
{
  gtk_widget_set_visible (self->cover_list, self->takes_cover && self->duration_ms > 0);
}

static void
peal_compose_preview_unmap (GtkWidget *widget)
{
  PealComposePreview *self = PEAL_COMPOSE_PREVIEW (widget);
  GtkMediaStream *stream = gtk_video_get_media_stream (self->video);

  if (stream != NULL)
    gtk_media_stream_pause (stream);
  GTK_WIDGET_CLASS (peal_compose_preview_parent_class)->unmap (widget);
}

static void
peal_compose_preview_dispose (GObject *object)
{
  PealComposePreview *self = PEAL_COMPOSE_PREVIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->video != NULL)
    gtk_video_set_media_stream (self->video, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_COMPOSE_PREVIEW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_compose_preview_parent_class)->dispose (object);
}

static void
peal_compose_preview_finalize (GObject *object)
{
  PealComposePreview *self = PEAL_COMPOSE_PREVIEW (object);

  g_clear_fd (&self->fd, NULL);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (peal_compose_preview_parent_class)->finalize (object);
}

static void
peal_compose_preview_class_init (PealComposePreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_compose_preview_dispose;
  object_class->finalize = peal_compose_preview_finalize;
  widget_class->unmap = peal_compose_preview_unmap;
  signals[CHANGED] = g_signal_new ("changed", PEAL_TYPE_COMPOSE_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-compose-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, PealComposePreview, stack);
  gtk_widget_class_bind_template_child (widget_class, PealComposePreview, still);
  gtk_widget_class_bind_template_child (widget_class, PealComposePreview, spinner);
  gtk_widget_class_bind_template_child (widget_class, PealComposePreview, play_button);
  gtk_widget_class_bind_template_child (widget_class, PealComposePreview, video);
  gtk_widget_class_bind_template_child (widget_class, PealComposePreview, note);
  gtk_widget_class_bind_template_child (widget_class, PealComposePreview, cover_list);
  gtk_widget_class_bind_template_child (widget_class, PealComposePreview, adjustment);
  gtk_widget_class_bind_template_child (widget_class, PealComposePreview, scale);
  gtk_widget_class_bind_template_child (widget_class, PealComposePreview, cover_time);
  gtk_widget_class_bind_template_callback (widget_class, play_cb);
  gtk_widget_class_bind_template_callback (widget_class, cover_cb);
}

/* Who scrolls through the form with the pointer over the slider does not mean to choose another cover. */
static void
ignore_wheel (GtkWidget *scale)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scale);
  guint n = g_list_model_get_n_items (controllers);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
peal_compose_preview_init (PealComposePreview *self)
{
  self->fd = -1;
  self->cover_ms = -1;
  self->duration_ms = -1;
  self->takes_cover = TRUE;
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  ignore_wheel (self->scale);
  /* Time in a video runs from left to right in every language. */
  gtk_widget_set_direction (self->scale, GTK_TEXT_DIR_LTR);
}

void
peal_compose_preview_set_session (PealComposePreview *self, PealSession *session)
{
  g_return_if_fail (PEAL_IS_COMPOSE_PREVIEW (self));
  g_return_if_fail (PEAL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
}

void
peal_compose_preview_clear (PealComposePreview *self)
{
  g_return_if_fail (PEAL_IS_COMPOSE_PREVIEW (self));

  self->video_number++;
  self->loading = FALSE;
  self->stale = FALSE;
  show_still (self);
  gtk_picture_set_paintable (self->still, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
  g_clear_fd (&self->fd, NULL);
  self->post = 0;
  self->duration_ms = -1;
  self->cover_ms = -1;
}

void
peal_compose_preview_show (PealComposePreview *self, int fd, gint64 post, const PealMediaFacts *facts)
{
  g_return_if_fail (PEAL_IS_COMPOSE_PREVIEW (self));
  g_return_if_fail (self->session != NULL);
  g_return_if_fail (facts != NULL);

  peal_compose_preview_clear (self);
  self->fd = fd >= 0 ? fcntl (fd, F_DUPFD_CLOEXEC, 0) : -1;
  self->post = post;
  self->duration_ms = facts->duration_us >= 0 ? facts->duration_us / 1000 : -1;
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_widget_set_visible (self->play_button, FALSE);
  gtk_adjustment_configure (self->adjustment, 0, 0, (double)MAX (self->duration_ms, 0), 100, 1000, 0);
  show_cover_time (self);
  update_cover_list (self);
  load_still (self);
}

gint64
peal_compose_preview_get_cover (PealComposePreview *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_PREVIEW (self), -1);

  return self->cover_ms;
}

void
peal_compose_preview_set_cover (PealComposePreview *self, gint64 cover_ms)
{
  g_return_if_fail (PEAL_IS_COMPOSE_PREVIEW (self));

  gtk_adjustment_set_value (self->adjustment, (double)MAX (cover_ms, 0));
}

void
peal_compose_preview_set_takes_cover (PealComposePreview *self, gboolean takes_cover)
{
  g_return_if_fail (PEAL_IS_COMPOSE_PREVIEW (self));

  self->takes_cover = takes_cover;
  update_cover_list (self);
}
