/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-fake-clock.h"
#include "peal-http.h"
#include "peal-test-client.h"
#include "peal-test-fiber.h"
#include "peal-tiktok-user.h"

#define OK_USER "{\"data\":{\"user\":{\"open_id\":\"o\"}},\"error\":{\"code\":\"ok\"}}"

static SoupMessage *
new_get (PealTestServer *server)
{
  g_autofree char *url = g_strconcat (peal_test_server_get_address (server), "/x", NULL);
  SoupMessage *message = soup_message_new ("GET", url);

  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  return message;
}

static PealHttpAnswer *
get (PealTestServer *server, gboolean changes, gint64 deadline_us, GCancellable *cancellable, GError **error)
{
  g_autoptr (SoupSession) session = peal_http_session_new ();
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (SoupMessage) message = new_get (server);

  return peal_test_await_boxed (peal_http_send (session, message, clock, deadline_us, changes, cancellable),
                                error);
}

static void
test_answer (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealHttpAnswer) answer = NULL;
  g_autoptr (PealTestRequest) request = NULL;
  g_autofree char *agent = NULL;
  g_autofree char *encoding = NULL;
  g_autoptr (GError) error = NULL;

  peal_test_server_push (
      server, PEAL_STEP_CLOSE,
      "HTTP/1.1 429 No\r\nContent-Type: Application/JSON; charset=utf-8\r\nRetry-After: 7\r\n"
      "Date: Sun, 22 Nov 2026 08:00:00 GMT\r\nContent-Length: 5\r\n\r\nhello");
  answer = get (server, FALSE, G_USEC_PER_SEC * 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 429);
  g_assert_cmpstr (answer->media_type, ==, "application/json");
  g_assert_cmpstr (answer->retry_after, ==, "7");
  g_assert_cmpint (answer->date_us, ==, G_GINT64_CONSTANT (1795334400) * G_USEC_PER_SEC);
  g_assert_cmpmem (answer->data, answer->length, "hello", 5);

  request = peal_test_server_pop (server);
  agent = peal_test_request_dup_header (request, "User-Agent");
  encoding = peal_test_request_dup_header (request, "Accept-Encoding");
  g_assert_cmpstr (agent, ==, "Peal/" PEAL_VERSION);
  g_assert_null (encoding);
}

/* Two answers that are too large: one says so, one does not. */
static void
test_too_large (void)
{
  g_autoptr (GString) raw = g_string_new ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
  g_autofree char *filler = g_strnfill (3 * PEAL_HTTP_MAX_BODY, ' ');
  gboolean changes[] = { FALSE, TRUE };

  g_string_append (raw, filler);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (PealTestServer) server = peal_test_server_new ();
      g_autoptr (GError) error = NULL;

      peal_test_server_push (server, PEAL_STEP_CLOSE, raw->str);
      g_assert_null (get (server, changes[i], G_USEC_PER_SEC * 10, NULL, &error));
      peal_test_assert_error (error, changes[i] ? PEAL_ERROR_OUTCOME_UNKNOWN : PEAL_ERROR_PROTOCOL,
                              "answer_too_large");
    }
}

