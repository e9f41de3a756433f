/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-envelope.h"

#include <string.h>

#include "peal-http-headers.h"
#include "peal-json-reader.h"
#include "peal-text.h"

#define CODE_MAX_BYTES 100
#define LOG_ID_MAX_BYTES 128
#define MESSAGE_MAX_BYTES 16384
#define TOKEN_MAX_BYTES 4096

G_DEFINE_BOXED_TYPE (PealReply, peal_reply, peal_reply_copy, peal_reply_free)

/* Whatever is not listed is REJECTED, unless its HTTP status says more. */
static const struct
{
  const char *code;
  PealErrorCode error;
} known_codes[] = {
  { "access_token_invalid", PEAL_ERROR_AUTH },
  { "access_token_expired", PEAL_ERROR_AUTH },
  { "scope_not_authorized", PEAL_ERROR_SCOPE },
  { "scope_permission_missed", PEAL_ERROR_SCOPE },
  { "rate_limit_exceeded", PEAL_ERROR_RATE_LIMITED },
  { "internal_error", PEAL_ERROR_SERVER },
  { "server_error", PEAL_ERROR_SERVER },
  { "temporarily_unavailable", PEAL_ERROR_SERVER },
  { "invalid_params", PEAL_ERROR_REJECTED },
  { "invalid_param", PEAL_ERROR_REJECTED },
  { "invalid_file_upload", PEAL_ERROR_REJECTED },
  { "spam_risk_too_many_posts", PEAL_ERROR_REJECTED },
  { "spam_risk_user_banned_from_posting", PEAL_ERROR_REJECTED },
  { "reached_active_user_cap", PEAL_ERROR_REJECTED },
  { "spam_risk_too_many_pending_share", PEAL_ERROR_REJECTED },
  { "unaudited_client_can_only_post_to_private_accounts", PEAL_ERROR_REJECTED },
  { "url_ownership_unverified", PEAL_ERROR_REJECTED },
  { "privacy_level_option_mismatch", PEAL_ERROR_REJECTED },
  { "app_version_check_failed", PEAL_ERROR_REJECTED },
  { "invalid_publish_id", PEAL_ERROR_REJECTED },
  { "token_not_authorized_for_specified_publish_id", PEAL_ERROR_REJECTED },
  { "publish_not_cancellable", PEAL_ERROR_REJECTED },
  { "access_denied", PEAL_ERROR_REJECTED },
  { "invalid_client", PEAL_ERROR_REJECTED },
  { "invalid_grant", PEAL_ERROR_REJECTED },
  { "invalid_request", PEAL_ERROR_REJECTED },
  { "invalid_scope", PEAL_ERROR_REJECTED },
  { "unauthorized_client", PEAL_ERROR_REJECTED },
  { "unsupported_grant_type", PEAL_ERROR_REJECTED },
  { "unsupported_response_type", PEAL_ERROR_REJECTED },
};

/* One answer while it is being read. Members point into @root. */
typedef struct
{
  const PealHttpAnswer *answer;
  PealEnvelopeKind kind;
  gboolean changes;
  gint64 now_us;
  JsonNode *root;
  JsonObject *object;
  const char *code; /* NULL where there is none */
  const char *message;
  char *log_id;
} Opening;

static gboolean
is_json (const PealHttpAnswer *answer)
{
  return g_strcmp0 (answer->media_type, "application/json") == 0;
}

static gboolean
is_success_status (guint status)
{
  return status >= 200 && status < 300;
}

/* By the status alone, where no word of TikTok's helps. 0 where it says nothing either. */
static PealErrorCode
map_status (guint status, PealErrorCode otherwise)
{
  if (status == 401)
    return PEAL_ERROR_AUTH;
  if (status == 429)
    return PEAL_ERROR_RATE_LIMITED;
  if (status >= 500)
    return PEAL_ERROR_SERVER;

  return otherwise;
}

PealErrorCode
peal_envelope_map_code (const char *code, guint http_status)
{
  PealErrorCode error = PEAL_ERROR_REJECTED;
  gboolean known = FALSE;

  for (gsize i = 0; !known && i < G_N_ELEMENTS (known_codes); i++)
    if ((known = g_strcmp0 (code, known_codes[i].code) == 0))
      error = known_codes[i].error;
  return known ? error : map_status (http_status, error);
}

static GError *
new_remote_error (Opening *self, PealErrorCode code, const char *reason, const char *message)
{
  gint64 retry_after_s = -1;

  if (code == PEAL_ERROR_RATE_LIMITED || code == PEAL_ERROR_SERVER)
    retry_after_s = peal_http_parse_retry_after (self->answer->retry_after, self->now_us);
  /* A server that failed while it was changing something may have changed it. */
  if (code == PEAL_ERROR_SERVER && self->changes && self->kind == PEAL_ENVELOPE_API)
    code = PEAL_ERROR_OUTCOME_UNKNOWN;

  return peal_error_new_remote (code, reason, message, self->log_id, self->answer->status, retry_after_s);
}

/* The answer is not one of TikTok's: a proxy, a portal, a cut line. */
static GError *
new_foreign_error (Opening *self, const char *reason, const char *message)
{
  guint status = self->answer->status;
  PealErrorCode code = map_status (status, PEAL_ERROR_PROTOCOL);

  if (self->changes && (code == PEAL_ERROR_PROTOCOL || code == PEAL_ERROR_SERVER))
    code = PEAL_ERROR_OUTCOME_UNKNOWN;
  if (code == PEAL_ERROR_RATE_LIMITED)
    reason = "rate_limit_exceeded";

  return new_remote_error (self, code, reason, message);
}

/* Finds code, message and log id in the shapes that were seen: an object "error", a text "error", or the bare
 * members without an envelope. */
