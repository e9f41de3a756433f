/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-permit-private.h"
#include "peal-secret-access.h"
#include "peal-test-client.h"
#include "peal-tiktok-publish.h"

#define OK(data) "{\"data\":" data ",\"error\":{\"code\":\"ok\",\"log_id\":\"LOG1\"}}"

typedef struct
{
  PealTestServer *server;
  PealTiktokClient *client;
  PealAccess *access;
  PealPostOptions *options;
  PealChunkPlan plan;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->server = peal_test_server_new ();
  self->client = peal_test_client_new (self->server);
  self->access = peal_test_access_new (PEAL_SCOPE_ALL);
  self->options = peal_post_options_new ();
  g_set_str (&self->options->caption, "Rye bread in four steps #baking @millhouse \"🍞\"");
  g_set_str (&self->options->privacy_level, "SELF_ONLY");
  self->options->allow_comment = TRUE;
  self->options->cover_ms = 1500;
  g_assert_true (peal_chunk_plan_init (&self->plan, 66259900));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->server, peal_test_server_free);
  g_clear_object (&self->client);
  g_clear_pointer (&self->access, peal_access_free);
  g_clear_pointer (&self->options, peal_post_options_free);
}

static PealUploadTicket *
init (Fixture *self, GError **error)
{
  return peal_test_await_boxed (peal_tiktok_init_video (self->client, self->access, peal_init_permit_new (),
                                                        self->options, &self->plan, NULL),
                                error);
}

static PealPublishStatus *
get_status (Fixture *self, const char *answer, GError **error)
{
  peal_test_server_push_json (self->server, 200, answer);

  return peal_test_await_boxed (
      peal_tiktok_fetch_status (self->client, self->access, "v_pub_file~v2-1.75", NULL), error);
}

static void
check_request (Fixture *self, const char *line, const char *body)
{
  g_autoptr (PealTestRequest) request = peal_test_server_pop (self->server);
  g_autofree char *sent = peal_test_request_dup_body (request);
  g_autofree char *type = peal_test_request_dup_header (request, "Content-Type");
  g_autofree char *authorization = peal_test_request_dup_header (request, "Authorization");

  g_assert_true (g_str_has_prefix (request->head, line));
  g_assert_cmpstr (sent, ==, body);
  g_assert_cmpstr (type, ==, "application/json; charset=UTF-8");
  g_assert_cmpstr (authorization, ==, "Bearer act.canary");
}

static void
test_creator (Fixture *self, gconstpointer data)
{
  g_autofree char *public_text = peal_test_dup_fixture ("creator_info_public.json");
  g_autofree char *private_text = peal_test_dup_fixture ("creator_info_private.json");
  g_autoptr (PealCreatorInfo) public_info = NULL;
  g_autoptr (PealCreatorInfo) private_info = NULL;
  const char *const public_levels[] = { "PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY", NULL };
  const char *const private_levels[] = { "FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY", NULL };

  peal_test_server_push_json (self->server, 200, public_text);
  public_info = peal_test_await_boxed (peal_tiktok_query_creator (self->client, self->access, NULL), NULL);
  check_request (self, "POST /v2/post/publish/creator_info/query/ HTTP/1.1\r\n", "{}");
  g_assert_true (g_strv_equal ((const char *const *)public_info->privacy_level_options, public_levels));
  g_assert_cmpint (public_info->max_video_post_duration_s, ==, 600);
  g_assert_false (public_info->duet_disabled);
  g_assert_nonnull (strstr (public_info->avatar_url, "&x-expires="));

  peal_test_server_push_json (self->server, 200, private_text);
  private_info = peal_test_await_boxed (peal_tiktok_query_creator (self->client, self->access, NULL), NULL);
  g_assert_true (g_strv_equal ((const char *const *)private_info->privacy_level_options, private_levels));
  g_assert_cmpint (private_info->max_video_post_duration_s, ==, 3600);
  g_assert_true (private_info->duet_disabled);
  g_assert_true (private_info->stitch_disabled);
  g_assert_false (private_info->comment_disabled);
  g_assert_cmpstr (private_info->nickname, ==, "username");
}

