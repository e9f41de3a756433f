/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-wait.h"

#include "peal-error.h"
#include "peal-test-fiber.h"

#define LIMIT_US (10 * G_USEC_PER_SEC)

/* (transfer none): lent as long as @future is held. */
static const GValue *
settle (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) done = peal_test_await (dex_ref (future));

  return dex_future_get_value (future, error);
}

gboolean
peal_wait (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;

  return settle (owned, error) != NULL;
}

void
peal_wait_ok (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  peal_wait (future, &error);
  g_assert_no_error (error);
}

int
peal_wait_int (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (owned, &error);

  g_assert_no_error (error);
  return g_value_get_int (value);
}

gint64
peal_wait_int64 (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (owned, &error);

  g_assert_no_error (error);
  return g_value_get_int64 (value);
}

gboolean
peal_wait_boolean (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (owned, &error);

  g_assert_no_error (error);
  return g_value_get_boolean (value);
}

gpointer
peal_wait_boxed (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (owned, &error);

  g_assert_no_error (error);
  return g_value_dup_boxed (value);
}

gpointer
peal_wait_object (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (owned, &error);

  g_assert_no_error (error);
  return g_value_dup_object (value);
}

GVariant *
peal_wait_variant (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (owned, &error);

  g_assert_no_error (error);
  return g_value_dup_variant (value);
}

void
peal_wait_error (DexFuture *future, int code, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (peal_wait (future, &error));
  g_assert_error (error, PEAL_ERROR, code);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
peal_wait_until (gboolean (*condition) (gpointer data), gpointer data)
{
  gint64 limit = g_get_monotonic_time () + LIMIT_US;
  guint tick = g_timeout_add (10, tick_cb, NULL);

  while (!condition (data) && g_get_monotonic_time () < limit)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_assert_true (condition (data));
}

void
peal_wait_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}
