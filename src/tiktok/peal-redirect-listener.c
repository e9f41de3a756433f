/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-redirect-listener.h"

#include <libsoup/soup.h>

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-redirect-gate.h"
#include "peal-redirect-page.h"
#include "peal-redirect-query.h"
#include "peal-replay-stream.h"

#define MAX_PLACES 4
#define BACKLOG 128
#define HEAD_TIMEOUT_MS 5000
/* While all places are taken, one whose head has not come within this time goes to the next in the queue: a
 * browser sends its head at once. */
#define CROWDED_TIMEOUT_MS 100
/* RFC 9207: where an issuer is named, it must be the one that was asked. */
#define ISSUER "https://www.tiktok.com"

struct _PealRedirectListener
{
  GObject parent_instance;

  GSocketService *service;
  SoupServer *server; /* answers what the gate let pass; has no socket of its own */
  guint16 port;
  char *uri;
  GPtrArray *places; /* of Place: the open connections */
  guint crowded_id;

  PealSecret *state;    /* what a callback must carry; NULL before and after the wait */
  PealRedirect *result; /* NULL until the callback has come */
  DexPromise *done;     /* resolved when the callback has been answered */
};

G_DEFINE_FINAL_TYPE (PealRedirectListener, peal_redirect_listener, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (PealRedirect, peal_redirect, peal_redirect_copy, peal_redirect_free)

/* One connection, from the accept to its close. */
typedef struct
{
  PealRedirectListener *listener;
  GSocketConnection *connection;
  GCancellable *stop;
  gint64 opened_at_us; /* monotonic */
  gboolean is_passed;  /* the head is complete, and SoupServer has it */
  guint timeout_id;
} Place;

static void update_accepting (PealRedirectListener *self);

static void
place_close (Place *place)
{
  g_cancellable_cancel (place->stop);
  g_io_stream_close (G_IO_STREAM (place->connection), NULL, NULL);
}

static void
place_clear (gpointer data)
{
  Place *place = data;

  g_clear_handle_id (&place->timeout_id, g_source_remove);
  g_clear_object (&place->listener);
  g_clear_object (&place->connection);
  g_clear_object (&place->stop);
}

static void
place_unref (gpointer data)
{
  g_rc_box_release_full (data, place_clear);
}

static void
place_leave (Place *place)
{
  g_autoptr (PealRedirectListener) self = g_object_ref (place->listener);

  g_clear_handle_id (&place->timeout_id, g_source_remove);
  place_close (place);
  if (g_ptr_array_remove_fast (self->places, place))
    update_accepting (self);
}

static void
passed_gone_cb (gpointer data, GObject *stream)
{
  Place *place = data;

  place_leave (place);
  place_unref (place);
}

static gboolean
timeout_cb (gpointer data)
{
  Place *place = data;

  place->timeout_id = 0;
  place_close (place);

  return G_SOURCE_REMOVE;
}

static gboolean
crowded_cb (gpointer data)
{
  PealRedirectListener *self = data;
  gint64 oldest = g_get_monotonic_time () - CROWDED_TIMEOUT_MS * 1000;

  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = g_ptr_array_index (self->places, i);

      if (!place->is_passed && place->opened_at_us <= oldest)
        place_close (place);
    }

  return G_SOURCE_CONTINUE;
}

/* Accepts while there is a wait and a place. */
static void
update_accepting (PealRedirectListener *self)
{
  gboolean is_full = self->places->len >= MAX_PLACES;

  if (self->service == NULL)
    return;
  if (self->state != NULL && !is_full)
    g_socket_service_start (self->service);
  else
    g_socket_service_stop (self->service);

  if (is_full && self->crowded_id == 0)
    self->crowded_id = g_timeout_add (CROWDED_TIMEOUT_MS / 4, crowded_cb, self);
  else if (!is_full)
    g_clear_handle_id (&self->crowded_id, g_source_remove);
}

/* Stops listening and shows everybody out. */
static void
close_listener (PealRedirectListener *self)
{
  g_clear_handle_id (&self->crowded_id, g_source_remove);
  g_clear_pointer (&self->state, peal_secret_unref);
  if (self->service != NULL)
    {
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
      g_clear_object (&self->service);
    }
  for (guint i = 0; i < self->places->len; i++)
    place_close (g_ptr_array_index (self->places, i));
}

