/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-upload-sender.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "peal-http-headers.h"
#include "peal-http.h"
#include "peal-range-stream.h"
#include "peal-secret-access.h"
#include "peal-text.h"

/* After the last byte of a chunk the server may be busy with it for a while. */
#define SILENCE_S 60
/* More of an answer than anybody needs; read so that the connection can be used again. */
#define ANSWER_MAX_BYTES (64 * 1024)
#define LOG_ID_MAX_BYTES 128

/* What the two threads share. */
typedef struct
{
  PealSecret *upload_url;
  char *content_type;
  int fd;
  struct stat expected;
  GAsyncQueue *queue; /* of Task */
  _Atomic gint64 position;
} Shared;

struct _PealUploadSender
{
  Shared *shared;
  GThread *thread; /* NULL until the first job */
};

typedef struct
{
  PealUploadJob *job; /* NULL: there will be no more */
  DexPromise *promise;
  GMainContext *context; /* where the promise is resolved */
} Task;

/* What the thread has for itself. */
typedef struct
{
  Shared *shared;
  SoupSession *session;
  GIOStream *line; /* the newest connection, over TLS where there is TLS; NULL before the first */
  guint64 line_id; /* libsoup's number of it */
  PealUploadJob *job;
  PealRangeStream *body; /* of the job */
} Sending;

static void
job_clear (gpointer data)
{
  PealUploadJob *self = data;

  g_clear_object (&self->stop);
  g_clear_pointer (&self->answer, peal_chunk_answer_free);
  g_clear_pointer (&self->retry_after, g_free);
  g_clear_error (&self->error);
}

PealUploadJob *
peal_upload_job_new (gint64 offset, gint64 length, gboolean new_connection)
{
  PealUploadJob *self = g_atomic_rc_box_new0 (PealUploadJob);

  self->offset = offset;
  self->length = length;
  self->new_connection = new_connection;
  self->stop = g_cancellable_new ();

  return self;
}

PealUploadJob *
peal_upload_job_ref (PealUploadJob *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
peal_upload_job_unref (PealUploadJob *self)
{
  g_atomic_rc_box_release_full (self, job_clear);
}

static void
shared_clear (gpointer data)
{
  Shared *self = data;

  g_clear_pointer (&self->upload_url, peal_secret_unref);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_fd (&self->fd, NULL);
  g_clear_pointer (&self->queue, g_async_queue_unref);
}

static void
task_free (gpointer data)
{
  Task *self = data;

  g_clear_pointer (&self->job, peal_upload_job_unref);
  g_clear_pointer (&self->promise, dex_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self, g_free);
}

/* In the thread */

static gboolean
is_same_time (const struct timespec *a, const struct timespec *b)
{
  return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

static gboolean
is_unchanged (Shared *self)
{
  struct stat now;

  return fstat (self->fd, &now) == 0 && S_ISREG (now.st_mode) && now.st_size == self->expected.st_size
         && now.st_ino == self->expected.st_ino && is_same_time (&now.st_mtim, &self->expected.st_mtim)
         && is_same_time (&now.st_ctim, &self->expected.st_ctim);
}

/* libsoup is about to send the request again, with a body that has been read already. */
static void
restarted_cb (SoupMessage *message, gpointer data)
{
  Sending *self = data;

  g_cancellable_cancel (self->job->stop);
}

static void
network_event_cb (SoupMessage *message, GSocketClientEvent event, GIOStream *connection, gpointer data)
{
  Sending *self = data;

  if (event != G_SOCKET_CLIENT_CONNECTED && event != G_SOCKET_CLIENT_PROXY_NEGOTIATED
      && event != G_SOCKET_CLIENT_TLS_HANDSHAKED)
    return;
  g_set_object (&self->line, connection);
  self->line_id = soup_message_get_connection_id (message);
}

/* libsoup copies a body to its connection in pieces of 8 KiB, each a TLS record and a call of the kernel by
 * itself: half as much again as what curl needs. The body goes to the same connection in larger ones, where
 * it is for certain the one that the head went to; else as libsoup does it. */
static void
wrote_headers_cb (SoupMessage *message, gpointer data)
{
  Sending *self = data;

  if (self->line != NULL && soup_message_get_connection_id (message) == self->line_id)
    peal_range_stream_set_shortcut (self->body, g_io_stream_get_output_stream (self->line));
}

static SoupMessage *
new_put (Sending *sending)
{
  Shared *self = sending->shared;
  PealUploadJob *job = sending->job;
  SoupMessage *message = soup_message_new (SOUP_METHOD_PUT, peal_secret_peek (self->upload_url));
  g_autofree char *range = NULL;

  if (message == NULL)
    return NULL;
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE
                                       | (job->new_connection ? SOUP_MESSAGE_NEW_CONNECTION : 0));
  soup_message_set_force_http1 (message, TRUE);
  soup_message_set_request_body (message, self->content_type, G_INPUT_STREAM (sending->body), job->length);
  range = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, job->offset,
                           job->offset + job->length - 1, (gint64)self->expected.st_size);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Range", range);
  g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), sending);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), sending);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_headers_cb), sending);

  return message;
}

