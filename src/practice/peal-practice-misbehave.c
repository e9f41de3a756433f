/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-misbehave.h"

#include "peal-practice-json.h"

#include <string.h>
#include <sys/socket.h>

/* How often a second a slow answer goes on. */
#define SLICES 20
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
  soup_message_body_truncate (soup_server_message_get_response_body (message));
  soup_server_message_set_status (message, (guint)peal_practice_json_get_int (fault, "status", otherwise),
                                  NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
  add_headers (soup_server_message_get_response_headers (message), fault);
}

/* Announces the whole body, of which @first is the first part. libsoup sends that and waits for more by
 * itself. */
static GBytes *
hold_body_back (SoupServerMessage *message, gsize first)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  GBytes *whole = soup_message_body_flatten (body);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, first);

  soup_message_headers_set_content_length (headers, (goffset)g_bytes_get_size (whole));
  soup_message_body_truncate (body);
  if (first > 0)
    soup_message_body_append_bytes (body, part);
  return whole;
}

static void
part_sent_cb (SoupServerMessage *message, gpointer data)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  g_signal_handlers_disconnect_by_func (message, part_sent_cb, data);
  peal_practice_misbehave_drop (message, GPOINTER_TO_INT (data));
  /* libsoup sees that the connection is gone when it wants to send the rest. */
  soup_message_body_append (body, SOUP_MEMORY_STATIC, "", 1);
  soup_message_body_complete (body);
}

void
peal_practice_misbehave_send_part (SoupServerMessage *message, gint64 count, gboolean by_reset)
{
  gsize length = (gsize)soup_server_message_get_response_body (message)->length;
  gsize first = (gsize)MIN ((guint64)count, length);
  g_autoptr (GBytes) whole = NULL;

  if (length == 0)
    {
      peal_practice_misbehave_drop (message, by_reset);
      return;
    }
  whole = hold_body_back (message, first);
  g_signal_connect (message, first > 0 ? "wrote-chunk" : "wrote-headers", G_CALLBACK (part_sent_cb),
                    GINT_TO_POINTER (by_reset));
}

typedef struct
{
  SoupServerMessage *message; /* lent: the trickle ends with it */
  GBytes *whole;
  gsize sent;
  gint64 rate;
  guint source;
} Trickle;

static void
trickle_free (Trickle *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_bytes_unref (self->whole);
  g_free (self);
}

static gsize
next_slice (const Trickle *self)
{
  return MIN ((gsize)MAX (self->rate / SLICES, 1), g_bytes_get_size (self->whole) - self->sent);
}

static gboolean
trickle_cb (gpointer data)
{
  Trickle *self = data;
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);
  gsize size = next_slice (self);
  g_autoptr (GBytes) slice = g_bytes_new_from_bytes (self->whole, self->sent, size);

  self->source = 0;
  self->sent += size;
  soup_message_body_append_bytes (body, slice);
  if (self->sent == g_bytes_get_size (self->whole))
    soup_message_body_complete (body);
  soup_server_message_unpause (self->message);
  return G_SOURCE_REMOVE;
}

/* A slice has gone, and libsoup is about to wait for the next. */
static void
slice_sent_cb (SoupServerMessage *message, Trickle *self)
{
  gsize size = next_slice (self);

  if (size > 0 && self->source == 0)
    self->source = g_timeout_add ((guint)MAX ((gint64)size * 1000 / self->rate, 1), trickle_cb, self);
}

void
peal_practice_misbehave_send_slowly (SoupServerMessage *message, gint64 rate)
{
  gsize length = (gsize)soup_server_message_get_response_body (message)->length;
  Trickle *self;

  if (length == 0)
    return;
  self = g_new0 (Trickle, 1);
  self->message = message;
  self->rate = rate;
  self->sent = MIN ((gsize)MAX (rate / SLICES, 1), length);
  self->whole = hold_body_back (message, self->sent);
  if (self->sent == length)
    soup_message_body_complete (soup_server_message_get_response_body (message));
  g_object_set_data_full (G_OBJECT (message), "peal-practice-trickle", self, (GDestroyNotify)trickle_free);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (slice_sent_cb), self);
}

static void
copy_header (const char *name, const char *value, gpointer data)
{
  soup_message_headers_append (data, name, value);
}

void
peal_practice_misbehave_repeat (SoupServerMessage *message, PealPracticeResume process, gpointer data)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (SoupMessageHeaders) first = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autoptr (GBytes) text = soup_message_body_flatten (body);
  guint status = soup_server_message_get_status (message);

  soup_message_headers_foreach (headers, copy_header, first);
  soup_message_body_truncate (body);
  process (message, data);
  soup_message_headers_clear (headers);
  soup_message_headers_foreach (first, copy_header, headers);
  soup_message_body_truncate (body);
  soup_message_body_append_bytes (body, text);
  soup_server_message_set_status (message, status, NULL);
}

void
peal_practice_misbehave_hang_up (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
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
