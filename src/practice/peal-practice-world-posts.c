/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-world.h"

#include "peal-practice-json.h"

#define LONGEST_DRAFT 600

PealPracticePost *
peal_practice_world_find_post (PealPracticeWorld *self, const char *publish_id)
{
  for (guint i = 0; i < self->posts->len; i++)
    {
      PealPracticePost *post = self->posts->pdata[i];

      if (g_str_equal (post->publish_id, publish_id))
        return post;
    }
  return NULL;
}

PealPracticePost *
peal_practice_world_find_upload (PealPracticeWorld *self, const char *upload_id)
{
  for (guint i = 0; i < self->posts->len; i++)
    {
      PealPracticePost *post = self->posts->pdata[i];

      if (g_str_equal (post->upload_id, upload_id))
        return post;
    }
  return NULL;
}

static JsonObject *
ledger_add (PealPracticeWorld *self, PealPracticePost *post, const char *kind, gint64 when)
{
  JsonObject *entry = json_object_new ();
  g_autofree char *open_id = peal_practice_creator_dup_open_id (post->creator, post->app);

  json_object_set_string_member (entry, "kind", kind);
  json_object_set_int_member (entry, "time", when);
  json_object_set_string_member (entry, "publish_id", post->publish_id);
  json_object_set_string_member (entry, "client_key", post->app->client_key);
  json_object_set_string_member (entry, "open_id", open_id);
  json_object_set_string_member (entry, "username", post->creator->profile->username);
  peal_practice_json_set_text (entry, "sha256", post->sha256);
  json_object_set_int_member (entry, "bytes", post->received);
  json_object_set_int_member (entry, "chunks", post->chunks);
  json_object_set_int_member (entry, "init_time", post->begun);
  json_object_set_int_member (entry, "upload_time", post->uploaded);
  json_array_add_object_element (self->ledger, entry);
  return entry;
}

/* What the world makes of the post: an account's own rules win over what was sent. */
static void
ledger_add_options (JsonObject *entry, PealPracticePost *post)
{
  PealPracticeCreator *creator = post->creator;
  JsonObject *info = post->post_info;
  JsonObject *options = json_object_new ();
  gboolean no_duet = creator->is_private || creator->duet_disabled;
  gboolean no_stitch = creator->is_private || creator->stitch_disabled;

  json_object_set_string_member (entry, "caption", peal_practice_post_get_caption (post));
  json_object_set_string_member (entry, "privacy_level", peal_practice_post_get_privacy_level (post));
  json_object_set_boolean_member (options, "allow_comment",
                                  !creator->comment_disabled
                                      && !peal_practice_json_get_bool (info, "disable_comment", FALSE));
  json_object_set_boolean_member (options, "allow_duet",
                                  !no_duet && !peal_practice_json_get_bool (info, "disable_duet", FALSE));
  json_object_set_boolean_member (options, "allow_stitch",
                                  !no_stitch && !peal_practice_json_get_bool (info, "disable_stitch", FALSE));
  json_object_set_boolean_member (options, "brand_content",
                                  peal_practice_json_get_bool (info, "brand_content_toggle", FALSE));
  json_object_set_boolean_member (options, "brand_organic",
                                  peal_practice_json_get_bool (info, "brand_organic_toggle", FALSE));
  json_object_set_boolean_member (options, "is_aigc", peal_practice_json_get_bool (info, "is_aigc", FALSE));
  json_object_set_int_member (options, "video_cover_timestamp_ms",
                              peal_practice_json_get_int (info, "video_cover_timestamp_ms", 0));
  json_object_set_object_member (entry, "options", options);
  json_object_set_object_member (entry, "post_info", json_object_ref (info));
}

/* Puts a public video up. Its id is withheld from status/fetch until moderation has passed, if ever. */
static gint64
add_video (PealPracticeWorld *self, PealPracticePost *post, const char *caption, gint64 when)
{
  PealPracticeCreator *creator = post->creator;
  gint64 moderation = creator->moderation_seconds;
  PealPracticeVideo video = { 0 };

  video.id = g_ascii_strtoll (post->upload_id, NULL, 10) + post->video_ids->len;
  video.key = (guint64)video.id;
  video.created = when;
  video.listed = when + MAX (moderation, 0) * G_USEC_PER_SEC;
  video.caption = g_strdup (caption != NULL ? caption : "");
  video.duration = (int)((post->info.duration_ms + 500) / 1000);
  video.width = (int)post->info.width;
  video.height = (int)post->info.height;
  video.is_aigc = post->post_info != NULL && peal_practice_json_get_bool (post->post_info, "is_aigc", FALSE);
  peal_practice_creator_add_video (creator, &video);
  g_array_append_val (post->video_ids, video.id);
  post->ids_from = moderation < 0 ? G_MAXINT64 : video.listed;
  return video.id;
}

static void
set_post_id (JsonObject *entry, gint64 id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  json_object_set_string_member (entry, "post_id", text);
}

static void
settle_post (PealPracticeWorld *self, PealPracticePost *post)
{
  JsonObject *entry;

  post->is_settled = TRUE;
  peal_practice_world_touch (self);
  if (post->fail_reason != NULL)
    return;
  entry = ledger_add (self, post, post->is_draft ? "draft" : "direct", post->due);
  if (post->is_draft)
    return;
  ledger_add_options (entry, post);
  if (g_strcmp0 (peal_practice_post_get_privacy_level (post), "PUBLIC_TO_EVERYONE") == 0)
    set_post_id (entry, add_video (self, post, peal_practice_post_get_caption (post), post->due));
}

