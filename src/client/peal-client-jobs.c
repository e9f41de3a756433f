/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-client-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>

#include "peal-error.h"

#define CANCEL_SECONDS 5

typedef struct
{
  PealClient *client;
  char *method;
  GVariant *parameters;
  int fd;
  guint job;
  GCancellable *cancellable;
} Work;

static Work *
work_new (PealClient *client, GCancellable *cancellable)
{
  Work *self = g_new0 (Work, 1);

  self->client = g_object_ref (client);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  self->fd = -1;
  return self;
}

static void
work_free (Work *self)
{
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->parameters, g_variant_unref);
  g_clear_fd (&self->fd, NULL);
  g_free (self);
}

static DexPromise *
ensure_job (PealClient *self, guint job)
{
  DexPromise *promise = g_hash_table_lookup (self->jobs, GUINT_TO_POINTER (job));

  if (promise == NULL)
    {
      promise = dex_promise_new ();
      g_hash_table_insert (self->jobs, GUINT_TO_POINTER (job), promise);
    }
  return promise;
}

/* The job is ours until the agent says that it ended; an agent that says nothing is not waited for. */
static DexFuture *
cancel_job (Work *work, DexPromise *promise)
{
  dex_await (peal_client_call (work->client, "CancelJob", g_variant_new ("(u)", work->job), NULL), NULL);
  dex_await (
      dex_future_first (dex_ref (DEX_FUTURE (promise)), dex_timeout_new_seconds (CANCEL_SECONDS), NULL),
      NULL);
  if (dex_future_is_pending (DEX_FUTURE (promise)))
    return dex_future_new_for_error (peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "Cancelled"));
  return DEX_FUTURE (dex_ref (promise));
}

static DexFuture *
finish_job_fiber (gpointer user_data)
{
  Work *work = user_data;
  g_autoptr (DexPromise) promise = dex_ref (ensure_job (work->client, work->job));
  g_autoptr (DexFuture) result = NULL;

  dex_await (dex_future_first (dex_ref (DEX_FUTURE (promise)),
                               dex_cancellable_new_from_cancellable (work->cancellable), NULL),
             NULL);
  if (dex_future_is_pending (DEX_FUTURE (promise)))
    result = cancel_job (work, promise);
  else
    result = DEX_FUTURE (dex_ref (promise));
  g_hash_table_remove (work->client->jobs, GUINT_TO_POINTER (work->job));
  return g_steal_pointer (&result);
}

static DexFuture *
run_job_fiber (gpointer user_data)
{
  Work *work = user_data;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) job = NULL;
  GError *error = NULL;

  /* Not with the cancellable: without the number of a job that has begun it could not be cancelled. */
  if (!(reply = dex_await_variant (
            peal_client_call_with_fd (work->client, work->method, work->parameters, work->fd, NULL), &error)))
    return dex_future_new_for_error (error);
  if (g_variant_n_children (reply) < 1 || !(job = g_variant_get_child_value (reply, 0))
      || !g_variant_is_of_type (job, G_VARIANT_TYPE_UINT32))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "agent_failed", "%s returned no job", work->method));
  return peal_client_finish_job (work->client, g_variant_get_uint32 (job), work->cancellable);
}

void
peal_client_end_job (PealClient *self,
                     guint job,
                     const char *error_name,
                     const char *error_message,
                     GVariant *result)
{
  DexPromise *promise = ensure_job (self, job);

  if (!dex_future_is_pending (DEX_FUTURE (promise)))
    return;
  if (error_name[0] == '\0')
    dex_promise_resolve_variant (promise, g_variant_ref (result));
  else
    {
      g_autoptr (GError) error = g_dbus_error_new_for_dbus_error (error_name, error_message);

      dex_promise_reject (promise, peal_error_from_bus (error));
    }
}

void
peal_client_fail_jobs (PealClient *self)
{
  g_autoptr (GPtrArray) jobs = g_hash_table_get_values_as_ptr_array (self->jobs);

  for (guint i = 0; i < jobs->len; i++)
    {
      DexPromise *promise = g_ptr_array_index (jobs, i);

      if (dex_future_is_pending (DEX_FUTURE (promise)))
        dex_promise_reject (promise, peal_client_gone_error ());
    }
}

DexFuture *
peal_client_run_job (PealClient *self,
                     const char *method,
                     GVariant *parameters,
                     int fd,
                     GCancellable *cancellable)
{
  Work *work = NULL;

  dex_return_error_if_fail (PEAL_IS_CLIENT (self));
  dex_return_error_if_fail (method != NULL);

  work = work_new (self, cancellable);
  work->method = g_strdup (method);
  work->parameters = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  work->fd = fd >= 0 ? fcntl (fd, F_DUPFD_CLOEXEC, 3) : -1;
  return dex_scheduler_spawn (NULL, 0, run_job_fiber, work, (GDestroyNotify)work_free);
}

DexFuture *
peal_client_finish_job (PealClient *self, guint job, GCancellable *cancellable)
{
  Work *work = NULL;

  dex_return_error_if_fail (PEAL_IS_CLIENT (self));

  work = work_new (self, cancellable);
  work->job = job;
  return dex_scheduler_spawn (NULL, 0, finish_job_fiber, work, (GDestroyNotify)work_free);
}
