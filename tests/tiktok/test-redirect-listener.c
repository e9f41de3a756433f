/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-error.h"
#include "peal-redirect-listener.h"
#include "peal-secret-access.h"
#include "peal-test-client.h"

#define STATE "9f2c7c1e5a7d4b0e8a61d3f0c2b4a596abcdefghijk"

/* Talks to the listener over bare sockets, in a thread of its own, while the main loop serves. */
typedef struct
{
  PealRedirectListener *listener;
  PealSecret *state;
  GCancellable *cancellable;
  DexFuture *done;
  guint16 port;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;

  self->listener = peal_redirect_listener_new (&error);
  g_assert_no_error (error);
  self->state = peal_secret_new (STATE);
  self->cancellable = g_cancellable_new ();
  self->done = peal_redirect_listener_wait (self->listener, self->state, self->cancellable);
  uri = g_uri_parse (peal_redirect_listener_get_uri (self->listener), G_URI_FLAGS_NONE, NULL);
  g_assert_cmpstr (g_uri_get_host (uri), ==, "127.0.0.1");
  g_assert_cmpstr (g_uri_get_path (uri), ==, "/callback/tiktok/");
  self->port = (guint16)g_uri_get_port (uri);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_cancellable_cancel (self->cancellable);
  while (dex_future_is_pending (self->done))
    g_main_context_iteration (NULL, TRUE);
  dex_clear (&self->done);
  /* Connections that were shown out are still on their way. */
  for (int i = 0; i < 1000 && G_OBJECT (self->listener)->ref_count > 1; i++)
    g_main_context_iteration (NULL, FALSE), g_usleep (1000);
  g_assert_finalize_object (g_steal_pointer (&self->listener));
  g_clear_pointer (&self->state, peal_secret_unref);
  g_clear_object (&self->cancellable);
}

static GSocketConnection *
dial (guint16 port, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, 20);

  return g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, error);
}

typedef struct
{
  guint16 port;
  const char *request;
  gsize length;
  gint is_over;
} Talk;

/* The whole answer, or NULL where the connection could not be made. */
static gpointer
talk_main (gpointer data)
{
  Talk *talk = data;
  g_autoptr (GSocketConnection) connection = dial (talk->port, NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  char buffer[4096];
  gssize n_bytes = 0;

  if (connection != NULL)
    {
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), talk->request,
                                 talk->length, NULL, NULL, NULL);
      while ((n_bytes = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer,
                                             sizeof buffer, NULL, NULL))
             > 0)
        g_string_append_len (answer, buffer, n_bytes);
    }
  g_atomic_int_set (&talk->is_over, TRUE);
  g_main_context_wakeup (NULL);

  return connection != NULL ? g_strdup (answer->str) : NULL;
}

static char *
talk_bytes (Fixture *self, const char *request, gsize length)
{
  Talk talk = { self->port, request, length, FALSE };
  GThread *thread = g_thread_new ("browser", talk_main, &talk);

  while (!g_atomic_int_get (&talk.is_over))
    g_main_context_iteration (NULL, TRUE);

  return g_thread_join (thread);
}

static char *
talk_get (Fixture *self, const char *target)
{
  g_autofree char *request =
      g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nSec-Fetch-Mode: navigate\r\n"
                       "Sec-Fetch-Dest: document\r\nConnection: keep-alive\r\n\r\n",
                       target, self->port);

  return talk_bytes (self, request, strlen (request));
}

static void
assert_status (const char *answer, guint status)
{
  g_autofree char *line = g_strdup_printf ("HTTP/1.1 %u ", status);

  g_assert_nonnull (answer);
  if (!g_str_has_prefix (answer, line))
    g_error ("Not %u: %s", status, answer);
}

