/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-http.h"

#include <string.h>

#include "peal-error.h"
#include "peal-http-headers.h"
#include "peal-io.h"
#include "peal-fiber.h"
#include "peal-secret.h"
#include "peal-text.h"

#define IDLE_TIMEOUT_S 30
#define FIRST_BODY_BYTES (64 * 1024)

/* What is under way. Shared by the fiber and by the deadline, which may outlive it for a moment. */
typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  PealClock *clock;
  gint64 deadline_us;
  gboolean changes;
  gsize max_body;
  GCancellable *caller; /* nullable */
  GCancellable *stop;   /* ends the exchange: by the caller or by the deadline */
  GCancellable *timer;  /* ends the deadline */
  gboolean sent;        /* a connection was there and the request about to be written */
  gboolean late;
} Exchange;

G_DEFINE_BOXED_TYPE (PealHttpAnswer, peal_http_answer, peal_http_answer_copy, peal_http_answer_free)

static void
exchange_clear (gpointer data)
{
  Exchange *self = data;

  g_clear_object (&self->session);
  g_clear_object (&self->message);
  g_clear_object (&self->clock);
  g_clear_object (&self->caller);
  g_clear_object (&self->stop);
  g_clear_object (&self->timer);
}

static void
exchange_unref (gpointer data)
{
  g_rc_box_release_full (data, exchange_clear);
}

const char *
peal_http_get_network_reason (const GError *error)
{
  if (error->domain == G_RESOLVER_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    return "dns";
  if (error->domain == G_TLS_ERROR)
    return "tls";
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return "connection_refused";
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return "timeout";

  return "connection";
}

/* Who ended the exchange, and could it have been processed? */
static GError *
exchange_new_error (Exchange *self, const GError *cause)
{
  g_autofree char *message = peal_text_dup_message (cause->message);
  const char *reason = self->late ? "deadline" : "connection_lost";

  if (!self->late && g_cancellable_is_cancelled (self->stop))
    {
      if (!self->sent || !self->changes)
        return peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "The call was stopped");
      reason = "cancelled";
    }
  if (!self->sent)
    return peal_error_new (PEAL_ERROR_NETWORK, self->late ? "deadline" : peal_http_get_network_reason (cause),
                           "The server could not be reached: %s", message);
  if (self->changes)
    return peal_error_new (PEAL_ERROR_OUTCOME_UNKNOWN, reason, "The answer was lost: %s", message);

  return peal_error_new (PEAL_ERROR_SERVER, reason, "No whole answer came: %s", message);
}

static void
starting_cb (SoupMessage *message, gpointer data)
{
  Exchange *self = data;

  self->sent = TRUE;
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer data)
{
  g_cancellable_cancel (data);
}

static DexFuture *
deadline_cb (DexFuture *sleep, gpointer data)
{
  Exchange *self = data;

  if (!g_cancellable_is_cancelled (self->timer))
    {
      self->late = TRUE;
      g_cancellable_cancel (self->stop);
    }

  return dex_future_new_for_boolean (TRUE);
}

static void
send_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream != NULL)
    dex_promise_resolve_object (promise, g_steal_pointer (&stream));
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

static DexFuture *
exchange_send (Exchange *self)
{
  DexPromise *promise = dex_promise_new ();

  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->stop, send_ready_cb,
                           dex_ref (promise));

  return DEX_FUTURE (promise);
}

/* Leaves no copy of a token behind in memory, as a realloc () may. */
static void
answer_grow (PealHttpAnswer *answer, gsize *size)
{
  gsize new_size = *size == 0 ? FIRST_BODY_BYTES : *size * 2;
  char *data = g_malloc (new_size);

  if (answer->length > 0)
    memcpy (data, answer->data, answer->length);
  peal_wipe_free (answer->data, (gssize)answer->length);
  answer->data = data;
  *size = new_size;
}

static gboolean
exchange_read_body (Exchange *self, GInputStream *stream, PealHttpAnswer *answer, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize size = 0;

  for (;;)
    {
      gint64 n_bytes;

      if (answer->length == size)
        answer_grow (answer, &size);
      n_bytes = dex_await_int64 (
          peal_io_read (stream, answer->data + answer->length, size - answer->length, self->stop), &cause);
      if (cause != NULL)
        {
          g_propagate_error (error, exchange_new_error (self, cause));
          return FALSE;
        }
      if (n_bytes <= 0)
        return TRUE;
      answer->length += (gsize)n_bytes;
      if (answer->length > self->max_body)
        return peal_error_refuse (error, self->changes ? PEAL_ERROR_OUTCOME_UNKNOWN : PEAL_ERROR_PROTOCOL,
                                  "answer_too_large", "The answer is larger than %" G_GSIZE_FORMAT " bytes",
                                  self->max_body);
    }
}

