/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-test-rules.h"

#include "peal-secret-access.h"

static void
deny (PealTestTable *table)
{
  peal_test_practice_set (table->practice, "settings", "{\"auto_consent_deny\":true}");
}

static void
use_wrong_secret (PealTestTable *table)
{
  g_autoptr (PealSecret) secret = peal_secret_new ("wrong");
  g_autoptr (PealAppCredentials) app = peal_app_credentials_new (table->app->client_key, secret);

  peal_test_table_authorize (table);
  g_clear_pointer (&table->app, peal_app_credentials_free);
  table->app = g_steal_pointer (&app);
}

/* The sign-in has used it up. */
static void
use_code_twice (PealTestTable *table)
{
}

static void
use_code_twice_http_200 (PealTestTable *table)
{
  peal_test_practice_set (table->practice, "settings", "{\"oauth_errors_http_200\":true}");
}

static void
use_wrong_verifier (PealTestTable *table)
{
  peal_test_table_authorize (table);
  g_clear_pointer (&table->sign_in, peal_sign_in_free);
  table->sign_in = peal_sign_in_new ("http://127.0.0.1:43117/callback/tiktok/");
}

static void
use_dead_refresh_token (PealTestTable *table)
{
  g_autoptr (PealTestOutcome) first = peal_test_table_call (table, "refresh");

  g_assert_cmpstr (first->code, ==, "ok");
}

static void
use_dead_token (PealTestTable *table)
{
  peal_test_practice_set (table->practice, "clock/advance", "{\"seconds\":7201}");
}

static void
use_unknown_token (PealTestTable *table)
{
  g_autoptr (PealSecret) token = peal_secret_new ("act.nobody");

  g_clear_pointer (&table->access, peal_access_free);
  table->access = peal_access_new ("open", PEAL_SCOPE_ALL, token);
}

static void
grant_little (PealTestTable *table)
{
  peal_test_table_sign_in (table, "practice-desktop", "mara.bakes", "user.info.basic");
}

static void
grant_little_and_miss_fields (PealTestTable *table)
{
  grant_little (table);
  peal_test_practice_set (table->practice, "settings",
                          "{\"missing_scope_fields\":\"scope_permission_missed\"}");
}

static void
plan_too_many_chunks (PealTestTable *table)
{
  table->plan = (PealChunkPlan){ 66259900, 10000000, 7 };
}

static void
plan_too_many_chunks_singular (PealTestTable *table)
{
  plan_too_many_chunks (table);
  peal_test_practice_set (table->practice, "settings", "{\"singular_invalid_param\":true}");
}

static void
be_barred (PealTestTable *table)
{
  peal_test_table_sign_in (table, "practice-desktop", "barred.bo", NULL);
}

static void
be_capped (PealTestTable *table)
{
  peal_test_table_sign_in (table, "practice-desktop", "capped.cleo", NULL);
}

static void
come_after_another (PealTestTable *table)
{
  peal_test_table_sign_in (table, "practice-desktop", "linh.draws", NULL);
  peal_test_table_publish (table);
  peal_test_practice_set (table->practice, "settings", "{\"active_user_cap\":1}");
  peal_test_table_sign_in (table, "practice-desktop", "mara.bakes", NULL);
}

static void
be_public_and_unaudited (PealTestTable *table)
{
  peal_test_table_sign_in (table, "practice-unaudited", "mara.bakes", NULL);
}

static void
choose_what_is_not_on_offer (PealTestTable *table)
{
  g_set_str (&table->options->privacy_level, "FOLLOWER_OF_CREATOR");
}

static void
leave_five_drafts (PealTestTable *table)
{
  table->options->share_type = PEAL_SHARE_INBOX;
  for (int i = 0; i < 5; i++)
    {
      peal_test_table_publish (table);
      peal_test_table_renew_client (table);
    }
}

static void
ask_for_another_users_post (PealTestTable *table)
{
  peal_test_table_sign_in (table, "practice-desktop", "linh.draws", NULL);
  peal_test_table_publish (table);
  peal_test_table_sign_in (table, "practice-desktop", "mara.bakes", NULL);
}

static void
ask_for_no_post (PealTestTable *table)
{
}

