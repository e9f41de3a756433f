/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-worker.h"

typedef struct
{
  PealWorkerFunc func;
  gpointer data;
  GDestroyNotify destroy;
  DexPromise *promise;
} Work;

static void
work_free (Work *work)
{
  if (work->destroy != NULL)
    work->destroy (work->data);
  dex_clear (&work->promise);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static gpointer
worker_thread (gpointer data)
{
  g_autoptr (Work) work = data;
  g_auto (GValue) result = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (!work->func (work->data, &result, &error))
    dex_promise_reject (work->promise, g_steal_pointer (&error));
  else if (!G_IS_VALUE (&result))
    dex_promise_resolve_boolean (work->promise, TRUE);
  else
    dex_promise_resolve (work->promise, &result);
  return NULL;
}

DexFuture *
peal_worker_run (const char *name, PealWorkerFunc func, gpointer data, GDestroyNotify destroy)
{
  Work *work = NULL;
  DexFuture *future = NULL;

  dex_return_error_if_fail (func != NULL);

  work = g_new0 (Work, 1);
  work->func = func;
  work->data = data;
  work->destroy = destroy;
  work->promise = dex_promise_new ();
  future = dex_ref (DEX_FUTURE (work->promise));
  g_thread_unref (g_thread_new (name, worker_thread, work));
  return future;
}
