/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-tiktok-oauth.h"

#include "peal-answers.h"
#include "peal-error.h"
#include "peal-json-reader.h"
#include "peal-fiber.h"
#include "peal-random.h"
#include "peal-request.h"
#include "peal-tiktok-client-private.h"

#define STATE_LENGTH 43 /* 256 bits */
#define VERIFIER_LENGTH 64
#define TOKEN_MAX_BYTES 4096
#define OPEN_ID_MAX_BYTES 256
#define SCOPE_MAX_BYTES 4096
/* The shortest life that the documents name, for an answer that names none. */
#define SHORTEST_LIFE_S (2 * 60 * 60)
#define LONGEST_LIFE_S (G_GINT64_CONSTANT (10) * 365 * 24 * 60 * 60)

G_DEFINE_BOXED_TYPE (PealSignIn, peal_sign_in, peal_sign_in_copy, peal_sign_in_free)

typedef enum
{
  GRANT_CODE,
  GRANT_REFRESH,
  GRANT_NONE, /* revoke */
} Grant;

typedef struct
{
  PealTiktokClient *client;
  PealForm *form;
  Grant grant;
  GCancellable *cancellable;
} TokenCall;

static void
token_call_free (gpointer data)
{
  TokenCall *self = data;

  g_clear_object (&self->client);
  g_clear_pointer (&self->form, peal_form_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self, g_free);
}

static TokenCall *
token_call_new (PealTiktokClient *client,
                const PealAppCredentials *app,
                Grant grant,
                GCancellable *cancellable)
{
  TokenCall *self = g_new0 (TokenCall, 1);

  self->client = g_object_ref (client);
  self->grant = grant;
  g_set_object (&self->cancellable, cancellable);
  self->form = peal_form_new ();
  peal_form_add (self->form, "client_key", app->client_key);
  peal_form_add_secret (self->form, "client_secret", app->client_secret);

  return self;
}

static gint64
clamp_life_us (gint64 seconds)
{
  return MIN (seconds, LONGEST_LIFE_S) * G_USEC_PER_SEC;
}

/* What a sign-in must bring to be of any use; a refresh may leave out what stays as it was. */
static GError *
check_tokens (const PealTokens *tokens, const PealReply *reply, gboolean is_sign_in)
{
  const char *type = peal_json_get_string (reply->data, "token_type", 64);

  if (tokens->access_token == NULL)
    return peal_reply_new_error (reply, TRUE, "token_answer", "The access token cannot be read");
  if (type != NULL && g_ascii_strcasecmp (type, "Bearer") != 0)
    return peal_reply_new_error (reply, FALSE, "token_answer", "The token is of another type than Bearer");
  if (is_sign_in
      && (tokens->open_id == NULL || tokens->refresh_token == NULL || tokens->scopes == PEAL_SCOPE_NONE))
    return peal_reply_new_error (reply, FALSE, "token_answer",
                                 "The answer lacks account, scopes or refresh token");

  return NULL;
}

PealTokens *
peal_answer_read_tokens (const PealReply *reply, gboolean is_sign_in, GError **error)
{
  g_autoptr (PealTokens) tokens = g_new0 (PealTokens, 1);
  g_autoptr (GError) verdict = NULL;
  gint64 expires_in_s = peal_json_get_count (reply->data, "expires_in");
  gint64 refresh_expires_in_s = peal_json_get_count (reply->data, "refresh_expires_in");

  tokens->open_id = peal_json_dup_ascii (reply->data, "open_id", OPEN_ID_MAX_BYTES);
  tokens->scopes =
      peal_scopes_from_string (peal_json_get_string (reply->data, "scope", SCOPE_MAX_BYTES) ?: "");
  tokens->access_token = peal_json_dup_secret (reply->data, "access_token", TOKEN_MAX_BYTES);
  tokens->refresh_token = peal_json_dup_secret (reply->data, "refresh_token", TOKEN_MAX_BYTES);
  tokens->obtained_at_us = reply->received_at_us;
  tokens->access_expires_at_us =
      reply->received_at_us + clamp_life_us (expires_in_s >= 0 ? expires_in_s : SHORTEST_LIFE_S);
  tokens->refresh_expires_at_us =
      refresh_expires_in_s >= 0 ? reply->received_at_us + clamp_life_us (refresh_expires_in_s) : -1;
  if ((verdict = check_tokens (tokens, reply, is_sign_in)) != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&verdict));
      return NULL;
    }

  return g_steal_pointer (&tokens);
}

/* A refresh token that TikTok does not take any more means that the sign-in is over. */
static GError *
translate_error (const GError *error, Grant grant)
{
  if (grant == GRANT_REFRESH && g_error_matches (error, PEAL_ERROR, PEAL_ERROR_REJECTED)
      && g_str_equal (peal_error_get_reason (error), "invalid_grant"))
    return peal_error_new_remote (PEAL_ERROR_AUTH, "invalid_grant", error->message,
                                  peal_error_get_log_id (error), peal_error_get_http_status (error), -1);

  return g_error_copy (error);
}