static void
test_largest (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autofree char *body = g_strnfill (PEAL_HTTP_MAX_BODY, 'x');
  g_autoptr (PealHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  peal_test_server_push_json (server, 200, body);
  answer = get (server, FALSE, G_USEC_PER_SEC * 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->length, ==, PEAL_HTTP_MAX_BODY);
}

/* Compressed against our will: handed on as it is, however large it would become. */
static void
test_not_decoded (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  peal_test_server_push (
      server, PEAL_STEP_CLOSE,
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08!");
  answer = get (server, FALSE, G_USEC_PER_SEC * 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->length, ==, 4);
}

static void
check_lost (PealStepKind kind, const char *raw)
{
  const gboolean changes[] = { FALSE, TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (PealTestServer) server = peal_test_server_new ();
      g_autoptr (GError) error = NULL;

      peal_test_server_push (server, kind, raw);
      /* libsoup repeats a GET by itself once. */
      peal_test_server_push (server, kind, raw);
      g_assert_null (get (server, changes[i], G_USEC_PER_SEC * 10, NULL, &error));
      peal_test_assert_error (error, changes[i] ? PEAL_ERROR_OUTCOME_UNKNOWN : PEAL_ERROR_SERVER,
                              "connection_lost");
    }
}

static void
test_lost (void)
{
  check_lost (PEAL_STEP_DROP, NULL);
  check_lost (PEAL_STEP_DROP_AFTER_HEAD, NULL);
  check_lost (PEAL_STEP_CLOSE, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  check_lost (PEAL_STEP_CLOSE, "garbage without end");
}

static void
test_refused (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (SoupMessage) message = new_get (server);
  g_autoptr (SoupSession) session = peal_http_session_new ();
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&server, peal_test_server_free);
  g_assert_null (peal_test_await_boxed (
      peal_http_send (session, message, clock, G_USEC_PER_SEC * 10, TRUE, NULL), &error));
  peal_test_assert_error (error, PEAL_ERROR_NETWORK, "connection_refused");
}

static void
test_unknown_host (void)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", "http://nobody.invalid/");
  g_autoptr (SoupSession) session = peal_http_session_new ();
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (peal_test_await_boxed (
      peal_http_send (session, message, clock, G_USEC_PER_SEC * 20, TRUE, NULL), &error));
  peal_test_assert_error (error, PEAL_ERROR_NETWORK, "dns");
}

typedef struct
{
  PealFakeClock *clock;
  PealTestServer *server;
} Late;

/* Once the request is there, half a minute passes. */
static gboolean
advance_cb (gpointer data)
{
  Late *late = data;

  if (peal_test_server_get_n_requests (late->server) == 0)
    return G_SOURCE_CONTINUE;
  peal_fake_clock_advance (late->clock, 30 * G_USEC_PER_SEC);

  return G_SOURCE_REMOVE;
}

static void
test_deadline (void)
{
  static const char *const beginnings[] = { NULL, "HTTP/1.1 200 OK\r\nContent-Le",
                                            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx" };
  const gboolean changes[] = { FALSE, TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings) * 2; i++)
    {
      g_autoptr (PealTestServer) server = peal_test_server_new ();
      g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
      g_autoptr (SoupSession) session = peal_http_session_new ();
      g_autoptr (SoupMessage) message = new_get (server);
      g_autoptr (GError) error = NULL;
      Late late = { clock, server };

      peal_test_server_push (server, PEAL_STEP_HANG, beginnings[i / 2]);
      g_timeout_add (5, advance_cb, &late);
      g_assert_null (peal_test_await_boxed (
          peal_http_send (session, message, PEAL_CLOCK (clock), 30 * G_USEC_PER_SEC, changes[i % 2], NULL),
          &error));
      peal_test_assert_error (error, changes[i % 2] ? PEAL_ERROR_OUTCOME_UNKNOWN : PEAL_ERROR_SERVER,
                              "deadline");
      g_assert_cmpuint (peal_fake_clock_get_n_sleepers (clock), ==, 0);
    }
}

/* The call's deadline is a property of the client, so that its tests need not wait. */
static void
test_client_deadline (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (PealTiktokClient) client = peal_test_client_new_full (server, clock, 50000);
  g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_ALL);
  g_autoptr (GError) error = NULL;

  peal_test_server_push (server, PEAL_STEP_HANG, NULL);
  g_assert_null (peal_test_await_boxed (peal_tiktok_fetch_user (client, access, NULL), &error));
  peal_test_assert_error (error, PEAL_ERROR_SERVER, "deadline");
}

typedef struct
{
  PealTestServer *server; /* NULL: at once */
  GCancellable *cancellable;
} Stop;

static gboolean
cancel_cb (gpointer data)
{
  Stop *stop = data;

  if (stop->server != NULL && peal_test_server_get_n_requests (stop->server) == 0)
    return G_SOURCE_CONTINUE;
  g_cancellable_cancel (stop->cancellable);

  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  const gboolean changes[] = { FALSE, TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GCancellable) early = g_cancellable_new ();
      g_autoptr (GCancellable) midway = g_cancellable_new ();
      g_autoptr (GError) early_error = NULL;
      g_autoptr (GError) midway_error = NULL;
      g_autoptr (PealTestRequest) request = NULL;
      Stop stop = { server, midway };

      g_cancellable_cancel (early);
      g_assert_null (get (server, changes[i], G_USEC_PER_SEC * 10, early, &early_error));
      peal_test_assert_error (early_error, PEAL_ERROR_CANCELLED, "cancelled");

      peal_test_server_push (server, PEAL_STEP_HANG, NULL);
      g_timeout_add (5, cancel_cb, &stop);
      g_assert_null (get (server, changes[i], G_USEC_PER_SEC * 10, midway, &midway_error));
      /* Stopped, but what was sent was sent. */
      peal_test_assert_error (midway_error, changes[i] ? PEAL_ERROR_OUTCOME_UNKNOWN : PEAL_ERROR_CANCELLED,
                              "cancelled");
      request = peal_test_server_pop (server);
    }
}

