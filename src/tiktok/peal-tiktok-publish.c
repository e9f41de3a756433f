/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-tiktok-publish.h"

#include <string.h>

#include "peal-answers.h"
#include "peal-api-call.h"
#include "peal-error.h"
#include "peal-json-reader.h"
#include "peal-text.h"

#define PUBLISH_ID_MAX_BYTES 64
#define PUBLISH_ID_OTHERS "._~-"
#define UPLOAD_URL_MAX_BYTES 2048
#define AVATAR_URL_MAX_BYTES 4096
#define WORD_MAX_BYTES 100
#define MAX_POST_IDS 100
#define MAX_PRIVACY_LEVELS 16

static const struct
{
  const char *word;
  PealPublishStatusCode code;
} statuses[] = {
  { "PROCESSING_UPLOAD", PEAL_PUBLISH_PROCESSING_UPLOAD },
  { "PROCESSING_DOWNLOAD", PEAL_PUBLISH_PROCESSING_DOWNLOAD },
  { "SEND_TO_USER_INBOX", PEAL_PUBLISH_SEND_TO_USER_INBOX },
  { "PUBLISH_COMPLETE", PEAL_PUBLISH_COMPLETE },
  { "FAILED", PEAL_PUBLISH_FAILED },
};

static gboolean
is_publish_id (const char *text)
{
  return peal_text_is_word (text, PUBLISH_ID_MAX_BYTES, PUBLISH_ID_OTHERS);
}

/* Creator info */

static GStrv
read_privacy_levels (JsonObject *data)
{
  JsonArray *array = peal_json_get_array (data, "privacy_level_options");
  guint length = array != NULL ? MIN (json_array_get_length (array), MAX_PRIVACY_LEVELS) : 0;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *word = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                             ? json_node_get_string (node)
                             : NULL;

      if (peal_text_is_word (word, WORD_MAX_BYTES, "_-."))
        g_strv_builder_add (builder, word);
    }

  return g_strv_builder_end (builder);
}

gpointer
peal_answer_read_creator (const PealReply *reply, PealTiktokClient *client, GError **error)
{
  g_autoptr (PealCreatorInfo) info = g_new0 (PealCreatorInfo, 1);

  info->username = peal_json_dup_line (reply->data, "creator_username");
  info->nickname = peal_json_dup_line (reply->data, "creator_nickname");
  info->avatar_url = peal_json_dup_ascii (reply->data, "creator_avatar_url", AVATAR_URL_MAX_BYTES);
  info->privacy_level_options = read_privacy_levels (reply->data);
  info->comment_disabled = peal_json_get_bool (reply->data, "comment_disabled") == 1;
  info->duet_disabled = peal_json_get_bool (reply->data, "duet_disabled") == 1;
  info->stitch_disabled = peal_json_get_bool (reply->data, "stitch_disabled") == 1;
  info->max_video_post_duration_s = peal_json_get_count (reply->data, "max_video_post_duration_sec");
  if (info->privacy_level_options[0] == NULL)
    {
      g_propagate_error (
          error, peal_reply_new_error (reply, FALSE, "creator_answer", "The answer offers no privacy level"));
      return NULL;
    }

  return g_steal_pointer (&info);
}

/* Init */

gpointer
peal_answer_read_ticket (const PealReply *reply, PealTiktokClient *client, GError **error)
{
  const char *publish_id = peal_json_get_string (reply->data, "publish_id", PUBLISH_ID_MAX_BYTES);
  g_autoptr (PealSecret) upload_url = peal_json_dup_secret (reply->data, "upload_url", UPLOAD_URL_MAX_BYTES);
  g_autoptr (PealUploadTicket) ticket = NULL;
  g_autoptr (GError) refusal = NULL;

  if (!is_publish_id (publish_id))
    g_propagate_error (error,
                       peal_reply_new_error (reply, TRUE, "publish_id", "The answer has no publish id"));
  else if (upload_url == NULL)
    g_propagate_error (error,
                       peal_reply_new_error (reply, TRUE, "upload_url", "The answer has no upload address"));
  else if (!peal_tiktok_client_check_upload_url (client, upload_url, &refusal))
    g_propagate_error (error, peal_reply_new_error (reply, TRUE, "upload_url", refusal->message));
  else
    {
      ticket = g_new0 (PealUploadTicket, 1);
      ticket->publish_id = g_strdup (publish_id);
      ticket->upload_url = g_steal_pointer (&upload_url);
      ticket->received_at_us = reply->received_at_us;
      ticket->log_id = g_strdup (reply->log_id);
    }

  return g_steal_pointer (&ticket);
}

static void
add_bool (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_post_info (JsonBuilder *builder, const PealPostOptions *options)
{
  json_builder_set_member_name (builder, "post_info");
  json_builder_begin_object (builder);
  if (options->caption != NULL && options->caption[0] != '\0')
    add_string (builder, "title", options->caption);
  add_string (builder, "privacy_level", options->privacy_level);
  add_bool (builder, "disable_duet", !options->allow_duet);
  add_bool (builder, "disable_stitch", !options->allow_stitch);
  add_bool (builder, "disable_comment", !options->allow_comment);
  if (options->cover_ms >= 0)
    add_int (builder, "video_cover_timestamp_ms", options->cover_ms);
  add_bool (builder, "brand_content_toggle", options->branded_content);
  add_bool (builder, "brand_organic_toggle", options->your_brand);
  add_bool (builder, "is_aigc", options->ai_generated);
  json_builder_end_object (builder);
}

static char *
dup_init_body (const PealPostOptions *options, const PealChunkPlan *plan)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (options->share_type == PEAL_SHARE_DIRECT)
    add_post_info (builder, options);
  json_builder_set_member_name (builder, "source_info");
  json_builder_begin_object (builder);
  add_string (builder, "source", "FILE_UPLOAD");
  add_int (builder, "video_size", plan->video_size);
  add_int (builder, "chunk_size", plan->chunk_size);
  add_int (builder, "total_chunk_count", plan->count);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return peal_api_call_dup_json (json_builder_get_root (builder));
}

