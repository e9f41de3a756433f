/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-publisher-private.h"

#include <unistd.h>

#define MAX_AT_ONCE 2
#define PAUSE_AFTER_FAILED_LOOK_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define PROGRESS_MS 100

G_DEFINE_FINAL_TYPE (PealPublisher, peal_publisher, G_TYPE_OBJECT)

enum
{
  LOOKED,
  PROGRESS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
run_clear (PealRun *self)
{
  g_clear_object (&self->publisher);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->upload);
  g_clear_pointer (&self->record, peal_post_record_free);
  g_clear_pointer (&self->attempt, peal_attempt_record_free);
  if (self->fd >= 0)
    close (self->fd);
}

PealRun *
peal_run_ref (PealRun *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
peal_run_unref (PealRun *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify)run_clear);
}

static PealRun *
run_new (PealPublisher *publisher, const PealWork *work)
{
  PealRun *self = g_atomic_rc_box_new0 (PealRun);

  self->publisher = g_object_ref (publisher);
  self->work = *work;
  self->cancellable = g_cancellable_new ();
  self->fd = -1;
  return self;
}

/* One publish an account at a time, so that posts keep their order, and two in all; and no more than two
 * looks ahead at once, each of which may have to read a whole video. */
static gboolean
has_room (PealPublisher *self, const PealWork *work)
{
  GHashTableIter iter;
  PealRun *run;
  guint same_kind = 0;

  if (work->kind != PEAL_WORK_PUBLISH && work->kind != PEAL_WORK_PREFLIGHT)
    return TRUE;
  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&run))
    {
      if (run->work.kind != work->kind)
        continue;
      if (work->kind == PEAL_WORK_PUBLISH && run->work.account == work->account)
        return FALSE;
      same_kind++;
    }
  return same_kind < MAX_AT_ONCE;
}

static void
end_run (PealRun *run)
{
  PealPublisher *self = run->publisher;

  g_hash_table_remove (self->runs, &run->work.post);
  if (self->is_shutting_down && self->idle != NULL && g_hash_table_size (self->runs) == 0)
    dex_promise_resolve_boolean (self->idle, TRUE);
  peal_publisher_look (self);
}

static DexFuture *
run_fiber (gpointer data)
{
  g_autoptr (PealRun) run = peal_run_ref (data);

  switch (run->work.kind)
    {
    case PEAL_WORK_PREFLIGHT:
      peal_publisher_preflight (run);
      break;
    case PEAL_WORK_PUBLISH:
      peal_publisher_publish (run);
      break;
    case PEAL_WORK_POLL:
      peal_publisher_poll (run);
      break;
    case PEAL_WORK_RECOVER:
      peal_publisher_recover (run);
      break;
    default:
      g_assert_not_reached ();
    }
  end_run (run);
  return dex_future_new_true ();
}

static void
start_run (PealPublisher *self, const PealWork *work)
{
  PealRun *run = run_new (self, work);

  g_hash_table_insert (self->runs, &run->work.post, run);
  dex_future_disown (
      dex_scheduler_spawn (NULL, 0, run_fiber, peal_run_ref (run), (GDestroyNotify)peal_run_unref));
}

static DexFuture *
look_fiber (gpointer data)
{
  PealPublisher *self = data;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PealAgenda) agenda = NULL;

      self->look_again = FALSE;
      if (!(agenda = dex_await_boxed (peal_journal_query_agenda (self->journal), &error)))
        {
          g_warning ("The agenda cannot be read: %s", error->message);
          g_signal_emit (self, signals[LOOKED], 0,
                         peal_clock_get_real_us (self->clock) + PAUSE_AFTER_FAILED_LOOK_US);
          continue;
        }
      for (guint i = 0; i < agenda->work->len && !self->is_shutting_down; i++)
        {
          const PealWork *work = &g_array_index (agenda->work, PealWork, i);

          if (!g_hash_table_contains (self->runs, &work->post) && has_room (self, work))
            start_run (self, work);
        }
      g_signal_emit (self, signals[LOOKED], 0, agenda->next);
    }
  while (self->look_again);
  self->is_looking = FALSE;
  return dex_future_new_true ();
}

void
peal_publisher_look (PealPublisher *self)
{
  g_return_if_fail (PEAL_IS_PUBLISHER (self));

  self->look_again = TRUE;
  if (self->is_looking || self->is_shutting_down)
    return;
  self->is_looking = TRUE;
  dex_future_disown (dex_scheduler_spawn (NULL, 0, look_fiber, g_object_ref (self), g_object_unref));
}

void
peal_publisher_note_network_change (PealPublisher *self)
{
  g_return_if_fail (PEAL_IS_PUBLISHER (self));

  g_hash_table_remove_all (self->tries);
  g_hash_table_remove_all (self->account_failures);
}

