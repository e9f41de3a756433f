/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-request.h"

#include <string.h>

#include "peal-secret-access.h"
#include "peal-upload-url.h"

#define FORM_TYPE "application/x-www-form-urlencoded"
#define JSON_TYPE "application/json; charset=UTF-8"
/* Room for any form that we send, so that no growth leaves a copy behind. */
#define FORM_BYTES 16384

struct _PealForm
{
  GString *text;
};

PealForm *
peal_form_new (void)
{
  PealForm *self = g_new0 (PealForm, 1);

  self->text = g_string_sized_new (FORM_BYTES);

  return self;
}

void
peal_form_free (PealForm *self)
{
  gsize length;

  if (self == NULL)
    return;
  length = self->text->len;
  peal_wipe_free (g_string_free (g_steal_pointer (&self->text), FALSE), (gssize)length);
  g_clear_pointer (&self, g_free);
}

static void
form_append (GString *text, const char *value)
{
  for (; *value != '\0'; value++)
    if (g_ascii_isalnum (*value) || strchr ("-._~", *value) != NULL)
      g_string_append_c (text, *value);
    else
      g_string_append_printf (text, "%%%02X", (guint)(guint8)*value);
}

void
peal_form_add (PealForm *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (value != NULL);

  if (self->text->len > 0)
    g_string_append_c (self->text, '&');
  form_append (self->text, name);
  g_string_append_c (self->text, '=');
  form_append (self->text, value);
}

void
peal_form_add_secret (PealForm *self, const char *name, PealSecret *value)
{
  g_return_if_fail (value != NULL);

  peal_form_add (self, name, peal_secret_peek (value));
}

typedef struct
{
  gsize length;
  char text[];
} WipedBody;

static void
wiped_body_free (gpointer data)
{
  WipedBody *self = data;

  peal_wipe_free (data, (gssize)(sizeof *self + self->length));
}

static GBytes *
form_to_bytes (const PealForm *form)
{
  WipedBody *body = g_malloc (sizeof *body + form->text->len);

  body->length = form->text->len;
  memcpy (body->text, form->text->str, body->length);

  return g_bytes_new_with_free_func (body->text, body->length, wiped_body_free, body);
}

/* The rules of every request: no redirect is followed, nothing is remembered, and what changes something
 * never goes over a connection that the server may have closed already. */
static SoupMessage *
new_message (const PealEndpointFacts *facts, const char *url)
{
  SoupMessage *message = soup_message_new (facts->method, url);
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE;

  g_return_val_if_fail (message != NULL, NULL);

  if (facts->changes)
    flags |= SOUP_MESSAGE_NEW_CONNECTION;
  soup_message_set_flags (message, flags);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json");

  return message;
}

/* The one place where a token is put on a request; it goes to the API's own host and to no other. */
static void
authorize (SoupMessage *message, const char *api_base, const PealAccess *access)
{
  g_autoptr (GUri) base = g_uri_parse (api_base, SOUP_HTTP_URI_FLAGS, NULL);
  GUri *uri = soup_message_get_uri (message);
  g_autofree char *value = NULL;

  g_return_if_fail (base != NULL);
  g_return_if_fail (g_str_equal (g_uri_get_scheme (uri), g_uri_get_scheme (base)));
  g_return_if_fail (g_str_equal (g_uri_get_host (uri), g_uri_get_host (base)));
  g_return_if_fail (g_uri_get_port (uri) == g_uri_get_port (base));

  value = g_strconcat ("Bearer ", peal_secret_peek (access->access_token), NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
  peal_wipe_free (g_steal_pointer (&value), -1);
}

SoupMessage *
peal_request_new_call (const char *api_base,
                       PealEndpoint endpoint,
                       const char *fields,
                       const char *json,
                       const PealAccess *access)
{
  const PealEndpointFacts *facts = peal_endpoint_get_facts (endpoint);
  g_autoptr (SoupMessage) message = NULL;
  g_autofree char *url = NULL;

  g_return_val_if_fail (api_base != NULL, NULL);
  g_return_val_if_fail (access != NULL && access->access_token != NULL, NULL);

  url = g_strconcat (api_base, facts->path, fields != NULL ? "?fields=" : NULL, fields, NULL);
  message = new_message (facts, url);
  authorize (message, api_base, access);
  if (json != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

      soup_message_set_request_body_from_bytes (message, JSON_TYPE, body);
    }

  return g_steal_pointer (&message);
}

SoupMessage *
peal_request_new_form (const char *api_base, PealEndpoint endpoint, const PealForm *form)
{
  const PealEndpointFacts *facts = peal_endpoint_get_facts (endpoint);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *url = NULL;

  g_return_val_if_fail (api_base != NULL, NULL);
  g_return_val_if_fail (form != NULL, NULL);

  url = g_strconcat (api_base, facts->path, NULL);
  message = new_message (facts, url);
  body = form_to_bytes (form);
  soup_message_set_request_body_from_bytes (message, FORM_TYPE, body);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Cache-Control", "no-cache");

  return g_steal_pointer (&message);
}

char *
peal_request_dup_authorize_url (const char *authorize_base,
                                const char *client_key,
                                PealScopes scopes,
                                const PealSignIn *sign_in)
{
  g_autoptr (PealForm) query = peal_form_new ();
  g_autofree char *scope = peal_scopes_to_string (scopes);
  g_autofree char *challenge = peal_pkce_challenge (peal_secret_peek (sign_in->verifier));

  peal_form_add (query, "client_key", client_key);
  peal_form_add (query, "response_type", "code");
  peal_form_add (query, "scope", scope);
  peal_form_add (query, "redirect_uri", sign_in->redirect_uri);
  peal_form_add_secret (query, "state", sign_in->state);
  peal_form_add (query, "code_challenge", challenge);
  peal_form_add (query, "code_challenge_method", "S256");
  /* Documented for the web alone; without it a browser that is signed in hands back the same account
   * silently. */
  peal_form_add (query, "disable_auto_auth", "1");

  return g_strconcat (authorize_base, "/v2/auth/authorize/?", query->text->str, NULL);
}

gboolean
peal_request_check_upload_url (PealSecret *upload_url, gboolean loopback, GError **error)
{
  return peal_upload_url_check (upload_url != NULL ? peal_secret_peek (upload_url) : NULL, loopback, error);
}