static void
test_creator_errors (Fixture *self, gconstpointer data)
{
  static const char *const codes[] = { "spam_risk_too_many_posts", "spam_risk_user_banned_from_posting",
                                       "reached_active_user_cap" };
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) no_scope = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"data\":{},\"error\":{\"code\":\"%s\"}}", codes[i]);
      g_autoptr (GError) error = NULL;

      peal_test_server_push_json (self->server, 200, body);
      g_assert_null (
          peal_test_await_boxed (peal_tiktok_query_creator (self->client, self->access, NULL), &error));
      peal_test_assert_error (error, PEAL_ERROR_REJECTED, codes[i]);
    }
  peal_test_server_push_json (self->server, 200, OK ("{\"privacy_level_options\":[7,\"a b\",null]}"));
  g_assert_null (
      peal_test_await_boxed (peal_tiktok_query_creator (self->client, self->access, NULL), &empty));
  peal_test_assert_error (empty, PEAL_ERROR_PROTOCOL, "creator_answer");

  self->access->scopes = PEAL_SCOPE_VIDEO_UPLOAD;
  g_assert_null (
      peal_test_await_boxed (peal_tiktok_query_creator (self->client, self->access, NULL), &no_scope));
  peal_test_assert_error (no_scope, PEAL_ERROR_SCOPE, "scope_not_authorized");
}

static void
test_init_direct (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealUploadTicket) ticket = NULL;

  peal_test_server_push_json (
      self->server, 200,
      OK ("{\"publish_id\":\"v_pub_file~v2-1.75\",\"upload_url\":\"http://127.0.0.1:9/u?t=1\"}"));
  ticket = init (self, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ticket->publish_id, ==, "v_pub_file~v2-1.75");
  g_assert_cmpstr (peal_secret_peek (ticket->upload_url), ==, "http://127.0.0.1:9/u?t=1");
  g_assert_cmpstr (ticket->log_id, ==, "LOG1");
  g_assert_cmpint (ticket->received_at_us, >, 0);
  check_request (
      self, "POST /v2/post/publish/video/init/ HTTP/1.1\r\n",
      "{\"post_info\":{\"title\":\"Rye bread in four steps #baking @millhouse \\\"🍞\\\"\","
      "\"privacy_level\":\"SELF_ONLY\",\"disable_duet\":true,\"disable_stitch\":true,"
      "\"disable_comment\":false,\"video_cover_timestamp_ms\":1500,\"brand_content_toggle\":false,"
      "\"brand_organic_toggle\":false,\"is_aigc\":false},"
      "\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":66259900,\"chunk_size\":10000000,"
      "\"total_chunk_count\":6}}");
}

static void
test_init_options (Fixture *self, gconstpointer data)
{
  g_autoptr (PealUploadTicket) ticket = NULL;

  g_set_str (&self->options->caption, "");
  g_set_str (&self->options->privacy_level, "PUBLIC_TO_EVERYONE");
  self->options->allow_comment = self->options->allow_duet = self->options->allow_stitch = TRUE;
  self->options->your_brand = self->options->branded_content = self->options->ai_generated = TRUE;
  self->options->cover_ms = -1;
  g_assert_true (peal_chunk_plan_init (&self->plan, 64000000));
  peal_test_server_push_json (self->server, 200,
                              OK ("{\"publish_id\":\"p\",\"upload_url\":\"http://127.0.0.1:9/\"}"));
  ticket = init (self, NULL);
  g_assert_nonnull (ticket);
  check_request (
      self, "POST /v2/post/publish/video/init/ HTTP/1.1\r\n",
      "{\"post_info\":{\"privacy_level\":\"PUBLIC_TO_EVERYONE\",\"disable_duet\":false,"
      "\"disable_stitch\":false,\"disable_comment\":false,\"brand_content_toggle\":true,"
      "\"brand_organic_toggle\":true,\"is_aigc\":true},"
      "\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":64000000,\"chunk_size\":64000000,"
      "\"total_chunk_count\":1}}");
}

static void
test_init_inbox (Fixture *self, gconstpointer data)
{
  g_autoptr (PealUploadTicket) ticket = NULL;

  self->options->share_type = PEAL_SHARE_INBOX;
  g_assert_true (peal_chunk_plan_init (&self->plan, 4194304));
  peal_test_server_push_json (self->server, 200,
                              OK ("{\"publish_id\":\"p\",\"upload_url\":\"http://127.0.0.1:9/\"}"));
  ticket = init (self, NULL);
  g_assert_nonnull (ticket);
  check_request (self, "POST /v2/post/publish/inbox/video/init/ HTTP/1.1\r\n",
                 "{\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":4194304,\"chunk_size\":4194304,"
                 "\"total_chunk_count\":1}}");
}