static PealHttpAnswer *
answer_new (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autoptr (PealHttpAnswer) self = g_new0 (PealHttpAnswer, 1);

  self->status = soup_message_get_status (message);
  self->media_type = peal_http_dup_media_type (soup_message_headers_get_one (headers, "Content-Type"));
  self->retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
  self->date_us = peal_http_parse_date (soup_message_headers_get_one (headers, "Date"));

  return g_steal_pointer (&self);
}

static PealHttpAnswer *
exchange_run (Exchange *self, GError **error)
{
  g_autoptr (PealHttpAnswer) answer = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean whole;

  if (!(stream = dex_await_object (exchange_send (self), &cause)))
    {
      g_propagate_error (error, exchange_new_error (self, cause));
      return NULL;
    }
  answer = answer_new (self->message);
  whole = exchange_read_body (self, stream, answer, error);
  /* A body that was read to its end gives the connection back; any other closes it. Neither waits. */
  g_input_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);

  return whole ? g_steal_pointer (&answer) : NULL;
}

static DexFuture *
exchange_fiber (gpointer data)
{
  Exchange *self = data;
  g_autoptr (PealHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  gulong starting_id;
  gulong cancelled_id = 0;

  if (self->caller != NULL)
    cancelled_id = g_cancellable_connect (self->caller, G_CALLBACK (caller_cancelled_cb), self->stop, NULL);
  starting_id = g_signal_connect (self->message, "starting", G_CALLBACK (starting_cb), self);
  dex_future_disown (dex_future_then (peal_clock_sleep (self->clock, self->deadline_us, self->timer),
                                      deadline_cb, g_rc_box_acquire (self), exchange_unref));

  answer = exchange_run (self, &error);

  g_cancellable_cancel (self->timer);
  g_signal_handler_disconnect (self->message, starting_id);
  g_cancellable_disconnect (self->caller, cancelled_id);
  if (answer == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (PEAL_TYPE_HTTP_ANSWER, g_steal_pointer (&answer));
}

PealHttpAnswer *
peal_http_answer_copy (const PealHttpAnswer *self)
{
  PealHttpAnswer *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->media_type = g_strdup (self->media_type);
  copy->retry_after = g_strdup (self->retry_after);
  copy->data = g_memdup2 (self->data, self->length);

  return copy;
}

void
peal_http_answer_free (PealHttpAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->media_type, g_free);
  g_clear_pointer (&self->retry_after, g_free);
  peal_wipe_free (g_steal_pointer (&self->data), (gssize)self->length);
  g_clear_pointer (&self, g_free);
}

SoupSession *
peal_http_session_new (void)
{
  SoupSession *session = soup_session_new_with_options ("user-agent", "Peal/" PEAL_VERSION, "timeout",
                                                        IDLE_TIMEOUT_S, "idle-timeout", IDLE_TIMEOUT_S, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);

  return session;
}

static DexFuture *
start (SoupSession *session,
       SoupMessage *message,
       PealClock *clock,
       gint64 deadline_us,
       gboolean changes,
       gsize max_body,
       GCancellable *cancellable)
{
  Exchange *self;

  dex_return_error_if_fail (SOUP_IS_SESSION (session));
  dex_return_error_if_fail (SOUP_IS_MESSAGE (message));
  dex_return_error_if_fail (PEAL_IS_CLOCK (clock));
  dex_return_error_if_fail (deadline_us > 0);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  self = g_rc_box_new0 (Exchange);
  self->session = g_object_ref (session);
  self->message = g_object_ref (message);
  self->clock = g_object_ref (clock);
  self->deadline_us = deadline_us;
  self->changes = changes;
  self->max_body = max_body;
  g_set_object (&self->caller, cancellable);
  self->stop = g_cancellable_new ();
  self->timer = g_cancellable_new ();

  return peal_fiber_spawn_to_end (exchange_fiber, self, exchange_unref);
}

DexFuture *
peal_http_send (SoupSession *session,
                SoupMessage *message,
                PealClock *clock,
                gint64 deadline_us,
                gboolean changes,
                GCancellable *cancellable)
{
  return start (session, message, clock, deadline_us, changes, PEAL_HTTP_MAX_BODY, cancellable);
}

DexFuture *
peal_http_fetch (SoupSession *session,
                 SoupMessage *message,
                 PealClock *clock,
                 gint64 deadline_us,
                 gsize max_body,
                 GCancellable *cancellable)
{
  return start (session, message, clock, deadline_us, FALSE, max_body, cancellable);
}
