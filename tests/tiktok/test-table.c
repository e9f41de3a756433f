/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-test-rules.h"

/* Each endpoint that Peal calls × each error that TikTok's documents know there (TikTok:
 * tiktok-api-v2-error-handling, oauth-error-handling and the page of each call): provoked on the practice
 * server, by breaking the rule where a client of ours can break it and else by the server's fault script, and
 * understood by the client. */

typedef struct
{
  const char *call;
  const char *error; /* as documented, or "5xx" */
  const char *rule;  /* how it is broken; NULL: the fault script answers with @status */
  guint status;
  const char *code;
  const char *reason; /* NULL: @error */
} Row;

#define OAUTH_FAULTS(call, server)                                                                           \
  { call, "unauthorized_client", NULL, 400, "REJECTED", NULL },                                              \
      { call, "invalid_scope", NULL, 400, "REJECTED", NULL },                                                \
      { call, "access_denied", NULL, 400, "REJECTED", NULL },                                                \
      { call, "unsupported_grant_type", NULL, 400, "REJECTED", NULL },                                       \
      { call, "server_error", NULL, 500, server, NULL },                                                     \
  {                                                                                                          \
    call, "temporarily_unavailable", NULL, 503, server, NULL                                                 \
  }
#define API_ALL(call, hurry, server)                                                                         \
  { call, "access_token_invalid", "use_dead_token", 401, "AUTH", NULL },                                     \
      { call, "access_token_invalid", "use_unknown_token", 401, "AUTH", NULL },                              \
      { call, "scope_not_authorized", "grant_little", 401, "SCOPE", NULL },                                  \
      { call, "rate_limit_exceeded", hurry, 429, "RATE_LIMITED", NULL },                                     \
      { call, "internal_error", NULL, 500, server, NULL }, { call, "5xx", NULL, 503, server, "not_json" }
#define DISPLAY(call)                                                                                        \
  { call, "scope_permission_missed", NULL, 400, "SCOPE", NULL },                                             \
  {                                                                                                          \
    call, "invalid_params", NULL, 400, "REJECTED", NULL                                                      \
  }

static const Row rows[] = {
  { "authorize", "access_denied", "deny", 302, "REJECTED", NULL },
  { "authorize", "invalid_request", NULL, 302, "REJECTED", NULL },
  { "authorize", "invalid_scope", NULL, 302, "REJECTED", NULL },
  { "authorize", "unauthorized_client", NULL, 302, "REJECTED", NULL },
  { "authorize", "unsupported_response_type", NULL, 302, "REJECTED", NULL },
  { "authorize", "server_error", NULL, 302, "REJECTED", NULL },
  { "authorize", "temporarily_unavailable", NULL, 302, "REJECTED", NULL },

  { "exchange", "invalid_client", "use_wrong_secret", 200, "REJECTED", NULL },
  { "exchange", "invalid_grant", "use_code_twice", 400, "REJECTED", NULL },
  { "exchange", "invalid_grant", "use_code_twice_http_200", 200, "REJECTED", NULL },
  { "exchange", "invalid_request", "use_wrong_verifier", 400, "REJECTED", NULL },
  OAUTH_FAULTS ("exchange", "SERVER"),
  { "refresh", "invalid_client", "use_wrong_secret", 200, "REJECTED", NULL },
  { "refresh", "invalid_grant", "use_dead_refresh_token", 400, "AUTH", NULL },
  { "refresh", "invalid_request", NULL, 400, "REJECTED", NULL },
  OAUTH_FAULTS ("refresh", "SERVER"),
  { "revoke", "invalid_client", "use_wrong_secret", 200, "REJECTED", NULL },
  { "revoke", "invalid_grant", NULL, 400, "REJECTED", NULL },
  { "revoke", "invalid_request", NULL, 200, "REJECTED", NULL },
  OAUTH_FAULTS ("revoke", "SERVER"),

  API_ALL ("user", "hurry_user", "SERVER"),
  { "user", "scope_permission_missed", "grant_little_and_miss_fields", 400, "SCOPE", NULL },
  { "user", "invalid_params", NULL, 400, "REJECTED", NULL },
  API_ALL ("list", "hurry_list", "SERVER"),
  DISPLAY ("list"),
  API_ALL ("query", "hurry_query", "SERVER"),
  DISPLAY ("query"),

  API_ALL ("creator", "hurry_creator", "SERVER"),
  { "creator", "spam_risk_too_many_posts", "be_capped", 200, "REJECTED", NULL },
  { "creator", "spam_risk_user_banned_from_posting", "be_barred", 200, "REJECTED", NULL },
  { "creator", "reached_active_user_cap", "come_after_another", 200, "REJECTED", NULL },

  API_ALL ("init", "hurry_init", "OUTCOME_UNKNOWN"),
  { "init", "invalid_params", "plan_too_many_chunks", 400, "REJECTED", NULL },
  { "init", "invalid_param", "plan_too_many_chunks_singular", 400, "REJECTED", NULL },
  { "init", "invalid_file_upload", NULL, 400, "REJECTED", NULL },
  { "init", "spam_risk_too_many_posts", "be_capped", 403, "REJECTED", NULL },
  { "init", "spam_risk_user_banned_from_posting", "be_barred", 403, "REJECTED", NULL },
  { "init", "reached_active_user_cap", "come_after_another", 403, "REJECTED", NULL },
  { "init", "unaudited_client_can_only_post_to_private_accounts", "be_public_and_unaudited", 403, "REJECTED",
    NULL },
  { "init", "url_ownership_unverified", NULL, 403, "REJECTED", NULL },
  { "init", "privacy_level_option_mismatch", "choose_what_is_not_on_offer", 403, "REJECTED", NULL },

  API_ALL ("inbox", "hurry_inbox", "OUTCOME_UNKNOWN"),
  { "inbox", "invalid_params", "plan_too_many_chunks", 400, "REJECTED", NULL },
  { "inbox", "invalid_param", "plan_too_many_chunks_singular", 400, "REJECTED", NULL },
  { "inbox", "spam_risk_too_many_pending_share", "leave_five_drafts", 403, "REJECTED", NULL },
  { "inbox", "spam_risk_user_banned_from_posting", "be_barred", 403, "REJECTED", NULL },
  { "inbox", "url_ownership_unverified", NULL, 403, "REJECTED", NULL },

  API_ALL ("status", "hurry_status", "SERVER"),
  { "status", "invalid_publish_id", "ask_for_no_post", 400, "REJECTED", NULL },
  { "status", "token_not_authorized_for_specified_publish_id", "ask_for_another_users_post", 400, "REJECTED",
    NULL },
  /* Of calls that Peal does not make; the words are known all the same. */
  { "status", "publish_not_cancellable", NULL, 400, "REJECTED", NULL },
  { "status", "app_version_check_failed", NULL, 400, "REJECTED", NULL },

  { "upload", "206", "upload_first", 206, "ok", "" },
  { "upload", "201", "upload_all", 201, "ok", "" },
  { "upload", "400", "upload_as_text", 400, "ok", "" },
  { "upload", "403", "upload_late", 403, "ok", "" },
  { "upload", "404", "upload_to_nowhere", 404, "ok", "" },
  { "upload", "416", "upload_out_of_order", 416, "ok", "" },
  { "upload", "5xx", "upload_into_trouble", 502, "ok", "" },
};

