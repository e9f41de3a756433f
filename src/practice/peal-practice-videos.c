/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-handlers.h"

#include "peal-practice-fields.h"
#include "peal-practice-json.h"
#include "peal-practice-pictures.h"

#define PAGE_DEFAULT 10
#define PAGE_MAX 20
#define TEXT_MAX 150

/* TikTok: tiktok-api-v2-video-object. */
static const PealPracticeField fields[] = {
  { "id", "video.list" },
  { "create_time", "video.list" },
  { "cover_image_url", "video.list" },
  { "share_url", "video.list" },
  { "video_description", "video.list" },
  { "duration", "video.list" },
  { "height", "video.list" },
  { "width", "video.list" },
  { "title", "video.list" },
  { "embed_html", "video.list" },
  { "embed_link", "video.list" },
  { "like_count", "video.list" },
  { "comment_count", "video.list" },
  { "share_count", "video.list" },
  { "view_count", "video.list" },
  { "is_aigc", "video.list" },
  { NULL, NULL },
};

static void
set_texts (PealPracticeCall *call, JsonObject *object, const PealPracticeVideo *video)
{
  PealPracticeCreator *creator = call->grant->creator;
  g_autofree char *caption = peal_practice_creator_dup_caption (creator, video);
  g_autofree char *cut = g_utf8_substring (caption, 0, MIN (g_utf8_strlen (caption, -1), TEXT_MAX));
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, video->id);
  g_autofree char *link =
      g_strdup_printf ("%s/@%s/video/%s", call->world->base, creator->profile->username, id);
  g_autofree char *share =
      g_strdup_printf ("%s?utm_campaign=tt4d_open_api&utm_source=%s", link, call->grant->app->client_key);
  g_autofree char *embed =
      g_strdup_printf ("<blockquote class=\"tiktok-embed\" cite=\"%s\"></blockquote>", link);
  g_autofree char *cover = peal_practice_pictures_dup_cover_url (call->world, video);

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "title", cut);
  json_object_set_string_member (object, "video_description", cut);
  json_object_set_string_member (object, "share_url", share);
  json_object_set_string_member (object, "embed_link", link);
  json_object_set_string_member (object, "embed_html", embed);
  json_object_set_string_member (object, "cover_image_url", cover);
}

static JsonObject *
make_video (PealPracticeCall *call, const PealPracticeVideo *video, GStrv names)
{
  gint64 now = peal_practice_world_now (call->world);
  PealPracticeCounts counts = peal_practice_creator_count_video (call->grant->creator, video, now);
  g_autoptr (JsonObject) object = json_object_new ();

  set_texts (call, object, video);
  json_object_set_int_member (object, "create_time", video->created / G_USEC_PER_SEC);
  json_object_set_int_member (object, "duration", video->duration);
  json_object_set_int_member (object, "height", video->height);
  json_object_set_int_member (object, "width", video->width);
  json_object_set_int_member (object, "like_count", counts.likes);
  json_object_set_int_member (object, "comment_count", counts.comments);
  json_object_set_int_member (object, "share_count", counts.shares);
  json_object_set_int_member (object, "view_count", counts.views);
  json_object_set_boolean_member (object, "is_aigc", video->is_aigc);
  return peal_practice_fields_pick (object, names);
}

/* Newest first, from before @cursor (ms). */
static JsonObject *
make_page (PealPracticeCall *call, GStrv names, gint64 cursor, guint count)
{
  GPtrArray *videos = call->grant->creator->videos;
  gint64 now = peal_practice_world_now (call->world);
  JsonObject *data = json_object_new ();
  JsonArray *page = json_array_new ();
  gint64 last = cursor;
  gboolean has_more = FALSE;

  for (guint i = videos->len; i > 0 && !has_more; i--)
    {
      const PealPracticeVideo *video = videos->pdata[i - 1];
      gint64 created = video->created / G_TIME_SPAN_MILLISECOND;

      if (created >= cursor || video->listed > now)
        continue;
      has_more = json_array_get_length (page) == count;
      if (has_more)
        break;
      json_array_add_object_element (page, make_video (call, video, names));
      last = created;
    }
  json_object_set_array_member (data, "videos", page);
  json_object_set_int_member (data, "cursor", last);
  json_object_set_boolean_member (data, "has_more", has_more);
  return data;
}

void
peal_practice_video_list (PealPracticeCall *call)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (JsonObject) body = NULL;
  gint64 cursor = 0, count = PAGE_DEFAULT;

  if (!peal_practice_call_authorize (call, "video_list", "video.list", 600))
    return;
  names = peal_practice_fields_dup (call, fields);
  if (names == NULL || (body = peal_practice_call_dup_json (call)) == NULL)
    return;
  if (peal_practice_json_int (body, "cursor", &cursor) == PEAL_PRACTICE_WRONG || cursor < 0)
    peal_practice_call_invalid (call, "The cursor is invalid");
  else if (peal_practice_json_int (body, "max_count", &count) == PEAL_PRACTICE_WRONG || count < 1
           || count > PAGE_MAX)
    peal_practice_call_invalid (call, "The max_count is invalid, it must be between 1 and 20");
  else
    {
      if (cursor == 0)
        cursor = peal_practice_world_now (call->world) / G_TIME_SPAN_MILLISECOND + 1;
      peal_practice_call_ok (call, make_page (call, names, cursor, (guint)count));
    }
}

/* Returns: (nullable): the ids, if they are 1 to 20 strings. */
static JsonArray *
get_ids (JsonObject *body)
{
  JsonObject *filters = NULL;
  JsonArray *ids = NULL;

  if (peal_practice_json_object (body, "filters", &filters) != PEAL_PRACTICE_PRESENT
      || peal_practice_json_array (filters, "video_ids", &ids) != PEAL_PRACTICE_PRESENT)
    return NULL;
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      JsonNode *node = json_array_get_element (ids, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return NULL;
    }
  return json_array_get_length (ids) >= 1 && json_array_get_length (ids) <= PAGE_MAX ? ids : NULL;
}

void
peal_practice_video_query (PealPracticeCall *call)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (JsonObject) body = NULL;
  JsonArray *ids, *found;
  JsonObject *data;

  if (!peal_practice_call_authorize (call, "video_query", "video.list", 600))
    return;
  names = peal_practice_fields_dup (call, fields);
  if (names == NULL || (body = peal_practice_call_dup_json (call)) == NULL)
    return;
  ids = get_ids (body);
  if (ids == NULL)
    {
      peal_practice_call_invalid (call, "The video_ids are invalid, there must be 1 to 20 of them");
      return;
    }
  found = json_array_new ();
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      gint64 id = g_ascii_strtoll (json_array_get_string_element (ids, i), NULL, 10);
      const PealPracticeVideo *video =
          peal_practice_creator_find_video (call->grant->creator, id, peal_practice_world_now (call->world));

      if (video != NULL)
        json_array_add_object_element (found, make_video (call, video, names));
    }
  data = json_object_new ();
  json_object_set_array_member (data, "videos", found);
  peal_practice_call_ok (call, data);
}
