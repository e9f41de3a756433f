/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-videos-view-private.h"

#include "peal-time-text.h"
#include "peal-video-cover.h"
#include "peal-video-label.h"
#include "peal-video-menu.h"
#include "peal-video-order.h"
#include "peal-video-row.h"
#include "peal-video-text.h"

/* What a column of numbers has room for at least. */
#define NUMBER_CHARS 7
/* "24 Nov 2026" */
#define DATE_CHARS 11

static const char *
get_open_id (PealVideosView *self)
{
  return self->account != NULL ? peal_account_item_get_open_id (self->account) : "";
}

static char *
describe_title (PealVideoItem *video, GTimeZone *zone)
{
  return peal_video_text_title (video);
}

static char *
describe_views (PealVideoItem *video, GTimeZone *zone)
{
  return peal_count_text (peal_video_item_get_view_count (video));
}

static char *
describe_likes (PealVideoItem *video, GTimeZone *zone)
{
  return peal_count_text (peal_video_item_get_like_count (video));
}

static char *
describe_comments (PealVideoItem *video, GTimeZone *zone)
{
  return peal_count_text (peal_video_item_get_comment_count (video));
}

static char *
describe_shares (PealVideoItem *video, GTimeZone *zone)
{
  return peal_count_text (peal_video_item_get_share_count (video));
}

static void
setup_label (PealVideosView *self, GtkListItem *item, PealVideoLabelFunc func, int width_chars)
{
  GtkWidget *label = peal_video_label_new (func, self->zone);

  if (width_chars > 0)
    peal_video_label_set_width_chars (PEAL_VIDEO_LABEL (label), width_chars);
  else
    peal_video_label_set_tooltip (PEAL_VIDEO_LABEL (label), TRUE);
  gtk_list_item_set_child (item, label);
}

static void
setup_title_cb (PealVideosView *self, GtkListItem *item)
{
  setup_label (self, item, describe_title, 0);
}

static void
setup_published_cb (PealVideosView *self, GtkListItem *item)
{
  setup_label (self, item, peal_video_text_published, DATE_CHARS);
}

static void
setup_views_cb (PealVideosView *self, GtkListItem *item)
{
  setup_label (self, item, describe_views, NUMBER_CHARS);
}

static void
setup_likes_cb (PealVideosView *self, GtkListItem *item)
{
  setup_label (self, item, describe_likes, NUMBER_CHARS);
}

static void
setup_comments_cb (PealVideosView *self, GtkListItem *item)
{
  setup_label (self, item, describe_comments, NUMBER_CHARS);
}

static void
setup_shares_cb (PealVideosView *self, GtkListItem *item)
{
  setup_label (self, item, describe_shares, NUMBER_CHARS);
}

static void
setup_cover_cb (PealVideosView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, peal_video_cover_new ());
}

static void
setup_menu_cb (PealVideosView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, peal_video_menu_new (self->session));
}

static void
setup_row_cb (PealVideosView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, peal_video_row_new (self->session, self->zone));
}

/* @video: (nullable) */
static void
show (PealVideosView *self, GtkListItem *item, PealVideoItem *video)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  const char *account = video != NULL ? get_open_id (self) : NULL;

  if (PEAL_IS_VIDEO_LABEL (child))
    peal_video_label_set_video (PEAL_VIDEO_LABEL (child), video);
  else if (PEAL_IS_VIDEO_COVER (child))
    peal_video_cover_set (PEAL_VIDEO_COVER (child), peal_session_get_pictures (self->session), account,
                          video);
  else if (PEAL_IS_VIDEO_MENU (child))
    peal_video_menu_set (PEAL_VIDEO_MENU (child), account, video);
  else if (PEAL_IS_VIDEO_ROW (child))
    peal_video_row_set (PEAL_VIDEO_ROW (child), account, video);
}

static void
bind_cb (PealVideosView *self, GtkListItem *item)
{
  show (self, item, gtk_list_item_get_item (item));
}

static void
unbind_cb (PealVideosView *self, GtkListItem *item)
{
  show (self, item, NULL);
}

static void
bind_list_row_cb (PealVideosView *self, GtkListItem *item)
{
  g_autofree char *description = peal_video_text_description (gtk_list_item_get_item (item), self->zone);

  bind_cb (self, item);
  gtk_list_item_set_accessible_label (item, description);
}

static void
bind_table_row_cb (PealVideosView *self, GtkColumnViewRow *row)
{
  g_autofree char *description = peal_video_text_description (gtk_column_view_row_get_item (row), self->zone);

  gtk_column_view_row_set_accessible_label (row, description);
}

static GtkListItemFactory *
make_factory (PealVideosView *self, GCallback setup, GCallback bind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", setup, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", bind, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  return factory;
}

static void
make_columns (PealVideosView *self)
{
  const struct
  {
    GtkColumnViewColumn *column;
    GCallback setup;
    int key; /* -1 where nobody sorts by it */
  } columns[] = {
    { self->cover_column, G_CALLBACK (setup_cover_cb), -1 },
    { self->title_column, G_CALLBACK (setup_title_cb), PEAL_VIDEO_KEY_TITLE },
    { self->published_column, G_CALLBACK (setup_published_cb), PEAL_VIDEO_KEY_PUBLISHED },
    { self->views_column, G_CALLBACK (setup_views_cb), PEAL_VIDEO_KEY_VIEWS },
    { self->likes_column, G_CALLBACK (setup_likes_cb), PEAL_VIDEO_KEY_LIKES },
    { self->comments_column, G_CALLBACK (setup_comments_cb), PEAL_VIDEO_KEY_COMMENTS },
    { self->shares_column, G_CALLBACK (setup_shares_cb), PEAL_VIDEO_KEY_SHARES },
    { self->menu_column, G_CALLBACK (setup_menu_cb), -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkListItemFactory) factory = make_factory (self, columns[i].setup, G_CALLBACK (bind_cb));

      gtk_column_view_column_set_factory (columns[i].column, factory);
      if (columns[i].key >= 0)
        peal_video_order_set_key (columns[i].column, (PealVideoKey)columns[i].key);
    }
}

void
peal_videos_view_make_factories (PealVideosView *self)
{
  g_autoptr (GtkListItemFactory) list_rows =
      make_factory (self, G_CALLBACK (setup_row_cb), G_CALLBACK (bind_list_row_cb));
  g_autoptr (GtkListItemFactory) table_rows = gtk_signal_list_item_factory_new ();

  make_columns (self);
  gtk_list_view_set_factory (self->list, list_rows);
  g_signal_connect_object (table_rows, "bind", G_CALLBACK (bind_table_row_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_row_factory (self->table, table_rows);
}
