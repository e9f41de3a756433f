/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-handlers.h"

#include "peal-practice-random.h"

static const char *
get_field (GHashTable *form, const char *name)
{
  const char *value = g_hash_table_lookup (form, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

static void
refuse_malformed (PealPracticeCall *call, guint status)
{
  peal_practice_call_oauth_error (call, status, "invalid_request", "The request parameters are malformed.");
}

/* Answers unless the client is known by key and secret. Statuses as recorded: missing credentials come with
 * 200, wrong ones too. */
static const PealPracticeApp *
check_client (PealPracticeCall *call, GHashTable *form)
{
  const char *key = get_field (form, "client_key");
  const char *secret = get_field (form, "client_secret");
  const PealPracticeApp *app = peal_practice_app_find (key);

  if (key == NULL || secret == NULL)
    refuse_malformed (call, 200);
  else if (app == NULL || !peal_practice_secret_equal (app->client_secret, secret))
    {
      peal_practice_call_oauth_error (call, 200, "invalid_client", "Client key or secret is incorrect.");
      return NULL;
    }
  return key != NULL && secret != NULL ? app : NULL;
}

static void
answer_tokens (PealPracticeCall *call, PealPracticeGrant *grant, const PealPracticeToken *refresh)
{
  PealPracticeWorld *world = call->world;
  const PealPracticeSettings *settings = &world->settings;
  gint64 now = peal_practice_world_now (world);
  g_autofree char *open_id = peal_practice_creator_dup_open_id (grant->creator, grant->app);
  const PealPracticeToken *access;
  JsonObject *object = json_object_new ();

  access = peal_practice_access_add_token (world->access, grant, FALSE,
                                           now + settings->access_token_lifetime * G_USEC_PER_SEC);
  if (refresh == NULL)
    refresh = peal_practice_access_add_token (world->access, grant, TRUE,
                                              now + settings->refresh_token_lifetime * G_USEC_PER_SEC);
  json_object_set_string_member (object, "access_token", access->value);
  json_object_set_int_member (object, "expires_in", settings->access_token_lifetime);
  json_object_set_string_member (object, "open_id", open_id);
  json_object_set_int_member (object, "refresh_expires_in", (refresh->expires - now) / G_USEC_PER_SEC);
  json_object_set_string_member (object, "refresh_token", refresh->value);
  json_object_set_string_member (object, "scope", grant->scopes);
  json_object_set_string_member (object, "token_type", "Bearer");
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Cache-Control",
                                "no-store");
  peal_practice_world_touch (world);
  peal_practice_call_json (call, 200, object);
}

static gboolean
is_verifier_right (const PealPracticeCode *code, const char *verifier)
{
  g_autofree char *digest = NULL;

  if (!code->app->is_desktop)
    return TRUE;
  if (verifier == NULL || code->challenge == NULL)
    return FALSE;
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, verifier, -1);
  return g_str_equal (digest, code->challenge);
}

static void
exchange_code (PealPracticeCall *call, GHashTable *form, const PealPracticeApp *app)
{
  const char *value = get_field (form, "code");
  const char *redirect_uri = get_field (form, "redirect_uri");
  PealPracticeCode *code;

  if (value == NULL || redirect_uri == NULL)
    {
      refuse_malformed (call, 400);
      return;
    }
  code = peal_practice_access_find_code (call->world->access, value);
  if (code == NULL || code->is_used || code->app != app
      || code->expires <= peal_practice_world_now (call->world))
    peal_practice_call_oauth_error (call, 400, "invalid_grant", "Authorization code is expired.");
  else if (!g_str_equal (code->redirect_uri, redirect_uri))
    peal_practice_call_oauth_error (call, 400, "invalid_request",
                                    "Redirect_uri is not matched with the uri when requesting code.");
  else if (!is_verifier_right (code, get_field (form, "code_verifier")))
    peal_practice_call_oauth_error (call, 400, "invalid_request",
                                    "Code verifier or code challenge is invalid.");
  else
    {
      code->is_used = TRUE;
      answer_tokens (
          call, peal_practice_access_add_grant (call->world->access, app, code->creator, code->scopes), NULL);
    }
}

static void
refresh_tokens (PealPracticeCall *call, GHashTable *form, const PealPracticeApp *app)
{
  PealPracticeWorld *world = call->world;
  const char *value = get_field (form, "refresh_token");
  const PealPracticeToken *token;
  PealPracticeGrant *grant;

  if (value == NULL)
    {
      refuse_malformed (call, 400);
      return;
    }
  token = peal_practice_access_find_token (world->access, value, TRUE, peal_practice_world_now (world));
  if (token == NULL || token->grant->app != app)
    {
      peal_practice_call_oauth_error (call, 400, "invalid_grant", "Refresh token is invalid or expired.");
      return;
    }
  grant = token->grant;
  if (world->settings.refresh_kills_access)
    peal_practice_access_drop_access_tokens (world->access, grant);
  if (world->settings.refresh_rotates)
    {
      peal_practice_access_drop_token (world->access, value);
      token = NULL;
    }
  answer_tokens (call, grant, token);
}

void
peal_practice_oauth_token (PealPracticeCall *call)
{
  g_autoptr (GHashTable) form = peal_practice_call_dup_form (call);
  const PealPracticeApp *app;
  const char *type;

  if (form == NULL)
    {
      refuse_malformed (call, 400);
      return;
    }
  app = check_client (call, form);
  if (app == NULL)
    return;
  type = get_field (form, "grant_type");
  if (type == NULL)
    refuse_malformed (call, 400);
  else if (g_str_equal (type, "authorization_code"))
    exchange_code (call, form, app);
  else if (g_str_equal (type, "refresh_token"))
    refresh_tokens (call, form, app);
  else
    peal_practice_call_oauth_error (call, 400, "unsupported_grant_type", "The grant type is not supported.");
}

void
peal_practice_oauth_revoke (PealPracticeCall *call)
{
  PealPracticeWorld *world = call->world;
  g_autoptr (GHashTable) form = peal_practice_call_dup_form (call);
  const PealPracticeApp *app;
  const PealPracticeToken *token;
  const char *value;

  if (form == NULL)
    {
      refuse_malformed (call, 400);
      return;
    }
  app = check_client (call, form);
  if (app == NULL)
    return;
  value = get_field (form, "token");
  if (value == NULL)
    {
      refuse_malformed (call, 400);
      return;
    }
  token = peal_practice_access_find_token (world->access, value, FALSE, peal_practice_world_now (world));
  if (token == NULL || token->grant->app != app)
    {
      /* Recorded with 200. */
      peal_practice_call_oauth_error (call, 200, "invalid_grant", "Access token is invalid or expired.");
      return;
    }
  peal_practice_world_revoke (world, app, token->grant->creator);
  peal_practice_call_json (call, 200, json_object_new ());
}
