/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-test-fiber.h"

#define PATIENCE_S (4 * 60)
/* With -m slow */
#define LONG_PATIENCE_S (60 * 60)

typedef struct
{
  DexFiberFunc func;
  gconstpointer data;
} Case;

static guint
get_patience (void)
{
  return g_test_slow () ? LONG_PATIENCE_S : PATIENCE_S;
}

static gboolean
out_of_patience_cb (gpointer user_data)
{
  g_error ("The test did not end within %u seconds", get_patience ());
  return G_SOURCE_REMOVE;
}

/* What waits is woken by each iteration; this makes sure that there is one when another thread resolves. */
static DexFuture *
wake_cb (DexFuture *future, gpointer user_data)
{
  g_main_context_wakeup (NULL);
  return dex_ref (future);
}

DexFuture *
peal_test_await (DexFuture *future)
{
  g_autoptr (DexFuture) woken = NULL;
  guint patience;

  g_return_val_if_fail (DEX_IS_FUTURE (future), NULL);

  woken = dex_future_finally (future, wake_cb, NULL, NULL);
  patience = g_timeout_add_seconds (get_patience (), out_of_patience_cb, NULL);
  while (dex_future_is_pending (woken))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  return g_steal_pointer (&woken);
}

DexFuture *
peal_test_run_fiber (DexFiberFunc func, gpointer data)
{
  g_return_val_if_fail (func != NULL, NULL);

  dex_init ();
  return peal_test_await (dex_scheduler_spawn (dex_scheduler_get_default (), 0, func, data, NULL));
}

static void
run_case (gconstpointer user_data)
{
  const Case *self = user_data;
  g_autoptr (DexFuture) done = peal_test_run_fiber (self->func, (gpointer)self->data);
  g_autoptr (GError) error = NULL;

  dex_future_get_value (done, &error);
  g_assert_no_error (error);
}

void
peal_test_add_fiber (const char *path, gconstpointer data, DexFiberFunc func)
{
  Case *self = NULL;

  g_return_if_fail (path != NULL);
  g_return_if_fail (func != NULL);

  self = g_new0 (Case, 1);
  self->func = func;
  self->data = data;
  g_test_add_data_func_full (path, self, (GTestDataFunc)(void *)run_case, g_free);
}