/* Status */

/* A list as documented; a lone id in its place is taken too. */
static GStrv
read_post_ids (JsonObject *data)
{
  JsonNode *node = json_object_get_member (data, "publicaly_available_post_id");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = peal_json_get_array (data, "publicaly_available_post_id");
  guint length = array != NULL ? MIN (json_array_get_length (array), MAX_POST_IDS) : 0;
  char *id;

  for (guint i = 0; i < length; i++)
    if ((id = peal_json_node_dup_id (json_array_get_element (array, i))) != NULL)
      g_strv_builder_take (builder, id);
  if (array == NULL && (id = peal_json_node_dup_id (node)) != NULL)
    g_strv_builder_take (builder, id);

  return g_strv_builder_end (builder);
}

gpointer
peal_answer_read_status (const PealReply *reply, PealTiktokClient *client, GError **error)
{
  const char *word = peal_json_get_string (reply->data, "status", WORD_MAX_BYTES);
  g_autoptr (PealPublishStatus) status = NULL;

  if (!peal_text_is_word (word, WORD_MAX_BYTES, "_-."))
    {
      g_propagate_error (error,
                         peal_reply_new_error (reply, FALSE, "status_answer", "The answer has no status"));
      return NULL;
    }

  status = g_new0 (PealPublishStatus, 1);
  status->code = PEAL_PUBLISH_PROCESSING_UPLOAD;
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (word, statuses[i].word))
      status->code = statuses[i].code;
  status->raw = g_strdup (word);
  if (status->code == PEAL_PUBLISH_FAILED)
    status->fail_reason = peal_json_dup_line (reply->data, "fail_reason");
  status->post_ids = read_post_ids (reply->data);
  status->uploaded_bytes = peal_json_get_count (reply->data, "uploaded_bytes");
  status->log_id = g_strdup (reply->log_id);

  return g_steal_pointer (&status);
}

DexFuture *
peal_tiktok_query_creator (PealTiktokClient *self, const PealAccess *access, GCancellable *cancellable)
{
  static const PealApiCall call = { PEAL_ENDPOINT_CREATOR_INFO, peal_creator_info_get_type,
                                    peal_answer_read_creator, PEAL_SCOPE_VIDEO_PUBLISH };

  dex_return_error_if_fail (PEAL_IS_TIKTOK_CLIENT (self));
  dex_return_error_if_fail (access != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  return peal_api_call_start (&call, self, access, NULL, g_strdup ("{}"), cancellable);
}

DexFuture *
peal_tiktok_init_video (PealTiktokClient *self,
                        const PealAccess *access,
                        PealInitPermit *permit,
                        const PealPostOptions *options,
                        const PealChunkPlan *plan,
                        GCancellable *cancellable)
{
  static const PealApiCall direct = { PEAL_ENDPOINT_VIDEO_INIT, peal_upload_ticket_get_type,
                                      peal_answer_read_ticket, PEAL_SCOPE_VIDEO_PUBLISH };
  static const PealApiCall inbox = { PEAL_ENDPOINT_INBOX_INIT, peal_upload_ticket_get_type,
                                     peal_answer_read_ticket, PEAL_SCOPE_VIDEO_UPLOAD };
  g_autoptr (PealInitPermit) spent = permit;
  g_autoptr (GError) error = NULL;
  const PealApiCall *call;

  dex_return_error_if_fail (PEAL_IS_TIKTOK_CLIENT (self));
  dex_return_error_if_fail (access != NULL);
  dex_return_error_if_fail (spent != NULL);
  dex_return_error_if_fail (options != NULL);
  dex_return_error_if_fail (plan != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (!peal_init_permit_is_good (spent))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "permit", "The permit was used before"));
  if (!peal_post_options_check (options, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  call = options->share_type == PEAL_SHARE_DIRECT ? &direct : &inbox;

  return peal_api_call_start (call, self, access, NULL, dup_init_body (options, plan), cancellable);
}

DexFuture *
peal_tiktok_fetch_status (PealTiktokClient *self,
                          const PealAccess *access,
                          const char *publish_id,
                          GCancellable *cancellable)
{
  static const PealApiCall call = { PEAL_ENDPOINT_STATUS, peal_publish_status_get_type,
                                    peal_answer_read_status,
                                    PEAL_SCOPE_VIDEO_PUBLISH | PEAL_SCOPE_VIDEO_UPLOAD };
  g_autofree char *body = NULL;

  dex_return_error_if_fail (PEAL_IS_TIKTOK_CLIENT (self));
  dex_return_error_if_fail (access != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (!is_publish_id (publish_id))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "publish_id", "This is no publish id"));
  body = g_strdup_printf ("{\"publish_id\":\"%s\"}", publish_id);

  return peal_api_call_start (&call, self, access, NULL, g_steal_pointer (&body), cancellable);
}
