/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-test-client.h"
#include "peal-tiktok-oauth.h"
#include "peal-tiktok-user.h"

#define CANARY "canary0123456789"

/* Everything that any library logs, at every level and from any thread. */
static GString *logged;
static GMutex logged_lock;

static void
keep_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&logged_lock);

  g_string_append_printf (logged, "%s\n", message);
}

static gboolean
was_logged (const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&logged_lock);

  return strstr (logged->str, text) != NULL;
}

static void
assert_secret (const GError *error)
{
  g_assert_null (strstr (error->message, CANARY));
  g_assert_false (was_logged (CANARY));
}

/* A server that repeats what it was sent, in every answer that it can give. */
static void
test_echo (void)
{
  static const char *const bodies[] = {
    "{\"error\":\"invalid_grant\",\"error_description\":\"code=" CANARY " is bad, so is rft." CANARY "\"}",
    "{\"error\":{\"code\":\"invalid_params\",\"message\":\"Bearer act." CANARY "\"}}",
    "{\"access_token\":\"act." CANARY "\",\"token_type\":\"mac\"}",
    "<html>" CANARY "</html>",
    "{\"access_token\":" CANARY "}",
  };
  g_autoptr (PealTestServer) server = peal_test_server_new ();
  g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
  g_autoptr (PealSecret) secret = peal_secret_new ("rft." CANARY);
  g_autoptr (PealAppCredentials) app = peal_app_credentials_new ("key", secret);
  g_autoptr (PealSignIn) sign_in = peal_sign_in_new ("http://127.0.0.1:1/callback/tiktok/");
  g_autoptr (PealAccess) access = peal_access_new ("open", PEAL_SCOPE_ALL, secret);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) exchange = NULL;
      g_autoptr (GError) refresh = NULL;
      g_autoptr (GError) user = NULL;

      for (int calls = 0; calls < 3; calls++)
        peal_test_server_push_json (server, 400, bodies[i]);
      g_assert_null (
          peal_test_await_boxed (peal_tiktok_exchange_code (client, app, sign_in, secret, NULL), &exchange));
      g_assert_null (peal_test_await_boxed (peal_tiktok_refresh (client, app, secret, NULL), &refresh));
      g_assert_null (peal_test_await_boxed (peal_tiktok_fetch_user (client, access, NULL), &user));
      assert_secret (exchange);
      assert_secret (refresh);
      assert_secret (user);
    }
  g_assert_true (was_logged ("/v2/user/info/"));
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  logged = g_string_new (NULL);
  g_log_set_default_handler (keep_cb, NULL);
  g_test_add_func ("/secrecy/echo", test_echo);

  return g_test_run ();
}