/* What passed the gate */

static void
answered_cb (SoupServerMessage *message, gpointer data)
{
  PealRedirectListener *self = data;
  g_autoptr (PealRedirect) result = g_steal_pointer (&self->result);

  if (result != NULL)
    dex_promise_resolve_boxed (self->done, PEAL_TYPE_REDIRECT, g_steal_pointer (&result));
}

/* The state comes first: who does not know it can neither end the wait nor learn anything. NULL where @query
 * is not the callback that we wait for. */
static PealRedirect *
take_callback (PealRedirectListener *self, PealRedirectQuery *query)
{
  g_autoptr (PealRedirect) result = NULL;

  if (self->state == NULL || query == NULL || query->state == NULL
      || !peal_secret_equal (self->state, query->state))
    return NULL;
  if (query->iss != NULL && !g_str_equal (query->iss, ISSUER))
    return NULL;
  if (query->error == NULL && query->code == NULL)
    return NULL;

  result = g_new0 (PealRedirect, 1);
  if (query->error != NULL)
    {
      result->error = g_steal_pointer (&query->error);
      result->error_description = g_steal_pointer (&query->error_description);
    }
  else
    result->code = g_steal_pointer (&query->code);
  if (query->scopes != NULL)
    result->scopes = peal_scopes_from_string (query->scopes);

  return g_steal_pointer (&result);
}

static void
callback_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *unused,
             gpointer data)
{
  PealRedirectListener *self = data;
  g_autoptr (PealRedirectQuery) query =
      peal_redirect_query_parse (g_uri_get_query (soup_server_message_get_uri (message)));
  g_autoptr (PealRedirect) result = take_callback (self, query);

  if (result == NULL)
    {
      peal_redirect_page_send (PEAL_REDIRECT_PAGE_WRONG, SOUP_STATUS_BAD_REQUEST, message);
      return;
    }

  peal_redirect_page_send (result->error != NULL ? PEAL_REDIRECT_PAGE_REFUSED : PEAL_REDIRECT_PAGE_DONE,
                           SOUP_STATUS_OK, message);
  /* The state is good for one callback. The wait ends once the page is out. */
  g_clear_pointer (&self->state, peal_secret_unref);
  self->result = g_steal_pointer (&result);
  update_accepting (self);
  g_signal_connect_object (message, "finished", G_CALLBACK (answered_cb), self, G_CONNECT_DEFAULT);
}

static DexFuture *
place_fiber (gpointer data)
{
  Place *place = data;
  PealRedirectListener *self = place->listener;
  GIOStream *connection = G_IO_STREAM (place->connection);
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (place->connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (place->connection, NULL);
  g_autoptr (GBytes) head =
      dex_await_boxed (peal_redirect_gate_admit (connection, self->port, place->stop), NULL);
  g_autoptr (GIOStream) replay = NULL;

  if (head == NULL || local == NULL || remote == NULL || self->server == NULL
      || g_cancellable_is_cancelled (place->stop))
    {
      place_leave (place);
      return dex_future_new_for_boolean (FALSE);
    }

  place->is_passed = TRUE;
  replay = peal_replay_stream_new (connection, head);
  g_object_weak_ref (G_OBJECT (replay), passed_gone_cb, g_rc_box_acquire (place));
  soup_server_accept_iostream (self->server, replay, local, remote, NULL);

  return dex_future_new_for_boolean (TRUE);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  PealRedirectListener *self = data;
  Place *place;

  if (self->state == NULL || self->places->len >= MAX_PLACES)
    {
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      return TRUE;
    }

  place = g_rc_box_new0 (Place);
  place->listener = g_object_ref (self);
  place->connection = g_object_ref (connection);
  place->stop = g_cancellable_new ();
  place->opened_at_us = g_get_monotonic_time ();
  place->timeout_id = g_timeout_add (HEAD_TIMEOUT_MS, timeout_cb, place);
  g_ptr_array_add (self->places, g_rc_box_acquire (place));
  update_accepting (self);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, place_fiber, place, place_unref));

  return TRUE;
}

