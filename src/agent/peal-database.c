/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-database.h"

#include "peal-backup.h"
#include "peal-database-private.h"
#include "peal-error.h"
#include "peal-sql.h"

G_DEFINE_FINAL_TYPE (PealDatabase, peal_database, G_TYPE_OBJECT)

enum
{
  REOPENED,
  TROUBLE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef enum
{
  JOB_TRANSACTION,
  JOB_OUTCOME,
  JOB_BARE,
} JobKind;

/* One piece of work on its way through the thread; func is NULL in the last one. */
typedef struct
{
  JobKind kind;
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

/* @rc is what SQLite ended with, before a rollback overwrites it. */
static gboolean
run_in_transaction (sqlite3 *db, Job *job, GValue *result, int *rc, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (peal_sql_exec (db, &local, "BEGIN IMMEDIATE", "") && job->func (db, job->data, result, &local)
      && peal_sql_exec (db, &local, "COMMIT", ""))
    return TRUE;
  *rc = sqlite3_extended_errcode (db);
  if (!sqlite3_get_autocommit (db))
    peal_sql_exec (db, NULL, "ROLLBACK", "");
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
run_once (PealDatabase *self, Job *job, GValue *result, int *rc, GError **error)
{
  gboolean ok;

  if (job->kind != JOB_BARE)
    return run_in_transaction (self->db, job, result, rc, error);
  ok = job->func (self->db, job->data, result, error);
  if (!ok)
    *rc = sqlite3_extended_errcode (self->db);
  return ok;
}

static gboolean
run_func (PealDatabase *self, Job *job, GValue *result, GError **error)
{
  g_autoptr (GError) local = NULL;
  int rc = SQLITE_OK;
  gboolean ok;

  if (!peal_database_is_usable (self, error))
    return FALSE;
  ok = run_once (self, job, result, &rc, &local);
  if (!ok && job->kind == JOB_OUTCOME && g_error_matches (local, PEAL_ERROR, PEAL_ERROR_STORAGE_FULL)
      && peal_ballast_drop (self->ballast))
    {
      peal_database_note_result (self, rc, local);
      g_clear_error (&local);
      if (G_IS_VALUE (result))
        g_value_unset (result);
      ok = run_once (self, job, result, &rc, &local);
    }
  peal_database_note_result (self, rc, local);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&local));
  return ok;
}

static void
run_job (PealDatabase *self, Job *job)
{
  g_auto (GValue) result = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (!run_func (self, job, &result, &error))
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
      run_job (self, job);
    }
}

typedef struct
{
  PealDatabase *database;
  guint signal;
} Emission;

static void
emission_free (Emission *self)
{
  g_clear_object (&self->database);
  g_free (self);
}

static gboolean
emit_cb (gpointer data)
{
  Emission *self = data;

  g_signal_emit (self->database, self->signal, 0);
  return G_SOURCE_REMOVE;
}

void
peal_database_emit (PealDatabase *self, const char *signal)
{
  Emission *emission = g_new0 (Emission, 1);

  emission->database = g_object_ref (self);
  emission->signal = g_signal_lookup (signal, PEAL_TYPE_DATABASE);
  g_idle_add_full (G_PRIORITY_DEFAULT, emit_cb, emission, (GDestroyNotify)emission_free);
}

static void
peal_database_finalize (GObject *object)
{
  PealDatabase *self = PEAL_DATABASE (object);

  peal_database_close (self);
  g_clear_pointer (&self->queue, g_async_queue_unref);
  g_clear_pointer ((char **)&self->setup.directory, g_free);
  g_clear_pointer ((char **)&self->setup.file, g_free);
  g_clear_pointer ((char **)&self->setup.vfs, g_free);
  g_clear_pointer ((char ***)&self->setup.migrations, g_strfreev);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->ballast, peal_ballast_free);
  g_clear_error (&self->trouble);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (peal_database_parent_class)->finalize (object);
}

