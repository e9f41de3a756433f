/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-misbehave.h"

#include "peal-practice-json.h"

#include <string.h>
#include <sys/socket.h>

#define PORTAL                                                                                               \
  "<!doctype html><html><head><title>Welcome to Hotel Wi-Fi</title></head>"                                  \
  "<body><h1>Please accept our terms to use the network.</h1></body></html>\n"

typedef struct
{
  SoupServerMessage *message;
  PealPracticeResume resume;
  gpointer data;
} Pause;

void
peal_practice_misbehave_drop (SoupServerMessage *message, gboolean by_reset)
{
  GSocket *socket = soup_server_message_get_socket (message);
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  if (socket == NULL)
    return;
  if (by_reset)
    setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (socket, NULL);
}

gboolean
peal_practice_misbehave_has_answer (JsonObject *fault)
{
  return json_object_has_member (fault, "status") || json_object_has_member (fault, "body")
         || json_object_has_member (fault, "retry_after")
         || peal_practice_json_get_bool (fault, "captive_portal", FALSE);
}

static char *
dup_body (JsonObject *fault)
{
  JsonObject *object = NULL;

  if (peal_practice_json_object (fault, "body", &object) == PEAL_PRACTICE_PRESENT)
    return peal_practice_json_print (object);
  return g_strdup (peal_practice_json_get_string (fault, "body", ""));
}

static void
add_headers (SoupMessageHeaders *headers, JsonObject *fault)
{
  JsonObject *extra = NULL;
  g_autoptr (GList) names = NULL;
  gint64 seconds;

  if (peal_practice_json_int (fault, "retry_after", &seconds) == PEAL_PRACTICE_PRESENT)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);

      soup_message_headers_replace (headers, "Retry-After", text);
    }
  if (peal_practice_json_object (fault, "headers", &extra) != PEAL_PRACTICE_PRESENT)
    return;
  names = json_object_get_members (extra);
  for (GList *l = names; l != NULL; l = l->next)
    soup_message_headers_replace (headers, l->data, peal_practice_json_get_string (extra, l->data, ""));
}

void
peal_practice_misbehave_answer (SoupServerMessage *message, JsonObject *fault)
{
  gboolean is_portal = peal_practice_json_get_bool (fault, "captive_portal", FALSE);
  gint64 otherwise = json_object_has_member (fault, "retry_after") ? 429 : 200;
  const char *type = peal_practice_json_get_string (
      fault, "content_type", is_portal ? "text/html" : "application/json; charset=utf-8");
  g_autofree char *body = is_portal ? g_strdup (PORTAL) : dup_body (fault);

  soup_message_headers_clear (soup_server_message_get_response_headers (message));
  soup_server_message_set_status (message, (guint)peal_practice_json_get_int (fault, "status", otherwise),
                                  NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
  add_headers (soup_server_message_get_response_headers (message), fault);
}

static void
append_header (const char *name, const char *value, gpointer data)
{
  g_string_append_printf (data, "%s: %s\r\n", name, value);
}

void
peal_practice_misbehave_send_part (SoupServerMessage *message, gint64 count)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_response_body (message));
  g_autoptr (GString) text = g_string_new (NULL);
  GSocket *socket = soup_server_message_get_socket (message);
  gsize length = g_bytes_get_size (body);
  guint status = soup_server_message_get_status (message);

  if (socket == NULL)
    return;
  soup_server_message_pause (message);
  g_string_append_printf (text, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  soup_message_headers_foreach (soup_server_message_get_response_headers (message), append_header, text);
  if (soup_message_headers_get_one (soup_server_message_get_response_headers (message), "Content-Length")
      == NULL)
    g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n", length);
  g_string_append (text, "\r\n");
  g_string_append_len (text, g_bytes_get_data (body, NULL), (gssize)MIN ((gsize)count, length));
  g_socket_send (socket, text->str, text->len, NULL, NULL);
  peal_practice_misbehave_drop (message, FALSE);
  soup_server_message_unpause (message);
}

static gboolean
resume_cb (gpointer data)
{
  Pause *pause = data;

  if (pause->resume != NULL)
    pause->resume (pause->message, pause->data);
  soup_server_message_unpause (pause->message);
  g_object_unref (pause->message);
  return G_SOURCE_REMOVE;
}

void
peal_practice_misbehave_pause (SoupServerMessage *message,
                               gint64 ms,
                               PealPracticeResume resume,
                               gpointer data)
{
  Pause *pause = g_new0 (Pause, 1);

  pause->message = g_object_ref (message);
  pause->resume = resume;
  pause->data = data;
  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, (guint)MIN (ms, G_MAXINT), resume_cb, pause, g_free);
}
