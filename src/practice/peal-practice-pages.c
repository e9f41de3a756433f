/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-handlers.h"

#include "peal-practice-html.h"
#include "peal-practice-pictures.h"

#include <string.h>

#define VIDEOS_SHOWN 24

/* "18,342" */
static void
append_count (GString *html, gint64 count, const char *what)
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
  g_string_append_printf (html, "</b> %s</li>", what);
}

static void
append_profile (GString *html, PealPracticeWorld *world, PealPracticeCreator *creator)
{
  PealPracticeCreatorCounts counts = peal_practice_creator_count (creator, peal_practice_world_now (world));
  g_autofree char *picture = peal_practice_pictures_dup_avatar_url (world, creator, 192);

  g_string_append (html, "<div class=\"row\"><img class=\"avatar\" alt=\"\" src=\"");
  peal_practice_html_text (html, picture + strlen (world->base));
  g_string_append_printf (html, "\"><div><a href=\"/@%s\">", creator->profile->username);
  peal_practice_html_text (html, creator->profile->nickname);
  g_string_append_printf (html, "</a>%s<br><span class=\"dim\">@%s · %s account</span></div></div>",
                          creator->profile->is_verified ? " ✓" : "", creator->profile->username,
                          creator->is_private ? "private" : "public");
  g_string_append (html, "<ul class=\"counts\">");
  append_count (html, counts.followers, "followers");
  append_count (html, counts.following, "following");
  append_count (html, counts.likes, "likes");
  append_count (html, counts.videos, "videos");
  g_string_append (html, "</ul>");
}

static void
append_draft (GString *html, PealPracticeCall *call, PealPracticePost *post)
{
  const char *const *levels = peal_practice_creator_get_privacy_levels (post->creator);

  g_string_append_printf (html,
                          "<form method=\"post\" action=\"/drafts/finish\"><p>A video of %.1f s from %s.</p>",
                          (double)post->info.duration_ms / 1000, post->app->title);
  peal_practice_html_hidden (html, "page_token", call->page_token);
  peal_practice_html_hidden (html, "publish_id", post->publish_id);
  g_string_append_printf (
      html,
      "<label for=\"caption-%1$s\">Caption</label><input type=\"text\" id=\"caption-%1$s\" "
      "name=\"caption\" maxlength=\"2200\">"
      "<label for=\"level-%1$s\">Who can view</label><select id=\"level-%1$s\" name=\"level\">",
      post->upload_id);
  for (; *levels != NULL; levels++)
    g_string_append_printf (html, "<option>%s</option>", *levels);
  g_string_append (
      html, "</select><div class=\"buttons\"><button class=\"main\">Finish draft</button></div></form>");
}

static void
append_inbox (GString *html, PealPracticeCall *call, PealPracticeCreator *creator)
{
  gboolean is_any = FALSE;

  for (guint i = 0; i < call->world->posts->len; i++)
    {
      PealPracticePost *post = call->world->posts->pdata[i];

      if (post->creator != creator
          || !g_str_equal (peal_practice_post_get_status (post), "SEND_TO_USER_INBOX"))
        continue;
      if (!is_any)
        g_string_append (html, "<section class=\"card\"><h2>Drafts in the inbox</h2>");
      is_any = TRUE;
      append_draft (html, call, post);
    }
  if (is_any)
    g_string_append (html, "</section>");
}

static void
append_video (GString *html,
              PealPracticeWorld *world,
              PealPracticeCreator *creator,
              const PealPracticeVideo *video)
{
  gint64 now = peal_practice_world_now (world);
  PealPracticeCounts counts = peal_practice_creator_count_video (creator, video, now);
  g_autofree char *cover = peal_practice_pictures_dup_cover_url (world, video);
  g_autofree char *caption = peal_practice_creator_dup_caption (creator, video);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (video->created / G_USEC_PER_SEC);
  g_autofree char *day = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M UTC") : g_strdup ("");

  g_string_append_printf (html, "<li id=\"v%" G_GINT64_FORMAT "\"><img alt=\"\" loading=\"lazy\" src=\"",
                          video->id);
  peal_practice_html_text (html, cover + strlen (world->base));
  g_string_append (html, "\"><p>");
  peal_practice_html_text (html, caption);
  g_string_append_printf (html, "</p><p class=\"dim\">%s · %d s</p><ul class=\"counts\">", day,
                          video->duration);
  append_count (html, counts.views, "views");
  append_count (html, counts.likes, "likes");
  append_count (html, counts.comments, "comments");
  append_count (html, counts.shares, "shares");
  g_string_append (html, "</ul></li>");
}

