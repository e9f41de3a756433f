/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-endpoint.h"
#include "peal-envelope.h"
#include "peal-test-client.h"

static PealReply *
open_text (const char *text, guint status, PealEnvelopeKind kind, gboolean changes, GError **error)
{
  g_autoptr (PealHttpAnswer) answer = g_new0 (PealHttpAnswer, 1);

  answer->status = status;
  answer->media_type = g_strdup ("application/json");
  answer->data = g_strdup (text);
  answer->length = strlen (text);
  answer->date_us = -1;

  return peal_envelope_open (answer, kind, changes, 0, error);
}

/* TikTok's whole list: what each code means for the caller. */
static void
test_codes (void)
{
  static const struct
  {
    const char *code;
    guint status;
    PealErrorCode expected;
  } cases[] = {
    { "access_token_invalid", 401, PEAL_ERROR_AUTH },
    { "access_token_expired", 401, PEAL_ERROR_AUTH },
    { "something_new_about_tokens", 401, PEAL_ERROR_AUTH },
    { "scope_not_authorized", 401, PEAL_ERROR_SCOPE },
    { "scope_permission_missed", 400, PEAL_ERROR_SCOPE },
    { "invalid_params", 400, PEAL_ERROR_REJECTED },
    { "invalid_param", 400, PEAL_ERROR_REJECTED },
    { "invalid_file_upload", 400, PEAL_ERROR_REJECTED },
    { "rate_limit_exceeded", 429, PEAL_ERROR_RATE_LIMITED },
    { "rate_limit_exceeded", 200, PEAL_ERROR_RATE_LIMITED },
    { "something_new", 429, PEAL_ERROR_RATE_LIMITED },
    { "internal_error", 500, PEAL_ERROR_SERVER },
    { "something_new", 503, PEAL_ERROR_SERVER },
    { "spam_risk_too_many_posts", 403, PEAL_ERROR_REJECTED },
    { "spam_risk_too_many_posts", 200, PEAL_ERROR_REJECTED },
    { "spam_risk_user_banned_from_posting", 403, PEAL_ERROR_REJECTED },
    { "spam_risk_user_banned_from_posting", 200, PEAL_ERROR_REJECTED },
    { "reached_active_user_cap", 403, PEAL_ERROR_REJECTED },
    { "reached_active_user_cap", 200, PEAL_ERROR_REJECTED },
    { "spam_risk_too_many_pending_share", 403, PEAL_ERROR_REJECTED },
    { "unaudited_client_can_only_post_to_private_accounts", 403, PEAL_ERROR_REJECTED },
    { "url_ownership_unverified", 403, PEAL_ERROR_REJECTED },
    { "privacy_level_option_mismatch", 403, PEAL_ERROR_REJECTED },
    { "app_version_check_failed", 400, PEAL_ERROR_REJECTED },
    { "invalid_publish_id", 400, PEAL_ERROR_REJECTED },
    { "token_not_authorized_for_specified_publish_id", 400, PEAL_ERROR_REJECTED },
    { "publish_not_cancellable", 400, PEAL_ERROR_REJECTED },
    { "something_new", 400, PEAL_ERROR_REJECTED },
    { "something_new", 200, PEAL_ERROR_REJECTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"data\":{},\"error\":{\"code\":\"%s\",\"message\":\"why\",\"log_id\":\"2026LOG\"}}",
          cases[i].code);
      g_autoptr (GError) error = NULL;
      g_autoptr (PealReply) reply = open_text (text, cases[i].status, PEAL_ENVELOPE_API, FALSE, &error);

      g_test_message ("%s with %u", cases[i].code, cases[i].status);
      g_assert_null (reply);
      peal_test_assert_error (error, cases[i].expected, cases[i].code);
      g_assert_cmpstr (error->message, ==, "why");
      g_assert_cmpstr (peal_error_get_log_id (error), ==, "2026LOG");
      g_assert_cmpuint (peal_error_get_http_status (error), ==, cases[i].status);
    }
}

