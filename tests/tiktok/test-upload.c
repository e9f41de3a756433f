/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "peal-fake-clock.h"
#include "peal-permit-private.h"
#include "peal-test-client.h"
#include "peal-upload.h"

#define SIZE 3000007
#define CHUNK 1000000
#define PUBLISH_ID "v_pub_file~v2-1.75"
#define PARTIAL "HTTP/1.1 206 Partial Content\r\nContent-Length: 0\r\n\r\n"
#define CREATED "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"

typedef struct
{
  PealTestServer *server;
  PealFakeClock *clock;
  char *data;
  int fd;
  PealUpload *upload;
} Fixture;

static PealUpload *
new_upload (Fixture *self, const char *address, int fd)
{
  g_autoptr (PealTiktokClient) client =
      peal_test_client_new_full (self->server, PEAL_CLOCK (self->clock), G_USEC_PER_SEC);
  g_autoptr (PealUploadTicket) ticket = g_new0 (PealUploadTicket, 1);
  g_autofree char *url = g_strconcat (address, "/video/?upload_id=7&upload_token=canary%2F1", NULL);
  const PealChunkPlan plan = { SIZE, CHUNK, 3 };

  ticket->publish_id = g_strdup (PUBLISH_ID);
  ticket->upload_url = peal_secret_new (url);

  return peal_upload_new (client, ticket, fd, &plan, "video/mp4");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;

  self->server = peal_test_server_new ();
  self->clock = peal_fake_clock_new (0);
  self->data = g_malloc (SIZE);
  for (gsize i = 0; i < SIZE; i++)
    self->data[i] = (char)(i * 31 + i / 251);
  self->fd = g_file_open_tmp ("peal-upload-XXXXXX", &path, NULL);
  g_assert_cmpint (write (self->fd, self->data, SIZE), ==, SIZE);
  g_unlink (path);
  self->upload = new_upload (self, peal_test_server_get_address (self->server), self->fd);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&self->upload));
  g_clear_pointer (&self->server, peal_test_server_free);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->data, g_free);
  g_clear_fd (&self->fd, NULL);
}

static PealChunkAnswer *
send_chunk (Fixture *self, gint64 index, GError **error)
{
  return peal_test_await_boxed (peal_upload_send_chunk (self->upload, index, NULL), error);
}

static PealChunkAnswer *
send_last (Fixture *self, GError **error)
{
  return peal_test_await_boxed (
      peal_upload_send_last_chunk (self->upload, peal_final_permit_new (PUBLISH_ID)), error);
}

static guint
check_request (Fixture *self, gint64 offset, gint64 length)
{
  g_autoptr (PealTestRequest) request = peal_test_server_pop (self->server);
  g_autofree char *range = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%d", offset,
                                            offset + length - 1, SIZE);
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, length);
  g_autofree char *content_range = peal_test_request_dup_header (request, "Content-Range");
  g_autofree char *content_length = peal_test_request_dup_header (request, "Content-Length");
  g_autofree char *content_type = peal_test_request_dup_header (request, "Content-Type");
  g_autofree char *authorization = peal_test_request_dup_header (request, "Authorization");
  g_autofree char *coding = peal_test_request_dup_header (request, "Transfer-Encoding");
  g_autofree char *cookie = peal_test_request_dup_header (request, "Cookie");
  g_autofree char *referer = peal_test_request_dup_header (request, "Referer");

  g_assert_true (
      g_str_has_prefix (request->head, "PUT /video/?upload_id=7&upload_token=canary%2F1 HTTP/1.1\r\n"));
  g_assert_cmpstr (content_range, ==, range);
  g_assert_cmpstr (content_length, ==, size);
  g_assert_cmpstr (content_type, ==, "video/mp4");
  g_assert_null (authorization);
  g_assert_null (coding);
  g_assert_null (cookie);
  g_assert_null (referer);
  g_assert_cmpmem (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body),
                   self->data + offset, (gsize)length);

  return request->connection;
}

