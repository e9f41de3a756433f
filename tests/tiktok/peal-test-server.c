/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-test-server.h"

#include <string.h>

#define HEAD_MAX_BYTES 65536
#define PATIENCE_US (20 * G_USEC_PER_SEC)

struct _PealTestServer
{
  GSocketService *service;
  GTlsCertificate *certificate;
  char *address;
  GAsyncQueue *steps;
  GAsyncQueue *requests;
  GMutex lock; /* for what follows */
  GCond gone;
  GPtrArray *open; /* of GSocket */
  guint n_connections;
  int n_bytes; /* of heads; atomic */
};

typedef struct
{
  PealStepKind kind;
  char *raw;
} Step;

static void
step_free (Step *step)
{
  g_clear_pointer (&step->raw, g_free);
  g_clear_pointer (&step, g_free);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

void
peal_test_request_free (PealTestRequest *self)
{
  g_clear_pointer (&self->head, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self, g_free);
}

char *
peal_test_request_dup_header (PealTestRequest *self, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (self->head, "\r\n", -1);
  g_autofree char *prefix = g_strconcat (name, ": ", NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], prefix, strlen (prefix)) == 0)
      return g_strdup (lines[i] + strlen (prefix));

  return NULL;
}

char *
peal_test_request_dup_body (PealTestRequest *self)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (self->body, &length);

  return g_strndup (data, length);
}

static char *
read_head (PealTestServer *self, GInputStream *input)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char c;

  while (head->len < HEAD_MAX_BYTES && g_input_stream_read (input, &c, 1, NULL, NULL) == 1)
    {
      g_atomic_int_inc (&self->n_bytes);
      g_string_append_c (head, c);
      if (g_str_has_suffix (head->str, "\r\n\r\n"))
        return g_strdup (head->str);
    }

  return NULL;
}

/* What came of it; less than announced where the peer closes before. */
static GBytes *
read_body (GInputStream *input, PealTestRequest *request)
{
  g_autofree char *length = peal_test_request_dup_header (request, "Content-Length");
  gsize size = length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0;
  g_autofree char *data = g_malloc (size + 1);
  gsize n_bytes = 0;

  g_input_stream_read_all (input, data, size, &n_bytes, NULL, NULL);

  return g_bytes_new (data, n_bytes);
}

/* TRUE while the connection goes on. */
static gboolean
play_step (PealTestServer *self, GIOStream *stream, guint number)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_autoptr (PealTestRequest) request = g_new0 (PealTestRequest, 1);
  g_autoptr (Step) step = NULL;
  PealStepKind kind;
  char c;

  request->connection = number;
  if (!(request->head = read_head (self, input)))
    return FALSE;
  if (!(step = g_async_queue_timeout_pop (self->steps, PATIENCE_US)))
    return FALSE;
  kind = step->kind;
  if (kind == PEAL_STEP_DROP_AFTER_HEAD)
    request->body = g_bytes_new (NULL, 0);
  else
    request->body = read_body (input, request);
  g_async_queue_push (self->requests, g_steal_pointer (&request));

  if (step->raw != NULL)
    g_output_stream_write_all (output, step->raw, strlen (step->raw), NULL, NULL, NULL);
  /* Until the test is over, or the client gives up. */
  if (kind == PEAL_STEP_HANG)
    g_input_stream_read (input, &c, 1, NULL, NULL);

  return kind == PEAL_STEP_ANSWER;
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  PealTestServer *self = data;
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr (GIOStream) stream = NULL;
  guint number;

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->open, g_object_ref (socket));
  number = ++self->n_connections;
  g_mutex_unlock (&self->lock);

  if (self->certificate != NULL)
    stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  else
    stream = g_object_ref (G_IO_STREAM (connection));
  while (stream != NULL && play_step (self, stream, number))
    ;

  /* Before the lock: whoever waits for it finds the socket closed. */
  g_socket_close (socket, NULL);
  g_mutex_lock (&self->lock);
  g_ptr_array_remove_fast (self->open, socket);
  g_cond_signal (&self->gone);
  g_mutex_unlock (&self->lock);

  return TRUE;
}

PealTestServer *
peal_test_server_new (void)
{
  PealTestServer *self = g_new0 (PealTestServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->steps = g_async_queue_new_full ((GDestroyNotify)step_free);
  self->requests = g_async_queue_new_full ((GDestroyNotify)peal_test_request_free);
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_init (&self->lock);
  g_cond_init (&self->gone);
  self->service = g_threaded_socket_service_new (16);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->address =
      g_strdup_printf ("http://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));

  return self;
}

PealTestServer *
peal_test_server_new_tls (GTlsCertificate *certificate)
{
  PealTestServer *self = peal_test_server_new ();
  g_autofree char *plain = g_steal_pointer (&self->address);

  self->certificate = g_object_ref (certificate);
  self->address = g_strconcat ("https", plain + strlen ("http"), NULL);

  return self;
}

void
peal_test_server_free (PealTestServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->open->len; i++)
    g_socket_shutdown (g_ptr_array_index (self->open, i), TRUE, TRUE, NULL);
  while (self->open->len > 0)
    g_cond_wait (&self->gone, &self->lock);
  g_mutex_unlock (&self->lock);

  g_clear_object (&self->service);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->steps, g_async_queue_unref);
  g_clear_pointer (&self->requests, g_async_queue_unref);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->gone);
  g_clear_pointer (&self, g_free);
}

const char *
peal_test_server_get_address (PealTestServer *self)
{
  return self->address;
}

void
peal_test_server_push (PealTestServer *self, PealStepKind kind, const char *raw)
{
  Step *step = g_new0 (Step, 1);

  step->kind = kind;
  step->raw = g_strdup (raw);
  g_async_queue_push (self->steps, step);
}

void
peal_test_server_push_json (PealTestServer *self, guint status, const char *json)
{
  g_autofree char *raw =
      g_strdup_printf ("HTTP/1.1 %u Whatever\r\nContent-Type: application/json; charset=utf-8\r\n"
                       "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                       status, strlen (json), json);

  peal_test_server_push (self, PEAL_STEP_ANSWER, raw);
}

PealTestRequest *
peal_test_server_pop (PealTestServer *self)
{
  PealTestRequest *request = g_async_queue_timeout_pop (self->requests, PATIENCE_US);

  g_assert_nonnull (request);

  return request;
}

int
peal_test_server_get_n_bytes (PealTestServer *self)
{
  return g_atomic_int_get (&self->n_bytes);
}

int
peal_test_server_get_n_requests (PealTestServer *self)
{
  return g_async_queue_length (self->requests);
}
