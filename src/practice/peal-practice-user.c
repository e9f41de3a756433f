/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-handlers.h"

#include "peal-practice-fields.h"
#include "peal-practice-pictures.h"

/* TikTok: tiktok-api-v2-get-user-info. avatar_url_200 is in no document, but a widely used client asks for
 * it. */
static const PealPracticeField fields[] = {
  { "open_id", "user.info.basic" },
  { "union_id", "user.info.basic" },
  { "avatar_url", "user.info.basic" },
  { "avatar_url_100", "user.info.basic" },
  { "avatar_url_200", "user.info.basic" },
  { "avatar_large_url", "user.info.basic" },
  { "display_name", "user.info.basic" },
  { "bio_description", "user.info.profile" },
  { "profile_deep_link", "user.info.profile" },
  { "is_verified", "user.info.profile" },
  { "username", "user.info.profile" },
  { "follower_count", "user.info.stats" },
  { "following_count", "user.info.stats" },
  { "likes_count", "user.info.stats" },
  { "video_count", "user.info.stats" },
  { NULL, NULL },
};

static void
set_owned (JsonObject *user, const char *name, char *value)
{
  g_autofree char *owned = value;

  json_object_set_string_member (user, name, owned);
}

static void
set_picture (PealPracticeCall *call, JsonObject *user, const char *name, guint size)
{
  set_owned (user, name, peal_practice_pictures_dup_avatar_url (call->world, call->grant->creator, size));
}

/* Every field there is; the caller takes away what was not asked for. */
static JsonObject *
make_user (PealPracticeCall *call)
{
  PealPracticeCreator *creator = call->grant->creator;
  gint64 now = peal_practice_world_now (call->world);
  PealPracticeCreatorCounts counts = peal_practice_creator_count (creator, now);
  JsonObject *user = json_object_new ();

  set_owned (user, "open_id", peal_practice_creator_dup_open_id (creator, call->grant->app));
  set_owned (user, "union_id", peal_practice_creator_dup_union_id (creator));
  set_picture (call, user, "avatar_url", 168);
  set_picture (call, user, "avatar_url_100", 100);
  set_picture (call, user, "avatar_url_200", 200);
  set_picture (call, user, "avatar_large_url", 480);
  json_object_set_string_member (user, "display_name", creator->profile->nickname);
  json_object_set_string_member (user, "bio_description", creator->profile->bio);
  set_owned (user, "profile_deep_link",
             g_strdup_printf ("%s/@%s", call->world->base, creator->profile->username));
  json_object_set_boolean_member (user, "is_verified", creator->profile->is_verified);
  json_object_set_string_member (user, "username", creator->profile->username);
  json_object_set_int_member (user, "follower_count", counts.followers);
  json_object_set_int_member (user, "following_count", counts.following);
  json_object_set_int_member (user, "likes_count", counts.likes);
  json_object_set_int_member (user, "video_count", counts.videos);
  return user;
}

/* What happens to fields outside the granted scopes has been seen in three ways; the settings choose. */
static gboolean
check_scopes (PealPracticeCall *call, GStrv names)
{
  const char *way = call->world->settings.missing_scope_fields;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *scope = peal_practice_fields_get_scope (fields, names[i]);

      if (peal_practice_scopes_contain (call->grant->scopes, scope))
        continue;
      if (g_str_equal (way, "empty"))
        g_strlcpy (names[i], "-", 2);
      else if (g_str_equal (way, "scope_permission_missed"))
        {
          peal_practice_call_error (call, 400, "scope_permission_missed",
                                    "Additional scopes are required for some of the fields.",
                                    PEAL_PRACTICE_WITH_DATA);
          return FALSE;
        }
      else
        return peal_practice_call_authorize (call, "", scope, 0);
    }
  return TRUE;
}

void
peal_practice_user_info (PealPracticeCall *call)
{
  g_auto (GStrv) names = NULL;
  JsonObject *data;
  g_autoptr (JsonObject) user = NULL;

  if (!peal_practice_call_authorize (call, "user_info", NULL, 600))
    return;
  names = peal_practice_fields_dup (call, fields);
  if (names == NULL || !check_scopes (call, names))
    return;
  user = make_user (call);
  data = json_object_new ();
  json_object_set_object_member (data, "user", peal_practice_fields_pick (user, names));
  peal_practice_call_ok (call, data);
}
