/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-test-client.h"
#include "peal-tiktok-videos.h"

#define ENVELOPE(data) "{\"data\":" data ",\"error\":{\"code\":\"ok\"}}"
#define FIELDS                                                                                               \
  "id,create_time,title,video_description,duration,height,width,cover_image_url,share_url,like_count,"       \
  "comment_count,share_count,view_count"

static PealVideoPage *
list (gint64 before_ms, const char *answer, char **sent, GError **error)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
  g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_VIDEO_LIST);
  g_autoptr (PealTestRequest) request = NULL;
  PealVideoPage *page;

  peal_test_server_push_json (server, 200, answer);
  page = peal_test_await_boxed (peal_tiktok_list_videos (client, access, before_ms, NULL), error);
  request = peal_test_server_pop (server);
  g_assert_true (g_str_has_prefix (request->head, "POST /v2/video/list/?fields=" FIELDS " HTTP/1.1\r\n"));
  if (sent != NULL)
    *sent = peal_test_request_dup_body (request);

  return page;
}

static void
test_list (void)
{
  g_autofree char *first = NULL;
  g_autofree char *next = NULL;
  g_autoptr (PealVideoPage) page = list (
      0,
      ENVELOPE (
          "{\"videos\":[{\"id\":\"7571234567890123456\",\"create_time\":1762941600,\"title\":\"Rye bread\","
          "\"video_description\":\"Rye bread\\n#baking\",\"duration\":47,\"height\":1920,\"width\":1080,"
          "\"cover_image_url\":\"https://p16/x\",\"share_url\":\"https://www.tiktok.com/@m/video/7\","
          "\"like_count\":812,\"comment_count\":44,\"share_count\":19,\"view_count\":15230},"
          "{\"id\":7571234567890123457},{\"title\":\"without id\"},7,null],"
          "\"cursor\":1762941600000,\"has_more\":true}"),
      &first, NULL);
  g_autoptr (PealVideoPage) second = list (1762941600000, ENVELOPE ("{}"), &next, NULL);
  PealVideo *video = g_ptr_array_index (page->videos, 0);
  PealVideo *bare = g_ptr_array_index (page->videos, 1);

  g_assert_cmpstr (first, ==, "{\"max_count\":20}");
  g_assert_cmpstr (next, ==, "{\"max_count\":20,\"cursor\":1762941600000}");
  g_assert_cmpuint (page->videos->len, ==, 2);
  g_assert_cmpstr (video->id, ==, "7571234567890123456");
  g_assert_cmpint (video->create_time_s, ==, 1762941600);
  g_assert_cmpstr (video->title, ==, "Rye bread");
  g_assert_cmpstr (video->description, ==, "Rye bread\n#baking");
  g_assert_cmpint (video->duration_s, ==, 47);
  g_assert_cmpint (video->width, ==, 1080);
  g_assert_cmpint (video->height, ==, 1920);
  g_assert_cmpint (video->view_count, ==, 15230);
  g_assert_cmpint (video->like_count, ==, 812);
  g_assert_cmpint (video->comment_count, ==, 44);
  g_assert_cmpint (video->share_count, ==, 19);
  g_assert_cmpstr (bare->id, ==, "7571234567890123457");
  g_assert_cmpint (bare->view_count, ==, -1);
  g_assert_null (bare->title);
  g_assert_true (page->has_more);
  g_assert_cmpint (page->next_cursor_ms, ==, 1762941600000);
  g_assert_cmpuint (second->videos->len, ==, 0);
  g_assert_false (second->has_more);
}

static void
test_list_end (void)
{
  static const char *const answers[] = {
    ENVELOPE ("{\"videos\":[],\"cursor\":1643332803000,\"has_more\":false}"),
    ENVELOPE ("{\"videos\":[],\"has_more\":true}"),
    ENVELOPE ("{\"videos\":{},\"cursor\":0,\"has_more\":true}"),
    ENVELOPE ("{\"videos\":null,\"cursor\":1643332803000,\"has_more\":\"true\"}"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (PealVideoPage) page = list (0, answers[i], NULL, NULL);

      g_assert_false (page->has_more);
      g_assert_cmpuint (page->videos->len, ==, 0);
    }
}

/* An id of 20 digits, beyond any 64-bit integer. */
static void
test_list_docs (void)
{
  g_autofree char *text = peal_test_dup_fixture ("video_list_docs.json");
  g_autoptr (PealVideoPage) page = list (0, text, NULL, NULL);
  g_autoptr (PealVideoPage) copy = peal_video_page_copy (page);
  PealVideo *video = g_ptr_array_index (copy->videos, 0);

  g_assert_cmpstr (video->id, ==, "12345123451234512345");
  g_assert_cmpstr (video->title, ==, "video");
  g_assert_cmpint (copy->next_cursor_ms, ==, 1643332803000);
}

static void
test_list_errors (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
  g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_USER_BASIC);
  g_autoptr (GError) no_data = NULL;
  g_autoptr (GError) no_scope = NULL;

  g_assert_null (list (0, "{\"error\":{\"code\":\"ok\"}}", NULL, &no_data));
  peal_test_assert_error (no_data, PEAL_ERROR_PROTOCOL, "videos_answer");
  g_assert_null (peal_test_await_boxed (peal_tiktok_list_videos (client, access, 0, NULL), &no_scope));
  peal_test_assert_error (no_scope, PEAL_ERROR_SCOPE, "scope_not_authorized");
  g_assert_cmpint (peal_test_server_get_n_requests (server), ==, 0);
}

static void
test_query (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
  g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_VIDEO_LIST);
  const char *const ids[] = { "7571234567890123456", "7570000000000000001", NULL };
  g_autoptr (PealVideoPage) page = NULL;
  g_autoptr (PealTestRequest) request = NULL;
  g_autofree char *body = NULL;

  peal_test_server_push_json (
      server, 200,
      ENVELOPE ("{\"videos\":[{\"id\":\"7571234567890123456\"}],\"cursor\":0,\"has_more\":true}"));
  page = peal_test_await_boxed (peal_tiktok_query_videos (client, access, ids, NULL), NULL);
  request = peal_test_server_pop (server);
  body = peal_test_request_dup_body (request);
  g_assert_cmpuint (page->videos->len, ==, 1);
  g_assert_false (page->has_more);
  g_assert_cmpint (page->next_cursor_ms, ==, -1);
  g_assert_true (g_str_has_prefix (request->head, "POST /v2/video/query/?fields=" FIELDS " HTTP/1.1\r\n"));
  g_assert_cmpstr (body, ==,
                   "{\"filters\":{\"video_ids\":[\"7571234567890123456\",\"7570000000000000001\"]}}");
}

static void
test_query_ids (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
  g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_VIDEO_LIST);
  const char *many[22] = { NULL };
  const char *const none[] = { NULL };
  const char *const words[] = { "7", "x", NULL };
  const char *const *cases[] = { many, none, words };

  for (gsize i = 0; i < 21; i++)
    many[i] = "7571234567890123456";
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          peal_test_await_boxed (peal_tiktok_query_videos (client, access, cases[i], NULL), &error));
      peal_test_assert_error (error, PEAL_ERROR_INVALID, "video_ids");
    }
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/videos/list", test_list);
  g_test_add_func ("/videos/list-end", test_list_end);
  g_test_add_func ("/videos/list-docs", test_list_docs);
  g_test_add_func ("/videos/list-errors", test_list_errors);
  g_test_add_func ("/videos/query", test_query);
  g_test_add_func ("/videos/query-ids", test_query_ids);

  return g_test_run ();
}
