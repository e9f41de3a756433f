/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-video-order.h"

/* The title in the form that sorts, kept with the item: there may be ten thousand. */
typedef struct
{
  char *title;
  char *collated;
} TitleKey;

static GQuark
title_key_quark (void)
{
  return g_quark_from_static_string ("peal-video-title-key");
}

static GQuark
column_key_quark (void)
{
  return g_quark_from_static_string ("peal-video-column-key");
}

static void
title_key_free (gpointer data)
{
  TitleKey *self = data;

  g_free (self->title);
  g_free (self->collated);
  g_free (self);
}

static const char *
get_title_key (PealVideoItem *video)
{
  const char *title = peal_video_item_get_title (video);
  TitleKey *key = g_object_get_qdata (G_OBJECT (video), title_key_quark ());

  if (key == NULL || !g_str_equal (key->title, title))
    {
      g_autofree char *folded = g_utf8_casefold (title, -1);

      key = g_new0 (TitleKey, 1);
      key->title = g_strdup (title);
      key->collated = g_utf8_collate_key (folded, -1);
      g_object_set_qdata_full (G_OBJECT (video), title_key_quark (), key, title_key_free);
    }
  return key->collated;
}

gint64
peal_video_order_get_number (PealVideoItem *video, PealVideoKey key)
{
  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (video), -1);

  switch (key)
    {
    case PEAL_VIDEO_KEY_PUBLISHED:
      return peal_video_item_get_create_time (video);
    case PEAL_VIDEO_KEY_VIEWS:
      return peal_video_item_get_view_count (video);
    case PEAL_VIDEO_KEY_LIKES:
      return peal_video_item_get_like_count (video);
    case PEAL_VIDEO_KEY_COMMENTS:
      return peal_video_item_get_comment_count (video);
    case PEAL_VIDEO_KEY_SHARES:
      return peal_video_item_get_share_count (video);
    case PEAL_VIDEO_KEY_TITLE:
    default:
      return -1;
    }
}

static int
compare_numbers (gint64 one, gint64 two)
{
  return (one > two) - (one < two);
}

static int
compare_newest (PealVideoItem *one, PealVideoItem *two)
{
  int order = compare_numbers (peal_video_item_get_create_time (two), peal_video_item_get_create_time (one));

  return order != 0 ? order : g_strcmp0 (peal_video_item_get_id (one), peal_video_item_get_id (two));
}

int
peal_video_order_compare (PealVideoItem *one, PealVideoItem *two, PealVideoKey key, GtkSortType direction)
{
  gboolean by_title = key == PEAL_VIDEO_KEY_TITLE;
  gboolean known_one;
  gboolean known_two;
  int order;

  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (one), 0);
  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (two), 0);

  known_one =
      by_title ? peal_video_item_get_title (one)[0] != '\0' : peal_video_order_get_number (one, key) >= 0;
  known_two =
      by_title ? peal_video_item_get_title (two)[0] != '\0' : peal_video_order_get_number (two, key) >= 0;
  if (known_one != known_two)
    return known_one ? -1 : 1;
  if (!known_one)
    return compare_newest (one, two);
  order = by_title ? g_strcmp0 (get_title_key (one), get_title_key (two))
                   : compare_numbers (peal_video_order_get_number (one, key),
                                      peal_video_order_get_number (two, key));
  if (order == 0)
    return compare_newest (one, two);
  return direction == GTK_SORT_ASCENDING ? order : -order;
}

static int
compare_cb (gconstpointer one, gconstpointer two, gpointer user_data)
{
  GtkColumnViewSorter *chosen = user_data;
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (chosen);
  gpointer key = column != NULL ? g_object_get_qdata (G_OBJECT (column), column_key_quark ()) : NULL;

  return peal_video_order_compare (
      (PealVideoItem *)one, (PealVideoItem *)two, (PealVideoKey)GPOINTER_TO_INT (key),
      column != NULL ? gtk_column_view_sorter_get_primary_sort_order (chosen) : GTK_SORT_DESCENDING);
}

static void
changed_cb (GtkSorter *sorter)
{
  gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

GtkSorter *
peal_video_order_follow (GtkColumnView *view)
{
  GtkSorter *chosen = NULL;
  GtkSorter *sorter = NULL;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);

  chosen = gtk_column_view_get_sorter (view);
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, g_object_ref (chosen), g_object_unref));
  g_signal_connect_object (chosen, "changed", G_CALLBACK (changed_cb), sorter, G_CONNECT_SWAPPED);
  return sorter;
}

/* A column's own sorter never sorts: it makes the column's title a button. */
static int
compare_nothing_cb (gconstpointer one, gconstpointer two, gpointer user_data)
{
  return GTK_ORDERING_EQUAL;
}

void
peal_video_order_set_key (GtkColumnViewColumn *column, PealVideoKey key)
{
  g_autoptr (GtkSorter) sorter = NULL;

  g_return_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column));

  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_nothing_cb, NULL, NULL));
  g_object_set_qdata (G_OBJECT (column), column_key_quark (), GINT_TO_POINTER (key));
  gtk_column_view_column_set_sorter (column, sorter);
}