static GSocket *
listen_on_loopback (guint16 *port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, any_port, FALSE, error) || !g_socket_listen (socket, error)
      || !(bound = g_socket_get_local_address (socket, error)))
    return NULL;
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  return g_steal_pointer (&socket);
}

typedef struct
{
  PealRedirectListener *listener;
  GCancellable *cancellable;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *self = data;

  g_clear_object (&self->listener);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self, g_free);
}

static DexFuture *
wait_fiber (gpointer data)
{
  Wait *wait = data;
  PealRedirectListener *self = wait->listener;
  g_autoptr (PealRedirect) result = NULL;
  DexFuture *done = dex_ref (DEX_FUTURE (self->done));

  if (wait->cancellable != NULL)
    done = dex_future_first (done, dex_cancellable_new_from_cancellable (wait->cancellable), NULL);
  result = dex_await_boxed (done, NULL);
  close_listener (self);
  if (result == NULL)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "The wait for the sign-in was stopped"));

  return dex_future_new_take_boxed (PEAL_TYPE_REDIRECT, g_steal_pointer (&result));
}

static void
peal_redirect_listener_dispose (GObject *object)
{
  PealRedirectListener *self = PEAL_REDIRECT_LISTENER (object);

  close_listener (self);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (peal_redirect_listener_parent_class)->dispose (object);
}

static void
peal_redirect_listener_finalize (GObject *object)
{
  PealRedirectListener *self = PEAL_REDIRECT_LISTENER (object);

  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->result, peal_redirect_free);
  g_clear_pointer (&self->done, dex_unref);

  G_OBJECT_CLASS (peal_redirect_listener_parent_class)->finalize (object);
}

static void
peal_redirect_listener_class_init (PealRedirectListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = peal_redirect_listener_dispose;
  object_class->finalize = peal_redirect_listener_finalize;
}

static void
peal_redirect_listener_init (PealRedirectListener *self)
{
  self->places = g_ptr_array_new_with_free_func (place_unref);
  self->service = g_object_new (G_TYPE_SOCKET_SERVICE, "active", FALSE, NULL);
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (incoming_cb), self, G_CONNECT_DEFAULT);
  self->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (self->server, NULL, callback_cb, self, NULL);
}

PealRedirectListener *
peal_redirect_listener_new (GError **error)
{
  g_autoptr (PealRedirectListener) self = g_object_new (PEAL_TYPE_REDIRECT_LISTENER, NULL);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GSocket) socket = listen_on_loopback (&self->port, &cause);

  if (socket == NULL
      || !g_socket_listener_add_socket (G_SOCKET_LISTENER (self->service), socket, NULL, &cause))
    {
      g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "listener",
                                                "No port of 127.0.0.1 can be had: %s", cause->message));
      return NULL;
    }
  self->uri = g_strdup_printf ("http://127.0.0.1:%u" PEAL_REDIRECT_PATH, self->port);

  return g_steal_pointer (&self);
}

const char *
peal_redirect_listener_get_uri (PealRedirectListener *self)
{
  g_return_val_if_fail (PEAL_IS_REDIRECT_LISTENER (self), NULL);

  return self->uri;
}

DexFuture *
peal_redirect_listener_wait (PealRedirectListener *self, PealSecret *state, GCancellable *cancellable)
{
  Wait *wait;

  dex_return_error_if_fail (PEAL_IS_REDIRECT_LISTENER (self));
  dex_return_error_if_fail (state != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (self->done != NULL)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "listener_used", "A listener waits for one sign-in"));

  self->done = dex_promise_new ();
  self->state = peal_secret_ref (state);
  update_accepting (self);
  wait = g_new0 (Wait, 1);
  wait->listener = g_object_ref (self);
  g_set_object (&wait->cancellable, cancellable);

  return peal_fiber_spawn_to_end (wait_fiber, wait, wait_free);
}

PealRedirect *
peal_redirect_copy (const PealRedirect *self)
{
  PealRedirect *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->code = self->code != NULL ? peal_secret_ref (self->code) : NULL;
  copy->error = g_strdup (self->error);
  copy->error_description = g_strdup (self->error_description);

  return copy;
}

void
peal_redirect_free (PealRedirect *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->code, peal_secret_unref);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->error_description, g_free);
  g_clear_pointer (&self, g_free);
}
