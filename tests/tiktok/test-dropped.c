/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-redirect-listener.h"
#include "peal-test-client.h"
#include "peal-tiktok-oauth.h"
#include "peal-tiktok-user.h"

/* A future that is dropped, or that lost a dex_future_first (), stops nothing: what was begun goes on until
 * its answer, its deadline or its cancellable, and the main context has its rest. */

/* Runs what is ready. Fails where it never ends. */
static void
settle (void)
{
  int n_turns = 0;

  for (int i = 0; i < 20; i++, g_usleep (5000))
    while (g_main_context_iteration (NULL, FALSE))
      g_assert_cmpint (++n_turns, <, 20000);
}

/* What dex_future_first () does to the others when one is done, though somebody still holds them. */
static void
drop (DexFuture *future)
{
  g_autoptr (DexFuture) held = dex_ref (future);
  g_autoptr (GCancellable) winner = g_cancellable_new ();
  g_autoptr (DexFuture) first =
      dex_future_first (future, dex_cancellable_new_from_cancellable (winner), NULL);

  g_cancellable_cancel (winner);
  while (dex_future_is_pending (first))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dex_future_is_rejected (first));
}

typedef struct
{
  PealRedirectListener *listener;
  PealSecret *state;
  GCancellable *limit, *closing;
} Wait;

static DexFuture *
impatient_fiber (gpointer data)
{
  Wait *self = data;
  g_autoptr (DexFuture) coming = peal_redirect_listener_wait (self->listener, self->state, self->closing);
  g_autoptr (DexFuture) first =
      dex_future_first (dex_ref (coming), dex_cancellable_new_from_cancellable (self->limit), NULL);

  dex_await (dex_ref (first), NULL);
  g_cancellable_cancel (self->closing);

  return dex_future_new_true ();
}

/* Whoever waits gives up, as at the end of a sign-in that was cancelled. */
static void
test_listener (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealRedirectListener) listener = peal_redirect_listener_new (&error);
  g_autoptr (PealSecret) state = peal_secret_new ("state");
  g_autoptr (GCancellable) limit = g_cancellable_new ();
  g_autoptr (GCancellable) closing = g_cancellable_new ();
  Wait wait = { listener, state, limit, closing };
  g_autoptr (DexFuture) done = dex_scheduler_spawn (NULL, 0, impatient_fiber, &wait, NULL);

  g_assert_no_error (error);
  settle ();
  g_assert_true (dex_future_is_pending (done));
  g_cancellable_cancel (limit);
  settle ();
  g_assert_true (dex_future_is_resolved (done));
  g_assert_finalize_object (g_steal_pointer (&listener));
}

/* While nothing has come, while half an answer has come, and before anything was sent. */
static void
check_call (const char *raw, gboolean at_once)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
  g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_ALL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  DexFuture *call = NULL;

  peal_test_server_push (server, PEAL_STEP_HANG, raw);
  call = peal_tiktok_fetch_user (client, access, cancellable);
  if (!at_once)
    settle ();
  drop (call);
  settle ();
  g_assert_cmpint (peal_test_server_get_n_requests (server), ==, 1);
  g_cancellable_cancel (cancellable);
  settle ();
  g_assert_finalize_object (g_steal_pointer (&client));
}

static void
test_call (void)
{
  check_call ("", TRUE);
  check_call ("", FALSE);
  check_call ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"data\"",
              FALSE);
}

/* A refresh whose caller is gone takes effect all the same, so it must not be cut off half way. */
static void
test_refresh (void)
{
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
  g_autoptr (PealSecret) secret = peal_secret_new ("rft.x");
  g_autoptr (PealAppCredentials) app = peal_app_credentials_new ("key", secret);

  peal_test_server_push_json (server, 200, "{\"access_token\":\"act.x\",\"token_type\":\"Bearer\"}");
  drop (peal_tiktok_refresh (client, app, secret, NULL));
  settle ();
  g_assert_cmpint (peal_test_server_get_n_requests (server), ==, 1);
  g_assert_finalize_object (g_steal_pointer (&client));
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dropped/listener", test_listener);
  g_test_add_func ("/dropped/call", test_call);
  g_test_add_func ("/dropped/refresh", test_refresh);

  return g_test_run ();
}
