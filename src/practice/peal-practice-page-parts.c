/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-page-parts.h"

#include "peal-practice-html.h"
#include "peal-practice-json.h"
#include "peal-practice-pictures.h"

#include <string.h>

static const struct
{
  const char *level;
  const char *words;
} levels[] = {
  { "PUBLIC_TO_EVERYONE", "Everyone" },
  { "FOLLOWER_OF_CREATOR", "Followers" },
  { "MUTUAL_FOLLOW_FRIENDS", "Friends" },
  { "SELF_ONLY", "Only me" },
};

static const char *
words_for (const char *level)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_strcmp0 (levels[i].level, level) == 0)
      return levels[i].words;
  return "";
}

char *
peal_practice_page_dup_time (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  /* %B would follow the locale, and these pages are English. */
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  if (date == NULL)
    return g_strdup ("");
  return g_strdup_printf ("%d %s %d, %02d:%02d UTC", g_date_time_get_day_of_month (date),
                          months[g_date_time_get_month (date) - 1], g_date_time_get_year (date),
                          g_date_time_get_hour (date), g_date_time_get_minute (date));
}

/* "47 s", "5 min" */
static void
append_length (GString *html, gint64 seconds)
{
  if (seconds >= 60 && seconds % 60 == 0)
    g_string_append_printf (html, "%" G_GINT64_FORMAT " min", seconds / 60);
  else
    g_string_append_printf (html, "%" G_GINT64_FORMAT " s", seconds);
}

/* "18,342 followers" */
static void
append_count (GString *html, gint64 count, const char *one, const char *many)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  gsize length = strlen (digits);

  g_string_append (html, "<li><b>");
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (html, ',');
      g_string_append_c (html, digits[i]);
    }
  g_string_append_printf (html, "</b> %s</li>", count == 1 ? one : many);
}

static void
append_traits (GString *html, const PealPracticeCreator *creator)
{
  g_string_append_printf (html, "%s account, videos up to ", creator->is_private ? "Private" : "Public");
  append_length (html, creator->max_duration);
  if (creator->comment_disabled)
    g_string_append (html, ", no comments");
  if (creator->is_private || creator->duet_disabled)
    g_string_append (html, ", no duets");
  if (creator->is_private || creator->stitch_disabled)
    g_string_append (html, ", no stitches");
  if (creator->is_barred)
    g_string_append (html, ", <b>barred from posting</b>");
  else if (creator->daily_posts == 0)
    g_string_append (html, ", <b>no posts left today</b>");
}

void
peal_practice_page_append_profile (GString *html, PealPracticeWorld *world, PealPracticeCreator *creator)
{
  PealPracticeCreatorCounts counts = peal_practice_creator_count (creator, peal_practice_world_now (world));
  g_autofree char *picture = peal_practice_pictures_dup_avatar_url (world, creator, 192);

  g_string_append (html, "<div class=\"row\"><img class=\"avatar\" alt=\"\" src=\"");
  peal_practice_html_text (html, picture + strlen (world->base));
  g_string_append_printf (html, "\"><div><h2><a href=\"/@%s\">", creator->profile->username);
  peal_practice_html_text (html, creator->profile->nickname);
  g_string_append_printf (html, "</a>%s</h2><span class=\"dim\">@%s</span></div></div><p class=\"dim\">",
                          creator->profile->is_verified
                              ? " <span role=\"img\" aria-label=\"verified\" title=\"Verified\">✓</span>"
                              : "",
                          creator->profile->username);
  append_traits (html, creator);
  g_string_append (html, "</p><ul class=\"counts\">");
  append_count (html, counts.followers, "follower", "followers");
  append_count (html, counts.following, "following", "following");
  append_count (html, counts.likes, "like", "likes");
  append_count (html, counts.videos, "video", "videos");
  g_string_append (html, "</ul>");
}

static void
append_draft (GString *html, PealPracticeCall *call, const PealPracticePost *post)
{
  const char *const *level = peal_practice_creator_get_privacy_levels (post->creator);
  g_autofree char *time = peal_practice_page_dup_time (post->due);

  g_string_append (html, "<form class=\"draft\" method=\"post\" action=\"/drafts/finish\"><p>A video of ");
  append_length (html, (post->info.duration_ms + 500) / 1000);
  g_string_append_printf (html, " from %s <span class=\"dim\">%s</span></p>", post->app->title, time);
  peal_practice_html_hidden (html, "page_token", call->page_token);
  peal_practice_html_hidden (html, "publish_id", post->publish_id);
  g_string_append_printf (html,
                          "<label for=\"caption-%1$s\">Caption</label><input type=\"text\" "
                          "id=\"caption-%1$s\" name=\"caption\" maxlength=\"2200\">"
                          "<label for=\"level-%1$s\">Who can view</label><select id=\"level-%1$s\" "
                          "name=\"level\">",
                          post->upload_id);
  for (; *level != NULL; level++)
    g_string_append_printf (html, "<option value=\"%s\">%s</option>", *level, words_for (*level));
  g_string_append (
      html, "</select><div class=\"buttons\"><button class=\"main\">Finish draft</button></div></form>");
}

