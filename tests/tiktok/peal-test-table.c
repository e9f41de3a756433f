/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-test-table.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "peal-permit-private.h"
#include "peal-redirect-query.h"
#include "peal-test-client.h"
#include "peal-test-fiber.h"
#include "peal-tiktok-user.h"
#include "peal-tiktok-videos.h"
#include "peal-upload.h"

#define REDIRECT_URI "http://127.0.0.1:43117/callback/tiktok/"
#define SMALL_BYTES 1000

static const struct
{
  const char *client_key, *client_secret;
} apps[] = {
  { "practice-desktop", "practice-secret" },
  { "practice-unaudited", "practice-unaudited-secret" },
};

PealTestTable *
peal_test_table_new (void)
{
  PealTestTable *self = g_new0 (PealTestTable, 1);

  self->practice = peal_test_practice_new ();

  return self;
}

static void
forget (PealTestTable *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->app, peal_app_credentials_free);
  g_clear_pointer (&self->sign_in, peal_sign_in_free);
  g_clear_pointer (&self->code, peal_secret_unref);
  g_clear_pointer (&self->tokens, peal_tokens_free);
  g_clear_pointer (&self->access, peal_access_free);
  g_clear_pointer (&self->ticket, peal_upload_ticket_free);
}

void
peal_test_table_free (PealTestTable *self)
{
  if (self == NULL)
    return;
  forget (self);
  g_clear_pointer (&self->practice, peal_test_practice_free);
  g_clear_pointer (&self->options, peal_post_options_free);
  g_clear_pointer (&self->publish_id, g_free);
  g_clear_pointer (&self, g_free);
}

void
peal_test_table_reset (PealTestTable *self)
{
  peal_test_practice_clear_faults (self->practice);
  peal_test_practice_set (self->practice, "settings",
                          "{\"active_user_cap\":0,\"singular_invalid_param\":false,\"validate_media\":false,"
                          "\"missing_scope_fields\":\"scope_not_authorized\",\"oauth_errors_http_200\":false,"
                          "\"auto_consent_deny\":false}");
  /* A day, and a bit: no count of the row before is left. */
  peal_test_practice_set (self->practice, "clock/advance", "{\"seconds\":90000}");
  g_clear_pointer (&self->options, peal_post_options_free);
  self->options = peal_post_options_new ();
  g_set_str (&self->options->privacy_level, "SELF_ONLY");
  self->plan = (PealChunkPlan){ SMALL_BYTES, SMALL_BYTES, 1 };
  g_set_str (&self->publish_id, "v_pub_file~v2-1.1");
  self->chunk = 0;
  self->content_type = "video/mp4";
  peal_test_table_sign_in (self, "practice-desktop", "mara.bakes", NULL);
}

void
peal_test_table_authorize (PealTestTable *self)
{
  g_autofree char *url =
      peal_tiktok_dup_authorize_url (self->client, self->app->client_key, PEAL_SCOPE_ALL, self->sign_in);
  g_autoptr (PealTestPage) page = peal_test_practice_browse (self->practice, url);
  g_autoptr (PealRedirectQuery) query = NULL;

  g_assert_nonnull (page->location);
  query = peal_redirect_query_parse (page->location + strlen (REDIRECT_URI "?"));
  g_clear_pointer (&self->code, peal_secret_unref);
  self->code = peal_secret_ref (query->code);
}

void
peal_test_table_sign_in (PealTestTable *self,
                         const char *client_key,
                         const char *username,
                         const char *scopes)
{
  g_autoptr (PealSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *list = scopes != NULL ? g_strdup_printf ("\"%s\"", scopes) : g_strdup ("null");
  gsize app = 0;

  forget (self);
  while (!g_str_equal (apps[app].client_key, client_key))
    app++;
  peal_test_practice_set (self->practice, "settings",
                          "{\"auto_consent_creator\":\"%s\",\"auto_consent_scopes\":%s}", username, list);
  secret = peal_secret_new (apps[app].client_secret);
  self->client = peal_test_practice_new_client (self->practice);
  self->app = peal_app_credentials_new (client_key, secret);
  self->sign_in = peal_sign_in_new (REDIRECT_URI);
  peal_test_table_authorize (self);
  self->tokens = peal_test_await_boxed (
      peal_tiktok_exchange_code (self->client, self->app, self->sign_in, self->code, NULL), &error);
  g_assert_no_error (error);
  self->access = peal_access_new (self->tokens->open_id, PEAL_SCOPE_ALL, self->tokens->access_token);
}

void
peal_test_table_renew_client (PealTestTable *self)
{
  g_clear_object (&self->client);
  self->client = peal_test_practice_new_client (self->practice);
}

void
peal_test_table_init (PealTestTable *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->ticket, peal_upload_ticket_free);
  self->ticket =
      peal_test_await_boxed (peal_tiktok_init_video (self->client, self->access, peal_init_permit_new (),
                                                     self->options, &self->plan, NULL),
                             &error);
  g_assert_no_error (error);
  g_set_str (&self->publish_id, self->ticket->publish_id);
}

