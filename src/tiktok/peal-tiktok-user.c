/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-tiktok-user.h"

#include "peal-answers.h"
#include "peal-api-call.h"
#include "peal-json-reader.h"

#define URL_MAX_BYTES 4096
#define ID_MAX_BYTES 256

/* What each scope lets us ask for. A field outside the grant fails the whole call. */
static const struct
{
  PealScopes scope;
  const char *fields;
} fields_by_scope[] = {
  { PEAL_SCOPE_USER_BASIC, "open_id,union_id,avatar_url,display_name" },
  { PEAL_SCOPE_USER_PROFILE, "username,bio_description,profile_deep_link,is_verified" },
  { PEAL_SCOPE_USER_STATS, "follower_count,following_count,likes_count,video_count" },
};

gpointer
peal_answer_read_user (const PealReply *reply, PealTiktokClient *client, GError **error)
{
  JsonObject *object = peal_json_get_object (reply->data, "user");
  g_autoptr (PealUser) user = NULL;

  if (object == NULL)
    {
      g_propagate_error (error, peal_reply_new_error (reply, FALSE, "user_answer", "The answer has no user"));
      return NULL;
    }

  user = g_new0 (PealUser, 1);
  user->open_id = peal_json_dup_ascii (object, "open_id", ID_MAX_BYTES);
  user->union_id = peal_json_dup_ascii (object, "union_id", ID_MAX_BYTES);
  user->username = peal_json_dup_line (object, "username");
  user->display_name = peal_json_dup_line (object, "display_name");
  user->bio = peal_json_dup_paragraph (object, "bio_description");
  user->avatar_url = peal_json_dup_ascii (object, "avatar_url", URL_MAX_BYTES);
  user->profile_url = peal_json_dup_ascii (object, "profile_deep_link", URL_MAX_BYTES);
  user->is_verified = peal_json_get_bool (object, "is_verified");
  user->follower_count = peal_json_get_count (object, "follower_count");
  user->following_count = peal_json_get_count (object, "following_count");
  user->likes_count = peal_json_get_count (object, "likes_count");
  user->video_count = peal_json_get_count (object, "video_count");

  return g_steal_pointer (&user);
}

static char *
dup_fields (PealScopes scopes)
{
  g_autoptr (GString) fields = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fields_by_scope); i++)
    if ((scopes & fields_by_scope[i].scope) != 0)
      g_string_append_printf (fields, "%s%s", fields->len > 0 ? "," : "", fields_by_scope[i].fields);

  return g_strdup (fields->str);
}

DexFuture *
peal_tiktok_fetch_user (PealTiktokClient *self, const PealAccess *access, GCancellable *cancellable)
{
  static const PealApiCall call = { PEAL_ENDPOINT_USER_INFO, peal_user_get_type, peal_answer_read_user,
                                    PEAL_SCOPE_USER_BASIC };
  g_autofree char *fields = NULL;

  dex_return_error_if_fail (PEAL_IS_TIKTOK_CLIENT (self));
  dex_return_error_if_fail (access != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  fields = dup_fields (access->scopes);

  return peal_api_call_start (&call, self, access, fields, NULL, cancellable);
}