/* A success that cannot be used, and a refusal; only the second is definite. */
static void
test_init_answers (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    PealErrorCode code;
    const char *reason;
  } cases[] = {
    { 200, OK ("{}"), PEAL_ERROR_OUTCOME_UNKNOWN, "publish_id" },
    { 200, OK ("{\"publish_id\":\"\",\"upload_url\":\"http://127.0.0.1:9/\"}"), PEAL_ERROR_OUTCOME_UNKNOWN,
      "publish_id" },
    { 200, OK ("{\"publish_id\":\"a b\",\"upload_url\":\"http://127.0.0.1:9/\"}"), PEAL_ERROR_OUTCOME_UNKNOWN,
      "publish_id" },
    { 200, OK ("{\"publish_id\":7,\"upload_url\":\"http://127.0.0.1:9/\"}"), PEAL_ERROR_OUTCOME_UNKNOWN,
      "publish_id" },
    { 200, OK ("{\"publish_id\":\"p\"}"), PEAL_ERROR_OUTCOME_UNKNOWN, "upload_url" },
    { 200, OK ("{\"publish_id\":\"p\",\"upload_url\":\"https://evil.example/\"}"), PEAL_ERROR_OUTCOME_UNKNOWN,
      "upload_url" },
    { 200, "{\"error\":{\"code\":\"ok\"}}", PEAL_ERROR_OUTCOME_UNKNOWN, "publish_id" },
    { 200, "<html>portal</html>", PEAL_ERROR_OUTCOME_UNKNOWN, "not_json" },
    { 500, "<html>oops</html>", PEAL_ERROR_OUTCOME_UNKNOWN, "not_json" },
    { 400, "{\"error\":{\"code\":\"invalid_params\"}}", PEAL_ERROR_REJECTED, "invalid_params" },
  };

  /* Below the limit of the bucket, which would make the fifth wait. */
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *open_id = g_strdup_printf ("open-%" G_GSIZE_FORMAT, i);

      g_test_message ("%s", cases[i].body);
      g_set_str (&self->access->open_id, open_id);
      peal_test_server_push_json (self->server, cases[i].status, cases[i].body);
      g_assert_null (init (self, &error));
      peal_test_assert_error (error, cases[i].code, cases[i].reason);
    }
}

static void
test_init_once (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  peal_test_server_push (self->server, PEAL_STEP_DROP, NULL);
  peal_test_server_push_json (self->server, 200, OK ("{}"));
  g_assert_null (init (self, &error));
  peal_test_assert_error (error, PEAL_ERROR_OUTCOME_UNKNOWN, "connection_lost");
  g_assert_cmpint (peal_test_server_get_n_requests (self->server), ==, 1);
}

/* An init never goes over a connection that was left from a call before. */
static void
test_init_fresh_connection (Fixture *self, gconstpointer data)
{
  g_autofree char *creator = peal_test_dup_fixture ("creator_info_public.json");
  g_autoptr (PealCreatorInfo) info = NULL;
  g_autoptr (PealUploadTicket) ticket = NULL;
  g_autoptr (PealTestRequest) first = NULL;
  g_autoptr (PealTestRequest) second = NULL;

  peal_test_server_push_json (self->server, 200, creator);
  peal_test_server_push_json (self->server, 200,
                              OK ("{\"publish_id\":\"p\",\"upload_url\":\"http://127.0.0.1:9/\"}"));
  info = peal_test_await_boxed (peal_tiktok_query_creator (self->client, self->access, NULL), NULL);
  ticket = init (self, NULL);
  g_assert_nonnull (ticket);
  first = peal_test_server_pop (self->server);
  second = peal_test_server_pop (self->server);
  g_assert_cmpuint (second->connection, ==, first->connection + 1);
}

static void
test_init_refused_here (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) scope = NULL;
  g_autoptr (GError) privacy = NULL;
  g_autoptr (GError) used = NULL;
  g_autoptr (PealInitPermit) good = peal_init_permit_new ();
  g_autoptr (PealInitPermit) moved = g_boxed_copy (PEAL_TYPE_INIT_PERMIT, good);

  g_assert_null (
      peal_test_await_boxed (peal_tiktok_init_video (self->client, self->access, g_steal_pointer (&good),
                                                     self->options, &self->plan, NULL),
                             &used));
  peal_test_assert_error (used, PEAL_ERROR_INVALID, "permit");

  self->access->scopes = PEAL_SCOPE_VIDEO_UPLOAD;
  g_assert_null (init (self, &scope));
  peal_test_assert_error (scope, PEAL_ERROR_SCOPE, "scope_not_authorized");

  g_clear_pointer (&self->options->privacy_level, g_free);
  g_assert_null (init (self, &privacy));
  peal_test_assert_error (privacy, PEAL_ERROR_INVALID, "privacy_level_missing");
  g_assert_cmpint (peal_test_server_get_n_requests (self->server), ==, 0);
}

