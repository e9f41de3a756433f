/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-video.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "peal-compose-checks.h"
#include "peal-compose-preview.h"
#include "peal-error.h"
#include "peal-sentence.h"

struct _PealComposeVideo
{
  AdwBin parent_instance;

  PealSession *session;
  PealComposeVideoState state;
  int fd;
  char *name;
  PealMediaFacts *facts;
  gint64 max_duration_s;
  GCancellable *cancellable; /* (nullable): of the check that runs */

  GtkStack *stack;
  GtkImage *none_icon;
  GtkLabel *none_text;
  GtkLabel *checking_text;
  PealComposePreview *preview;
  GtkLabel *name_label;
  GtkWidget *choose_button;
  GtkWidget *replace_button;
  PealComposeChecks *checks;
};

G_DEFINE_FINAL_TYPE (PealComposeVideo, peal_compose_video, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A check under way; it ends with the widget, or when another file is opened. */
typedef struct
{
  GWeakRef widget;
  PealMediaRunner *runner;
  GCancellable *cancellable;
  int fd;
} Check;

static void
check_free (Check *self)
{
  g_weak_ref_clear (&self->widget);
  g_clear_object (&self->runner);
  g_clear_object (&self->cancellable);
  g_clear_fd (&self->fd, NULL);
  g_free (self);
}

static void
set_state (PealComposeVideo *self, PealComposeVideoState state)
{
  static const char *const pages[] = {
    [PEAL_COMPOSE_VIDEO_NONE] = "none",     [PEAL_COMPOSE_VIDEO_CHECKING] = "checking",
    [PEAL_COMPOSE_VIDEO_UNUSABLE] = "none", [PEAL_COMPOSE_VIDEO_BROKEN] = "video",
    [PEAL_COMPOSE_VIDEO_FINE] = "video",
  };

  self->state = state;
  gtk_stack_set_visible_child_name (self->stack, pages[state]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_none (PealComposeVideo *self)
{
  gtk_image_set_from_icon_name (self->none_icon, "video-x-generic-symbolic");
  gtk_label_set_label (self->none_text, _ ("Drop a video here, or choose one."));
  set_state (self, PEAL_COMPOSE_VIDEO_NONE);
}

static void
show_unusable (PealComposeVideo *self, const GError *error)
{
  g_autofree char *sentence = peal_sentence_for_error (error);
  /* Translators: the name of a file, and what is wrong with it */
  g_autofree char *text = g_strdup_printf (_ ("“%s”: %s"), self->name, sentence);

  gtk_image_set_from_icon_name (self->none_icon, "dialog-warning-symbolic");
  gtk_label_set_label (self->none_text, text);
  set_state (self, PEAL_COMPOSE_VIDEO_UNUSABLE);
}

static void
judge (PealComposeVideo *self)
{
  gboolean fine = peal_compose_checks_show (self->checks, self->facts, self->max_duration_s);

  set_state (self, fine ? PEAL_COMPOSE_VIDEO_FINE : PEAL_COMPOSE_VIDEO_BROKEN);
}

/* (transfer full): where the check still matters. */
static PealComposeVideo *
check_get (Check *self)
{
  g_autoptr (PealComposeVideo) widget = g_weak_ref_get (&self->widget);

  return widget != NULL && widget->cancellable == self->cancellable ? g_steal_pointer (&widget) : NULL;
}

static DexFuture *
check_fiber (gpointer data)
{
  Check *check = data;
  g_autoptr (PealComposeVideo) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PealMediaFacts) facts =
      dex_await_boxed (peal_media_runner_probe (check->runner, check->fd, check->cancellable), &error);

  if (!(self = check_get (check)))
    return dex_future_new_false ();
  g_clear_object (&self->cancellable);
  if (facts == NULL)
    {
      g_clear_fd (&self->fd, NULL);
      show_unusable (self, error);
      return dex_future_new_false ();
    }
  self->facts = g_steal_pointer (&facts);
  peal_compose_preview_show (self->preview, self->fd, 0, self->facts);
  judge (self);
  return dex_future_new_true ();
}

static void
start_check (PealComposeVideo *self)
{
  Check *check = g_new0 (Check, 1);

  self->cancellable = g_cancellable_new ();
  g_weak_ref_init (&check->widget, self);
  check->runner = g_object_ref (peal_session_get_runner (self->session));
  check->cancellable = g_object_ref (self->cancellable);
  check->fd = dup (self->fd);
  set_state (self, PEAL_COMPOSE_VIDEO_CHECKING);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, check_fiber, check, (GDestroyNotify)check_free));
}

