/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-fake-clock.h"
#include "peal-picture-reader.h"
#include "peal-test-client.h"
#include "peal-test-fiber.h"

typedef struct
{
  PealTestServer *server;
  PealTiktokClient *client;
  PealPictureReader *reader;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->server = peal_test_server_new ();
  self->client = peal_test_client_new (self->server);
  self->reader = peal_picture_reader_new (self->client);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&self->reader));
  g_clear_object (&self->client);
  g_clear_pointer (&self->server, peal_test_server_free);
}

static DexFuture *
start (Fixture *self, const char *path, GCancellable *cancellable)
{
  g_autofree char *url = g_strconcat (peal_test_server_get_address (self->server), path, NULL);

  return peal_picture_reader_read (self->reader, url, cancellable);
}

static GBytes *
get (Fixture *self, GError **error)
{
  return peal_test_await_boxed (start (self, "/cover.webp?x-expires=1&x-signature=%3D", NULL), error);
}

static void
push (Fixture *self, guint status, const char *type, const char *body)
{
  g_autofree char *raw = g_strdup_printf (
      "HTTP/1.1 %u Well\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", status, type,
      strlen (body), body);

  peal_test_server_push (self->server, PEAL_STEP_ANSWER, raw);
}

static void
check_refused (Fixture *self, PealErrorCode code, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (get (self, &error));
  peal_test_assert_error (error, code, reason);
}

static void
test_picture (Fixture *self, gconstpointer data)
{
  static const char *const absent[] = { "Authorization", "Cookie", "Referer", "Accept-Encoding", "Origin" };
  g_autoptr (PealTestRequest) request = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autofree char *accept = NULL;
  g_autoptr (GError) error = NULL;

  push (self, 200, "IMAGE/Webp; charset=x", "RIFF");
  picture = get (self, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (picture, NULL), g_bytes_get_size (picture), "RIFF", 4);
  request = peal_test_server_pop (self->server);
  g_assert_true (
      g_str_has_prefix (request->head, "GET /cover.webp?x-expires=1&x-signature=%3D HTTP/1.1\r\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (absent); i++)
    {
      g_autofree char *value = peal_test_request_dup_header (request, absent[i]);

      g_assert_cmpstr (value, ==, NULL);
    }
  accept = peal_test_request_dup_header (request, "Accept");
  g_assert_nonnull (strstr (accept, "image/webp"));
}

static void
test_other_answers (Fixture *self, gconstpointer data)
{
  static const guint statuses[] = { 204, 206, 403, 404, 410, 429, 500, 503 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      push (self, statuses[i], "image/png", statuses[i] == 204 ? "" : "png");
      check_refused (self, PEAL_ERROR_SERVER, "picture_unavailable");
    }
  push (self, 200, "text/html", "<p>Sign in to this network</p>");
  check_refused (self, PEAL_ERROR_SERVER, "picture_unavailable");
  push (self, 200, "image/png", "");
  check_refused (self, PEAL_ERROR_SERVER, "picture_unavailable");
  peal_test_server_push (self->server, PEAL_STEP_CLOSE, "HTTP/1.1 200 OK\r\n\r\nno type");
  check_refused (self, PEAL_ERROR_SERVER, "picture_unavailable");
}

static void
test_redirects (Fixture *self, gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr (PealTestServer) other = peal_test_server_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *raw =
          g_strdup_printf ("HTTP/1.1 %u Away\r\nLocation: %s/a.png\r\nContent-Length: 0\r\n\r\n", statuses[i],
                           peal_test_server_get_address (other));

      peal_test_server_push (self->server, PEAL_STEP_ANSWER, raw);
      check_refused (self, PEAL_ERROR_SERVER, "picture_unavailable");
    }
  g_assert_cmpint (peal_test_server_get_n_requests (other), ==, 0);
}

/* One that says its length, and one that goes on for longer than anybody said. */
static void
test_too_large (Fixture *self, gconstpointer data)
{
  g_autofree char *full = g_strnfill (PEAL_PICTURE_MAX_BYTES, 'x');
  g_autofree char *over = g_strnfill (PEAL_PICTURE_MAX_BYTES + 1, 'x');
  g_autofree char *endless =
      g_strconcat ("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", over, over, NULL);
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GError) error = NULL;

  push (self, 200, "image/png", full);
  picture = get (self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (picture), ==, PEAL_PICTURE_MAX_BYTES);
  push (self, 200, "image/png", over);
  check_refused (self, PEAL_ERROR_INVALID, "picture_too_large");
  peal_test_server_push (self->server, PEAL_STEP_CLOSE, endless);
  check_refused (self, PEAL_ERROR_INVALID, "picture_too_large");
}

/* Nobody is asked. */
static void
test_addresses (Fixture *self, gconstpointer data)
{
  static const char *const urls[] = { "",
                                      "http://",
                                      "http://127.0.0.1:99999/",
                                      "https://p16.tiktokcdn.com/a",
                                      "http://169.254.169.254/a",
                                      "file:///etc/passwd",
                                      "http://127.0.0.1 /" };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", urls[i]);
      g_assert_null (peal_test_await_boxed (peal_picture_reader_read (self->reader, urls[i], NULL), &error));
      peal_test_assert_error (error, PEAL_ERROR_INVALID, "picture_refused");
    }
}