void
peal_test_table_publish (PealTestTable *self)
{
  g_autoptr (PealTestOutcome) sent = NULL;

  peal_test_table_init (self);
  sent = peal_test_table_call (self, "upload");
  g_assert_cmpuint (sent->status, ==, 201);
  peal_test_practice_set (self->practice, "clock/advance", "{\"seconds\":300}");
}

/* Outcomes */

static PealTestOutcome *
outcome_new (guint status, const char *code, const char *reason, const char *log_id)
{
  PealTestOutcome *self = g_new0 (PealTestOutcome, 1);

  self->status = status;
  self->code = g_strdup (code);
  self->reason = g_strdup (reason != NULL ? reason : "");
  self->has_log_id = log_id != NULL;

  return self;
}

static PealTestOutcome *
outcome_new_for_error (const GError *error)
{
  static const char *const names[] = {
    "NETWORK", "RATE_LIMITED", "SERVER", "AUTH", "SCOPE", "REJECTED", "PROTOCOL", "OUTCOME_UNKNOWN",
  };

  g_assert_true (error->domain == PEAL_ERROR);
  g_assert_cmpint (error->code, <, (int)G_N_ELEMENTS (names));

  return outcome_new (peal_error_get_http_status (error), names[error->code], peal_error_get_reason (error),
                      peal_error_get_log_id (error));
}

void
peal_test_outcome_free (PealTestOutcome *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self, g_free);
}

/* The calls */

static PealTestOutcome *
call_authorize (PealTestTable *self)
{
  g_autofree char *url =
      peal_tiktok_dup_authorize_url (self->client, self->app->client_key, PEAL_SCOPE_ALL, self->sign_in);
  g_autoptr (PealTestPage) page = peal_test_practice_browse (self->practice, url);
  g_autoptr (PealRedirectQuery) query =
      page->location != NULL ? peal_redirect_query_parse (strchr (page->location, '?') + 1) : NULL;

  return outcome_new (page->status, query != NULL && query->error != NULL ? "REJECTED" : "ok",
                      query != NULL ? query->error : NULL, NULL);
}

static PealTestOutcome *
call_upload (PealTestTable *self)
{
  g_autofree char *name = NULL;
  g_autofd int fd = g_file_open_tmp ("peal-table-XXXXXX", &name, NULL);
  g_autoptr (PealUpload) upload = NULL;
  g_autoptr (PealChunkAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (ftruncate (fd, self->plan.video_size), ==, 0);
  g_unlink (name);
  upload = peal_upload_new (self->client, self->ticket, fd, &self->plan, self->content_type);
  answer = peal_test_await_boxed (
      self->chunk == self->plan.count - 1
          ? peal_upload_send_last_chunk (upload, peal_final_permit_new (self->ticket->publish_id))
          : peal_upload_send_chunk (upload, self->chunk, NULL),
      &error);
  if (answer == NULL)
    return outcome_new_for_error (error);

  return outcome_new (answer->http_status, "ok", NULL, NULL);
}

static DexFuture *
start (PealTestTable *self, const char *call)
{
  static const char *const ids[] = { "7571234567890123456", NULL };

  if (g_str_equal (call, "exchange"))
    return peal_tiktok_exchange_code (self->client, self->app, self->sign_in, self->code, NULL);
  if (g_str_equal (call, "refresh"))
    return peal_tiktok_refresh (self->client, self->app, self->tokens->refresh_token, NULL);
  if (g_str_equal (call, "revoke"))
    return peal_tiktok_revoke (self->client, self->app, self->tokens->access_token, NULL);
  if (g_str_equal (call, "user"))
    return peal_tiktok_fetch_user (self->client, self->access, NULL);
  if (g_str_equal (call, "list"))
    return peal_tiktok_list_videos (self->client, self->access, 0, NULL);
  if (g_str_equal (call, "query"))
    return peal_tiktok_query_videos (self->client, self->access, ids, NULL);
  if (g_str_equal (call, "creator"))
    return peal_tiktok_query_creator (self->client, self->access, NULL);
  if (g_str_equal (call, "status"))
    return peal_tiktok_fetch_status (self->client, self->access, self->publish_id, NULL);
  self->options->share_type = g_str_equal (call, "inbox") ? PEAL_SHARE_INBOX : PEAL_SHARE_DIRECT;

  return peal_tiktok_init_video (self->client, self->access, peal_init_permit_new (), self->options,
                                 &self->plan, NULL);
}

PealTestOutcome *
peal_test_table_call (PealTestTable *self, const char *call)
{
  g_autoptr (DexFuture) done = NULL;
  g_autoptr (GError) error = NULL;
  const GValue *value;

  if (g_str_equal (call, "authorize"))
    return call_authorize (self);
  if (g_str_equal (call, "upload"))
    return call_upload (self);
  done = peal_test_await (start (self, call));
  if (!(value = dex_future_get_value (done, &error)))
    return outcome_new_for_error (error);
  if (G_VALUE_HOLDS (value, PEAL_TYPE_PUBLISH_STATUS))
    {
      const PealPublishStatus *status = g_value_get_boxed (value);

      return outcome_new (200, status->raw, status->fail_reason, status->log_id);
    }

  return outcome_new (200, "ok", NULL, NULL);
}