/* Neither the request nor its token goes where a redirect points. */
static void
test_redirects (void)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (PealTestServer) server = peal_test_server_new ();
      g_autoptr (PealTestServer) other = peal_test_server_new ();
      g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
      g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_ALL);
      g_autofree char *raw =
          g_strdup_printf ("HTTP/1.1 %u Away\r\nLocation: %s/v2/user/info/\r\nContent-Length: 0\r\n\r\n",
                           statuses[i], peal_test_server_get_address (other));
      g_autoptr (GError) error = NULL;

      peal_test_server_push (server, PEAL_STEP_ANSWER, raw);
      peal_test_server_push_json (other, 200, OK_USER);
      g_assert_null (peal_test_await_boxed (peal_tiktok_fetch_user (client, access, NULL), &error));
      peal_test_assert_error (error, PEAL_ERROR_PROTOCOL, "redirect");
      g_assert_cmpint (peal_test_server_get_n_requests (other), ==, 0);
    }
}

static void
test_skew (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new_at ("2026-11-22T07:59:00Z");
  g_autoptr (PealTiktokClient) client =
      peal_test_client_new_full (server, PEAL_CLOCK (clock), G_USEC_PER_SEC);
  g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_ALL);
  g_autoptr (PealUser) user = NULL;

  g_assert_cmpint (peal_tiktok_client_get_clock_skew_s (client), ==, 0);
  peal_test_server_push (
      server, PEAL_STEP_CLOSE,
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Sun, 22 Nov 2026 08:00:00 GMT\r\n"
      "\r\n" OK_USER);
  user = peal_test_await_boxed (peal_tiktok_fetch_user (client, access, NULL), NULL);
  g_assert_nonnull (user);
  g_assert_cmpint (peal_tiktok_client_get_clock_skew_s (client), ==, 60);
}

/* 429 closes the bucket: the next call fails here, the server never sees it. */
static void
test_rate_limited (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealTiktokClient) client =
      peal_test_client_new_full (server, PEAL_CLOCK (clock), G_USEC_PER_SEC);
  g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_ALL);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (PealUser) user = NULL;

  peal_test_server_push (
      server, PEAL_STEP_ANSWER,
      "HTTP/1.1 429 No\r\nContent-Type: application/json\r\nRetry-After: 120\r\nContent-Length: 41\r\n\r\n"
      "{\"error\":{\"code\":\"rate_limit_exceeded\"}} ");
  g_assert_null (peal_test_await_boxed (peal_tiktok_fetch_user (client, access, NULL), &first));
  peal_test_assert_error (first, PEAL_ERROR_RATE_LIMITED, "rate_limit_exceeded");
  g_assert_cmpint (peal_error_get_retry_after_s (first), ==, 120);
  g_assert_null (peal_test_await_boxed (peal_tiktok_fetch_user (client, access, NULL), &second));
  peal_test_assert_error (second, PEAL_ERROR_RATE_LIMITED, "rate_limit_exceeded");
  g_assert_cmpint (peal_error_get_retry_after_s (second), ==, 120);
  g_assert_cmpint (peal_test_server_get_n_requests (server), ==, 1);

  peal_fake_clock_advance (clock, 120 * G_USEC_PER_SEC);
  peal_test_server_push_json (server, 200, OK_USER);
  user = peal_test_await_boxed (peal_tiktok_fetch_user (client, access, NULL), NULL);
  g_assert_nonnull (user);
}

static void
test_server_address (void)
{
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (PealTiktokClient) tiktok = peal_tiktok_client_new (NULL, clock, NULL);
  g_autoptr (PealTiktokClient) practice = peal_tiktok_client_new ("http://127.0.0.1:9/", clock, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (peal_tiktok_client_get_api_base (tiktok), ==, "https://open.tiktokapis.com");
  g_assert_cmpstr (peal_tiktok_client_get_authorize_base (tiktok), ==, "https://www.tiktok.com");
  g_assert_cmpstr (peal_tiktok_client_get_api_base (practice), ==, "http://127.0.0.1:9");
  g_assert_cmpstr (peal_tiktok_client_get_authorize_base (practice), ==, "http://127.0.0.1:9");
  g_assert_null (peal_tiktok_client_new ("http://192.0.2.1:80", clock, &error));
  peal_test_assert_error (error, PEAL_ERROR_INVALID, "server_address");
  g_assert_finalize_object (g_steal_pointer (&tiktok));
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/answer", test_answer);
  g_test_add_func ("/http/too-large", test_too_large);
  g_test_add_func ("/http/largest", test_largest);
  g_test_add_func ("/http/not-decoded", test_not_decoded);
  g_test_add_func ("/http/lost", test_lost);
  g_test_add_func ("/http/refused", test_refused);
  g_test_add_func ("/http/unknown-host", test_unknown_host);
  g_test_add_func ("/http/deadline", test_deadline);
  g_test_add_func ("/http/client-deadline", test_client_deadline);
  g_test_add_func ("/http/cancelled", test_cancelled);
  g_test_add_func ("/http/redirects", test_redirects);
  g_test_add_func ("/http/skew", test_skew);
  g_test_add_func ("/http/rate-limited", test_rate_limited);
  g_test_add_func ("/http/server-address", test_server_address);

  return g_test_run ();
}
