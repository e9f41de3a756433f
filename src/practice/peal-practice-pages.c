/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-handlers.h"

#include "peal-practice-html.h"
#include "peal-practice-page-parts.h"

#include <string.h>

#define COVERS_SHOWN 5
#define VIDEOS_SHOWN 24

void
peal_practice_page_home (PealPracticeCall *call)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autofree char *now = peal_practice_page_dup_time (peal_practice_world_now (call->world));

  peal_practice_html_open (html, "Practice world");
  g_string_append_printf (
      html,
      "<main><h1>Practice world</h1><p class=\"note\">A stand-in for TikTok on this computer. Nothing here "
      "reaches TikTok, and nobody here is real. It is %s here; reload to see what is new.</p>"
      "<div class=\"world\">",
      now);
  for (guint i = 0; i < call->world->creators->len; i++)
    {
      PealPracticeCreator *creator = call->world->creators->pdata[i];

      g_string_append (html, "<article class=\"card\">");
      peal_practice_page_append_profile (html, call->world, creator);
      peal_practice_page_append_strip (html, call->world, creator, COVERS_SHOWN);
      peal_practice_page_append_inbox (html, call, creator);
      g_string_append (html, "</article>");
    }
  g_string_append (html, "</div></main>");
  peal_practice_html_close (html);
  peal_practice_call_html (call, 200, html->str, NULL);
}

/* The video that "/@mara.bakes/video/ID" names, 0 for none. */
static gint64
parse_video (GStrv parts)
{
  return g_strv_length (parts) == 4 && g_str_equal (parts[2], "video") ? g_ascii_strtoll (parts[3], NULL, 10)
                                                                       : 0;
}

/* "/@mara.bakes" or "/@mara.bakes/video/ID" */
void
peal_practice_page_creator (PealPracticeCall *call)
{
  g_auto (GStrv) parts = g_strsplit (call->path, "/", -1);
  PealPracticeCreator *creator = peal_practice_world_find_creator (call->world, parts[1] + 1);
  gint64 video = parse_video (parts);
  g_autoptr (GString) html = g_string_new (NULL);

  if (creator == NULL)
    {
      peal_practice_call_text (call, 404, "There is nobody of that name.\n");
      return;
    }
  peal_practice_html_open (html, creator->profile->nickname);
  g_string_append (html, "<main><p><a href=\"/\">← Practice world</a></p><article class=\"card\">");
  peal_practice_page_append_profile (html, call->world, creator);
  g_string_append (html, "<p>");
  peal_practice_html_text (html, creator->profile->bio);
  g_string_append (html, "</p>");
  peal_practice_page_append_inbox (html, call, creator);
  g_string_append (html, "</article>");
  if (video != 0)
    {
      g_string_append (html, "<h2>This video</h2>");
      peal_practice_page_append_videos (html, call->world, creator, 1, video);
    }
  peal_practice_page_append_private (html, call->world, creator);
  g_string_append (html, "<h2>Videos</h2>");
  peal_practice_page_append_videos (html, call->world, creator, VIDEOS_SHOWN, 0);
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
