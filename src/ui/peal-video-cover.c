/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-video-cover.h"

/* Who looks at a row looks longer than that. */
#define PASSING_MS 100
/* Device pixels of its longer side, for a dense screen too. */
#define SIDE 96

struct _PealVideoCover
{
  GtkWidget parent_instance;

  PealPictures *pictures;
  char *account;
  PealVideoItem *video; /* (nullable) */
  guint passing_source;
  gboolean requested;
  guint turn; /* another one for each video that was set: an old answer is for an old turn */

  GtkStack *stack;
  GtkPicture *picture;
};

G_DEFINE_FINAL_TYPE (PealVideoCover, peal_video_cover, GTK_TYPE_WIDGET)

typedef struct
{
  GWeakRef cover;
  guint turn;
} Loading;

static void
loading_free (gpointer data)
{
  Loading *self = data;

  g_weak_ref_clear (&self->cover);
  g_free (self);
}

static DexFuture *
loaded_cb (DexFuture *future, gpointer data)
{
  Loading *loading = data;
  g_autoptr (PealVideoCover) self = g_weak_ref_get (&loading->cover);
  const GValue *value = dex_future_get_value (future, NULL);

  /* Without a picture the placeholder stays: that is what the error means. */
  if (self == NULL || self->turn != loading->turn || value == NULL)
    return dex_future_new_true ();
  gtk_picture_set_paintable (self->picture, g_value_get_object (value));
  gtk_stack_set_visible_child_name (self->stack, "picture");
  return dex_future_new_true ();
}

static void
load (gpointer data)
{
  PealVideoCover *self = data;
  Loading *loading = NULL;

  self->passing_source = 0;
  /* A list makes more rows than it shows; those wait until they are seen. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->requested = TRUE;
  loading = g_new0 (Loading, 1);
  g_weak_ref_init (&loading->cover, self);
  loading->turn = self->turn;
  dex_future_disown (dex_future_finally (
      peal_pictures_load_cover (self->pictures, self->account, peal_video_item_get_id (self->video), SIDE),
      loaded_cb, loading, loading_free));
}

static void
clear (PealVideoCover *self)
{
  self->turn++;
  self->requested = FALSE;
  g_clear_handle_id (&self->passing_source, g_source_remove);
  g_clear_object (&self->pictures);
  g_clear_object (&self->video);
  g_clear_pointer (&self->account, g_free);
}

static void
peal_video_cover_map (GtkWidget *widget)
{
  PealVideoCover *self = PEAL_VIDEO_COVER (widget);

  GTK_WIDGET_CLASS (peal_video_cover_parent_class)->map (widget);
  if (self->video != NULL && !self->requested && self->passing_source == 0)
    self->passing_source = g_timeout_add_once (PASSING_MS, load, self);
}

static void
peal_video_cover_dispose (GObject *object)
{
  PealVideoCover *self = PEAL_VIDEO_COVER (object);

  clear (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_VIDEO_COVER);
  G_OBJECT_CLASS (peal_video_cover_parent_class)->dispose (object);
}

static void
peal_video_cover_class_init (PealVideoCoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = peal_video_cover_dispose;
  widget_class->map = peal_video_cover_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-video-cover.ui");
  gtk_widget_class_bind_template_child (widget_class, PealVideoCover, stack);
  gtk_widget_class_bind_template_child (widget_class, PealVideoCover, picture);
}

static void
peal_video_cover_init (PealVideoCover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
peal_video_cover_new (void)
{
  return g_object_new (PEAL_TYPE_VIDEO_COVER, NULL);
}

void
peal_video_cover_set (PealVideoCover *self, PealPictures *pictures, const char *account, PealVideoItem *video)
{
  g_return_if_fail (PEAL_IS_VIDEO_COVER (self));
  g_return_if_fail (video == NULL || (PEAL_IS_PICTURES (pictures) && account != NULL));

  if (video != NULL && self->video == video)
    return;
  clear (self);
  gtk_stack_set_visible_child_name (self->stack, "placeholder");
  gtk_picture_set_paintable (self->picture, NULL);
  if (video == NULL || !peal_video_item_has_cover (video))
    return;
  self->pictures = g_object_ref (pictures);
  self->account = g_strdup (account);
  self->video = g_object_ref (video);
  self->passing_source = g_timeout_add_once (PASSING_MS, load, self);
}