static void
test_status_fixtures (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    PealPublishStatusCode code;
    const char *post_id;
    const char *fail_reason;
    gint64 uploaded_bytes;
  } cases[] = {
    { "status_processing_download.json", PEAL_PUBLISH_PROCESSING_DOWNLOAD, NULL, NULL, -1 },
    { "status_complete_no_id.json", PEAL_PUBLISH_COMPLETE, NULL, NULL, -1 },
    { "status_complete_int64.json", PEAL_PUBLISH_COMPLETE, "7667872114598333716", NULL, -1 },
    { "status_complete_string_ids.json", PEAL_PUBLISH_COMPLETE, "7234567890123456789", NULL, 12345678 },
    { "status_inbox_int64.json", PEAL_PUBLISH_SEND_TO_USER_INBOX, "7671932290360020237", NULL, -1 },
    { "status_failed.json", PEAL_PUBLISH_FAILED, NULL, "picture_size_check_failed", 10000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = peal_test_dup_fixture (cases[i].name);
      g_autoptr (GError) error = NULL;
      g_autoptr (PealPublishStatus) status = get_status (self, text, &error);

      g_test_message ("%s", cases[i].name);
      g_assert_no_error (error);
      check_request (self, "POST /v2/post/publish/status/fetch/ HTTP/1.1\r\n",
                     "{\"publish_id\":\"v_pub_file~v2-1.75\"}");
      g_assert_cmpint (status->code, ==, cases[i].code);
      g_assert_cmpstr (status->post_ids[0], ==, cases[i].post_id);
      g_assert_cmpstr (status->fail_reason, ==, cases[i].fail_reason);
      g_assert_cmpint (status->uploaded_bytes, ==, cases[i].uploaded_bytes);
    }
}

static void
test_status_odd (Fixture *self, gconstpointer data)
{
  g_autoptr (PealPublishStatus) unknown =
      get_status (self, OK ("{\"status\":\"PROCESSING_MAGIC\",\"fail_reason\":\"x\"}"), NULL);
  g_autoptr (PealPublishStatus) null_ids =
      get_status (self, OK ("{\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":null}"), NULL);
  g_autoptr (PealPublishStatus) lone_id = get_status (
      self, OK ("{\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":7572003456789012345}"),
      NULL);
  g_autoptr (PealPublishStatus) several = get_status (
      self, OK ("{\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":[1,\"2\",3.5,null]}"),
      NULL);
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) id = NULL;

  g_assert_cmpint (unknown->code, ==, PEAL_PUBLISH_PROCESSING_UPLOAD);
  g_assert_cmpstr (unknown->raw, ==, "PROCESSING_MAGIC");
  g_assert_null (unknown->fail_reason);
  g_assert_cmpstr (unknown->log_id, ==, "LOG1");
  g_assert_cmpuint (g_strv_length (null_ids->post_ids), ==, 0);
  g_assert_cmpstr (lone_id->post_ids[0], ==, "7572003456789012345");
  g_assert_cmpuint (g_strv_length (several->post_ids), ==, 2);

  g_assert_null (get_status (self, OK ("{\"status\":null}"), &none));
  peal_test_assert_error (none, PEAL_ERROR_PROTOCOL, "status_answer");
  g_assert_null (
      peal_test_await_boxed (peal_tiktok_fetch_status (self->client, self->access, "a\"b", NULL), &id));
  peal_test_assert_error (id, PEAL_ERROR_INVALID, "publish_id");
}

static void
test_check_upload_url (Fixture *self, gconstpointer data)
{
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (PealTiktokClient) tiktok = peal_tiktok_client_new (NULL, clock, NULL);
  g_autoptr (PealSecret) remote =
      peal_secret_new ("https://open-upload.tiktokapis.com/video/?upload_token=x");
  g_autoptr (PealSecret) local = peal_secret_new ("http://127.0.0.1:8080/video/");
  g_autoptr (GError) error = NULL;

  g_assert_true (peal_tiktok_client_check_upload_url (tiktok, remote, NULL));
  g_assert_true (peal_tiktok_client_check_upload_url (self->client, local, NULL));
  g_assert_false (peal_tiktok_client_check_upload_url (tiktok, local, NULL));
  g_assert_false (peal_tiktok_client_check_upload_url (self->client, NULL, NULL));
  g_assert_false (peal_tiktok_client_check_upload_url (self->client, remote, &error));
  peal_test_assert_error (error, PEAL_ERROR_PROTOCOL, "upload_url");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/publish/creator", test_creator);
  ADD ("/publish/creator-errors", test_creator_errors);
  ADD ("/publish/init-direct", test_init_direct);
  ADD ("/publish/init-options", test_init_options);
  ADD ("/publish/init-inbox", test_init_inbox);
  ADD ("/publish/init-answers", test_init_answers);
  ADD ("/publish/init-once", test_init_once);
  ADD ("/publish/init-fresh-connection", test_init_fresh_connection);
  ADD ("/publish/init-refused-here", test_init_refused_here);
  ADD ("/publish/status-fixtures", test_status_fixtures);
  ADD ("/publish/status-odd", test_status_odd);
  ADD ("/publish/check-upload-url", test_check_upload_url);

  return g_test_run ();
}
