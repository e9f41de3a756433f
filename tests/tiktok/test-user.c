/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-test-client.h"
#include "peal-tiktok-user.h"

static PealUser *
fetch (PealScopes scopes, guint status, const char *body, char **request_line, GError **error)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
  g_autoptr (PealAccess) access = peal_test_access_new (scopes);
  g_autoptr (PealTestRequest) request = NULL;
  g_autofree char *authorization = NULL;
  PealUser *user;

  peal_test_server_push_json (server, status, body);
  user = peal_test_await_boxed (peal_tiktok_fetch_user (client, access, NULL), error);
  if (peal_test_server_get_n_requests (server) == 0)
    return NULL;
  request = peal_test_server_pop (server);
  authorization = peal_test_request_dup_header (request, "Authorization");
  g_assert_cmpstr (authorization, ==, "Bearer act.canary");
  if (request_line != NULL)
    {
      g_auto (GStrv) lines = g_strsplit (request->head, "\r\n", 2);

      *request_line = g_strdup (lines[0]);
    }

  return user;
}

static void
test_fields (void)
{
  static const struct
  {
    PealScopes scopes;
    const char *line;
  } cases[] = {
    { PEAL_SCOPE_USER_BASIC, "GET /v2/user/info/?fields=open_id,union_id,avatar_url,display_name HTTP/1.1" },
    { PEAL_SCOPE_USER_BASIC | PEAL_SCOPE_USER_STATS,
      "GET "
      "/v2/user/info/"
      "?fields=open_id,union_id,avatar_url,display_name,follower_count,following_count,likes_count,"
      "video_count HTTP/1.1" },
    { PEAL_SCOPE_ALL,
      "GET "
      "/v2/user/info/"
      "?fields=open_id,union_id,avatar_url,display_name,username,bio_description,profile_deep_link,"
      "is_verified,follower_count,following_count,likes_count,video_count HTTP/1.1" },
  };
  g_autofree char *body = peal_test_dup_fixture ("user_info_basic.json");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = NULL;
      g_autoptr (PealUser) user = fetch (cases[i].scopes, 200, body, &line, NULL);

      g_assert_nonnull (user);
      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

static void
test_all (void)
{
  g_autofree char *body = peal_test_dup_fixture ("user_info_all.json");
  g_autoptr (PealUser) user = fetch (PEAL_SCOPE_ALL, 200, body, NULL, NULL);

  g_assert_cmpstr (user->open_id, ==, "-000i0x9gbo29LyXWyTXAN0oKxrwq33asLRe");
  g_assert_cmpstr (user->display_name, ==, "Test User");
  g_assert_cmpstr (user->username, ==, "testuser");
  g_assert_cmpstr (user->bio, ==, "This is a test bio");
  g_assert_cmpstr (user->profile_url, ==, "https://www.tiktok.com/@username");
  g_assert_cmpstr (user->avatar_url, ==, "https://example.com/avatar.jpg");
  g_assert_cmpint (user->is_verified, ==, 0);
  g_assert_cmpint (user->follower_count, ==, 1000);
  g_assert_cmpint (user->following_count, ==, 500);
  g_assert_cmpint (user->likes_count, ==, 5000);
  g_assert_cmpint (user->video_count, ==, 20);
}

/* What did not come is unknown, not nothing. */
static void
test_missing (void)
{
  g_autofree char *body = peal_test_dup_fixture ("user_info_basic.json");
  g_autoptr (PealUser) user = fetch (PEAL_SCOPE_ALL, 200, body, NULL, NULL);

  g_assert_nonnull (user->avatar_url);
  g_assert_null (user->display_name);
  g_assert_null (user->username);
  g_assert_cmpint (user->is_verified, ==, -1);
  g_assert_cmpint (user->follower_count, ==, -1);
  g_assert_cmpint (user->video_count, ==, -1);
}

static void
test_hostile (void)
{
  g_autoptr (PealUser) user = fetch (
      PEAL_SCOPE_ALL, 200,
      "{\"data\":{\"user\":{\"open_id\":[],\"display_name\":\"a\\u202eb\\n<b>\",\"avatar_url\":\"x y\","
      "\"follower_count\":1.5,\"likes_count\":null,\"is_verified\":\"yes\"}},\"error\":{\"code\":\"ok\"}}",
      NULL, NULL);

  g_assert_null (user->open_id);
  g_assert_cmpstr (user->display_name, ==, "ab <b>");
  g_assert_null (user->avatar_url);
  g_assert_cmpint (user->follower_count, ==, -1);
  g_assert_cmpint (user->likes_count, ==, -1);
  g_assert_cmpint (user->is_verified, ==, -1);
}

static void
test_no_scope (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fetch (PEAL_SCOPE_VIDEO_LIST, 200, "{}", NULL, &error));
  peal_test_assert_error (error, PEAL_ERROR_SCOPE, "scope_not_authorized");
}

static void
test_errors (void)
{
  static const struct
  {
    const char *body;
    guint status;
    PealErrorCode code;
    const char *reason;
  } cases[] = {
    { "{\"data\":{},\"error\":{\"code\":\"ok\"}}", 200, PEAL_ERROR_PROTOCOL, "user_answer" },
    { "{\"data\":{\"user\":[]},\"error\":{\"code\":\"ok\"}}", 200, PEAL_ERROR_PROTOCOL, "user_answer" },
    { "{\"error\":{\"code\":\"access_token_invalid\"}}", 401, PEAL_ERROR_AUTH, "access_token_invalid" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fetch (PEAL_SCOPE_ALL, cases[i].status, cases[i].body, NULL, &error));
      peal_test_assert_error (error, cases[i].code, cases[i].reason);
    }
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/user/fields", test_fields);
  g_test_add_func ("/user/all", test_all);
  g_test_add_func ("/user/missing", test_missing);
  g_test_add_func ("/user/hostile", test_hostile);
  g_test_add_func ("/user/no-scope", test_no_scope);
  g_test_add_func ("/user/errors", test_errors);

  return g_test_run ();
}