/* Each time as another program would: our own buckets would not let it come to this. */
static void
hurry (PealTestTable *table, const char *call, guint n_calls)
{
  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (PealTestOutcome) outcome = peal_test_table_call (table, call);

      g_assert_cmpstr (outcome->code, !=, "RATE_LIMITED");
      peal_test_table_renew_client (table);
    }
}

static void
hurry_user (PealTestTable *table)
{
  hurry (table, "user", 600);
}

static void
hurry_list (PealTestTable *table)
{
  hurry (table, "list", 600);
}

static void
hurry_query (PealTestTable *table)
{
  hurry (table, "query", 600);
}

static void
hurry_creator (PealTestTable *table)
{
  hurry (table, "creator", 20);
}

static void
hurry_init (PealTestTable *table)
{
  plan_too_many_chunks (table);
  hurry (table, "init", 6);
}

static void
hurry_inbox (PealTestTable *table)
{
  plan_too_many_chunks (table);
  hurry (table, "inbox", 6);
}

static void
hurry_status (PealTestTable *table)
{
  hurry (table, "status", 30);
}

/* Uploads */

static void
upload_first (PealTestTable *table)
{
  table->plan = (PealChunkPlan){ 15000000, 5000000, 3 };
  peal_test_table_init (table);
}

static void
upload_all (PealTestTable *table)
{
  peal_test_table_init (table);
}

static void
upload_out_of_order (PealTestTable *table)
{
  upload_first (table);
  table->chunk = 1;
}

static void
upload_as_text (PealTestTable *table)
{
  upload_first (table);
  table->content_type = "text/plain";
}

static void
upload_late (PealTestTable *table)
{
  upload_first (table);
  peal_test_practice_set (table->practice, "clock/advance", "{\"seconds\":3601}");
}

static void
upload_to_nowhere (PealTestTable *table)
{
  g_autoptr (GString) url = NULL;

  upload_first (table);
  url = g_string_new (peal_secret_peek (table->ticket->upload_url));
  g_assert_cmpuint (g_string_replace (url, "upload_id=", "upload_id=1", 1), ==, 1);
  g_clear_pointer (&table->ticket->upload_url, peal_secret_unref);
  table->ticket->upload_url = peal_secret_new (url->str);
}

static void
upload_into_trouble (PealTestTable *table)
{
  upload_first (table);
  peal_test_practice_set (table->practice, "faults",
                          "{\"endpoint\":\"upload\",\"status\":502,\"body\":\"<html>\"}");
}

static const struct
{
  const char *name;
  PealTestRule rule;
} rules[] = {
  { "deny", deny },
  { "use_wrong_secret", use_wrong_secret },
  { "use_code_twice", use_code_twice },
  { "use_code_twice_http_200", use_code_twice_http_200 },
  { "use_wrong_verifier", use_wrong_verifier },
  { "use_dead_refresh_token", use_dead_refresh_token },
  { "use_dead_token", use_dead_token },
  { "use_unknown_token", use_unknown_token },
  { "grant_little", grant_little },
  { "grant_little_and_miss_fields", grant_little_and_miss_fields },
  { "plan_too_many_chunks", plan_too_many_chunks },
  { "plan_too_many_chunks_singular", plan_too_many_chunks_singular },
  { "be_barred", be_barred },
  { "be_capped", be_capped },
  { "come_after_another", come_after_another },
  { "be_public_and_unaudited", be_public_and_unaudited },
  { "choose_what_is_not_on_offer", choose_what_is_not_on_offer },
  { "leave_five_drafts", leave_five_drafts },
  { "ask_for_another_users_post", ask_for_another_users_post },
  { "ask_for_no_post", ask_for_no_post },
  { "hurry_user", hurry_user },
  { "hurry_list", hurry_list },
  { "hurry_query", hurry_query },
  { "hurry_creator", hurry_creator },
  { "hurry_init", hurry_init },
  { "hurry_inbox", hurry_inbox },
  { "hurry_status", hurry_status },
  { "upload_first", upload_first },
  { "upload_all", upload_all },
  { "upload_out_of_order", upload_out_of_order },
  { "upload_as_text", upload_as_text },
  { "upload_late", upload_late },
  { "upload_to_nowhere", upload_to_nowhere },
  { "upload_into_trouble", upload_into_trouble },
};

PealTestRule
peal_test_rule_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].name, name))
      return rules[i].rule;
  g_error ("No rule %s", name);
}
