/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-explorer-life.h"

#include "peal-chunk-plan.h"
#include "peal-database.h"
#include "peal-http.h"
#include "peal-journal.h"
#include "peal-permit-private.h"
#include "peal-tiktok-publish.h"
#include "peal-upload-sender.h"
#include "peal-vault.h"
#include "peal-witness.h"
#include "peal-worker.h"

/* The linker puts each __wrap_ in the place of the function that it is named after. */

typedef struct
{
  PealDatabaseFunc func;
  gpointer data;
  GDestroyNotify destroy;
  gboolean has_changed;
} Transaction;

typedef DexFuture *RunFunc (PealDatabase *, PealDatabaseFunc, gpointer, GDestroyNotify);
RunFunc __real_peal_database_run, __wrap_peal_database_run;
RunFunc __real_peal_database_run_outcome, __wrap_peal_database_run_outcome;
gboolean __real_peal_database_run_sync (PealDatabase *, PealDatabaseFunc, gpointer, GValue *, GError **);
gboolean __wrap_peal_database_run_sync (PealDatabase *, PealDatabaseFunc, gpointer, GValue *, GError **);
typedef gboolean AppendFunc (PealWitness *, const PealWitnessLine *, GError **);
AppendFunc __real_peal_witness_append, __wrap_peal_witness_append;
typedef DexFuture *SendFunc (SoupSession *, SoupMessage *, PealClock *, gint64, gboolean, GCancellable *);
SendFunc __real_peal_http_send, __wrap_peal_http_send;
typedef DexFuture *SenderFunc (PealUploadSender *, PealUploadJob *);
SenderFunc __real_peal_upload_sender_run, __wrap_peal_upload_sender_run;
typedef DexFuture *StoreFunc (PealVault *, const char *, const PealTokens *);
StoreFunc __real_peal_vault_store_tokens, __wrap_peal_vault_store_tokens;
typedef DexFuture *WorkFunc (const char *, PealWorkerFunc, gpointer, GDestroyNotify);
WorkFunc __real_peal_worker_run, __wrap_peal_worker_run;
gboolean __wrap_peal_chunk_plan_init (PealChunkPlan *, gint64);
typedef PealFinalPermit *
ArmFunc (PealJournal *, PealAttemptRecord *, const PealPostRecord *, gint64, GError **);
ArmFunc __real_peal_journal_arm, __wrap_peal_journal_arm;
gint64 __real_peal_tiktok_client_get_server_now_us (PealTiktokClient *);
gint64 __wrap_peal_tiktok_client_get_server_now_us (PealTiktokClient *);
typedef DexFuture *StatusFunc (PealTiktokClient *, const PealAccess *, const char *, GCancellable *);
StatusFunc __real_peal_tiktok_fetch_status, __wrap_peal_tiktok_fetch_status;

static void
transaction_clear (gpointer data)
{
  Transaction *self = data;

  if (self->destroy != NULL)
    self->destroy (self->data);
}

static void
transaction_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, transaction_clear);
}

static gboolean
run_transaction (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Transaction *self = data;
  sqlite3_int64 before = sqlite3_total_changes64 (db);
  gboolean ok = self->func (db, self->data, result, error);

  self->has_changed = ok && sqlite3_total_changes64 (db) != before;
  return ok;
}

static DexFuture *
committed_cb (DexFuture *future, gpointer data)
{
  Transaction *self = data;

  peal_life_end ();
  if (self->has_changed)
    peal_life_point ("committed");
  return dex_ref (future);
}

static DexFuture *
run_wrapped (RunFunc *run,
             PealDatabase *database,
             PealDatabaseFunc func,
             gpointer data,
             GDestroyNotify destroy)
{
  Transaction *self = g_atomic_rc_box_new0 (Transaction);

  self->func = func;
  self->data = data;
  self->destroy = destroy;
  peal_life_begin ();
  return dex_future_finally (
      run (database, run_transaction, g_atomic_rc_box_acquire (self), transaction_unref), committed_cb, self,
      transaction_unref);
}

DexFuture *
__wrap_peal_database_run (PealDatabase *self, PealDatabaseFunc func, gpointer data, GDestroyNotify destroy)
{
  return run_wrapped (__real_peal_database_run, self, func, data, destroy);
}

DexFuture *
__wrap_peal_database_run_outcome (PealDatabase *self,
                                  PealDatabaseFunc func,
                                  gpointer data,
                                  GDestroyNotify destroy)
{
  return run_wrapped (__real_peal_database_run_outcome, self, func, data, destroy);
}