/* What the documents list, call by call; written from them and not from the rows above. */
static const struct
{
  const char *call, *errors;
} documented[] = {
  { "authorize", "access_denied invalid_request invalid_scope unauthorized_client unsupported_response_type "
                 "server_error temporarily_unavailable" },
  { "exchange",
    "access_denied invalid_client invalid_grant invalid_request invalid_scope unauthorized_client "
    "unsupported_grant_type server_error temporarily_unavailable" },
  { "refresh", "access_denied invalid_client invalid_grant invalid_request invalid_scope unauthorized_client "
               "unsupported_grant_type server_error temporarily_unavailable" },
  { "revoke", "access_denied invalid_client invalid_grant invalid_request unauthorized_client server_error "
              "temporarily_unavailable" },
  { "user", "access_token_invalid scope_not_authorized scope_permission_missed invalid_params "
            "rate_limit_exceeded internal_error 5xx" },
  { "list", "access_token_invalid scope_not_authorized scope_permission_missed invalid_params "
            "rate_limit_exceeded internal_error 5xx" },
  { "query", "access_token_invalid scope_not_authorized scope_permission_missed invalid_params "
             "rate_limit_exceeded internal_error 5xx" },
  { "creator", "spam_risk_too_many_posts spam_risk_user_banned_from_posting reached_active_user_cap "
               "access_token_invalid scope_not_authorized rate_limit_exceeded internal_error 5xx" },
  { "init", "invalid_param invalid_params invalid_file_upload spam_risk_too_many_posts "
            "spam_risk_user_banned_from_posting reached_active_user_cap "
            "unaudited_client_can_only_post_to_private_accounts url_ownership_unverified "
            "privacy_level_option_mismatch access_token_invalid scope_not_authorized rate_limit_exceeded "
            "internal_error 5xx" },
  { "inbox", "invalid_param invalid_params spam_risk_too_many_pending_share "
             "spam_risk_user_banned_from_posting url_ownership_unverified access_token_invalid "
             "scope_not_authorized rate_limit_exceeded internal_error 5xx" },
  { "status", "invalid_publish_id token_not_authorized_for_specified_publish_id access_token_invalid "
              "scope_not_authorized rate_limit_exceeded internal_error 5xx publish_not_cancellable "
              "app_version_check_failed" },
  { "upload", "201 206 400 403 404 416 5xx" },
};

