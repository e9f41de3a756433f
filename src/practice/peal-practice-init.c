/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-handlers.h"

#include "peal-practice-init.h"
#include "peal-practice-json.h"

/* TikTok does not say which MB it means: both readings pass. */
#define CHUNK_MIN 5000000
#define CHUNK_MAX (64 * 1024 * 1024)
#define FILE_MAX (G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024)
#define CHUNKS_MAX 1000
#define CAPTION_MAX 2200
#define PENDING_DRAFTS_MAX 5

static gboolean
refuse (PealPracticeCall *call, const char *code, const char *message)
{
  peal_practice_call_error (call, 403, code, message, PEAL_PRACTICE_WITH_DATA);
  return FALSE;
}

gboolean
peal_practice_init_refuse_value (PealPracticeCall *call, const char *message)
{
  peal_practice_call_invalid (call, message);
  return FALSE;
}

static gboolean
refuse_unaudited (PealPracticeCall *call)
{
  return refuse (call, "unaudited_client_can_only_post_to_private_accounts",
                 "Please review our integration guidelines at "
                 "https://developers.tiktok.com/doc/content-sharing-guidelines/");
}

gboolean
peal_practice_init_refuse_address (PealPracticeCall *call)
{
  peal_practice_call_error (call, 403, "url_ownership_unverified",
                            "Please review our URL ownership verification rules at "
                            "https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide/"
                            "#pull_from_url",
                            PEAL_PRACTICE_WITHOUT_DATA);
  return FALSE;
}

/* The order of the checks is what the recorded verdicts have in common: first the count, then the size. */
static gboolean
check_chunks (PealPracticeCall *call, gint64 size, gint64 chunk, gint64 count)
{
  if (size < 1 || size > FILE_MAX)
    return peal_practice_init_refuse_value (call, "The video size is invalid");
  if (chunk < 1)
    return peal_practice_init_refuse_value (call, "The chunk size is invalid");
  if (count < 1 || count > CHUNKS_MAX || size / chunk != count)
    return peal_practice_init_refuse_value (call, "The total chunk count is invalid");
  if (chunk > CHUNK_MAX || (count == 1 && chunk != size) || (count > 1 && chunk < CHUNK_MIN))
    return peal_practice_init_refuse_value (call, "The chunk size is invalid");
  return TRUE;
}

static gboolean
check_source (PealPracticeCall *call, JsonObject *body, PealPracticePost *post)
{
  JsonObject *source_info = NULL;
  const char *source = NULL, *url = NULL;

  if (peal_practice_json_object (body, "source_info", &source_info) != PEAL_PRACTICE_PRESENT
      || peal_practice_json_string (source_info, "source", &source) != PEAL_PRACTICE_PRESENT)
    return peal_practice_init_refuse_value (call, "The request source info is empty or incorrect");
  if (g_str_equal (source, "PULL_FROM_URL")
      && peal_practice_json_string (source_info, "video_url", &url) == PEAL_PRACTICE_PRESENT)
    return peal_practice_init_refuse_address (call);
  if (!g_str_equal (source, "FILE_UPLOAD"))
    return peal_practice_init_refuse_value (call, "The request source info is empty or incorrect");
  if (peal_practice_json_int (source_info, "video_size", &post->size) != PEAL_PRACTICE_PRESENT)
    return peal_practice_init_refuse_value (call, "The video size is invalid");
  if (peal_practice_json_int (source_info, "chunk_size", &post->chunk_size) != PEAL_PRACTICE_PRESENT)
    return peal_practice_init_refuse_value (call, "The chunk size is invalid");
  if (peal_practice_json_int (source_info, "total_chunk_count", &post->chunk_count) != PEAL_PRACTICE_PRESENT)
    return peal_practice_init_refuse_value (call, "The total chunk count is invalid");
  return check_chunks (call, post->size, post->chunk_size, post->chunk_count);
}

glong
peal_practice_init_count_utf16 (const char *text)
{
  glong units = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    units += g_utf8_get_char (text) > 0xffff ? 2 : 1;
  return units;
}

gboolean
peal_practice_init_check_flags (PealPracticeCall *call, JsonObject *object, const char *const *flags)
{
  gboolean flag;

  for (; *flags != NULL; flags++)
    if (peal_practice_json_bool (object, *flags, &flag) == PEAL_PRACTICE_WRONG)
      {
        g_autofree char *message = g_strdup_printf ("The %s is invalid", *flags);

        return peal_practice_init_refuse_value (call, message);
      }
  return TRUE;
}

/* TikTok's table calls both toggles required, and its own samples leave them out. */
gboolean
peal_practice_init_check_toggles (PealPracticeCall *call, JsonObject *info)
{
  if (call->world->settings.strict_brand_toggles
      && (!json_object_has_member (info, "brand_content_toggle")
          || !json_object_has_member (info, "brand_organic_toggle")))
    return peal_practice_init_refuse_value (call, "The brand toggles are required");
  return TRUE;
}