static PealChunkAnswer *
new_answer (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *log_id = soup_message_headers_get_one (headers, "X-Tt-Logid");
  PealChunkAnswer *answer = g_new0 (PealChunkAnswer, 1);

  answer->http_status = soup_message_get_status (message);
  answer->progress_bytes = peal_http_parse_progress (soup_message_headers_get_one (headers, "Content-Range"));
  answer->retry_after_s = -1;
  if (peal_text_is_word (log_id, LOG_ID_MAX_BYTES, "-_.~:"))
    answer->log_id = g_strdup (log_id);

  return answer;
}

/* The status is known by now, so whatever goes wrong here costs no more than the connection. */
static void
drain (GInputStream *stream, GCancellable *stop)
{
  g_autofree char *rest = g_malloc (ANSWER_MAX_BYTES);

  g_input_stream_read_all (stream, rest, ANSWER_MAX_BYTES, NULL, stop, NULL);
  g_input_stream_close (stream, NULL, NULL);
}

/* FALSE where there was nothing to send. */
static gboolean
send_body (Sending *self)
{
  PealUploadJob *job = self->job;
  g_autoptr (SoupMessage) message = new_put (self);
  g_autoptr (GInputStream) stream = NULL;

  if (message == NULL || !is_unchanged (self->shared))
    return FALSE;

  stream = soup_session_send (self->session, message, job->stop, &job->error);
  job->body_begun = peal_range_stream_has_begun (self->body);
  job->media_failed = peal_range_stream_has_failed (self->body);
  if (stream != NULL && !job->media_failed)
    {
      job->answer = new_answer (message);
      job->retry_after = g_strdup (
          soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After"));
      drain (stream, job->stop);
    }
  g_signal_handlers_disconnect_by_data (message, self);

  return TRUE;
}

static void
run_job (Sending *self, PealUploadJob *job)
{
  _Atomic gint64 *position = &self->shared->position;

  self->job = job;
  self->body = peal_range_stream_new (self->shared->fd, job->offset, job->length, position);
  *position = job->offset;
  if (!send_body (self))
    {
      job->media_failed = TRUE;
      g_set_error_literal (&job->error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "The video is not the file that it was");
    }
  *position = job->answer != NULL && SOUP_STATUS_IS_SUCCESSFUL (job->answer->http_status)
                  ? job->offset + job->length
                  : job->offset;
  g_clear_object (&self->body);
  self->job = NULL;
}

static gboolean
resolve_cb (gpointer data)
{
  Task *task = data;

  dex_promise_resolve_boolean (task->promise, TRUE);

  return G_SOURCE_REMOVE;
}

/* Always through the loop: invoking could run the callback right here, in the wrong thread. */
static void
task_finish (Task *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[peal] chunk sent");
  g_source_set_callback (source, resolve_cb, task, task_free);
  g_source_attach (source, task->context);
}

static gpointer
thread_main (gpointer data)
{
  Shared *self = data;
  Sending sending = { .shared = self };
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  sending.session = peal_http_session_new ();
  soup_session_set_timeout (sending.session, SILENCE_S);
  for (;;)
    {
      Task *task = g_async_queue_pop (self->queue);

      if (task->job == NULL)
        {
          task_free (task);
          break;
        }
      run_job (&sending, task->job);
      task_finish (task);
    }
  g_clear_object (&sending.line);
  soup_session_abort (sending.session);
  g_clear_object (&sending.session);
  g_main_context_pop_thread_default (context);
  g_atomic_rc_box_release_full (self, shared_clear);

  return NULL;
}

/* In the caller's thread */

PealUploadSender *
peal_upload_sender_new (PealSecret *upload_url, const char *content_type, int fd, const struct stat *expected)
{
  PealUploadSender *self = g_new0 (PealUploadSender, 1);

  self->shared = g_atomic_rc_box_new0 (Shared);
  self->shared->upload_url = peal_secret_ref (upload_url);
  self->shared->content_type = g_strdup (content_type);
  self->shared->fd = fd;
  self->shared->expected = *expected;
  self->shared->queue = g_async_queue_new ();

  return self;
}

void
peal_upload_sender_free (PealUploadSender *self)
{
  if (self == NULL)
    return;
  if (self->thread != NULL)
    g_async_queue_push (self->shared->queue, g_new0 (Task, 1));
  g_clear_pointer (&self->thread, g_thread_unref);
  g_atomic_rc_box_release_full (g_steal_pointer (&self->shared), shared_clear);
  g_clear_pointer (&self, g_free);
}

DexFuture *
peal_upload_sender_run (PealUploadSender *self, PealUploadJob *job)
{
  DexPromise *promise = dex_promise_new ();
  Task *task = g_new0 (Task, 1);

  task->job = peal_upload_job_ref (job);
  task->promise = dex_ref (promise);
  task->context = g_main_context_ref_thread_default ();
  if (self->thread == NULL)
    self->thread = g_thread_new ("peal-upload", thread_main, g_atomic_rc_box_acquire (self->shared));
  g_async_queue_push (self->shared->queue, task);

  return DEX_FUTURE (promise);
}

gint64
peal_upload_sender_get_position (PealUploadSender *self)
{
  return self->shared->position;
}
