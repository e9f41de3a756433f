/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-video-text.h"

#include <glib/gi18n.h>

#include "peal-count-noun.h"
#include "peal-time-text.h"

/* A title in one line needs no more. */
#define MAX_TITLE 300

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x2028 || c == 0x2029 || g_unichar_iscntrl (c);
}

char *
peal_video_text_title (PealVideoItem *video)
{
  g_autoptr (GString) line = NULL;
  gboolean blank = FALSE;
  int n = 0;

  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (video), NULL);

  line = g_string_new (NULL);
  for (const char *p = peal_video_item_get_title (video); *p != '\0' && n < MAX_TITLE;
       p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_blank (c))
        {
          blank = line->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (line, ' ');
      blank = FALSE;
      g_string_append_unichar (line, c);
      n++;
    }
  return line->len > 0 ? g_string_free_and_steal (g_steal_pointer (&line)) : g_strdup (_ ("No caption"));
}

char *
peal_video_text_published (PealVideoItem *video, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) date = NULL;
  gint64 created;

  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (video), NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  created = peal_video_item_get_create_time (video);
  utc = created > 0 ? g_date_time_new_from_unix_utc (created) : NULL;
  date = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  /* Translators: the day of a video, as in "24 Nov 2026"; see g_date_time_format () */
  return date != NULL ? g_date_time_format (date, C_ ("video", "%-d %b %Y")) : g_strdup ("–");
}

char *
peal_video_text_summary (PealVideoItem *video, GTimeZone *zone)
{
  g_autofree char *published = NULL;
  g_autofree char *views = NULL;
  g_autofree char *likes = NULL;

  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (video), NULL);

  published = peal_video_text_published (video, zone);
  views = peal_count_text_compact (peal_video_item_get_view_count (video));
  likes = peal_count_text_compact (peal_video_item_get_like_count (video));
  /* Translators: date, views and likes of a video; the numbers are in short, as in "12.3K" */
  return g_strdup_printf (C_ ("video", "%s · %s views · %s likes"), published, views, likes);
}

char *
peal_video_text_description (PealVideoItem *video, GTimeZone *zone)
{
  g_autofree char *title = NULL;
  g_autofree char *published = NULL;
  g_autofree char *views = NULL;
  g_autofree char *likes = NULL;
  g_autofree char *comments = NULL;
  g_autofree char *shares = NULL;

  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (video), NULL);

  title = peal_video_text_title (video);
  published = peal_video_text_published (video, zone);
  views = peal_count_noun_views (peal_video_item_get_view_count (video));
  likes = peal_count_noun_likes (peal_video_item_get_like_count (video));
  comments = peal_count_noun_comments (peal_video_item_get_comment_count (video));
  shares = peal_count_noun_shares (peal_video_item_get_share_count (video));
  /* Translators: a video: title, date, views, likes, comments, shares */
  return g_strdup_printf (C_ ("video", "%s. %s, %s, %s, %s, %s"), title, published, views, likes, comments,
                          shares);
}
