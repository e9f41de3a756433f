/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-call.h"

#include "peal-practice-json.h"
#include "peal-practice-random.h"

#include <string.h>

const char *
peal_practice_call_get_query (const PealPracticeCall *self, const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

const char *
peal_practice_call_get_header (const PealPracticeCall *self, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message), name);
}

GBytes *
peal_practice_call_dup_body (const PealPracticeCall *self)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (self->message));
}

static gboolean
has_content_type (const PealPracticeCall *self, const char *type)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);

  return g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), type) == 0;
}

GHashTable *
peal_practice_call_dup_form (const PealPracticeCall *self)
{
  g_autoptr (GBytes) body = NULL;
  g_autofree char *text = NULL;

  if (!has_content_type (self, "application/x-www-form-urlencoded"))
    return NULL;
  body = peal_practice_call_dup_body (self);
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  return soup_form_decode (text);
}

static void
respond (PealPracticeCall *self, guint status, const char *type, const char *text)
{
  soup_server_message_set_status (self->message, status, NULL);
  soup_server_message_set_response (self->message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

void
peal_practice_call_json (PealPracticeCall *self, guint status, JsonObject *object)
{
  g_autoptr (JsonObject) owned = object;
  g_autofree char *text = peal_practice_json_print (object);

  respond (self, status, "application/json; charset=utf-8", text);
}

/* Looks like TikTok's: the time to the second and 20 hexadecimal digits. */
static char *
make_log_id (PealPracticeCall *self)
{
  gint64 seconds = peal_practice_world_now (self->world) / G_USEC_PER_SEC;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *stamp = time != NULL ? g_date_time_format (time, "%Y%m%d%H%M%S") : NULL;

  return g_strdup_printf ("%s%08X%08X%04X", stamp != NULL ? stamp : "19700101000000",
                          peal_practice_secret_number (), peal_practice_secret_number (),
                          peal_practice_secret_number () & 0xffff);
}

static JsonObject *
make_error (PealPracticeCall *self, const char *code, const char *message)
{
  JsonObject *error = json_object_new ();
  g_autofree char *log_id = make_log_id (self);

  json_object_set_string_member (error, "code", code);
  json_object_set_string_member (error, "message", message);
  json_object_set_string_member (error, "log_id", log_id);
  return error;
}

void
peal_practice_call_ok (PealPracticeCall *self, JsonObject *data)
{
  JsonObject *object = json_object_new ();

  if (data != NULL)
    json_object_set_object_member (object, "data", data);
  json_object_set_object_member (object, "error", make_error (self, "ok", ""));
  peal_practice_call_json (self, 200, object);
}

void
peal_practice_call_error (PealPracticeCall *self,
                          guint status,
                          const char *code,
                          const char *message,
                          PealPracticeErrorShape shape)
{
  JsonObject *object = json_object_new ();

  if (shape == PEAL_PRACTICE_WITH_DATA)
    json_object_set_object_member (object, "data", json_object_new ());
  json_object_set_object_member (object, "error", make_error (self, code, message));
  peal_practice_call_json (self, status, object);
}

void
peal_practice_call_invalid (PealPracticeCall *self, const char *message)
{
  const char *code = self->world->settings.singular_invalid_param ? "invalid_param" : "invalid_params";

  peal_practice_call_error (self, 400, code, message, PEAL_PRACTICE_WITH_DATA);
}

void
peal_practice_call_oauth_error (PealPracticeCall *self,
                                guint status,
                                const char *error,
                                const char *description)
{
  JsonObject *object = json_object_new ();
  g_autofree char *log_id = make_log_id (self);

  json_object_set_string_member (object, "error", error);
  json_object_set_string_member (object, "error_description", description);
  json_object_set_string_member (object, "log_id", log_id);
  peal_practice_call_json (self, self->world->settings.oauth_errors_http_200 ? 200 : status, object);
}

void
peal_practice_call_html (PealPracticeCall *self, guint status, const char *html, const char *form_origin)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  g_autofree char *policy =
      g_strdup_printf ("default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; "
                       "frame-ancestors 'none'; form-action 'self' %s",
                       form_origin != NULL ? form_origin : "");

  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  respond (self, status, "text/html; charset=utf-8", html);
}

void
peal_practice_call_text (PealPracticeCall *self, guint status, const char *text)
{
  respond (self, status, "text/plain; charset=utf-8", text);
}

void
peal_practice_call_redirect (PealPracticeCall *self, const char *location)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_message_headers_replace (headers, "Location", location);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  respond (self, 302, "text/plain; charset=utf-8", "");
}

static gboolean
has_scope (const char *granted, const char *scopes)
{
  g_auto (GStrv) alternatives = g_strsplit (scopes, "|", -1);

  for (guint i = 0; alternatives[i] != NULL; i++)
    if (peal_practice_scopes_contain (granted, alternatives[i]))
      return TRUE;
  return FALSE;
}

static gboolean
find_grant (PealPracticeCall *self)
{
  const char *header = peal_practice_call_get_header (self, "Authorization");
  const PealPracticeToken *token = NULL;

  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    token = peal_practice_access_find_token (self->world->access, header + 7, FALSE,
                                             peal_practice_world_now (self->world));
  self->grant = token != NULL ? token->grant : NULL;
  return token != NULL;
}

gboolean
peal_practice_call_authorize (PealPracticeCall *self, const char *endpoint, const char *scopes, guint limit)
{
  g_autofree char *key = NULL;

  if (!find_grant (self))
    {
      peal_practice_call_error (self, 401, "access_token_invalid",
                                "The access token is invalid or not found in the request.",
                                PEAL_PRACTICE_WITH_DATA);
      return FALSE;
    }
  if (scopes != NULL && !has_scope (self->grant->scopes, scopes))
    {
      peal_practice_call_error (self, 401, "scope_not_authorized",
                                "The user did not authorize the scope required for completing this request.",
                                PEAL_PRACTICE_WITHOUT_DATA);
      return FALSE;
    }
  key = g_strdup_printf ("%s %s %s", endpoint, self->grant->app->client_key,
                         self->grant->creator->profile->username);
  if (limit > 0 && self->world->settings.rate_limits
      && !peal_practice_rate_take (self->world->rate, key, limit, peal_practice_world_now (self->world)))
    {
      peal_practice_call_error (self, 429, "rate_limit_exceeded",
                                "The API rate limit was exceeded. Please try again later.",
                                PEAL_PRACTICE_WITH_DATA);
      return FALSE;
    }
  return TRUE;
}

JsonObject *
peal_practice_call_dup_json (PealPracticeCall *self)
{
  g_autoptr (GBytes) body = peal_practice_call_dup_body (self);
  JsonObject *object;

  if (!has_content_type (self, "application/json"))
    {
      peal_practice_call_invalid (self, "The content type must be application/json");
      return NULL;
    }
  if (g_bytes_get_size (body) == 0)
    return json_object_new ();
  object = peal_practice_json_parse (g_bytes_get_data (body, NULL), (gssize)g_bytes_get_size (body));
  if (object == NULL)
    peal_practice_call_invalid (self, "The request body is not a JSON object");
  return object;
}