gboolean
peal_practice_init_check_privacy (PealPracticeCall *call, JsonObject *info, PealPracticePost *post)
{
  const char *level = NULL;

  if (peal_practice_json_string (info, "privacy_level", &level) != PEAL_PRACTICE_PRESENT
      || !g_strv_contains (peal_practice_creator_get_privacy_levels (post->creator), level))
    return refuse (call, "privacy_level_option_mismatch",
                   "The privacy level is missing or not one of the creator's options.");
  if (call->world->settings.strict_private_branded && g_str_equal (level, "SELF_ONLY")
      && peal_practice_json_get_bool (info, "brand_content_toggle", FALSE))
    return peal_practice_init_refuse_value (call, "Branded content visibility cannot be set to private");
  post->post_info = json_object_ref (info);
  return TRUE;
}

static gboolean
check_post_info (PealPracticeCall *call, JsonObject *body, PealPracticePost *post)
{
  JsonObject *info = NULL;
  static const char *const flags[] = { "disable_duet",
                                       "disable_stitch",
                                       "disable_comment",
                                       "brand_content_toggle",
                                       "brand_organic_toggle",
                                       "is_aigc",
                                       NULL };
  const char *title = "";
  gint64 number;

  if (peal_practice_json_object (body, "post_info", &info) != PEAL_PRACTICE_PRESENT)
    return peal_practice_init_refuse_value (call, "The post info is empty or incorrect");
  if (peal_practice_json_string (info, "title", &title) == PEAL_PRACTICE_WRONG
      || peal_practice_init_count_utf16 (title) > CAPTION_MAX)
    return peal_practice_init_refuse_value (call, "The title is invalid, it must not exceed 2200 characters");
  if (!peal_practice_init_check_flags (call, info, flags) || !peal_practice_init_check_toggles (call, info))
    return FALSE;
  if (peal_practice_json_int (info, "video_cover_timestamp_ms", &number) == PEAL_PRACTICE_WRONG)
    return peal_practice_init_refuse_value (call, "The video_cover_timestamp_ms is invalid");
  return peal_practice_init_check_privacy (call, info, post);
}

/* TikTok: content-sharing-guidelines, Limitations. A sandbox only rules out public posts. */
gboolean
peal_practice_init_check_audit (PealPracticeCall *call, PealPracticePost *post)
{
  const PealPracticeApp *app = post->app;
  gboolean is_private = post->creator->is_private;

  if (app->is_audited)
    return TRUE;
  if (app->is_sandbox && !call->world->settings.strict_sandbox_private)
    is_private = TRUE;
  if (!is_private || g_strcmp0 (peal_practice_post_get_privacy_level (post), "SELF_ONLY") != 0)
    return refuse_unaudited (call);
  return TRUE;
}

gboolean
peal_practice_init_check_caps (PealPracticeCall *call, PealPracticePost *post)
{
  PealPracticeWorld *world = call->world;
  PealPracticeCreator *creator = post->creator;

  if (creator->is_barred)
    return refuse (call, "spam_risk_user_banned_from_posting", "The user is banned from making new posts.");
  if (post->is_draft)
    return peal_practice_world_count_pending_drafts (world, creator) < PENDING_DRAFTS_MAX
           || refuse (call, "spam_risk_too_many_pending_share", "Too many pending shares.");
  if (peal_practice_world_count_direct_posts (world, creator) >= creator->daily_posts)
    return refuse (call, "spam_risk_too_many_posts", "Daily post cap reached for this user.");
  if (peal_practice_world_is_user_cap_reached (world, post->app, creator))
    return refuse (call, "reached_active_user_cap",
                   "The daily quota of active publishing users of this client is reached.");
  return TRUE;
}

static void
answer_init (PealPracticeCall *call, PealPracticePost *post)
{
  JsonObject *data = json_object_new ();
  g_autofree char *url = g_strdup_printf ("%s/video/?upload_id=%s&upload_token=%s", call->world->upload_base,
                                          post->upload_id, post->upload_token);

  post->upload_until = post->begun + call->world->settings.upload_lifetime * G_USEC_PER_SEC;
  json_object_set_string_member (data, "publish_id", post->publish_id);
  json_object_set_string_member (data, "upload_url", url);
  peal_practice_world_touch (call->world);
  peal_practice_call_ok (call, data);
}

static void
init (PealPracticeCall *call, gboolean is_draft)
{
  g_autoptr (JsonObject) body = peal_practice_call_dup_json (call);
  g_autoptr (PealPracticePost) post = NULL;

  if (body == NULL)
    return;
  post = peal_practice_post_new (call->grant->app, call->grant->creator, is_draft,
                                 peal_practice_world_now (call->world));
  if (!is_draft && !check_post_info (call, body, post))
    return;
  if (!check_source (call, body, post) || !peal_practice_init_check_caps (call, post))
    return;
  if (!is_draft && !peal_practice_init_check_audit (call, post))
    return;
  answer_init (call, post);
  g_ptr_array_add (call->world->posts, g_steal_pointer (&post));
}

void
peal_practice_video_init (PealPracticeCall *call)
{
  if (peal_practice_call_authorize (call, "video_init", "video.publish", 6))
    init (call, FALSE);
}

void
peal_practice_inbox_init (PealPracticeCall *call)
{
  if (peal_practice_call_authorize (call, "inbox_init", "video.upload", 6))
    init (call, TRUE);
}