/* All bytes, each once, in order; one connection, and a fresh one for the last. */
static void
test_whole (Fixture *self, gconstpointer data)
{
  g_autoptr (PealChunkAnswer) first = NULL;
  g_autoptr (PealChunkAnswer) second = NULL;
  g_autoptr (PealChunkAnswer) last = NULL;

  peal_test_server_push (self->server, PEAL_STEP_ANSWER, PARTIAL);
  peal_test_server_push (self->server, PEAL_STEP_ANSWER, PARTIAL);
  peal_test_server_push (self->server, PEAL_STEP_ANSWER, CREATED);
  g_assert_cmpint (peal_upload_get_sent_bytes (self->upload), ==, 0);
  first = send_chunk (self, 0, NULL);
  g_assert_cmpuint (first->http_status, ==, 206);
  g_assert_cmpint (peal_upload_get_sent_bytes (self->upload), ==, CHUNK);
  second = send_chunk (self, 1, NULL);
  g_assert_cmpuint (second->http_status, ==, 206);
  last = send_last (self, NULL);
  g_assert_cmpuint (last->http_status, ==, 201);
  g_assert_cmpint (peal_upload_get_sent_bytes (self->upload), ==, SIZE);

  g_assert_cmpuint (check_request (self, 0, CHUNK), ==, 1);
  g_assert_cmpuint (check_request (self, CHUNK, CHUNK), ==, 1);
  g_assert_cmpuint (check_request (self, 2 * CHUNK, SIZE - 2 * CHUNK), ==, 2);
}

/* Whatever the server says is said on. */
static void
test_statuses (Fixture *self, gconstpointer data)
{
  static const guint statuses[] = { 200, 201, 204, 206, 301, 302, 307, 308, 400,
                                    401, 403, 404, 407, 416, 429, 500, 502, 503 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *raw = g_strdup_printf ("HTTP/1.1 %u Whatever\r\nLocation: http://127.0.0.1:9/\r\n"
                                              "WWW-Authenticate: Basic realm=x\r\n%s\r\n",
                                              statuses[i], statuses[i] == 204 ? "" : "Content-Length: 0\r\n");
      g_autoptr (PealChunkAnswer) answer = NULL;
      g_autoptr (GError) error = NULL;

      peal_test_server_push (self->server, PEAL_STEP_ANSWER, raw);
      answer = send_chunk (self, 0, &error);
      g_test_message ("%u", statuses[i]);
      g_assert_no_error (error);
      g_assert_cmpuint (answer->http_status, ==, statuses[i]);
      g_assert_cmpint (answer->progress_bytes, ==, -1);
      g_assert_cmpint (answer->retry_after_s, ==, -1);
      g_assert_null (answer->log_id);
      g_assert_cmpint (peal_upload_get_sent_bytes (self->upload), ==,
                       statuses[i] >= 200 && statuses[i] < 300 ? CHUNK : 0);
      check_request (self, 0, CHUNK);
    }
}

/* A count or the last index: not for us to tell. */
static void
test_answer_fields (Fixture *self, gconstpointer data)
{
  static const gint64 progress[] = { CHUNK, CHUNK - 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (progress); i++)
    {
      g_autofree char *raw = g_strdup_printf ("HTTP/1.1 416 No\r\nContent-Range: bytes 0-%" G_GINT64_FORMAT
                                              "/%d\r\nRetry-After: 9\r\n"
                                              "X-Tt-Logid: 2026ABC\r\nContent-Length: 5\r\n\r\nhello",
                                              progress[i], SIZE);
      g_autoptr (PealChunkAnswer) answer = NULL;
      g_autoptr (PealChunkAnswer) copy = NULL;

      peal_test_server_push (self->server, PEAL_STEP_ANSWER, raw);
      answer = send_chunk (self, 1, NULL);
      copy = peal_chunk_answer_copy (answer);
      g_assert_cmpint (copy->progress_bytes, ==, progress[i]);
      g_assert_cmpint (copy->retry_after_s, ==, 9);
      g_assert_cmpstr (copy->log_id, ==, "2026ABC");
      check_request (self, CHUNK, CHUNK);
    }
}

/* A server that closes between two chunks, as any may: the next goes whole over a new connection. */
static void
test_closed_between (Fixture *self, gconstpointer data)
{
  g_autoptr (PealChunkAnswer) first = NULL;
  g_autoptr (PealChunkAnswer) second = NULL;
  g_autoptr (GError) error = NULL;

  peal_test_server_push (self->server, PEAL_STEP_CLOSE, PARTIAL);
  peal_test_server_push (self->server, PEAL_STEP_ANSWER, PARTIAL);
  first = send_chunk (self, 0, NULL);
  g_assert_nonnull (first);
  g_usleep (20000);
  second = send_chunk (self, 1, &error);
  g_assert_no_error (error);
  check_request (self, 0, CHUNK);
  g_assert_cmpuint (check_request (self, CHUNK, CHUNK), ==, 2);
}