static void
test_oauth_codes (void)
{
  static const struct
  {
    const char *code;
    PealErrorCode expected;
  } cases[] = {
    { "access_denied", PEAL_ERROR_REJECTED },
    { "invalid_client", PEAL_ERROR_REJECTED },
    { "invalid_grant", PEAL_ERROR_REJECTED },
    { "invalid_request", PEAL_ERROR_REJECTED },
    { "invalid_scope", PEAL_ERROR_REJECTED },
    { "unauthorized_client", PEAL_ERROR_REJECTED },
    { "unsupported_grant_type", PEAL_ERROR_REJECTED },
    { "unsupported_response_type", PEAL_ERROR_REJECTED },
    { "server_error", PEAL_ERROR_SERVER },
    { "temporarily_unavailable", PEAL_ERROR_SERVER },
  };
  static const guint statuses[] = { 200, 400 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize s = 0; s < G_N_ELEMENTS (statuses); s++)
      for (PealEnvelopeKind kind = PEAL_ENVELOPE_TOKEN; kind <= PEAL_ENVELOPE_REVOKE; kind++)
        {
          g_autofree char *text = g_strdup_printf (
              "{\"error\":\"%s\",\"error_description\":\"why\",\"log_id\":\"2026LOG\"}", cases[i].code);
          g_autoptr (GError) error = NULL;
          g_autoptr (PealReply) reply = open_text (text, statuses[s], kind, TRUE, &error);

          g_assert_null (reply);
          peal_test_assert_error (error, cases[i].expected, cases[i].code);
          g_assert_cmpstr (peal_error_get_log_id (error), ==, "2026LOG");
        }
}