static void
append_videos (GString *html, PealPracticeWorld *world, PealPracticeCreator *creator)
{
  gint64 now = peal_practice_world_now (world);
  guint shown = 0;

  g_string_append (html, "<h2>Videos</h2><ul class=\"videos\">");
  for (guint i = creator->videos->len; i > 0 && shown < VIDEOS_SHOWN; i--)
    {
      const PealPracticeVideo *video = creator->videos->pdata[i - 1];

      if (video->listed > now)
        continue;
      append_video (html, world, creator, video);
      shown++;
    }
  g_string_append (html, "</ul>");
  if (shown == 0)
    g_string_append (html, "<p class=\"note\">No videos yet.</p>");
}

void
peal_practice_page_home (PealPracticeCall *call)
{
  g_autoptr (GString) html = g_string_new (NULL);

  peal_practice_html_open (html, "Practice world");
  g_string_append (html,
                   "<main><h1>Practice world</h1><p class=\"note\">A stand-in for TikTok on this computer. "
                   "Nothing here reaches TikTok, and nobody here is real.</p>");
  for (guint i = 0; i < call->world->creators->len; i++)
    {
      g_string_append (html, "<article class=\"card\">");
      append_profile (html, call->world, call->world->creators->pdata[i]);
      g_string_append (html, "</article>");
      append_inbox (html, call, call->world->creators->pdata[i]);
    }
  g_string_append (html, "</main>");
  peal_practice_html_close (html);
  peal_practice_call_html (call, 200, html->str, NULL);
}

/* "/@mara.bakes" or "/@mara.bakes/video/ID" */
void
peal_practice_page_creator (PealPracticeCall *call)
{
  g_auto (GStrv) parts = g_strsplit (call->path, "/", -1);
  PealPracticeCreator *creator = peal_practice_world_find_creator (call->world, parts[1] + 1);
  g_autoptr (GString) html = g_string_new (NULL);

  if (creator == NULL)
    {
      peal_practice_call_text (call, 404, "There is nobody of that name.\n");
      return;
    }
  peal_practice_html_open (html, creator->profile->nickname);
  g_string_append (html, "<main><p><a href=\"/\">Practice world</a></p><article class=\"card\">");
  append_profile (html, call->world, creator);
  g_string_append (html, "<p>");
  peal_practice_html_text (html, creator->profile->bio);
  g_string_append (html, "</p></article>");
  append_inbox (html, call, creator);
  if (g_strv_length (parts) == 4 && g_str_equal (parts[2], "video"))
    {
      const PealPracticeVideo *video = peal_practice_creator_find_video (
          creator, g_ascii_strtoll (parts[3], NULL, 10), peal_practice_world_now (call->world));

      g_string_append (html, "<h2>This video</h2><ul class=\"videos\">");
      if (video != NULL)
        append_video (html, call->world, creator, video);
      g_string_append (html, "</ul>");
    }
  append_videos (html, call->world, creator);
  g_string_append (html, "</main>");
  peal_practice_html_close (html);
  peal_practice_call_html (call, 200, html->str, NULL);
}

void
peal_practice_page_finish_draft (PealPracticeCall *call)
{
  g_autoptr (GHashTable) form = peal_practice_call_dup_form (call);
  const char *token = form != NULL ? g_hash_table_lookup (form, "page_token") : NULL;
  const char *id = form != NULL ? g_hash_table_lookup (form, "publish_id") : NULL;
  const char *level;
  PealPracticePost *post;
  g_autofree char *location = NULL;

  if (token == NULL || id == NULL || !g_str_equal (call->page_token, token))
    {
      peal_practice_call_text (call, 403, "This form did not come from this server.\n");
      return;
    }
  post = peal_practice_world_find_post (call->world, id);
  level = g_hash_table_lookup (form, "level");
  if (post == NULL || !g_str_equal (peal_practice_post_get_status (post), "SEND_TO_USER_INBOX")
      || level == NULL || !g_strv_contains (peal_practice_creator_get_privacy_levels (post->creator), level))
    {
      peal_practice_call_text (call, 404, "There is no such draft.\n");
      return;
    }
  peal_practice_world_finish_draft (call->world, post, level, g_hash_table_lookup (form, "caption"));
  location = g_strdup_printf ("/@%s", post->creator->profile->username);
  peal_practice_call_redirect (call, location);
}

void
peal_practice_page_style (PealPracticeCall *call)
{
  const char *style = peal_practice_html_get_style ();

  soup_server_message_set_status (call->message, 200, NULL);
  soup_server_message_set_response (call->message, "text/css; charset=utf-8", SOUP_MEMORY_STATIC, style,
                                    strlen (style));
}