static void
forget (PealComposeVideo *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  peal_compose_preview_clear (self->preview);
  g_clear_fd (&self->fd, NULL);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->facts, peal_media_facts_free);
}

static void
chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PealComposeVideo) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files =
      gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, &error);

  if (files != NULL && g_list_model_get_n_items (files) > 0)
    g_signal_emit (self, signals[CHOSEN], 0, files);
  else if (error != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
           && self->session != NULL)
    peal_session_say_error (self->session, error);
}

static void
choose_cb (PealComposeVideo *self)
{
  peal_compose_video_choose (self);
}

static void
preview_changed_cb (PealComposeVideo *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
peal_compose_video_grab_focus (GtkWidget *widget)
{
  PealComposeVideo *self = PEAL_COMPOSE_VIDEO (widget);

  if (self->facts == NULL)
    return gtk_widget_grab_focus (self->choose_button);
  return gtk_widget_child_focus (GTK_WIDGET (self->checks), GTK_DIR_TAB_FORWARD);
}

static void
peal_compose_video_dispose (GObject *object)
{
  PealComposeVideo *self = PEAL_COMPOSE_VIDEO (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  /* The template is the child of the bin, which lets go of it itself. */
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_compose_video_parent_class)->dispose (object);
}

static void
peal_compose_video_finalize (GObject *object)
{
  PealComposeVideo *self = PEAL_COMPOSE_VIDEO (object);

  g_clear_fd (&self->fd, NULL);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->facts, peal_media_facts_free);
  G_OBJECT_CLASS (peal_compose_video_parent_class)->finalize (object);
}