void
peal_practice_world_settle (PealPracticeWorld *self)
{
  gint64 now = peal_practice_world_now (self);

  for (guint i = 0; i < self->posts->len; i++)
    {
      PealPracticePost *post = self->posts->pdata[i];

      if (!post->is_settled && post->uploaded > 0 && post->due <= now)
        settle_post (self, post);
    }
}

void
peal_practice_world_finish_upload (PealPracticeWorld *self, PealPracticePost *post)
{
  const PealPracticeSettings *settings = &self->settings;
  PealPracticeCreator *creator = post->creator;
  gint64 longest = post->is_draft ? LONGEST_DRAFT : creator->max_duration;
  gint64 wait_ms = settings->processing_base_ms
                   + (gint64)((double)post->size * (double)settings->processing_ms_per_gb / 1e9);

  if (settings->hash_uploads)
    g_set_str (&post->sha256, g_checksum_get_string (post->digest));
  post->info = peal_practice_media_finish (post->media);
  if (creator->next_fail_reason != NULL)
    post->fail_reason = g_steal_pointer (&creator->next_fail_reason);
  else if (settings->validate_media)
    post->fail_reason =
        g_strdup (peal_practice_media_fail_reason (&post->info, settings->min_duration, longest));
  g_clear_pointer (&post->digest, g_checksum_free);
  g_clear_pointer (&post->media, peal_practice_media_free);
  post->uploaded = peal_practice_world_now (self);
  post->due = post->uploaded + wait_ms * G_TIME_SPAN_MILLISECOND;
  peal_practice_world_touch (self);
}

void
peal_practice_world_finish_draft (PealPracticeWorld *self,
                                  PealPracticePost *post,
                                  const char *privacy_level,
                                  const char *caption)
{
  gint64 now = peal_practice_world_now (self);
  const char *level = privacy_level;
  JsonObject *entry;

  g_return_if_fail (post->is_draft && post->is_settled && post->fail_reason == NULL);

  if (level == NULL)
    level = peal_practice_creator_get_privacy_levels (post->creator)[0];
  post->is_finished = TRUE;
  entry = ledger_add (self, post, "draft_published", now);
  peal_practice_json_set_text (entry, "caption", caption);
  json_object_set_string_member (entry, "privacy_level", level);
  if (g_str_equal (level, "PUBLIC_TO_EVERYONE"))
    set_post_id (entry, add_video (self, post, caption, now));
  peal_practice_world_touch (self);
}

void
peal_practice_world_revoke (PealPracticeWorld *self, const PealPracticeApp *app, PealPracticeCreator *creator)
{
  peal_practice_access_revoke (self->access, app, creator);
  for (guint i = 0; i < self->posts->len; i++)
    {
      PealPracticePost *post = self->posts->pdata[i];

      if (post->creator != creator || (app != NULL && post->app != app) || post->is_settled)
        continue;
      g_set_str (&post->fail_reason, "auth_removed");
      post->is_settled = TRUE;
    }
  peal_practice_world_touch (self);
}

static gboolean
is_recent (PealPracticeWorld *self, const PealPracticePost *post)
{
  return post->uploaded > peal_practice_world_now (self) - G_TIME_SPAN_DAY && post->uploaded > 0
         && post->fail_reason == NULL;
}

guint
peal_practice_world_count_direct_posts (PealPracticeWorld *self, PealPracticeCreator *creator)
{
  guint count = 0;

  for (guint i = 0; i < self->posts->len; i++)
    {
      PealPracticePost *post = self->posts->pdata[i];

      if (post->creator == creator && !post->is_draft && is_recent (self, post))
        count++;
    }
  return count;
}

guint
peal_practice_world_count_pending_drafts (PealPracticeWorld *self, PealPracticeCreator *creator)
{
  guint count = 0;

  for (guint i = 0; i < self->posts->len; i++)
    {
      PealPracticePost *post = self->posts->pdata[i];

      if (post->creator == creator && post->is_draft && !post->is_finished && is_recent (self, post))
        count++;
    }
  return count;
}

gboolean
peal_practice_world_is_user_cap_reached (PealPracticeWorld *self,
                                         const PealPracticeApp *app,
                                         PealPracticeCreator *creator)
{
  g_autoptr (GHashTable) users = g_hash_table_new (NULL, NULL);
  gint64 cap = app->active_user_cap > 0 ? app->active_user_cap : self->settings.active_user_cap;

  for (guint i = 0; i < self->posts->len; i++)
    {
      PealPracticePost *post = self->posts->pdata[i];

      if (post->app == app && !post->is_draft && is_recent (self, post))
        g_hash_table_add (users, post->creator);
    }
  return cap > 0 && g_hash_table_size (users) >= cap && !g_hash_table_contains (users, creator);
}

void
peal_practice_world_count_call (PealPracticeWorld *self, const char *endpoint, guint status)
{
  JsonObject *counts = g_hash_table_lookup (self->counts, endpoint);
  g_autofree char *name = status > 0 ? g_strdup_printf ("%u", status) : g_strdup ("unanswered");

  if (counts == NULL)
    {
      counts = json_object_new ();
      g_hash_table_insert (self->counts, g_strdup (endpoint), counts);
    }
  json_object_set_int_member (counts, "calls", peal_practice_json_get_int (counts, "calls", 0) + 1);
  json_object_set_int_member (counts, name, peal_practice_json_get_int (counts, name, 0) + 1);
}