static DexFuture *
token_fiber (gpointer data)
{
  TokenCall *call = data;
  PealEndpoint endpoint = call->grant == GRANT_NONE ? PEAL_ENDPOINT_REVOKE : PEAL_ENDPOINT_TOKEN;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (PealReply) reply = NULL;
  g_autoptr (PealTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;

  message = peal_request_new_form (peal_tiktok_client_get_api_base (call->client), endpoint, call->form);
  if (!(reply = dex_await_boxed (peal_tiktok_client_call (call->client, endpoint, NULL,
                                                          g_steal_pointer (&message), call->cancellable),
                                 &error)))
    return dex_future_new_for_error (translate_error (error, call->grant));
  if (call->grant == GRANT_NONE)
    return dex_future_new_for_boolean (TRUE);

  if (!(tokens = peal_answer_read_tokens (reply, call->grant == GRANT_CODE, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (PEAL_TYPE_TOKENS, g_steal_pointer (&tokens));
}

static DexFuture *
token_call_spawn (TokenCall *call)
{
  return peal_fiber_spawn_to_end (token_fiber, call, token_call_free);
}

static gboolean
is_app (const PealAppCredentials *app)
{
  return app != NULL && app->client_key != NULL && app->client_secret != NULL;
}

PealSignIn *
peal_sign_in_new (const char *redirect_uri)
{
  g_autoptr (PealSignIn) self = NULL;

  g_return_val_if_fail (redirect_uri != NULL, NULL);

  self = g_new0 (PealSignIn, 1);
  self->state = peal_secret_new_take (peal_random_text (STATE_LENGTH));
  self->verifier = peal_secret_new_take (peal_random_text (VERIFIER_LENGTH));
  self->redirect_uri = g_strdup (redirect_uri);

  return g_steal_pointer (&self);
}

PealSignIn *
peal_sign_in_copy (const PealSignIn *self)
{
  PealSignIn *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (PealSignIn, 1);
  copy->state = peal_secret_ref (self->state);
  copy->verifier = peal_secret_ref (self->verifier);
  copy->redirect_uri = g_strdup (self->redirect_uri);

  return copy;
}

void
peal_sign_in_free (PealSignIn *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->state, peal_secret_unref);
  g_clear_pointer (&self->verifier, peal_secret_unref);
  g_clear_pointer (&self->redirect_uri, g_free);
  g_clear_pointer (&self, g_free);
}

char *
peal_pkce_challenge (const char *verifier)
{
  g_return_val_if_fail (verifier != NULL, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, verifier, -1);
}

char *
peal_tiktok_dup_authorize_url (PealTiktokClient *self,
                               const char *client_key,
                               PealScopes scopes,
                               const PealSignIn *sign_in)
{
  g_return_val_if_fail (PEAL_IS_TIKTOK_CLIENT (self), NULL);
  g_return_val_if_fail (client_key != NULL, NULL);
  g_return_val_if_fail (sign_in != NULL, NULL);

  return peal_request_dup_authorize_url (peal_tiktok_client_get_authorize_base (self), client_key, scopes,
                                         sign_in);
}

DexFuture *
peal_tiktok_exchange_code (PealTiktokClient *self,
                           const PealAppCredentials *app,
                           const PealSignIn *sign_in,
                           PealSecret *code,
                           GCancellable *cancellable)
{
  TokenCall *call;

  dex_return_error_if_fail (PEAL_IS_TIKTOK_CLIENT (self));
  dex_return_error_if_fail (is_app (app));
  dex_return_error_if_fail (sign_in != NULL);
  dex_return_error_if_fail (code != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  call = token_call_new (self, app, GRANT_CODE, cancellable);
  peal_form_add_secret (call->form, "code", code);
  peal_form_add (call->form, "grant_type", "authorization_code");
  peal_form_add (call->form, "redirect_uri", sign_in->redirect_uri);
  peal_form_add_secret (call->form, "code_verifier", sign_in->verifier);

  return token_call_spawn (call);
}

DexFuture *
peal_tiktok_refresh (PealTiktokClient *self,
                     const PealAppCredentials *app,
                     PealSecret *refresh_token,
                     GCancellable *cancellable)
{
  TokenCall *call;

  dex_return_error_if_fail (PEAL_IS_TIKTOK_CLIENT (self));
  dex_return_error_if_fail (is_app (app));
  dex_return_error_if_fail (refresh_token != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  call = token_call_new (self, app, GRANT_REFRESH, cancellable);
  peal_form_add (call->form, "grant_type", "refresh_token");
  peal_form_add_secret (call->form, "refresh_token", refresh_token);

  return token_call_spawn (call);
}

DexFuture *
peal_tiktok_revoke (PealTiktokClient *self,
                    const PealAppCredentials *app,
                    PealSecret *access_token,
                    GCancellable *cancellable)
{
  TokenCall *call;

  dex_return_error_if_fail (PEAL_IS_TIKTOK_CLIENT (self));
  dex_return_error_if_fail (is_app (app));
  dex_return_error_if_fail (access_token != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  call = token_call_new (self, app, GRANT_NONE, cancellable);
  peal_form_add_secret (call->form, "token", access_token);

  return token_call_spawn (call);
}
