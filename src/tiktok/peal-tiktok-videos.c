/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-tiktok-videos.h"

#include "peal-answers.h"
#include "peal-api-call.h"
#include "peal-error.h"
#include "peal-json-reader.h"
#include "peal-text.h"

#define PAGE_MAX_VIDEOS 20
/* A server that sends more than was asked for is read so far. */
#define ANSWER_MAX_VIDEOS 100
#define URL_MAX_BYTES 4096

#define VIDEO_FIELDS                                                                                         \
  "id,create_time,title,video_description,duration,height,width,cover_image_url,share_url,like_count,"       \
  "comment_count,share_count,view_count"

/* NULL where there is no id to know it by. */
static PealVideo *
read_video (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *id = object != NULL ? peal_json_node_dup_id (json_object_get_member (object, "id")) : NULL;
  PealVideo *video;

  if (id == NULL)
    return NULL;

  video = g_new0 (PealVideo, 1);
  video->id = g_steal_pointer (&id);
  video->create_time_s = peal_json_get_count (object, "create_time");
  video->title = peal_json_dup_line (object, "title");
  video->description = peal_json_dup_paragraph (object, "video_description");
  video->cover_url = peal_json_dup_ascii (object, "cover_image_url", URL_MAX_BYTES);
  video->share_url = peal_json_dup_ascii (object, "share_url", URL_MAX_BYTES);
  video->duration_s = peal_json_get_count (object, "duration");
  video->width = peal_json_get_count (object, "width");
  video->height = peal_json_get_count (object, "height");
  video->view_count = peal_json_get_count (object, "view_count");
  video->like_count = peal_json_get_count (object, "like_count");
  video->comment_count = peal_json_get_count (object, "comment_count");
  video->share_count = peal_json_get_count (object, "share_count");

  return video;
}

static PealVideoPage *
read_videos (const PealReply *reply, GError **error)
{
  JsonArray *array = peal_json_get_array (reply->data, "videos");
  guint n_videos = array != NULL ? MIN (json_array_get_length (array), ANSWER_MAX_VIDEOS) : 0;
  g_autoptr (PealVideoPage) page = NULL;

  if (reply->data == NULL)
    {
      g_propagate_error (error,
                         peal_reply_new_error (reply, FALSE, "videos_answer", "The answer has no data"));
      return NULL;
    }

  page = g_new0 (PealVideoPage, 1);
  page->videos = g_ptr_array_new_with_free_func ((GDestroyNotify)peal_video_free);
  page->next_cursor_ms = -1;
  for (guint i = 0; i < n_videos; i++)
    {
      PealVideo *video = read_video (json_array_get_element (array, i));

      if (video != NULL)
        g_ptr_array_add (page->videos, video);
    }

  return g_steal_pointer (&page);
}

gpointer
peal_answer_read_video_query (const PealReply *reply, PealTiktokClient *client, GError **error)
{
  return read_videos (reply, error);
}

/* The sample of the documents has a cursor together with has_more: false, so has_more decides; but there is
 * no next page without a cursor to ask for it by. */
gpointer
peal_answer_read_video_list (const PealReply *reply, PealTiktokClient *client, GError **error)
{
  PealVideoPage *page = read_videos (reply, error);

  if (page == NULL)
    return NULL;
  page->next_cursor_ms = peal_json_get_count (reply->data, "cursor");
  page->has_more = page->next_cursor_ms > 0 && peal_json_get_bool (reply->data, "has_more") == 1;

  return page;
}

static char *
dup_list_body (gint64 before_ms)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "max_count");
  json_builder_add_int_value (builder, PAGE_MAX_VIDEOS);
  if (before_ms > 0)
    {
      json_builder_set_member_name (builder, "cursor");
      json_builder_add_int_value (builder, before_ms);
    }
  json_builder_end_object (builder);

  return peal_api_call_dup_json (json_builder_get_root (builder));
}

/* NULL where @ids are not 1 to 20 decimal ids. */
static char *
dup_query_body (const char *const *ids)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n_ids = 0;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "filters");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "video_ids");
  json_builder_begin_array (builder);
  for (; ids[n_ids] != NULL; n_ids++)
    {
      g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), ids[n_ids]);
      g_autofree char *id = peal_json_node_dup_id (node);

      if (id == NULL || n_ids == PAGE_MAX_VIDEOS)
        return NULL;
      json_builder_add_string_value (builder, id);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return n_ids > 0 ? peal_api_call_dup_json (json_builder_get_root (builder)) : NULL;
}

DexFuture *
peal_tiktok_list_videos (PealTiktokClient *self,
                         const PealAccess *access,
                         gint64 before_ms,
                         GCancellable *cancellable)
{
  static const PealApiCall call = { PEAL_ENDPOINT_VIDEO_LIST, peal_video_page_get_type,
                                    peal_answer_read_video_list, PEAL_SCOPE_VIDEO_LIST };

  dex_return_error_if_fail (PEAL_IS_TIKTOK_CLIENT (self));
  dex_return_error_if_fail (access != NULL);
  dex_return_error_if_fail (before_ms >= 0);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  return peal_api_call_start (&call, self, access, VIDEO_FIELDS, dup_list_body (before_ms), cancellable);
}

DexFuture *
peal_tiktok_query_videos (PealTiktokClient *self,
                          const PealAccess *access,
                          const char *const *ids,
                          GCancellable *cancellable)
{
  static const PealApiCall call = { PEAL_ENDPOINT_VIDEO_QUERY, peal_video_page_get_type,
                                    peal_answer_read_video_query, PEAL_SCOPE_VIDEO_LIST };
  char *body;

  dex_return_error_if_fail (PEAL_IS_TIKTOK_CLIENT (self));
  dex_return_error_if_fail (access != NULL);
  dex_return_error_if_fail (ids != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (!(body = dup_query_body (ids)))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "video_ids", "Between 1 and 20 decimal ids can be asked for"));

  return peal_api_call_start (&call, self, access, VIDEO_FIELDS, body, cancellable);
}