/* Every error that was seen in the wild, in the shape in which it was seen. */
static void
test_fixtures (void)
{
  static const struct
  {
    const char *name;
    guint status;
    PealEnvelopeKind kind;
    PealErrorCode expected;
    const char *reason;
    gboolean has_log_id;
  } cases[] = {
    { "err_access_token_invalid.json", 401, PEAL_ENVELOPE_API, PEAL_ERROR_AUTH, "access_token_invalid",
      TRUE },
    { "err_scope_not_authorized.json", 401, PEAL_ENVELOPE_API, PEAL_ERROR_SCOPE, "scope_not_authorized",
      TRUE },
    { "creator_info_err_cap_http200.json", 200, PEAL_ENVELOPE_API, PEAL_ERROR_REJECTED,
      "spam_risk_too_many_posts", TRUE },
    { "user_info_err_bad_field.json", 400, PEAL_ENVELOPE_API, PEAL_ERROR_REJECTED, "invalid_params", TRUE },
    { "user_info_err_no_fields.json", 400, PEAL_ENVELOPE_API, PEAL_ERROR_REJECTED, "invalid_params", TRUE },
    { "video_init_err_chunk_count.json", 400, PEAL_ENVELOPE_API, PEAL_ERROR_REJECTED, "invalid_params",
      TRUE },
    { "video_init_err_chunk_size.json", 400, PEAL_ENVELOPE_API, PEAL_ERROR_REJECTED, "invalid_params", TRUE },
    { "video_init_err_unaudited.json", 403, PEAL_ENVELOPE_API, PEAL_ERROR_REJECTED,
      "unaudited_client_can_only_post_to_private_accounts", TRUE },
    { "video_init_err_url_unverified.json", 403, PEAL_ENVELOPE_API, PEAL_ERROR_REJECTED,
      "url_ownership_unverified", TRUE },
    { "token_err_code_expired.json", 400, PEAL_ENVELOPE_TOKEN, PEAL_ERROR_REJECTED, "invalid_grant", TRUE },
    { "token_err_refresh_invalid.json", 400, PEAL_ENVELOPE_TOKEN, PEAL_ERROR_REJECTED, "invalid_grant",
      TRUE },
    { "token_err_malformed_http200.json", 200, PEAL_ENVELOPE_TOKEN, PEAL_ERROR_REJECTED, "invalid_request",
      TRUE },
    { "token_err_malformed_http400.json", 400, PEAL_ENVELOPE_TOKEN, PEAL_ERROR_REJECTED, "invalid_request",
      TRUE },
    { "token_err_pkce.json", 400, PEAL_ENVELOPE_TOKEN, PEAL_ERROR_REJECTED, "invalid_request", TRUE },
    { "revoke_err_http200.json", 200, PEAL_ENVELOPE_REVOKE, PEAL_ERROR_REJECTED, "invalid_grant", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = peal_test_dup_fixture (cases[i].name);
      g_autoptr (GError) error = NULL;
      g_autoptr (PealReply) reply = open_text (text, cases[i].status, cases[i].kind, TRUE, &error);

      g_test_message ("%s", cases[i].name);
      g_assert_null (reply);
      peal_test_assert_error (error, cases[i].expected, cases[i].reason);
      g_assert_cmpint (peal_error_get_log_id (error) != NULL, ==, cases[i].has_log_id);
    }
}

static void
test_good_fixtures (void)
{
  static const struct
  {
    const char *name;
    PealEnvelopeKind kind;
  } cases[] = {
    { "creator_info_private.json", PEAL_ENVELOPE_API },
    { "creator_info_public.json", PEAL_ENVELOPE_API },
    { "inbox_init_va.json", PEAL_ENVELOPE_API },
    { "status_complete_int64.json", PEAL_ENVELOPE_API },
    { "status_complete_no_id.json", PEAL_ENVELOPE_API },
    { "status_complete_string_ids.json", PEAL_ENVELOPE_API },
    { "status_failed.json", PEAL_ENVELOPE_API },
    { "status_inbox_int64.json", PEAL_ENVELOPE_API },
    { "status_processing_download.json", PEAL_ENVELOPE_API },
    { "user_info_all.json", PEAL_ENVELOPE_API },
    { "user_info_basic.json", PEAL_ENVELOPE_API },
    { "video_init_i18n.json", PEAL_ENVELOPE_API },
    { "video_init_url.json", PEAL_ENVELOPE_API },
    { "video_init_va.json", PEAL_ENVELOPE_API },
    { "video_list_docs.json", PEAL_ENVELOPE_API },
    { "token_ok.json", PEAL_ENVELOPE_TOKEN },
    { "revoke_ok.json", PEAL_ENVELOPE_REVOKE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = peal_test_dup_fixture (cases[i].name);
      g_autoptr (GError) error = NULL;
      g_autoptr (PealReply) reply = open_text (text, 200, cases[i].kind, TRUE, &error);

      g_test_message ("%s", cases[i].name);
      g_assert_no_error (error);
      g_assert_nonnull (reply->data);
    }
}

static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    guint status;
    const char *reason; /* NULL: good */
    const char *log_id;
  } cases[] = {
    { "{\"error\":{\"code\":\"ok\"}}", 200, NULL, NULL },
    { "{\"data\":{},\"error\":{\"code\":\"ok\",\"message\":\"\",\"logid\":\"L1\"}}", 200, NULL, "L1" },
    { "{\"data\":null,\"error\":{\"code\":\"ok\"}}", 200, NULL, NULL },
    { "{\"code\":\"invalid_params\",\"message\":\"m\",\"log_id\":\"L2\"}", 400, "invalid_params", "L2" },
    { "{\"error\":\"access_denied\",\"error_description\":\"m\",\"log_id\":\"L3\"}", 400, "access_denied",
      "L3" },
    { "{\"error\":{\"code\":\"invalid_params\",\"message\":\"m\"},\"log_id\":\"L4\"}", 400, "invalid_params",
      "L4" },
    { "{\"error\":{\"code\":\"invalid_params\",\"log_id\":\"bad id\\n\"}}", 400, "invalid_params", NULL },
    { "{\"error\":{\"code\":\"two words\"}}", 400, "unreadable_code", NULL },
    { "{\"error\":{\"code\":7}}", 200, "no_code", NULL },
    { "{\"error\":null}", 200, "no_code", NULL },
    { "{}", 200, "no_code", NULL },
    { "{\"error\":{\"code\":\"ok\"}}", 404, "status_mismatch", NULL },
    { "{\"error\":{\"code\":\"ok\"}}", 302, "redirect", NULL },
    { "<html>", 200, "not_json", NULL },
    { "", 200, "not_json", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PealReply) reply =
          open_text (cases[i].text, cases[i].status, PEAL_ENVELOPE_API, FALSE, &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].reason == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (reply->log_id, ==, cases[i].log_id);
          continue;
        }
      g_assert_cmpstr (peal_error_get_reason (error), ==, cases[i].reason);
      g_assert_cmpstr (peal_error_get_log_id (error), ==, cases[i].log_id);
    }
}

