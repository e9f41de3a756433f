/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-server.h"

#include "peal-practice-call.h"
#include "peal-practice-json.h"
#include "peal-practice-misbehave.h"
#include "peal-practice-random.h"
#include "peal-practice-routes.h"
#include "peal-practice-upload.h"

#define BODY_MAX (1024 * 1024)
#define EXCHANGE_KEY "peal-practice-exchange"

struct _PealPracticeServer
{
  PealPracticeWorld *world;
  PealPracticeFaults *faults;
  GHashTable *sessions; /* cookie → PealPracticeCreator */
  char *page_token;
  char *control_token;
  SoupServer *api;
  SoupServer *upload;
};

/* What is known of one request from its headers on. */
typedef struct
{
  PealPracticeServer *server;
  const char *endpoint;
  const PealPracticeRoute *route;
  gboolean is_path_known;
  char *path;
  GHashTable *query;
  JsonObject *fault;
  PealPracticeTransfer *transfer;
  guint refusal; /* of an upload: the status that waits for the end of the body */
  gsize body_length;
  gint64 body_begun; /* monotonic µs */
  gboolean is_dropped;
} Exchange;

typedef struct
{
  PealPracticeServer *server;
  PealPracticeTransfer *transfer;
} Late;

static void
exchange_free (Exchange *self)
{
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->fault, json_object_unref);
  g_clear_pointer (&self->transfer, peal_practice_transfer_free);
  g_free (self->path);
  g_free (self);
}

static gint64
fault_number (Exchange *self, const char *name, gint64 otherwise)
{
  return self->fault != NULL ? peal_practice_json_get_int (self->fault, name, otherwise) : otherwise;
}

static gboolean
fault_flag (Exchange *self, const char *name)
{
  return self->fault != NULL && peal_practice_json_get_bool (self->fault, name, FALSE);
}

static void
drop (Exchange *self, SoupServerMessage *message)
{
  self->is_dropped = TRUE;
  peal_practice_misbehave_drop (message, fault_flag (self, "reset"));
}

static Exchange *
exchange_begin (PealPracticeServer *server, SoupServerMessage *message, const char *path, GHashTable *query)
{
  Exchange *self = g_new0 (Exchange, 1);

  self->server = server;
  self->path = g_strdup (path);
  self->query = query != NULL ? g_hash_table_ref (query) : NULL;
  g_object_set_data_full (G_OBJECT (message), EXCHANGE_KEY, self, (GDestroyNotify)exchange_free);
  peal_practice_world_settle (server->world);
  return self;
}

static PealPracticeCall
make_call (Exchange *self, SoupServerMessage *message)
{
  PealPracticeServer *server = self->server;

  return (PealPracticeCall){
    .message = message,
    .world = server->world,
    .faults = server->faults,
    .path = self->path,
    .query = self->query,
    .sessions = server->sessions,
    .page_token = server->page_token,
    .control_token = server->control_token,
  };
}

/* Drops that come before the body is read. Returns: whether there is still somebody to talk to. */
static gboolean
survive_headers (Exchange *self, SoupServerMessage *message)
{
  gboolean by_reset = fault_flag (self, "reset") && !fault_flag (self, "drop_after_process")
                      && fault_number (self, "drop_after_bytes", -1) < 0
                      && fault_number (self, "partial_body", -1) < 0;

  if (fault_flag (self, "drop_before_read") || by_reset)
    drop (self, message);
  return !self->is_dropped;
}