void
peal_practice_page_append_inbox (GString *html, PealPracticeCall *call, PealPracticeCreator *creator)
{
  gboolean is_any = FALSE;

  for (guint i = call->world->posts->len; i > 0; i--)
    {
      const PealPracticePost *post = call->world->posts->pdata[i - 1];

      if (post->creator != creator
          || !g_str_equal (peal_practice_post_get_status (post), "SEND_TO_USER_INBOX"))
        continue;
      if (!is_any)
        g_string_append (html, "<section><h3>Drafts in the inbox</h3>");
      is_any = TRUE;
      append_draft (html, call, post);
    }
  if (is_any)
    g_string_append (html, "</section>");
}

static gboolean
is_private_post (JsonObject *entry, PealPracticeCreator *creator)
{
  const char *level = peal_practice_json_get_string (entry, "privacy_level", NULL);

  return level != NULL && !g_str_equal (level, "PUBLIC_TO_EVERYONE")
         && g_strcmp0 (peal_practice_json_get_string (entry, "username", NULL), creator->profile->username)
                == 0;
}

void
peal_practice_page_append_private (GString *html, PealPracticeWorld *world, PealPracticeCreator *creator)
{
  gboolean is_any = FALSE;

  for (guint i = json_array_get_length (world->ledger); i > 0; i--)
    {
      JsonObject *entry = peal_practice_json_element (world->ledger, i - 1);
      g_autofree char *time = NULL;
      const char *caption;

      if (entry == NULL || !is_private_post (entry, creator))
        continue;
      if (!is_any)
        g_string_append (html,
                         "<section class=\"card\"><h2>Posts that not everyone sees</h2><ul class=\"plain\">");
      is_any = TRUE;
      caption = peal_practice_json_get_string (entry, "caption", "");
      time = peal_practice_page_dup_time (peal_practice_json_get_int (entry, "time", 0));
      g_string_append (html, "<li>");
      peal_practice_html_text (html, *caption != '\0' ? caption : "(no caption)");
      g_string_append_printf (html, "<br><span class=\"dim\">%s · %s</span></li>",
                              words_for (peal_practice_json_get_string (entry, "privacy_level", "")), time);
    }
  if (is_any)
    g_string_append (html, "</ul></section>");
}

/* Appends the cover of @video as a link to it. */
static void
append_cover (GString *html,
              PealPracticeWorld *world,
              PealPracticeCreator *creator,
              const PealPracticeVideo *video)
{
  g_autofree char *cover = peal_practice_pictures_dup_cover_url (world, video);
  g_autofree char *caption = peal_practice_creator_dup_caption (creator, video);

  g_string_append_printf (html, "<a href=\"/@%s/video/%" G_GINT64_FORMAT "\"><img loading=\"lazy\" alt=\"",
                          creator->profile->username, video->id);
  peal_practice_html_text (html, *caption != '\0' ? caption : "Video without a caption");
  g_string_append (html, "\" src=\"");
  peal_practice_html_text (html, cover + strlen (world->base));
  g_string_append (html, "\"></a>");
}

static void
append_video (GString *html,
              PealPracticeWorld *world,
              PealPracticeCreator *creator,
              const PealPracticeVideo *video)
{
  PealPracticeCounts counts =
      peal_practice_creator_count_video (creator, video, peal_practice_world_now (world));
  g_autofree char *caption = peal_practice_creator_dup_caption (creator, video);
  g_autofree char *time = peal_practice_page_dup_time (video->created);

  g_string_append_printf (html, "<li id=\"v%" G_GINT64_FORMAT "\">", video->id);
  append_cover (html, world, creator, video);
  g_string_append (html, "<p>");
  peal_practice_html_text (html, caption);
  g_string_append_printf (html, "</p><p class=\"dim\">%s · ", time);
  append_length (html, video->duration);
  g_string_append_printf (html, "%s</p><ul class=\"counts\">",
                          video->is_aigc ? "<br>Creator labeled as AI-generated" : "");
  append_count (html, counts.views, "view", "views");
  append_count (html, counts.likes, "like", "likes");
  append_count (html, counts.comments, "comment", "comments");
  append_count (html, counts.shares, "share", "shares");
  g_string_append (html, "</ul></li>");
}

void
peal_practice_page_append_strip (GString *html,
                                 PealPracticeWorld *world,
                                 PealPracticeCreator *creator,
                                 guint count)
{
  gint64 now = peal_practice_world_now (world);
  guint shown = 0;

  g_string_append (html, "<div class=\"strip\">");
  for (guint i = creator->videos->len; i > 0 && shown < count; i--)
    {
      const PealPracticeVideo *video = creator->videos->pdata[i - 1];

      if (video->listed > now)
        continue;
      append_cover (html, world, creator, video);
      shown++;
    }
  g_string_append (html, shown > 0 ? "</div>" : "<span class=\"dim\">No videos yet.</span></div>");
}

void
peal_practice_page_append_videos (GString *html,
                                  PealPracticeWorld *world,
                                  PealPracticeCreator *creator,
                                  guint count,
                                  gint64 id)
{
  gint64 now = peal_practice_world_now (world);
  guint shown = 0;

  g_string_append (html, "<ul class=\"videos\">");
  for (guint i = creator->videos->len; i > 0 && shown < count; i--)
    {
      const PealPracticeVideo *video = creator->videos->pdata[i - 1];

      if (video->listed > now || (id != 0 && video->id != id))
        continue;
      append_video (html, world, creator, video);
      shown++;
    }
  g_string_append (html, "</ul>");
  if (shown == 0)
    g_string_append (html, id != 0 ? "<p class=\"note\">There is no such video.</p>"
                                   : "<p class=\"note\">No videos yet.</p>");
}