/* What is neither success nor a refusal: for a call that changes nothing, and for one that does. */
static void
test_foreign (void)
{
  static const struct
  {
    const char *text;
    guint status;
    PealErrorCode reading;
    PealErrorCode changing;
  } cases[] = {
    { "<html>Sign in to the hotel</html>", 200, PEAL_ERROR_PROTOCOL, PEAL_ERROR_OUTCOME_UNKNOWN },
    { "", 302, PEAL_ERROR_PROTOCOL, PEAL_ERROR_OUTCOME_UNKNOWN },
    { "<html>oops</html>", 500, PEAL_ERROR_SERVER, PEAL_ERROR_OUTCOME_UNKNOWN },
    { "<html>bad gateway</html>", 502, PEAL_ERROR_SERVER, PEAL_ERROR_OUTCOME_UNKNOWN },
    { "<html>what?</html>", 404, PEAL_ERROR_PROTOCOL, PEAL_ERROR_OUTCOME_UNKNOWN },
    { "<html>slow down</html>", 429, PEAL_ERROR_RATE_LIMITED, PEAL_ERROR_RATE_LIMITED },
    { "<html>who?</html>", 401, PEAL_ERROR_AUTH, PEAL_ERROR_AUTH },
    { "{\"error\":{\"code\":\"internal_error\"}}", 500, PEAL_ERROR_SERVER, PEAL_ERROR_OUTCOME_UNKNOWN },
    { "{\"error\":{\"code\":\"internal_error\"}}", 200, PEAL_ERROR_SERVER, PEAL_ERROR_OUTCOME_UNKNOWN },
    { "{\"error\":{\"code\":\"invalid_params\"}}", 400, PEAL_ERROR_REJECTED, PEAL_ERROR_REJECTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) reading = NULL;
      g_autoptr (GError) changing = NULL;

      g_test_message ("%s %u", cases[i].text, cases[i].status);
      g_assert_null (open_text (cases[i].text, cases[i].status, PEAL_ENVELOPE_API, FALSE, &reading));
      g_assert_null (open_text (cases[i].text, cases[i].status, PEAL_ENVELOPE_API, TRUE, &changing));
      g_assert_error (reading, PEAL_ERROR, (int)cases[i].reading);
      g_assert_error (changing, PEAL_ERROR, (int)cases[i].changing);
      g_assert_cmpuint (peal_error_get_http_status (reading), ==, cases[i].status);
    }
}

static void
test_not_declared_json (void)
{
  g_autoptr (PealHttpAnswer) answer = g_new0 (PealHttpAnswer, 1);
  g_autoptr (GError) error = NULL;

  answer->status = 200;
  answer->media_type = g_strdup ("text/html");
  answer->data = g_strdup ("{\"error\":{\"code\":\"ok\"}}");
  answer->length = strlen (answer->data);
  g_assert_null (peal_envelope_open (answer, PEAL_ENVELOPE_API, FALSE, 0, &error));
  peal_test_assert_error (error, PEAL_ERROR_PROTOCOL, "not_json");
}

static void
test_revoke_empty (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealReply) reply = open_text ("", 200, PEAL_ENVELOPE_REVOKE, TRUE, &error);
  g_autoptr (PealReply) copy = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (reply);
  copy = peal_reply_copy (reply);
  g_assert_null (copy->root);
  g_assert_null (open_text ("", 500, PEAL_ENVELOPE_REVOKE, TRUE, &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_OUTCOME_UNKNOWN);
}

static void
test_message_is_clean (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      open_text ("{\"error\":{\"code\":\"invalid_params\",\"message\":\"a\\n\\u202eb\\u0007 act.Secret!1\"}}",
                 400, PEAL_ENVELOPE_API, FALSE, &error));
  g_assert_cmpstr (error->message, ==, "a b …");
}

static void
test_endpoints (void)
{
  for (PealEndpoint i = 0; i < PEAL_N_ENDPOINTS; i++)
    {
      const PealEndpointFacts *facts = peal_endpoint_get_facts (i);

      g_assert_true (g_str_has_prefix (facts->path, "/v2/"));
      g_assert_true (g_str_has_suffix (facts->path, "/"));
    }
  g_assert_cmpuint (peal_endpoint_get_facts (PEAL_ENDPOINT_VIDEO_INIT)->limit, <, 6);
  g_assert_cmpuint (peal_endpoint_get_facts (PEAL_ENDPOINT_INBOX_INIT)->limit, <, 6);
  g_assert_cmpuint (peal_endpoint_get_facts (PEAL_ENDPOINT_CREATOR_INFO)->limit, <, 20);
  g_assert_cmpuint (peal_endpoint_get_facts (PEAL_ENDPOINT_STATUS)->limit, <, 30);
  g_assert_cmpuint (peal_endpoint_get_facts (PEAL_ENDPOINT_USER_INFO)->limit, <, 600);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/envelope/codes", test_codes);
  g_test_add_func ("/envelope/oauth-codes", test_oauth_codes);
  g_test_add_func ("/envelope/fixtures", test_fixtures);
  g_test_add_func ("/envelope/good-fixtures", test_good_fixtures);
  g_test_add_func ("/envelope/shapes", test_shapes);
  g_test_add_func ("/envelope/foreign", test_foreign);
  g_test_add_func ("/envelope/not-declared-json", test_not_declared_json);
  g_test_add_func ("/envelope/revoke-empty", test_revoke_empty);
  g_test_add_func ("/envelope/message-is-clean", test_message_is_clean);
  g_test_add_func ("/envelope/endpoints", test_endpoints);

  return g_test_run ();
}