static const char *const fail_reasons[] = {
  "file_format_check_failed",
  "duration_check_failed",
  "frame_rate_check_failed",
  "picture_size_check_failed",
  "internal",
  "video_pull_failed",
  "photo_pull_failed",
  "publish_cancelled",
  "auth_removed",
  "spam_risk_too_many_posts",
  "spam_risk_user_banned_from_posting",
  "spam_risk_text",
  "spam_risk",
};

static void
script (PealTestTable *table, const Row *row)
{
  static const struct
  {
    const char *call, *endpoint;
  } endpoints[] = {
    { "authorize", "authorize" }, { "exchange", "token" },       { "refresh", "token" },
    { "revoke", "revoke" },       { "user", "user_info" },       { "list", "video_list" },
    { "query", "video_query" },   { "creator", "creator_info" }, { "init", "video_init" },
    { "inbox", "inbox_init" },    { "status", "status" },
  };
  g_autofree char *answer = NULL;
  gsize i = 0;

  while (!g_str_equal (endpoints[i].call, row->call))
    i++;
  if (i == 0)
    answer = g_strdup_printf (
        "\"headers\":{\"Location\":\"http://127.0.0.1:43117/callback/tiktok/?error=%s\"}", row->error);
  else if (i <= 3)
    answer = g_strdup_printf ("\"body\":{\"error\":\"%s\",\"error_description\":\"No.\",\"log_id\":\"L1\"}",
                              row->error);
  else if (g_str_equal (row->error, "5xx"))
    answer = g_strdup ("\"body\":\"<html>Bad gateway</html>\"");
  else
    answer = g_strdup_printf (
        "\"body\":{\"data\":{},\"error\":{\"code\":\"%s\",\"message\":\"No.\",\"log_id\":\"L1\"}}",
        row->error);
  peal_test_practice_set (table->practice, "faults", "{\"endpoint\":\"%s\",\"status\":%u,%s}",
                          endpoints[i].endpoint, row->status, answer);
}

/* TRUE where the row came out as it should; prints it either way. */
static gboolean
check_row (PealTestTable *table, const Row *row)
{
  const char *reason = row->reason != NULL ? row->reason : row->error;
  g_autoptr (PealTestOutcome) outcome = NULL;
  gboolean with_log_id = !g_str_equal (row->call, "authorize") && !g_str_equal (row->call, "upload")
                         && !g_str_equal (row->error, "5xx");
  gboolean ok;

  peal_test_table_reset (table);
  if (row->rule != NULL)
    peal_test_rule_find (row->rule) (table);
  else
    script (table, row);
  outcome = peal_test_table_call (table, row->call);
  ok = outcome->status == row->status && g_str_equal (outcome->code, row->code)
       && g_str_equal (outcome->reason, reason) && outcome->has_log_id == with_log_id;
  g_test_message ("%-9s %-50s %-29s %u %-15s %s%s", row->call, row->error,
                  row->rule != NULL ? row->rule : "(scripted)", outcome->status, outcome->code,
                  outcome->reason, ok ? "" : "  <- WRONG");

  return ok;
}

static void
test_errors (void)
{
  g_autoptr (PealTestTable) table = peal_test_table_new ();
  g_autoptr (GHashTable) hit = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_wrong = 0;
  guint n_missing = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (check_row (table, &rows[i]))
      g_hash_table_add (hit, g_strdup_printf ("%s %s", rows[i].call, rows[i].error));
    else
      n_wrong++;
  for (gsize i = 0; i < G_N_ELEMENTS (documented); i++)
    {
      g_auto (GStrv) errors = g_strsplit (documented[i].errors, " ", -1);

      for (gsize j = 0; errors[j] != NULL; j++)
        {
          g_autofree char *key = g_strdup_printf ("%s %s", documented[i].call, errors[j]);

          if (!g_hash_table_contains (hit, key))
            {
              g_test_message ("not hit: %s", key);
              n_missing++;
            }
        }
    }
  g_test_message ("%u rows hit", g_hash_table_size (hit));
  g_assert_cmpuint (n_wrong, ==, 0);
  g_assert_cmpuint (n_missing, ==, 0);
}

static void
test_fail_reasons (void)
{
  g_autoptr (PealTestTable) table = peal_test_table_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (fail_reasons); i++)
    {
      g_autoptr (PealTestOutcome) outcome = NULL;

      peal_test_table_reset (table);
      peal_test_practice_set (table->practice, "creators/mara.bakes", "{\"next_fail_reason\":\"%s\"}",
                              fail_reasons[i]);
      peal_test_table_publish (table);
      outcome = peal_test_table_call (table, "status");
      g_test_message ("status    FAILED %-43s next_fail_reason              %u %s %s", fail_reasons[i],
                      outcome->status, outcome->code, outcome->reason);
      g_assert_cmpstr (outcome->code, ==, "FAILED");
      g_assert_cmpstr (outcome->reason, ==, fail_reasons[i]);
    }
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/errors", test_errors);
  g_test_add_func ("/table/fail-reasons", test_fail_reasons);

  return g_test_run ();
}