static void
peal_compose_video_class_init (PealComposeVideoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_compose_video_dispose;
  object_class->finalize = peal_compose_video_finalize;
  widget_class->grab_focus = peal_compose_video_grab_focus;
  signals[CHOSEN] = g_signal_new ("chosen", PEAL_TYPE_COMPOSE_VIDEO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_LIST_MODEL);
  signals[CHANGED] = g_signal_new ("changed", PEAL_TYPE_COMPOSE_VIDEO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  g_type_ensure (PEAL_TYPE_COMPOSE_PREVIEW);
  g_type_ensure (PEAL_TYPE_COMPOSE_CHECKS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-compose-video.ui");
  gtk_widget_class_bind_template_child (widget_class, PealComposeVideo, stack);
  gtk_widget_class_bind_template_child (widget_class, PealComposeVideo, none_icon);
  gtk_widget_class_bind_template_child (widget_class, PealComposeVideo, none_text);
  gtk_widget_class_bind_template_child (widget_class, PealComposeVideo, checking_text);
  gtk_widget_class_bind_template_child (widget_class, PealComposeVideo, preview);
  gtk_widget_class_bind_template_child (widget_class, PealComposeVideo, name_label);
  gtk_widget_class_bind_template_child (widget_class, PealComposeVideo, choose_button);
  gtk_widget_class_bind_template_child (widget_class, PealComposeVideo, replace_button);
  gtk_widget_class_bind_template_child (widget_class, PealComposeVideo, checks);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, preview_changed_cb);
}

static void
peal_compose_video_init (PealComposeVideo *self)
{
  self->fd = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
peal_compose_video_set_session (PealComposeVideo *self, PealSession *session)
{
  g_return_if_fail (PEAL_IS_COMPOSE_VIDEO (self));
  g_return_if_fail (PEAL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  peal_compose_preview_set_session (self->preview, session);
}

/* (transfer full): for people; what the file system makes of it where there is no other. */
static char *
dup_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return base != NULL ? g_filename_display_name (base) : g_file_get_uri (file);
}

void
peal_compose_video_open (PealComposeVideo *self, GFile *file)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (PEAL_IS_COMPOSE_VIDEO (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (self->session != NULL);

  forget (self);
  self->name = dup_name (file);
  path = g_file_get_path (file);
  if (path == NULL)
    error = peal_error_new (PEAL_ERROR_MEDIA, "file_elsewhere", "The file is not on this computer");
  else
    self->fd = peal_media_open (path, &error);
  if (self->fd < 0)
    {
      show_unusable (self, error);
      return;
    }
  /* Translators: %s is the name of a file */
  text = g_strdup_printf (_ ("Checking “%s”…"), self->name);
  gtk_label_set_label (self->checking_text, text);
  gtk_label_set_label (self->name_label, self->name);
  gtk_widget_set_visible (self->replace_button, TRUE);
  start_check (self);
}

void
peal_compose_video_show_post (PealComposeVideo *self, PealPostItem *post)
{
  const PealMediaFacts *facts = NULL;

  g_return_if_fail (PEAL_IS_COMPOSE_VIDEO (self));
  g_return_if_fail (PEAL_IS_POST_ITEM (post));
  g_return_if_fail (self->session != NULL);

  forget (self);
  facts = peal_post_item_get_facts (post);
  self->facts = facts != NULL ? peal_media_facts_copy (facts) : peal_media_facts_new ();
  self->name = g_strdup (peal_post_item_get_media_name (post));
  gtk_label_set_label (self->name_label, self->name);
  gtk_widget_set_visible (self->replace_button, FALSE);
  peal_compose_preview_show (self->preview, -1, peal_post_item_get_id (post), self->facts);
  peal_compose_preview_set_cover (self->preview, peal_post_item_get_options (post)->cover_ms);
  judge (self);
}

void
peal_compose_video_clear (PealComposeVideo *self)
{
  g_return_if_fail (PEAL_IS_COMPOSE_VIDEO (self));

  forget (self);
  show_none (self);
}

void
peal_compose_video_set_limit (PealComposeVideo *self, gint64 max_duration_s)
{
  g_return_if_fail (PEAL_IS_COMPOSE_VIDEO (self));

  if (self->max_duration_s == max_duration_s)
    return;
  self->max_duration_s = max_duration_s;
  if (self->facts != NULL)
    judge (self);
}

void
peal_compose_video_set_takes_cover (PealComposeVideo *self, gboolean takes_cover)
{
  g_return_if_fail (PEAL_IS_COMPOSE_VIDEO (self));

  peal_compose_preview_set_takes_cover (self->preview, takes_cover);
}

PealComposeVideoState
peal_compose_video_get_state (PealComposeVideo *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_VIDEO (self), PEAL_COMPOSE_VIDEO_NONE);

  return self->state;
}

int
peal_compose_video_get_fd (PealComposeVideo *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_VIDEO (self), -1);

  return self->fd;
}

const char *
peal_compose_video_get_name (PealComposeVideo *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_VIDEO (self), NULL);

  return self->name;
}

const PealMediaFacts *
peal_compose_video_get_facts (PealComposeVideo *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_VIDEO (self), NULL);

  return self->facts;
}

gint64
peal_compose_video_get_cover (PealComposeVideo *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_VIDEO (self), -1);

  return peal_compose_preview_get_cover (self->preview);
}

static GListModel *
create_filters (void)
{
  static const char *const types[] = { "video/mp4", "video/quicktime", "video/webm", NULL };
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) videos = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (videos, _ ("Videos for TikTok"));
  for (gsize i = 0; types[i] != NULL; i++)
    gtk_file_filter_add_mime_type (videos, types[i]);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, videos);
  g_list_store_append (filters, all);
  return G_LIST_MODEL (g_steal_pointer (&filters));
}

void
peal_compose_video_choose (PealComposeVideo *self)
{
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autoptr (GListModel) filters = NULL;
  GtkRoot *root = NULL;

  g_return_if_fail (PEAL_IS_COMPOSE_VIDEO (self));

  dialog = gtk_file_dialog_new ();
  filters = create_filters ();
  root = gtk_widget_get_root (GTK_WIDGET (self));
  gtk_file_dialog_set_title (dialog, _ ("Choose Videos"));
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_open_multiple (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, chosen_cb,
                                 g_object_ref (self));
}
