/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-handlers.h"

#include "peal-practice-json.h"
#include "peal-practice-pictures.h"

/* TikTok answers these three with 200, and says that it means to. */
static gboolean
may_post (PealPracticeCall *call)
{
  PealPracticeCreator *creator = call->grant->creator;

  if (creator->is_barred)
    peal_practice_call_error (call, 200, "spam_risk_user_banned_from_posting",
                              "The user is banned from making new posts.", PEAL_PRACTICE_WITH_DATA);
  else if (peal_practice_world_count_direct_posts (call->world, creator) >= creator->daily_posts)
    peal_practice_call_error (call, 200, "spam_risk_too_many_posts", "Daily post cap reached for this user.",
                              PEAL_PRACTICE_WITH_DATA);
  else if (peal_practice_world_is_user_cap_reached (call->world, call->grant->app, creator))
    peal_practice_call_error (call, 200, "reached_active_user_cap",
                              "The daily quota of active publishing users of this client is reached.",
                              PEAL_PRACTICE_WITH_DATA);
  else
    return TRUE;
  return FALSE;
}

void
peal_practice_creator_info (PealPracticeCall *call)
{
  PealPracticeCreator *creator;
  JsonObject *data;
  JsonArray *levels;
  g_autofree char *avatar = NULL;

  if (!peal_practice_call_authorize (call, "creator_info", "video.publish", 20) || !may_post (call))
    return;
  creator = call->grant->creator;
  avatar = peal_practice_pictures_dup_avatar_url (call->world, creator, 168);
  levels = json_array_new ();
  for (const char *const *level = peal_practice_creator_get_privacy_levels (creator); *level != NULL; level++)
    json_array_add_string_element (levels, *level);
  data = json_object_new ();
  json_object_set_string_member (data, "creator_avatar_url", avatar);
  json_object_set_string_member (data, "creator_username", creator->profile->username);
  json_object_set_string_member (data, "creator_nickname", creator->profile->nickname);
  json_object_set_array_member (data, "privacy_level_options", levels);
  json_object_set_boolean_member (data, "comment_disabled", creator->comment_disabled);
  json_object_set_boolean_member (data, "duet_disabled", creator->is_private || creator->duet_disabled);
  json_object_set_boolean_member (data, "stitch_disabled", creator->is_private || creator->stitch_disabled);
  json_object_set_int_member (data, "max_video_post_duration_sec", creator->max_duration);
  peal_practice_call_ok (call, data);
}

/* Returns: (nullable): the post that the body names; answers otherwise. */
static PealPracticePost *
find_post (PealPracticeCall *call)
{
  g_autoptr (JsonObject) body = peal_practice_call_dup_json (call);
  const char *publish_id = NULL;
  PealPracticePost *post;

  if (body == NULL)
    return NULL;
  if (peal_practice_json_string (body, "publish_id", &publish_id) != PEAL_PRACTICE_PRESENT)
    {
      peal_practice_call_invalid (call, "The publish_id is missing");
      return NULL;
    }
  post = peal_practice_world_find_post (call->world, publish_id);
  if (post == NULL)
    peal_practice_call_error (call, 400, "invalid_publish_id", "The publish id does not exist.",
                              PEAL_PRACTICE_WITH_DATA);
  else if (post->app != call->grant->app || post->creator != call->grant->creator)
    {
      peal_practice_call_error (call, 400, "token_not_authorized_for_specified_publish_id",
                                "The publish id does not belong to this user and client.",
                                PEAL_PRACTICE_WITH_DATA);
      return NULL;
    }
  return post;
}

/* The list that TikTok misspells: filled once a public post has passed moderation. */
static void
set_post_ids (PealPracticeCall *call, JsonObject *data, PealPracticePost *post)
{
  const PealPracticeSettings *settings = &call->world->settings;
  gboolean is_known = post->video_ids->len > 0 && post->ids_from <= peal_practice_world_now (call->world);
  JsonArray *ids;

  if (!is_known && post->fail_reason == NULL && g_str_equal (settings->missing_post_id, "null"))
    json_object_set_null_member (data, "publicaly_available_post_id");
  if (!is_known && post->fail_reason == NULL && !g_str_equal (settings->missing_post_id, "empty"))
    return;
  ids = json_array_new ();
  for (guint i = 0; is_known && i < post->video_ids->len; i++)
    {
      gint64 id = g_array_index (post->video_ids, gint64, i);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

      if (settings->post_ids_as_strings)
        json_array_add_string_element (ids, text);
      else
        json_array_add_int_element (ids, id);
    }
  json_object_set_array_member (data, "publicaly_available_post_id", ids);
}

void
peal_practice_status_fetch (PealPracticeCall *call)
{
  PealPracticePost *post;
  JsonObject *data;

  if (!peal_practice_call_authorize (call, "status", "video.publish|video.upload", 30))
    return;
  post = find_post (call);
  if (post == NULL)
    return;
  data = json_object_new ();
  json_object_set_string_member (data, "status", peal_practice_post_get_status (post));
  if (post->is_settled && post->fail_reason != NULL)
    json_object_set_string_member (data, "fail_reason", post->fail_reason);
  if (post->is_settled)
    set_post_ids (call, data, post);
  json_object_set_int_member (data, "uploaded_bytes", post->received);
  peal_practice_call_ok (call, data);
}

/* Only downloads from an address can be cancelled, and this world has none. */
void
peal_practice_cancel (PealPracticeCall *call)
{
  if (!peal_practice_call_authorize (call, "cancel", "video.publish|video.upload", 0)
      || find_post (call) == NULL)
    return;
  peal_practice_call_error (call, 400, "publish_not_cancellable", "The task is already in a final state.",
                            PEAL_PRACTICE_WITHOUT_DATA);
}