/* Waits until @rate bytes a second would have brought what is here. */
static void
slow_down (Exchange *self, SoupServerMessage *message, gint64 rate)
{
  gint64 due = self->body_begun + (gint64)((double)self->body_length * 1e6 / (double)rate);
  gint64 ms = (due - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;

  if (ms >= 5)
    peal_practice_misbehave_pause (message, ms, NULL, NULL);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, Exchange *self)
{
  gint64 rate = fault_number (self, "slow_read", fault_number (self, "bytes_per_second", 0));
  gint64 end = fault_number (self, "drop_after_bytes", -1);

  self->body_length += g_bytes_get_size (chunk);
  if (self->transfer != NULL)
    peal_practice_transfer_feed (self->transfer, chunk);
  else if (self->refusal == 0 && self->body_length > BODY_MAX)
    drop (self, message);
  if (end >= 0 && self->body_length >= (gsize)end && !self->is_dropped)
    drop (self, message);
  if (rate > 0 && !self->is_dropped)
    slow_down (self, message, rate);
}

static void
watch_body (Exchange *self, SoupServerMessage *message)
{
  self->body_begun = g_get_monotonic_time ();
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
}

/* Pages and control answer to loopback's own names only, so that no site can have its name point here and
 * read them. */
static gboolean
is_foreign (Exchange *self, SoupServerMessage *message)
{
  const char *host = g_uri_get_host (soup_server_message_get_uri (message));
  gboolean is_api = g_str_has_prefix (self->path, "/v2/") && !g_str_has_prefix (self->path, "/v2/auth/");

  return !is_api && g_strcmp0 (host, "127.0.0.1") != 0 && g_strcmp0 (host, "localhost") != 0;
}

static void
handle (SoupServerMessage *message, gpointer data)
{
  Exchange *self = data;
  PealPracticeCall call = make_call (self, message);

  if (is_foreign (self, message))
    peal_practice_call_text (&call, 403, "This server is called 127.0.0.1.\n");
  else if (self->route != NULL)
    self->route->handle (&call);
  else if (g_str_has_prefix (self->path, "/v2/"))
    peal_practice_call_error (&call, self->is_path_known ? 405 : 404, "invalid_params",
                              "Unsupported path or method", PEAL_PRACTICE_WITH_DATA);
  else
    peal_practice_call_text (&call, self->is_path_known ? 405 : 404, "There is nothing here.\n");
}

/* The handler, or the fault's answer in its place or over it. */
static void
process_api (SoupServerMessage *message, gpointer data)
{
  Exchange *self = data;
  gboolean has_answer = self->fault != NULL && peal_practice_misbehave_has_answer (self->fault);

  if (!has_answer || fault_flag (self, "process"))
    {
      handle (message, self);
      if (fault_flag (self, "dup_process"))
        peal_practice_misbehave_repeat (message, handle, self);
    }
  if (has_answer)
    peal_practice_misbehave_answer (message, self->fault);
}

static gboolean
deliver_late_cb (gpointer data)
{
  Late *late = data;

  peal_practice_transfer_end (late->transfer, late->server->world, NULL);
  peal_practice_transfer_free (late->transfer);
  return G_SOURCE_REMOVE;
}

/* The bytes are all there, but count only later, when the client has long lost its connection. */
static void
deliver_late (Exchange *self, SoupServerMessage *message, gint64 ms)
{
  Late *late = g_new0 (Late, 1);

  late->server = self->server;
  late->transfer = g_steal_pointer (&self->transfer);
  g_timeout_add_full (G_PRIORITY_DEFAULT, (guint)MIN (ms, G_MAXINT), deliver_late_cb, late, g_free);
  soup_server_message_set_status (message, 500, NULL);
  drop (self, message);
}

static void
process_upload (SoupServerMessage *message, gpointer data)
{
  Exchange *self = data;
  PealPracticeCall call = make_call (self, message);
  gboolean has_answer = self->fault != NULL && peal_practice_misbehave_has_answer (self->fault);
  gint64 late_ms = fault_number (self, "late_deliver_ms", -1);

  if (self->refusal != 0)
    soup_server_message_set_status (message, self->refusal, NULL);
  else if (self->transfer != NULL && late_ms >= 0)
    deliver_late (self, message, late_ms);
  else if (self->transfer != NULL && (!has_answer || fault_flag (self, "process")))
    {
      peal_practice_transfer_end (self->transfer, self->server->world, &call);
      if (fault_flag (self, "dup_process"))
        peal_practice_transfer_end (self->transfer, self->server->world, NULL);
    }
  if (has_answer)
    peal_practice_misbehave_answer (message, self->fault);
}

/* What a fault does to an answer that is ready. */
static void
after_processing (SoupServerMessage *message, Exchange *self)
{
  gint64 delay = fault_number (self, "delay_after_ms", 0);
  gint64 part = fault_number (self, "partial_body", -1);
  gint64 rate = fault_number (self, "bytes_per_second", 0);

  if (fault_flag (self, "drop_after_process"))
    drop (self, message);
  else if (part >= 0)
    {
      self->is_dropped = TRUE;
      peal_practice_misbehave_send_part (message, part, fault_flag (self, "reset"));
    }
  else if (rate > 0 && !self->is_dropped)
    peal_practice_misbehave_send_slowly (message, rate);
  else if (delay > 0)
    peal_practice_misbehave_pause (message, delay, NULL, NULL);
}

static void
resume_api (SoupServerMessage *message, gpointer data)
{
  process_api (message, data);
  after_processing (message, data);
}

static void
resume_upload (SoupServerMessage *message, gpointer data)
{
  process_upload (message, data);
  after_processing (message, data);
}

static void
run (SoupServerMessage *message, PealPracticeResume process)
{
  Exchange *self = g_object_get_data (G_OBJECT (message), EXCHANGE_KEY);
  gint64 delay = self != NULL ? fault_number (self, "delay_ms", 0) : 0;

  if (self == NULL || self->is_dropped)
    soup_server_message_set_status (message, 500, NULL);
  else if (delay > 0)
    peal_practice_misbehave_pause (message, delay, process, self);
  else
    process (message, self);
}

static void
api_headers_cb (SoupServer *soup,
                SoupServerMessage *message,
                const char *path,
                GHashTable *query,
                gpointer data)
{
  PealPracticeServer *server = data;
  Exchange *self = exchange_begin (server, message, path, query);

  self->route =
      peal_practice_routes_find (soup_server_message_get_method (message), path, &self->is_path_known);
  self->endpoint = self->route != NULL ? self->route->endpoint : "unknown";
  if (g_strcmp0 (self->endpoint, "control") != 0)
    self->fault = peal_practice_faults_take (server->faults, self->endpoint, -1, FALSE);
  if (survive_headers (self, message))
    watch_body (self, message);
}

static void
api_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  run (message, resume_api);
}