/* On every answer, whoever gives it. */
static void
assert_headers (const char *answer)
{
  static const char *const lines[] = {
    "\r\nCache-Control: no-store\r\n",
    "\r\nReferrer-Policy: no-referrer\r\n",
    "\r\nX-Content-Type-Options: nosniff\r\n",
    "\r\nCross-Origin-Opener-Policy: same-origin\r\n",
    "\r\nConnection: close\r\n",
    "\r\nContent-Type: text/html; charset=utf-8\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (strstr (answer, lines[i]) == NULL)
      g_error ("No %s in: %s", lines[i], answer);
  g_assert_nonnull (strstr (answer, "\r\nContent-Security-Policy: default-src 'none'; style-src 'sha256-"));
  g_assert_nonnull (strstr (answer, "frame-ancestors 'none'; base-uri 'none'; form-action 'none'\r\n"));
  g_assert_null (strstr (answer, "<script"));
  g_assert_null (strstr (answer, STATE));
}

static void
assert_waiting (Fixture *self)
{
  g_assert_true (dex_future_is_pending (self->done));
}

static PealRedirect *
get_redirect (Fixture *self, GError **error)
{
  while (dex_future_is_pending (self->done))
    g_main_context_iteration (NULL, TRUE);

  const GValue *value = dex_future_get_value (self->done, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

static void
finish_well (Fixture *self)
{
  g_autofree char *answer =
      talk_get (self, "/callback/tiktok/?code=Zk9%2A0&scopes=user.info.basic%2Cvideo.list&state=" STATE);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealRedirect) redirect = NULL;

  assert_status (answer, 200);
  assert_headers (answer);
  g_assert_null (strstr (answer, "Zk9"));
  redirect = get_redirect (self, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (peal_secret_peek (redirect->code), ==, "Zk9*0");
  g_assert_cmpint (redirect->scopes, ==, PEAL_SCOPE_USER_BASIC | PEAL_SCOPE_VIDEO_LIST);
  g_assert_null (redirect->error);
}

static void
test_callback (Fixture *self, gconstpointer data)
{
  finish_well (self);
}

/* The second callback finds nobody. */
static void
test_replay (Fixture *self, gconstpointer data)
{
  g_autofree char *answer = NULL;

  finish_well (self);
  answer = talk_get (self, "/callback/tiktok/?code=Zk9%2A0&state=" STATE);
  g_assert_null (answer);
}

static void
test_wrong_states (Fixture *self, gconstpointer data)
{
  static const char *const targets[] = {
    "/callback/tiktok/",
    "/callback/tiktok/?code=a",
    "/callback/tiktok/?code=a&state=",
    "/callback/tiktok/?code=a&state=short",
    "/callback/tiktok/?code=a&state=" STATE "x",
    "/callback/tiktok/?code=a&state=" STATE "&state=" STATE,
    "/callback/tiktok/?code=a&state=8f2c7c1e5a7d4b0e8a61d3f0c2b4a596abcdefghijk",
    "/callback/tiktok/?error=access_denied",
    "/callback/tiktok/?error=access_denied&state=wrong",
    "/callback/tiktok/?state=" STATE,
    "/callback/tiktok/?code=a&state=" STATE "&iss=https%3A%2F%2Fevil.example",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *answer = talk_get (self, targets[i]);

      g_test_message ("%s", targets[i]);
      assert_status (answer, 400);
      assert_headers (answer);
      assert_waiting (self);
    }
  finish_well (self);
}

static void
test_guesses (Fixture *self, gconstpointer data)
{
  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *target = g_strdup_printf ("/callback/tiktok/?code=a&state=%043d", i);
      g_autofree char *answer = talk_get (self, target);

      assert_status (answer, 400);
    }
  assert_waiting (self);
  finish_well (self);
}

static void
test_error (Fixture *self, gconstpointer data)
{
  g_autofree char *answer = talk_get (
      self,
      "/callback/tiktok/?error=%3Cscript%3Ealert(1)&error_description=User%20%3Cb%3Edenied&state=" STATE);
  g_autoptr (PealRedirect) redirect = NULL;

  assert_status (answer, 200);
  assert_headers (answer);
  g_assert_null (strstr (answer, "denied"));
  redirect = get_redirect (self, NULL);
  g_assert_null (redirect->code);
  g_assert_cmpstr (redirect->error, ==, "unreadable");
  g_assert_cmpstr (redirect->error_description, ==, "User <b>denied");
}

static void
test_issuer (Fixture *self, gconstpointer data)
{
  g_autofree char *answer =
      talk_get (self, "/callback/tiktok/?error=access_denied&iss=https%3A%2F%2Fwww.tiktok.com&state=" STATE);
  g_autoptr (PealRedirect) redirect = get_redirect (self, NULL);

  assert_status (answer, 200);
  g_assert_cmpstr (redirect->error, ==, "access_denied");
}

/* %s stands for the port. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *request;
    guint status;
  } cases[] = {
    { "POST /callback/tiktok/ HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nContent-Length: 3\r\n\r\nabc", 405 },
    { "HEAD /callback/tiktok/ HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", 405 },
    { "OPTIONS /callback/tiktok/ HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", 405 },
    { "CONNECT 127.0.0.1:%u HTTP/1.1\r\n\r\n", 405 },
    { "GET /callback/tiktok/?x=%u\r\n", 400 },
    { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400 },
    { "GET http://127.0.0.1:%u/callback/tiktok/ HTTP/1.1\r\n\r\n", 400 },
    { "GET /callback/tiktok/ HTTP/1.1\r\nHost: evil.example:%u\r\n\r\n", 400 },
    { "GET /callback/tiktok/ HTTP/1.1\r\nHost: localhost:%u\r\n\r\n", 400 },
    { "GET /callback/tiktok/ HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nHost: evil\r\n\r\n", 400 },
    { "GET /callback/tiktok/ HTTP/1.1\r\n\r\n", 400 },
    { "GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", 404 },
    { "GET /callback/tiktok HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", 404 },
    { "GET /callback/%%74iktok/ HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", 404 },
    { "GET /callback/tiktok/ HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nSec-Fetch-Dest: iframe\r\n\r\n", 400 },
    { "GET /callback/tiktok/ HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nOrigin: https://evil.example\r\n\r\n", 400 },
    { "GET /callback/tiktok/ HTTP/1.1\nHost: 127.0.0.1:%u\n\n", 400 },
    { "GET /callback/tiktok/ HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400 },
    { "GET /callback/tiktok/ HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n"
      "GET /callback/tiktok/?code=a&state=" STATE " HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n",
      400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) request = g_string_new (cases[i].request);
      g_autofree char *port = g_strdup_printf ("%u", self->port);
      g_autofree char *answer = NULL;

      g_string_replace (request, "%u", port, 0);
      g_string_replace (request, "%%", "%", 0);
      answer = talk_bytes (self, request->str, request->len);
      assert_status (answer, cases[i].status);
      assert_headers (answer);
      g_assert_cmpint (strstr (answer, "\r\nAllow: GET\r\n") != NULL, ==, cases[i].status == 405);
      g_assert_cmpint (strstr (answer, "<!DOCTYPE html>") == NULL, ==,
                       g_str_has_prefix (request->str, "HEAD "));
      assert_waiting (self);
    }
  finish_well (self);
}

/* A head of a megabyte, in one line and in a hundred thousand. */
static void
test_huge (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) one = g_string_new ("GET /callback/tiktok/ HTTP/1.1\r\nX: ");
  g_autoptr (GString) many = g_string_new ("GET /callback/tiktok/ HTTP/1.1\r\n");
  g_autofree char *nul = g_malloc0 (20000);
  g_autofree char *one_answer = NULL;
  g_autofree char *many_answer = NULL;
  g_autofree char *nul_answer = NULL;

  while (one->len < 1024 * 1024)
    g_string_append (one, "0123456789abcdef");
  for (int i = 0; i < 100000; i++)
    g_string_append (many, "X: y\r\n");
  one_answer = talk_bytes (self, one->str, one->len);
  many_answer = talk_bytes (self, many->str, many->len);
  nul_answer = talk_bytes (self, nul, 20000);
  assert_status (one_answer, 431);
  assert_headers (one_answer);
  assert_status (many_answer, 431);
  assert_status (nul_answer, 400);
  finish_well (self);
}

typedef struct
{
  guint16 port;
  gint is_over;
} Crowd;

static gpointer
crowd_main (gpointer data)
{
  Crowd *crowd = data;
  GPtrArray *connections = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < 100; i++)
    {
      GSocketConnection *connection = dial (crowd->port, NULL);

      if (connection != NULL)
        g_ptr_array_add (connections, connection);
      if (connection != NULL && i % 2 == 0)
        g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), "GET /", 5, NULL,
                                   NULL, NULL);
    }
  g_atomic_int_set (&crowd->is_over, TRUE);
  g_main_context_wakeup (NULL);

  return connections;
}