/* Stops the uploads that @matches says; what is armed goes on. */
static void
stop_where (PealPublisher *self, gboolean (*matches) (const PealRun *run, gint64 id), gint64 id)
{
  GHashTableIter iter;
  PealRun *run;

  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&run))
    if (matches (run, id))
      g_cancellable_cancel (run->cancellable);
}

static gboolean
is_of_post (const PealRun *run, gint64 post)
{
  return run->work.post == post;
}

static gboolean
publishes_for (const PealRun *run, gint64 account)
{
  return run->work.kind == PEAL_WORK_PUBLISH && (account == 0 || run->work.account == account);
}

void
peal_publisher_stop_post (PealPublisher *self, gint64 post)
{
  g_return_if_fail (PEAL_IS_PUBLISHER (self));

  stop_where (self, is_of_post, post);
}

void
peal_publisher_stop_account (PealPublisher *self, gint64 account)
{
  g_return_if_fail (PEAL_IS_PUBLISHER (self));

  stop_where (self, publishes_for, account);
}

void
peal_publisher_stop_all (PealPublisher *self)
{
  g_return_if_fail (PEAL_IS_PUBLISHER (self));

  stop_where (self, publishes_for, 0);
}

static gboolean
progress_cb (gpointer data)
{
  PealPublisher *self = data;
  GHashTableIter iter;
  PealRun *run;

  g_signal_emit (self, signals[PROGRESS_CHANGED], 0);
  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&run))
    if (run->upload != NULL)
      return G_SOURCE_CONTINUE;
  self->progress_source = 0;
  return G_SOURCE_REMOVE;
}

void
peal_publisher_watch_progress (PealPublisher *self)
{
  if (self->progress_source == 0)
    self->progress_source = g_timeout_add (PROGRESS_MS, progress_cb, self);
}

GVariant *
peal_publisher_get_progress (PealPublisher *self)
{
  GVariantBuilder list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(xtt)"));
  GHashTableIter iter;
  PealRun *run;

  g_return_val_if_fail (PEAL_IS_PUBLISHER (self), NULL);

  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&run))
    if (run->upload != NULL)
      g_variant_builder_add (&list, "(xtt)", run->work.post,
                             (guint64)peal_upload_get_sent_bytes (run->upload),
                             (guint64)run->record->facts->size);
  return g_variant_builder_end (&list);
}

gboolean
peal_publisher_is_busy (PealPublisher *self)
{
  g_return_val_if_fail (PEAL_IS_PUBLISHER (self), FALSE);

  return g_hash_table_size (self->runs) > 0;
}

DexFuture *
peal_publisher_shut_down (PealPublisher *self)
{
  GHashTableIter iter;
  PealRun *run;

  dex_return_error_if_fail (PEAL_IS_PUBLISHER (self));

  self->is_shutting_down = TRUE;
  if (g_hash_table_size (self->runs) == 0)
    return dex_future_new_true ();
  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&run))
    g_cancellable_cancel (run->cancellable);
  if (self->idle == NULL)
    self->idle = dex_promise_new ();
  return dex_ref (DEX_FUTURE (self->idle));
}

static void
peal_publisher_finalize (GObject *object)
{
  PealPublisher *self = PEAL_PUBLISHER (object);

  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_pointer (&self->runs, g_hash_table_unref);
  g_clear_pointer (&self->uploads, g_hash_table_unref);
  g_clear_pointer (&self->tries, g_hash_table_unref);
  g_clear_pointer (&self->account_failures, g_hash_table_unref);
  dex_clear (&self->idle);
  g_clear_object (&self->journal);
  g_clear_object (&self->accounts);
  g_clear_object (&self->media_store);
  g_clear_object (&self->database);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (peal_publisher_parent_class)->finalize (object);
}

static void
peal_publisher_class_init (PealPublisherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_publisher_finalize;
  signals[LOOKED] = g_signal_new ("looked", PEAL_TYPE_PUBLISHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[PROGRESS_CHANGED] = g_signal_new ("progress-changed", PEAL_TYPE_PUBLISHER, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
peal_publisher_init (PealPublisher *self)
{
  self->runs = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)peal_run_unref);
  self->uploads = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->tries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->account_failures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

PealPublisher *
peal_publisher_new (PealJournal *journal,
                    PealAccounts *accounts,
                    PealMediaStore *media_store,
                    PealDatabase *database,
                    PealClock *clock)
{
  PealPublisher *self = NULL;

  g_return_val_if_fail (PEAL_IS_JOURNAL (journal), NULL);
  g_return_val_if_fail (PEAL_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (PEAL_IS_MEDIA_STORE (media_store), NULL);

  self = g_object_new (PEAL_TYPE_PUBLISHER, NULL);
  self->journal = g_object_ref (journal);
  self->accounts = g_object_ref (accounts);
  self->media_store = g_object_ref (media_store);
  self->database = g_object_ref (database);
  self->clock = g_object_ref (clock);
  return self;
}