static void
peal_database_class_init (PealDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_database_finalize;
  signals[REOPENED] =
      g_signal_new ("reopened", PEAL_TYPE_DATABASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TROUBLE_CHANGED] = g_signal_new ("trouble-changed", PEAL_TYPE_DATABASE, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
peal_database_init (PealDatabase *self)
{
  self->queue = g_async_queue_new ();
  g_mutex_init (&self->mutex);
}

static void
copy_setup (PealDatabase *self, const PealDatabaseSetup *setup)
{
  self->setup = (PealDatabaseSetup){
    .directory = g_strdup (setup->directory),
    .file = g_strdup (setup->file != NULL ? setup->file : PEAL_DATABASE_FILE),
    .vfs = g_strdup (setup->vfs),
    .migrations = (const char *const *)g_strdupv ((char **)setup->migrations),
    .prepare = setup->prepare,
  };
  self->path = g_build_filename (setup->directory, self->setup.file, NULL);
  self->ballast = peal_ballast_new (setup->directory);
}

PealDatabase *
peal_database_open_with (const PealDatabaseSetup *setup, GError **error)
{
  g_autoptr (PealDatabase) self = g_object_new (PEAL_TYPE_DATABASE, NULL);

  g_return_val_if_fail (setup != NULL && setup->directory != NULL, NULL);

  copy_setup (self, setup);
  if (!peal_database_connect (self, error))
    return NULL;
  peal_ballast_load (self->ballast);
  self->thread = g_thread_new ("database", database_thread, self);
  return g_steal_pointer (&self);
}

PealDatabase *
peal_database_open (const char *directory, GError **error)
{
  PealDatabaseSetup setup = { .directory = directory, .prepare = peal_backup_prepare_migration };
  g_autoptr (PealDatabase) self = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (directory != NULL, NULL);

  if (!peal_backup_finish_restore (directory, error))
    return NULL;
  if ((self = peal_database_open_with (&setup, &local)))
    return g_steal_pointer (&self);
  if (g_str_equal (peal_error_get_reason (local), "storage_damaged"))
    {
      peal_backup_keep_damaged (directory);
      peal_backup_offer (directory, &local);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

const char *
peal_database_get_directory (PealDatabase *self)
{
  g_return_val_if_fail (PEAL_IS_DATABASE (self), NULL);

  return self->setup.directory;
}

static DexFuture *
push (PealDatabase *self, JobKind kind, PealDatabaseFunc func, gpointer data, GDestroyNotify destroy)
{
  Job *job = g_new0 (Job, 1);
  DexFuture *future = NULL;

  job->kind = kind;
  job->func = func;
  job->data = data;
  job->destroy = destroy;
  job->promise = dex_promise_new ();
  future = dex_ref (DEX_FUTURE (job->promise));
  g_async_queue_push (self->queue, job);
  return future;
}

DexFuture *
peal_database_run (PealDatabase *self, PealDatabaseFunc func, gpointer data, GDestroyNotify destroy)
{
  dex_return_error_if_fail (PEAL_IS_DATABASE (self));
  dex_return_error_if_fail (func != NULL);
  dex_return_error_if_fail (self->thread != NULL);

  return push (self, JOB_TRANSACTION, func, data, destroy);
}

DexFuture *
peal_database_run_outcome (PealDatabase *self, PealDatabaseFunc func, gpointer data, GDestroyNotify destroy)
{
  dex_return_error_if_fail (PEAL_IS_DATABASE (self));
  dex_return_error_if_fail (func != NULL);
  dex_return_error_if_fail (self->thread != NULL);

  return push (self, JOB_OUTCOME, func, data, destroy);
}

DexFuture *
peal_database_run_bare (PealDatabase *self, PealDatabaseFunc func, gpointer data, GDestroyNotify destroy)
{
  dex_return_error_if_fail (PEAL_IS_DATABASE (self));
  dex_return_error_if_fail (func != NULL);
  dex_return_error_if_fail (self->thread != NULL);

  return push (self, JOB_BARE, func, data, destroy);
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
    peal_database_close_connection (g_steal_pointer (&self->db), TRUE);
}