/* A client of TikTok's own asks nobody on loopback. */
static void
test_of_tiktok (Fixture *self, gconstpointer data)
{
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (PealTiktokClient) client = peal_tiktok_client_new (NULL, clock, NULL);
  g_autoptr (PealPictureReader) reader = peal_picture_reader_new (client);
  g_autofree char *url = g_strconcat (peal_test_server_get_address (self->server), "/a.png", NULL);
  g_autoptr (GError) error = NULL;

  push (self, 200, "image/png", "png");
  g_assert_null (peal_test_await_boxed (peal_picture_reader_read (reader, url, NULL), &error));
  peal_test_assert_error (error, PEAL_ERROR_INVALID, "picture_refused");
  g_assert_cmpint (peal_test_server_get_n_requests (self->server), ==, 0);
}

static void
test_refused_connection (Fixture *self, gconstpointer data)
{
  g_autofree char *url = g_strconcat (peal_test_server_get_address (self->server), "/a.png", NULL);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->server, peal_test_server_free);
  g_assert_null (peal_test_await_boxed (peal_picture_reader_read (self->reader, url, NULL), &error));
  peal_test_assert_error (error, PEAL_ERROR_NETWORK, "connection_refused");
}

typedef struct
{
  PealFakeClock *clock;
  PealTestServer *server;
} Late;

static gboolean
advance_cb (gpointer data)
{
  Late *late = data;

  if (peal_test_server_get_n_requests (late->server) == 0)
    return G_SOURCE_CONTINUE;
  peal_fake_clock_advance (late->clock, 20 * G_USEC_PER_SEC);
  return G_SOURCE_REMOVE;
}

static void
test_deadline (Fixture *self, gconstpointer data)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealTiktokClient) client =
      peal_test_client_new_full (self->server, PEAL_CLOCK (clock), G_USEC_PER_SEC);
  g_autoptr (PealPictureReader) reader = peal_picture_reader_new (client);
  g_autofree char *url = g_strconcat (peal_test_server_get_address (self->server), "/a.png", NULL);
  g_autoptr (GError) error = NULL;
  Late late = { clock, self->server };

  peal_test_server_push (self->server, PEAL_STEP_HANG,
                         "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 9\r\n\r\nx");
  g_timeout_add (5, advance_cb, &late);
  g_assert_null (peal_test_await_boxed (peal_picture_reader_read (reader, url, NULL), &error));
  peal_test_assert_error (error, PEAL_ERROR_SERVER, "deadline");
}

static void
wait_for_requests (Fixture *self, int n)
{
  while (peal_test_server_get_n_requests (self->server) < n)
    g_main_context_iteration (NULL, FALSE);
}

/* By another name of the host, as libsoup limits itself to two connections a host. */
static DexFuture *
start_elsewhere (Fixture *self, GCancellable *cancellable)
{
  g_autofree char *url = g_strdup_printf ("http://localhost%s/waits.png",
                                          strrchr (peal_test_server_get_address (self->server), ':'));

  return peal_picture_reader_read (self->reader, url, cancellable);
}

/* The third waits for one of the first two to end, and the fourth does not wait behind a third that gave up.
 */
static void
test_two_at_a_time (Fixture *self, gconstpointer data)
{
  GCancellable *stops[4] = { NULL };
  DexFuture *futures[4];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) last = NULL;

  for (guint i = 0; i < 2; i++)
    peal_test_server_push (self->server, PEAL_STEP_HANG, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      stops[i] = g_cancellable_new ();
      futures[i] = i < 2 ? start (self, "/hangs.png", stops[i]) : start_elsewhere (self, stops[i]);
    }
  wait_for_requests (self, 2);
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (peal_test_server_get_n_requests (self->server), ==, 2);
  g_cancellable_cancel (stops[2]);
  g_assert_null (peal_test_await_boxed (futures[2], &error));
  peal_test_assert_error (error, PEAL_ERROR_CANCELLED, "cancelled");
  g_clear_error (&error);
  g_assert_cmpint (peal_test_server_get_n_requests (self->server), ==, 2);

  push (self, 200, "image/png", "png");
  g_cancellable_cancel (stops[0]);
  g_assert_null (peal_test_await_boxed (futures[0], &error));
  peal_test_assert_error (error, PEAL_ERROR_CANCELLED, "cancelled");
  g_clear_error (&error);
  last = peal_test_await_boxed (futures[3], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (last), ==, 3);
  g_cancellable_cancel (stops[1]);
  g_assert_null (peal_test_await_boxed (futures[1], &error));
  peal_test_assert_error (error, PEAL_ERROR_CANCELLED, "cancelled");
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    g_clear_object (&stops[i]);
}

#define ADD(name, func) g_test_add ("/picture-reader/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  ADD ("picture", test_picture);
  ADD ("other-answers", test_other_answers);
  ADD ("redirects", test_redirects);
  ADD ("too-large", test_too_large);
  ADD ("addresses", test_addresses);
  ADD ("of-tiktok", test_of_tiktok);
  ADD ("refused-connection", test_refused_connection);
  ADD ("deadline", test_deadline);
  ADD ("two-at-a-time", test_two_at_a_time);
  return g_test_run ();
}
