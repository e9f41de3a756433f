/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-test-client.h"

#include "peal-test-fiber.h"

PealTiktokClient *
peal_test_client_new_full (PealTestServer *server, PealClock *clock, gint64 deadline_us)
{
  return g_object_new (PEAL_TYPE_TIKTOK_CLIENT, "server", peal_test_server_get_address (server), "clock",
                       clock, "deadline-us", deadline_us, NULL);
}

PealTiktokClient *
peal_test_client_new (PealTestServer *server)
{
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (GError) error = NULL;
  PealTiktokClient *client = peal_tiktok_client_new (peal_test_server_get_address (server), clock, &error);

  g_assert_no_error (error);

  return client;
}

PealAccess *
peal_test_access_new (PealScopes scopes)
{
  g_autoptr (PealSecret) token = peal_secret_new ("act.canary");

  return peal_access_new ("open-1", scopes, token);
}

gpointer
peal_test_await_boxed (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) done = peal_test_await (future);
  const GValue *value = dex_future_get_value (done, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

char *
peal_test_dup_fixture (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("PEAL_TEST_DATA"), name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

void
peal_test_assert_error (const GError *error, PealErrorCode code, const char *reason)
{
  g_assert_error (error, PEAL_ERROR, (int)code);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
}
