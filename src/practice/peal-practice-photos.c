/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-handlers.h"

#include "peal-practice-init.h"
#include "peal-practice-json.h"

/* TikTok: content-posting-api-reference-photo-post */
#define PHOTOS_MAX 35
#define TITLE_MAX 90
#define DESCRIPTION_MAX 4000

static gboolean
is_list_of_texts (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_source (PealPracticeCall *call, JsonObject *body)
{
  JsonObject *info = NULL;
  JsonArray *photos = NULL;
  gint64 cover = -1;

  if (peal_practice_json_object (body, "source_info", &info) != PEAL_PRACTICE_PRESENT
      || g_strcmp0 (peal_practice_json_get_string (info, "source", NULL), "PULL_FROM_URL") != 0)
    return peal_practice_init_refuse_value (call, "The request source info is empty or incorrect");
  if (peal_practice_json_array (info, "photo_images", &photos) != PEAL_PRACTICE_PRESENT
      || json_array_get_length (photos) < 1 || json_array_get_length (photos) > PHOTOS_MAX
      || !is_list_of_texts (photos))
    return peal_practice_init_refuse_value (call, "The photo_images are invalid");
  if (peal_practice_json_int (info, "photo_cover_index", &cover) != PEAL_PRACTICE_PRESENT || cover < 0
      || cover >= json_array_get_length (photos))
    return peal_practice_init_refuse_value (call, "The photo_cover_index is invalid");
  return TRUE;
}

static gboolean
check_text (PealPracticeCall *call, JsonObject *info, const char *name, glong longest)
{
  const char *text = "";

  if (peal_practice_json_string (info, name, &text) != PEAL_PRACTICE_WRONG
      && peal_practice_init_count_utf16 (text) <= longest)
    return TRUE;
  return peal_practice_init_refuse_value (call, "The title or description is invalid");
}

static gboolean
check_post_info (PealPracticeCall *call, JsonObject *body, PealPracticePost *post)
{
  static const char *const flags[] = { "disable_comment", "auto_add_music", "brand_content_toggle",
                                       "brand_organic_toggle", NULL };
  static const char *const outer[] = { "is_aigc", NULL };
  JsonObject *info = NULL;
  PealPracticeMember found = peal_practice_json_object (body, "post_info", &info);

  if (!peal_practice_init_check_flags (call, body, outer))
    return FALSE;
  if (found == PEAL_PRACTICE_ABSENT && post->is_draft)
    return TRUE;
  if (found != PEAL_PRACTICE_PRESENT)
    return peal_practice_init_refuse_value (call, "The post info is empty or incorrect");
  if (!check_text (call, info, "title", TITLE_MAX) || !check_text (call, info, "description", DESCRIPTION_MAX)
      || !peal_practice_init_check_flags (call, info, flags))
    return FALSE;
  return post->is_draft
         || (peal_practice_init_check_toggles (call, info)
             && peal_practice_init_check_privacy (call, info, post));
}

static gboolean
check_app_version (PealPracticeCall *call)
{
  if (!call->grant->creator->is_app_old)
    return TRUE;
  peal_practice_call_error (call, 400, "app_version_check_failed",
                            "The user's TikTok app is older than 31.8.", PEAL_PRACTICE_WITH_DATA);
  return FALSE;
}

/* Everything is looked at; in the end no address belongs to a client of this world. */
void
peal_practice_content_init (PealPracticeCall *call)
{
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (PealPracticePost) post = NULL;
  const char *mode;
  gboolean is_draft;

  if (!peal_practice_call_authorize (call, "content_init", "video.publish|video.upload", 6)
      || (body = peal_practice_call_dup_json (call)) == NULL)
    return;
  mode = peal_practice_json_get_string (body, "post_mode", "");
  is_draft = g_str_equal (mode, "MEDIA_UPLOAD");
  if (!peal_practice_call_authorize (call, "content_init", is_draft ? "video.upload" : "video.publish", 0))
    return;
  post = peal_practice_post_new (call->grant->app, call->grant->creator, is_draft,
                                 peal_practice_world_now (call->world));
  if (!is_draft && !g_str_equal (mode, "DIRECT_POST"))
    peal_practice_init_refuse_value (call, "The post_mode is invalid");
  else if (g_strcmp0 (peal_practice_json_get_string (body, "media_type", NULL), "PHOTO") != 0)
    peal_practice_init_refuse_value (call, "The media_type is invalid");
  else if (check_source (call, body) && check_post_info (call, body, post)
           && peal_practice_init_check_caps (call, post)
           && (is_draft ? check_app_version (call) : peal_practice_init_check_audit (call, post)))
    peal_practice_init_refuse_address (call);
}