static void
find_error (Opening *self)
{
  JsonObject *error = peal_json_get_object (self->object, "error");
  JsonObject *holder = error != NULL ? error : self->object;
  const char *log_id = NULL;

  if (error != NULL)
    self->code = peal_json_get_string (error, "code", CODE_MAX_BYTES);
  else if (!(self->code = peal_json_get_string (self->object, "error", CODE_MAX_BYTES)))
    self->code = peal_json_get_string (self->object, "code", CODE_MAX_BYTES);

  if (!(self->message = peal_json_get_string (holder, "message", MESSAGE_MAX_BYTES)))
    self->message = peal_json_get_string (holder, "error_description", MESSAGE_MAX_BYTES);

  if (!(log_id = peal_json_get_string (holder, "log_id", LOG_ID_MAX_BYTES))
      && !(log_id = peal_json_get_string (holder, "logid", LOG_ID_MAX_BYTES)))
    log_id = peal_json_get_string (self->object, "log_id", LOG_ID_MAX_BYTES);
  if (peal_text_is_word (log_id, LOG_ID_MAX_BYTES, "-_.~:"))
    self->log_id = g_strdup (log_id);
}

static GError *
new_code_error (Opening *self)
{
  g_autofree char *message = peal_text_dup_message (self->message);

  if (!peal_text_is_word (self->code, CODE_MAX_BYTES, "_.-"))
    return new_foreign_error (self, "unreadable_code", "The answer carries a code that cannot be read");
  if (message[0] == '\0')
    g_set_str (&message, self->code);

  return new_remote_error (self, peal_envelope_map_code (self->code, self->answer->status), self->code,
                           message);
}

static gboolean
has_error_code (Opening *self)
{
  return self->code != NULL && !g_str_equal (self->code, "ok");
}

static GError *
check_api (Opening *self)
{
  if (has_error_code (self))
    return new_code_error (self);
  if (self->code == NULL)
    return new_foreign_error (self, "no_code", "The answer has no code");
  if (!is_success_status (self->answer->status))
    return new_foreign_error (self, "status_mismatch", "The answer says ok, its status does not");
  if (!is_json (self->answer))
    return new_foreign_error (self, "not_json", "The answer is not declared as JSON");

  return NULL;
}

/* The body decides, whatever the status: errors were seen with HTTP 200. */
static GError *
check_token (Opening *self)
{
  if (has_error_code (self))
    return new_code_error (self);
  if (peal_json_get_string (self->object, "access_token", TOKEN_MAX_BYTES) == NULL)
    return new_foreign_error (self, "token_answer", "The answer carries no access token");
  if (!is_success_status (self->answer->status) || !is_json (self->answer))
    return new_foreign_error (self, "token_answer",
                              "The answer has a token, and a status or type that does not fit");

  return NULL;
}

static GError *
check_revoke (Opening *self)
{
  if (has_error_code (self))
    return new_code_error (self);
  if (!is_success_status (self->answer->status))
    return new_foreign_error (self, "revoke_answer", "The answer is not a success");

  return NULL;
}

static GError *
check_opening (Opening *self)
{
  const PealHttpAnswer *answer = self->answer;
  g_autoptr (GError) unreadable = NULL;

  if (answer->status >= 300 && answer->status < 400)
    return new_foreign_error (self, "redirect", "The server points elsewhere; such answers are not followed");
  if (self->kind == PEAL_ENVELOPE_REVOKE && answer->length == 0 && is_success_status (answer->status))
    return NULL;

  if (!(self->root = peal_json_parse (answer->data, answer->length, &unreadable)))
    return new_foreign_error (self, "not_json", "The answer is not JSON");
  self->object = json_node_get_object (self->root);
  find_error (self);

  switch (self->kind)
    {
    case PEAL_ENVELOPE_TOKEN:
      return check_token (self);
    case PEAL_ENVELOPE_REVOKE:
      return check_revoke (self);
    case PEAL_ENVELOPE_API:
    default:
      return check_api (self);
    }
}

PealReply *
peal_envelope_open (const PealHttpAnswer *answer,
                    PealEnvelopeKind kind,
                    gboolean changes,
                    gint64 received_at_us,
                    GError **error)
{
  Opening opening = { .answer = answer, .kind = kind, .changes = changes, .now_us = received_at_us };
  g_autoptr (GError) verdict = NULL;
  g_autoptr (PealReply) reply = NULL;

  g_return_val_if_fail (answer != NULL, NULL);

  verdict = check_opening (&opening);
  reply = g_new0 (PealReply, 1);
  reply->root = opening.root;
  reply->log_id = opening.log_id;
  reply->http_status = answer->status;
  reply->received_at_us = received_at_us;
  if (opening.object != NULL)
    reply->data = kind == PEAL_ENVELOPE_API ? peal_json_get_object (opening.object, "data") : opening.object;
  if (verdict != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&verdict));
      return NULL;
    }

  return g_steal_pointer (&reply);
}

GError *
peal_reply_new_error (const PealReply *self, gboolean changes, const char *reason, const char *message)
{
  g_return_val_if_fail (self != NULL, NULL);

  return peal_error_new_remote (changes ? PEAL_ERROR_OUTCOME_UNKNOWN : PEAL_ERROR_PROTOCOL, reason, message,
                                self->log_id, self->http_status, -1);
}

PealReply *
peal_reply_copy (const PealReply *self)
{
  PealReply *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->root = self->root != NULL ? json_node_ref (self->root) : NULL;
  copy->log_id = g_strdup (self->log_id);

  return copy;
}

void
peal_reply_free (PealReply *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->log_id, g_free);
  g_clear_pointer (&self, g_free);
}
