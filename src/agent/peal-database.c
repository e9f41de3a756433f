/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-database.h"

#include "peal-database-open.h"
#include "peal-sql.h"

struct _PealDatabase
{
  GObject parent_instance;

  sqlite3 *db;
  GThread *thread;
  GAsyncQueue *queue;
};

G_DEFINE_FINAL_TYPE (PealDatabase, peal_database, G_TYPE_OBJECT)

/* One piece of work on its way through the thread; func is NULL in the last one. */
typedef struct
{
  PealDatabaseFunc func;
  gpointer data;
  GDestroyNotify destroy;
  DexPromise *promise;
} Job;

static void
job_free (Job *job)
{
  if (job->destroy != NULL)
    job->destroy (job->data);
  dex_clear (&job->promise);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static gboolean
run_in_transaction (sqlite3 *db, PealDatabaseFunc func, gpointer data, GValue *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!peal_sql_exec (db, error, "BEGIN IMMEDIATE", ""))
    return FALSE;
  if (func (db, data, result, &local) && peal_sql_exec (db, &local, "COMMIT", ""))
    return TRUE;
  if (!sqlite3_get_autocommit (db))
    peal_sql_exec (db, NULL, "ROLLBACK", "");
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
run_job (sqlite3 *db, Job *job)
{
  g_auto (GValue) result = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (!run_in_transaction (db, job->func, job->data, &result, &error))
    {
      dex_promise_reject (job->promise, g_steal_pointer (&error));
      return;
    }
  if (!G_IS_VALUE (&result))
    dex_promise_resolve_boolean (job->promise, TRUE);
  else
    dex_promise_resolve (job->promise, &result);
}

static gpointer
database_thread (gpointer data)
{
  PealDatabase *self = data;

  while (TRUE)
    {
      g_autoptr (Job) job = g_async_queue_pop (self->queue);

      if (job->func == NULL)
        return NULL;
      run_job (self->db, job);
    }
}

static void
peal_database_finalize (GObject *object)
{
  PealDatabase *self = PEAL_DATABASE (object);

  peal_database_close (self);
  g_clear_pointer (&self->queue, g_async_queue_unref);
  G_OBJECT_CLASS (peal_database_parent_class)->finalize (object);
}

static void
peal_database_class_init (PealDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_database_finalize;
}

static void
peal_database_init (PealDatabase *self)
{
  self->queue = g_async_queue_new ();
}

PealDatabase *
peal_database_open (const char *directory, GError **error)
{
  g_autoptr (PealDatabase) self = g_object_new (PEAL_TYPE_DATABASE, NULL);

  g_return_val_if_fail (directory != NULL, NULL);

  if (!(self->db = peal_database_open_connection (directory, error)))
    return NULL;
  self->thread = g_thread_new ("database", database_thread, self);
  return g_steal_pointer (&self);
}

DexFuture *
peal_database_run (PealDatabase *self, PealDatabaseFunc func, gpointer data, GDestroyNotify destroy)
{
  Job *job = NULL;
  DexFuture *future = NULL;

  dex_return_error_if_fail (PEAL_IS_DATABASE (self));
  dex_return_error_if_fail (func != NULL);
  dex_return_error_if_fail (self->thread != NULL);

  job = g_new0 (Job, 1);
  job->func = func;
  job->data = data;
  job->destroy = destroy;
  job->promise = dex_promise_new ();
  future = dex_ref (DEX_FUTURE (job->promise));
  g_async_queue_push (self->queue, job);
  return future;
}

typedef struct
{
  PealDatabaseFunc func;
  gpointer data;
  GValue *result;
  GError *error;
  gboolean ok;
  GMutex mutex;
  GCond done;
  gboolean is_done;
} SyncCall;

/* Runs inside the thread's transaction; the caller may go on only once the transaction has ended, so the
 * wake-up is the job's destroy function. */
static gboolean
run_sync_call (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  SyncCall *call = data;

  call->ok = call->func (db, call->data, call->result, error);
  return call->ok;
}

static void
finish_sync_call (gpointer data)
{
  SyncCall *call = data;

  g_mutex_lock (&call->mutex);
  call->is_done = TRUE;
  g_cond_signal (&call->done);
  g_mutex_unlock (&call->mutex);
}

gboolean
peal_database_run_sync (PealDatabase *self,
                        PealDatabaseFunc func,
                        gpointer data,
                        GValue *result,
                        GError **error)
{
  SyncCall call = { .func = func, .data = data, .result = result };
  g_autoptr (DexFuture) future = NULL;

  g_return_val_if_fail (PEAL_IS_DATABASE (self), FALSE);

  g_mutex_init (&call.mutex);
  g_cond_init (&call.done);
  future = peal_database_run (self, run_sync_call, &call, finish_sync_call);
  g_mutex_lock (&call.mutex);
  while (!call.is_done)
    g_cond_wait (&call.done, &call.mutex);
  g_mutex_unlock (&call.mutex);
  g_mutex_clear (&call.mutex);
  g_cond_clear (&call.done);
  return dex_future_get_value (future, error) != NULL;
}

void
peal_database_close (PealDatabase *self)
{
  g_return_if_fail (PEAL_IS_DATABASE (self));

  if (self->thread != NULL)
    {
      g_async_queue_push (self->queue, g_new0 (Job, 1));
      g_clear_pointer (&self->thread, g_thread_join);
    }
  if (self->db != NULL)
    {
      sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
      g_clear_pointer (&self->db, sqlite3_close);
    }
}