gboolean
__wrap_peal_database_run_sync (PealDatabase *self,
                               PealDatabaseFunc func,
                               gpointer data,
                               GValue *result,
                               GError **error)
{
  Transaction transaction = { .func = func, .data = data };
  gboolean ok = __real_peal_database_run_sync (self, run_transaction, &transaction, result, error);

  if (ok && transaction.has_changed)
    peal_life_point ("committed at start");
  return ok;
}

gboolean
__wrap_peal_witness_append (PealWitness *self, const PealWitnessLine *line, GError **error)
{
  gboolean ok = __real_peal_witness_append (self, line, error);

  peal_life_point ("witnessed");
  return ok;
}

static DexFuture *
answered_cb (DexFuture *future, gpointer data)
{
  peal_life_end ();
  if (data != NULL)
    peal_life_point (data);
  return dex_ref (future);
}

static DexFuture *
watch (DexFuture *future, const char *name)
{
  return dex_future_finally (future, answered_cb, (gpointer)name, NULL);
}

DexFuture *
__wrap_peal_http_send (SoupSession *session,
                       SoupMessage *message,
                       PealClock *clock,
                       gint64 deadline_us,
                       gboolean changes,
                       GCancellable *cancellable)
{
  peal_life_point ("call to be sent");
  peal_life_begin ();
  return watch (__real_peal_http_send (session, message, clock, deadline_us, changes, cancellable),
                "call answered");
}

DexFuture *
__wrap_peal_upload_sender_run (PealUploadSender *self, PealUploadJob *job)
{
  peal_life_point ("chunk to be sent");
  peal_life_begin ();
  return watch (__real_peal_upload_sender_run (self, job), "chunk answered");
}

DexFuture *
__wrap_peal_worker_run (const char *name, PealWorkerFunc func, gpointer data, GDestroyNotify destroy)
{
  peal_life_begin ();
  return watch (__real_peal_worker_run (name, func, data, destroy), NULL);
}

DexFuture *
__wrap_peal_vault_store_tokens (PealVault *self, const char *key, const PealTokens *tokens)
{
  PealRunPlan *run = peal_life_get_run ();
  DexFuture *future = __real_peal_vault_store_tokens (self, key, tokens);

  for (guint n = 1; n <= run->stand_in.generation; n++)
    {
      g_autoptr (PealSecret) text = peal_secret_new_take (g_strdup_printf ("rft.%u", n));

      if (peal_secret_equal (text, tokens->refresh_token))
        run->stored_generation = n;
    }
  peal_life_point ("tokens stored");
  return future;
}

/* Chunks of 4 KiB, so that a run takes no longer than its transactions. */
gboolean
__wrap_peal_chunk_plan_init (PealChunkPlan *self, gint64 video_size)
{
  const gint64 chunk_size = 4096;

  self->video_size = video_size;
  self->chunk_size = MIN (video_size, chunk_size);
  self->count = video_size / self->chunk_size;
  return TRUE;
}

PealFinalPermit *
__wrap_peal_journal_arm (PealJournal *self,
                         PealAttemptRecord *attempt,
                         const PealPostRecord *record,
                         gint64 armed_at,
                         GError **error)
{
  if (peal_life_get_run ()->broken != PEAL_BROKEN_ARM)
    return __real_peal_journal_arm (self, attempt, record, armed_at, error);
  attempt->state = PEAL_ATTEMPT_FINAL_ARMED;
  return peal_final_permit_new (attempt->publish_id);
}

gint64
__wrap_peal_tiktok_client_get_server_now_us (PealTiktokClient *self)
{
  PealRunPlan *run = peal_life_get_run ();
  gint64 now = __real_peal_tiktok_client_get_server_now_us (self);

  return run->broken == PEAL_BROKEN_WAIT && run->stand_in.n_puts > 0 && now != -1 ? now + 2 * G_TIME_SPAN_HOUR
                                                                                  : now;
}

static DexFuture *
pretend_failed_cb (DexFuture *future, gpointer data)
{
  PealPublishStatus *status = g_new0 (PealPublishStatus, 1);

  status->code = PEAL_PUBLISH_FAILED;
  status->raw = g_strdup ("FAILED");
  status->fail_reason = g_strdup ("internal");
  status->post_ids = g_new0 (char *, 1);
  return dex_future_new_take_boxed (PEAL_TYPE_PUBLISH_STATUS, status);
}

DexFuture *
__wrap_peal_tiktok_fetch_status (PealTiktokClient *self,
                                 const PealAccess *access,
                                 const char *publish_id,
                                 GCancellable *cancellable)
{
  DexFuture *future = __real_peal_tiktok_fetch_status (self, access, publish_id, cancellable);

  if (peal_life_get_run ()->broken == PEAL_BROKEN_ERRORS)
    return dex_future_catch (future, pretend_failed_cb, NULL, NULL);
  return future;
}