/* A server that closes while the next chunk is on its way over the old connection. libsoup would send it
 * again, with a body that has been read; nothing of that may go out. */
static void
test_dead_connection (Fixture *self, gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_autoptr (PealChunkAnswer) first = NULL;
      g_autoptr (PealChunkAnswer) again = NULL;
      g_autoptr (PealTestRequest) cut = NULL;
      g_autoptr (GError) error = NULL;
      guint connection;

      peal_test_server_push (self->server, PEAL_STEP_ANSWER, PARTIAL);
      peal_test_server_push (self->server, i % 2 == 0 ? PEAL_STEP_DROP_AFTER_HEAD : PEAL_STEP_DROP, NULL);
      peal_test_server_push (self->server, PEAL_STEP_ANSWER, PARTIAL);
      first = send_chunk (self, 0, NULL);
      g_assert_nonnull (first);
      connection = check_request (self, 0, CHUNK);
      g_assert_null (send_chunk (self, 1, &error));
      g_assert_error (error, PEAL_ERROR, PEAL_ERROR_OUTCOME_UNKNOWN);
      g_assert_cmpstr (peal_error_get_reason (error), ==, "connection_lost");
      g_assert_cmpint (peal_upload_get_sent_bytes (self->upload), ==, CHUNK);
      cut = peal_test_server_pop (self->server);
      g_assert_cmpuint (cut->connection, ==, connection);
      g_usleep (10000);
      g_assert_cmpint (peal_test_server_get_n_requests (self->server), ==, 0);

      again = send_chunk (self, 1, NULL);
      g_assert_cmpuint (again->http_status, ==, 206);
      check_request (self, CHUNK, CHUNK);
    }
}

static void
test_last_lost (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealChunkAnswer) again = NULL;

  peal_test_server_push (self->server, PEAL_STEP_DROP, NULL);
  g_assert_null (send_last (self, &error));
  peal_test_assert_error (error, PEAL_ERROR_OUTCOME_UNKNOWN, "connection_lost");
  check_request (self, 2 * CHUNK, SIZE - 2 * CHUNK);
  g_assert_cmpint (peal_test_server_get_n_requests (self->server), ==, 0);

  peal_test_server_push (self->server, PEAL_STEP_CLOSE, "HTTP/1.1 404 Gone\r\n\r\n");
  again = send_last (self, NULL);
  g_assert_cmpuint (again->http_status, ==, 404);
}

static void
test_no_server (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->upload);
  self->upload = new_upload (self, "http://127.0.0.1:1", self->fd);
  g_assert_null (send_chunk (self, 0, &error));
  peal_test_assert_error (error, PEAL_ERROR_NETWORK, "connection_refused");
  g_assert_null (strstr (error->message, "canary"));
  g_assert_cmpint (peal_upload_get_sent_bytes (self->upload), ==, 0);
}

typedef enum
{
  CHANGE_TIME,
  CHANGE_SIZE,
  CHANGE_BYTES,
  N_CHANGES,
} Change;

static void
test_media_changed (Fixture *self, gconstpointer data)
{
  for (Change change = 0; change < N_CHANGES; change++)
    {
      static const struct timespec times[2] = { { 1, 0 }, { 1, 0 } };
      g_autoptr (GError) error = NULL;

      g_clear_object (&self->upload);
      self->upload = new_upload (self, peal_test_server_get_address (self->server), self->fd);
      /* The file system's clock is coarse. */
      g_usleep (20000);
      if (change == CHANGE_TIME)
        g_assert_cmpint (futimens (self->fd, times), ==, 0);
      else if (change == CHANGE_BYTES)
        g_assert_cmpint (pwrite (self->fd, "x", 1, 0), ==, 1);
      else
        g_assert_cmpint (ftruncate (self->fd, SIZE - 1), ==, 0);
      g_assert_null (send_chunk (self, 0, &error));
      peal_test_assert_error (error, PEAL_ERROR_MEDIA, "media_changed");
      g_assert_cmpint (ftruncate (self->fd, SIZE), ==, 0);
    }
  g_assert_cmpint (peal_test_server_get_n_requests (self->server), ==, 0);
}