/* A hundred that say nothing, or not enough, do not keep the real one out. */
static void
test_crowd (Fixture *self, gconstpointer data)
{
  Crowd crowd = { self->port, FALSE };
  GThread *thread = g_thread_new ("crowd", crowd_main, &crowd);
  g_autoptr (GPtrArray) connections = NULL;
  gint64 start;

  while (!g_atomic_int_get (&crowd.is_over))
    g_main_context_iteration (NULL, TRUE);
  connections = g_thread_join (thread);
  g_assert_cmpuint (connections->len, ==, 100);
  start = g_get_monotonic_time ();
  finish_well (self);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 8 * G_USEC_PER_SEC);
}

/* One that says nothing is shown out after five seconds, in good time for others. */
static void
test_silent (Fixture *self, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  g_autofree char *answer = talk_bytes (self, "GET /callback", 13);

  g_assert_cmpstr (answer, ==, "");
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 4 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 9 * G_USEC_PER_SEC);
  finish_well (self);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  g_cancellable_cancel (self->cancellable);
  g_assert_null (get_redirect (self, &error));
  peal_test_assert_error (error, PEAL_ERROR_CANCELLED, "cancelled");
  answer = talk_get (self, "/callback/tiktok/?code=a&state=" STATE);
  g_assert_null (answer);
}

static void
test_used (Fixture *self, gconstpointer data)
{
  g_autoptr (DexFuture) again = peal_redirect_listener_wait (self->listener, self->state, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_future_get_value (again, &error));
  peal_test_assert_error (error, PEAL_ERROR_INVALID, "listener_used");
}

static void
test_loopback_only (Fixture *self, gconstpointer data)
{
  g_autoptr (GInetAddress) loopback6 = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback6, self->port);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);

  g_assert_null (connection);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/redirect-listener/callback", test_callback);
  ADD ("/redirect-listener/replay", test_replay);
  ADD ("/redirect-listener/wrong-states", test_wrong_states);
  ADD ("/redirect-listener/guesses", test_guesses);
  ADD ("/redirect-listener/error", test_error);
  ADD ("/redirect-listener/issuer", test_issuer);
  ADD ("/redirect-listener/refused", test_refused);
  ADD ("/redirect-listener/huge", test_huge);
  ADD ("/redirect-listener/crowd", test_crowd);
  ADD ("/redirect-listener/silent", test_silent);
  ADD ("/redirect-listener/cancelled", test_cancelled);
  ADD ("/redirect-listener/used", test_used);
  ADD ("/redirect-listener/loopback-only", test_loopback_only);

  return g_test_run ();
}