static void
upload_headers_cb (SoupServer *soup,
                   SoupServerMessage *message,
                   const char *path,
                   GHashTable *query,
                   gpointer data)
{
  PealPracticeServer *server = data;
  Exchange *self = exchange_begin (server, message, path, query);
  PealPracticeCall call = make_call (self, message);
  gboolean is_last;
  gint64 chunk = peal_practice_upload_get_chunk (server->world, message, query, &is_last);

  self->endpoint = "upload";
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  self->fault = peal_practice_faults_take (server->faults, "upload", chunk, is_last);
  if (!survive_headers (self, message))
    return;
  if (!g_str_equal (path, "/video/"))
    self->refusal = 404;
  else if (g_strcmp0 (soup_server_message_get_method (message), "PUT") != 0)
    self->refusal = 405;
  else
    self->transfer = peal_practice_upload_begin (&call, &self->refusal);
  watch_body (self, message);
}

static void
upload_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  run (message, resume_upload);
}

static void
finished_cb (SoupServer *soup, SoupServerMessage *message, PealPracticeServer *server)
{
  Exchange *self = g_object_get_data (G_OBJECT (message), EXCHANGE_KEY);

  if (self == NULL)
    return;
  peal_practice_world_count_call (server->world, self->endpoint,
                                  self->is_dropped ? 0 : soup_server_message_get_status (message));
  if (fault_flag (self, "close_after_answer"))
    peal_practice_misbehave_hang_up (message);
}

static void
aborted_cb (SoupServer *soup, SoupServerMessage *message, PealPracticeServer *server)
{
  Exchange *self = g_object_get_data (G_OBJECT (message), EXCHANGE_KEY);

  if (self != NULL)
    peal_practice_world_count_call (server->world, self->endpoint, 0);
}

/* Returns: (transfer full) (nullable): "http://127.0.0.1:PORT" or "https://127.0.0.1:PORT" where @soup now
 * listens. */
static char *
listen_on (SoupServer *soup, guint16 port, GError **error)
{
  gboolean is_https = soup_server_get_tls_certificate (soup) != NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoslist (GUri) uris = NULL;

  if (!soup_server_listen (soup, address, is_https ? SOUP_SERVER_LISTEN_HTTPS : 0, error))
    return NULL;
  uris = soup_server_get_uris (soup);
  return g_strdup_printf ("%s://127.0.0.1:%d", is_https ? "https" : "http", g_uri_get_port (uris->data));
}

static SoupServer *
make_soup (PealPracticeServer *self,
           GTlsCertificate *certificate,
           SoupServerCallback headers_cb,
           SoupServerCallback body_cb)
{
  SoupServer *soup = soup_server_new ("tls-certificate", certificate, NULL);

  soup_server_add_early_handler (soup, NULL, headers_cb, self, NULL);
  soup_server_add_handler (soup, NULL, body_cb, self, NULL);
  g_signal_connect (soup, "request-finished", G_CALLBACK (finished_cb), self);
  g_signal_connect (soup, "request-aborted", G_CALLBACK (aborted_cb), self);
  return soup;
}

PealPracticeServer *
peal_practice_server_new (PealPracticeWorld *world,
                          const char *control_token,
                          guint16 port,
                          GTlsCertificate *certificate,
                          GError **error)
{
  g_autoptr (PealPracticeServer) self = g_new0 (PealPracticeServer, 1);

  self->world = world;
  self->control_token = g_strdup (control_token);
  self->page_token = peal_practice_secret_text (32);
  self->faults = peal_practice_faults_new ();
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->api = make_soup (self, certificate, api_headers_cb, api_cb);
  self->upload = make_soup (self, certificate, upload_headers_cb, upload_cb);
  g_clear_pointer (&world->base, g_free);
  g_clear_pointer (&world->upload_base, g_free);
  world->base = listen_on (self->api, port, error);
  if (world->base == NULL)
    return NULL;
  world->upload_base = listen_on (self->upload, 0, error);
  return world->upload_base != NULL ? g_steal_pointer (&self) : NULL;
}

void
peal_practice_server_free (PealPracticeServer *self)
{
  if (self->api != NULL)
    soup_server_disconnect (self->api);
  if (self->upload != NULL)
    soup_server_disconnect (self->upload);
  g_clear_object (&self->api);
  g_clear_object (&self->upload);
  g_clear_pointer (&self->faults, peal_practice_faults_free);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_free (self->page_token);
  g_free (self->control_token);
  g_free (self);
}
