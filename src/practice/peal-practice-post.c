/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-post.h"

#include "peal-practice-json.h"
#include "peal-practice-random.h"

static char *
make_id (gint64 now)
{
  gint64 id = (now / G_USEC_PER_SEC) << 32 | (gint64)(peal_practice_secret_number () & 0x7fffffff);

  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

PealPracticePost *
peal_practice_post_new (const PealPracticeApp *app,
                        PealPracticeCreator *creator,
                        gboolean is_draft,
                        gint64 now)
{
  PealPracticePost *self = g_new0 (PealPracticePost, 1);
  g_autofree char *id = make_id (now);

  self->app = app;
  self->creator = creator;
  self->is_draft = is_draft;
  self->begun = now;
  self->publish_id = g_strconcat (is_draft ? "v_inbox_file~v2." : "v_pub_file~v2-1.", id, NULL);
  self->upload_id = make_id (now);
  self->upload_token = peal_practice_secret_text (32);
  self->digest = g_checksum_new (G_CHECKSUM_SHA256);
  self->media = peal_practice_media_new ();
  self->video_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
peal_practice_post_free (PealPracticePost *self)
{
  g_free (self->publish_id);
  g_free (self->upload_id);
  g_free (self->upload_token);
  g_free (self->sha256);
  g_free (self->fail_reason);
  g_clear_pointer (&self->post_info, json_object_unref);
  g_clear_pointer (&self->digest, g_checksum_free);
  g_clear_pointer (&self->media, peal_practice_media_free);
  g_clear_pointer (&self->video_ids, g_array_unref);
  g_free (self);
}

const char *
peal_practice_post_get_status (const PealPracticePost *self)
{
  if (!self->is_settled)
    return "PROCESSING_UPLOAD";
  if (self->fail_reason != NULL)
    return "FAILED";
  return self->is_draft && !self->is_finished ? "SEND_TO_USER_INBOX" : "PUBLISH_COMPLETE";
}

const char *
peal_practice_post_get_caption (const PealPracticePost *self)
{
  return self->post_info != NULL ? peal_practice_json_get_string (self->post_info, "title", "") : NULL;
}

const char *
peal_practice_post_get_privacy_level (const PealPracticePost *self)
{
  return self->post_info != NULL ? peal_practice_json_get_string (self->post_info, "privacy_level", NULL)
                                 : NULL;
}

JsonObject *
peal_practice_post_to_json (const PealPracticePost *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *ids = json_array_new ();

  json_object_set_string_member (object, "publish_id", self->publish_id);
  json_object_set_string_member (object, "client_key", self->app->client_key);
  json_object_set_string_member (object, "creator", self->creator->profile->username);
  json_object_set_boolean_member (object, "draft", self->is_draft);
  json_object_set_string_member (object, "status", peal_practice_post_get_status (self));
  peal_practice_json_set_text (object, "fail_reason", self->fail_reason);
  if (self->post_info != NULL)
    json_object_set_object_member (object, "post_info", json_object_ref (self->post_info));
  json_object_set_int_member (object, "size", self->size);
  json_object_set_int_member (object, "chunk_size", self->chunk_size);
  json_object_set_int_member (object, "chunk_count", self->chunk_count);
  json_object_set_int_member (object, "received", self->received);
  json_object_set_int_member (object, "chunks", self->chunks);
  json_object_set_int_member (object, "begun", self->begun);
  json_object_set_int_member (object, "uploaded", self->uploaded);
  json_object_set_int_member (object, "due", self->due);
  json_object_set_boolean_member (object, "settled", self->is_settled);
  json_object_set_boolean_member (object, "finished", self->is_finished);
  json_object_set_int_member (object, "ids_from", self->ids_from);
  json_object_set_int_member (object, "duration_ms", self->info.duration_ms);
  json_object_set_int_member (object, "width", self->info.width);
  json_object_set_int_member (object, "height", self->info.height);
  peal_practice_json_set_text (object, "sha256", self->sha256);
  for (guint i = 0; i < self->video_ids->len; i++)
    json_array_add_int_element (ids, g_array_index (self->video_ids, gint64, i));
  json_object_set_array_member (object, "video_ids", ids);
  return object;
}

static void
load_numbers (PealPracticePost *self, JsonObject *object)
{
  self->size = peal_practice_json_get_int (object, "size", 0);
  self->chunk_size = peal_practice_json_get_int (object, "chunk_size", 0);
  self->chunk_count = peal_practice_json_get_int (object, "chunk_count", 0);
  self->received = peal_practice_json_get_int (object, "received", 0);
  self->chunks = peal_practice_json_get_int (object, "chunks", 0);
  self->uploaded = peal_practice_json_get_int (object, "uploaded", 0);
  self->due = peal_practice_json_get_int (object, "due", 0);
  self->ids_from = peal_practice_json_get_int (object, "ids_from", 0);
  self->is_settled = peal_practice_json_get_bool (object, "settled", FALSE);
  self->is_finished = peal_practice_json_get_bool (object, "finished", FALSE);
  self->info.duration_ms = peal_practice_json_get_int (object, "duration_ms", 0);
  self->info.width = (guint)peal_practice_json_get_int (object, "width", 0);
  self->info.height = (guint)peal_practice_json_get_int (object, "height", 0);
}

PealPracticePost *
peal_practice_post_from_json (JsonObject *object, const PealPracticeApp *app, PealPracticeCreator *creator)
{
  const char *publish_id = peal_practice_json_get_string (object, "publish_id", NULL);
  gboolean is_draft = peal_practice_json_get_bool (object, "draft", FALSE);
  PealPracticePost *self;
  JsonArray *ids = NULL;

  if (publish_id == NULL)
    return NULL;
  self = peal_practice_post_new (app, creator, is_draft, peal_practice_json_get_int (object, "begun", 0));
  g_set_str (&self->publish_id, publish_id);
  g_set_str (&self->fail_reason, peal_practice_json_get_string (object, "fail_reason", NULL));
  g_set_str (&self->sha256, peal_practice_json_get_string (object, "sha256", NULL));
  load_numbers (self, object);
  if (peal_practice_json_object (object, "post_info", &self->post_info) == PEAL_PRACTICE_PRESENT)
    json_object_ref (self->post_info);
  if (peal_practice_json_array (object, "video_ids", &ids) == PEAL_PRACTICE_PRESENT)
    for (guint i = 0; i < json_array_get_length (ids); i++)
      {
        JsonNode *node = json_array_get_element (ids, i);
        gint64 id = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;

        g_array_append_val (self->video_ids, id);
      }
  if (self->uploaded == 0 && !self->is_settled)
    {
      g_set_str (&self->fail_reason, "internal");
      self->is_settled = TRUE;
    }
  return self;
}