static void
test_no_media (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_clear_object (&self->upload);
  self->upload = new_upload (self, peal_test_server_get_address (self->server), ends[0]);
  g_assert_null (send_last (self, &error));
  peal_test_assert_error (error, PEAL_ERROR_MEDIA, "media_changed");
  g_clear_fd (&ends[0], NULL);
  g_clear_fd (&ends[1], NULL);
}

/* The caller's descriptor may go. */
static void
test_own_fd (Fixture *self, gconstpointer data)
{
  g_autoptr (PealChunkAnswer) answer = NULL;

  g_clear_fd (&self->fd, NULL);
  peal_test_server_push (self->server, PEAL_STEP_ANSWER, PARTIAL);
  answer = send_chunk (self, 0, NULL);
  g_assert_cmpuint (answer->http_status, ==, 206);
  check_request (self, 0, CHUNK);
}

typedef struct
{
  Fixture *fixture;
  GCancellable *cancellable; /* NULL: time passes instead */
} Intervention;

static gboolean
intervene_cb (gpointer data)
{
  Intervention *self = data;

  if (peal_test_server_get_n_requests (self->fixture->server) == 0)
    return G_SOURCE_CONTINUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    peal_fake_clock_advance (self->fixture->clock, (60 + CHUNK / 32768) * G_USEC_PER_SEC);

  return G_SOURCE_REMOVE;
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Intervention intervention = { self, cancellable };

  peal_test_server_push (self->server, PEAL_STEP_HANG, NULL);
  g_timeout_add (5, intervene_cb, &intervention);
  g_assert_null (peal_test_await_boxed (peal_upload_send_chunk (self->upload, 0, cancellable), &error));
  peal_test_assert_error (error, PEAL_ERROR_CANCELLED, "cancelled");
  g_assert_cmpuint (peal_fake_clock_get_n_sleepers (self->clock), ==, 0);
}

static void
test_deadline (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Intervention intervention = { self, NULL };

  peal_test_server_push (self->server, PEAL_STEP_HANG, NULL);
  g_timeout_add (5, intervene_cb, &intervention);
  g_assert_null (send_chunk (self, 0, &error));
  peal_test_assert_error (error, PEAL_ERROR_OUTCOME_UNKNOWN, "deadline");
}

static void
test_invalid (Fixture *self, gconstpointer data)
{
  g_autoptr (PealFinalPermit) good = peal_final_permit_new (PUBLISH_ID);
  g_autoptr (PealFinalPermit) moved = g_boxed_copy (PEAL_TYPE_FINAL_PERMIT, good);
  PealFinalPermit *permits[] = { peal_final_permit_new ("another"), g_steal_pointer (&good) };
  static const gint64 indices[] = { -1, 2, 3 };

  for (gsize i = 0; i < G_N_ELEMENTS (permits); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (peal_test_await_boxed (peal_upload_send_last_chunk (self->upload, permits[i]), &error));
      peal_test_assert_error (error, PEAL_ERROR_INVALID, "permit");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (indices); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (send_chunk (self, indices[i], &error));
      peal_test_assert_error (error, PEAL_ERROR_INVALID, "chunk_index");
    }
}

static void
test_busy (Fixture *self, gconstpointer data)
{
  g_autoptr (PealChunkAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *first = peal_upload_send_chunk (self->upload, 0, NULL);

  peal_test_server_push (self->server, PEAL_STEP_ANSWER, PARTIAL);
  g_assert_null (send_chunk (self, 1, &error));
  peal_test_assert_error (error, PEAL_ERROR_INVALID, "upload_busy");
  answer = peal_test_await_boxed (first, NULL);
  g_assert_cmpuint (answer->http_status, ==, 206);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/upload/whole", test_whole);
  ADD ("/upload/statuses", test_statuses);
  ADD ("/upload/answer-fields", test_answer_fields);
  ADD ("/upload/closed-between", test_closed_between);
  ADD ("/upload/dead-connection", test_dead_connection);
  ADD ("/upload/last-lost", test_last_lost);
  ADD ("/upload/no-server", test_no_server);
  ADD ("/upload/media-changed", test_media_changed);
  ADD ("/upload/no-media", test_no_media);
  ADD ("/upload/own-fd", test_own_fd);
  ADD ("/upload/cancelled", test_cancelled);
  ADD ("/upload/deadline", test_deadline);
  ADD ("/upload/invalid", test_invalid);
  ADD ("/upload/busy", test_busy);

  return g_test_run ();
}
