/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-publisher-private.h"

#include "peal-duplicate-guard.h"
#include "peal-preflight.h"
#include "peal-random.h"
#include "peal-settings.h"
#include "peal-tiktok-publish.h"

#define PREFLIGHT_HOLDS_US (G_GINT64_CONSTANT (15 * 60) * G_USEC_PER_SEC)
#define ON_TIME_US (G_GINT64_CONSTANT (90) * G_USEC_PER_SEC)
#define URL_LIFE_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define PAUSE_AFTER_LOST_INIT_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
#define PAUSE_AFTER_LOST_INITS_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)
#define MAX_LOST_INITS 2
#define MAX_ACCOUNT_FAILURES 5
#define PROBE_PAUSE_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)
#define PAUSE_AFTER_FAILED_WRITE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

gint64
peal_publisher_get_server_now (PealRun *run)
{
  PealPublisher *self = run->publisher;
  gint64 told = peal_tiktok_client_get_server_now_us (peal_accounts_get_client (self->accounts));

  return told != -1 ? told : peal_clock_get_real_us (self->clock);
}

double
peal_publisher_roll_dice (void)
{
  return (double)peal_random_below (1 << 20) / (1 << 20);
}

/* What goes wrong for an account again and again is asked only now and then, whichever post it was for. */
static void
break_circuit (PealRun *run, PealDecision *decision)
{
  PealPublisher *self = run->publisher;
  guint failures = GPOINTER_TO_UINT (g_hash_table_lookup (self->account_failures, &run->work.account));
  gint64 *key = g_new (gint64, 1);

  *key = run->work.account;
  g_hash_table_insert (self->account_failures, key, GUINT_TO_POINTER (failures + 1));
  if (decision->kind == PEAL_DECISION_WAIT && failures + 1 >= MAX_ACCOUNT_FAILURES)
    decision->wait_us = MAX (decision->wait_us, PROBE_PAUSE_US);
}

static guint
count_try (PealRun *run)
{
  PealPublisher *self = run->publisher;
  guint tries = GPOINTER_TO_UINT (g_hash_table_lookup (self->tries, &run->work.post));
  gint64 *key = g_new (gint64, 1);

  *key = run->work.post;
  g_hash_table_insert (self->tries, key, GUINT_TO_POINTER (tries + 1));
  return tries;
}

static gboolean
read_grace (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  gint64 seconds;

  if (!peal_settings_read_late_grace_s (db, &seconds, error))
    return FALSE;
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, seconds);
  return TRUE;
}

/* Seconds: the post's own, else the setting; the default where that cannot be read. */
static gint64
get_grace (PealRun *run)
{
  g_autoptr (GError) error = NULL;
  gint64 grace;

  if (run->record->late_grace_s != G_MININT64)
    return run->record->late_grace_s;
  grace = dex_await_int64 (peal_database_run (run->publisher->database, read_grace, NULL, NULL), &error);
  return error == NULL ? grace : PEAL_DEFAULT_LATE_GRACE_S;
}

void
peal_publisher_apply_decision (PealRun *run, PealChange *change, PealDecision decision, const GError *error)
{
  gint64 next_try = peal_clock_get_real_us (run->publisher->clock) + decision.wait_us;

  change->move_post = TRUE;
  change->error = error;
  switch (decision.kind)
    {
    case PEAL_DECISION_WAIT:
      if (peal_retry_policy_is_in_grace (run->record->due, next_try, get_grace (run)))
        {
          change->post_state = PEAL_POST_SCHEDULED;
          change->next_try = next_try;
          break;
        }
      change->post_state = PEAL_POST_HELD;
      change->hold_reason = PEAL_HOLD_MISSED;
      break;
    case PEAL_DECISION_HOLD:
      change->post_state = PEAL_POST_HELD;
      change->hold_reason = decision.hold_reason;
      break;
    case PEAL_DECISION_FAIL:
    default:
      change->post_state = PEAL_POST_FAILED;
      break;
    }
}

static const char *
get_event_kind (const PealChange *change)
{
  switch (change->post_state)
    {
    case PEAL_POST_HELD:
      return "held";
    case PEAL_POST_FAILED:
      return "failed";
    default:
      return "will_retry";
    }
}

void
peal_publisher_report_unwritten (PealRun *run, const GError *error)
{
  const char *reason = peal_error_get_reason (error);

  if (g_str_equal (reason, "changed_meanwhile") || g_str_equal (reason, "paused"))
    {
      g_debug ("post %" G_GINT64_FORMAT ": %s", run->work.post, reason);
      return;
    }
  g_warning ("Post %" G_GINT64_FORMAT " cannot be written: %s", run->work.post, error->message);
  dex_await (peal_clock_sleep (run->publisher->clock, PAUSE_AFTER_FAILED_WRITE_US, run->cancellable), NULL);
}

void
peal_publisher_put_off (PealRun *run, const GError *error, const char *kind)
{
  PealChange change = PEAL_CHANGE_INIT;
  PealDecision decision = peal_retry_policy_decide (error, count_try (run), peal_publisher_roll_dice ());
  g_autoptr (GError) failure = NULL;

  break_circuit (run, &decision);
  peal_publisher_apply_decision (run, &change, decision, error);
  if (!peal_journal_move_post (run->publisher->journal, run->record, &change,
                               kind != NULL ? kind : get_event_kind (&change), &failure))
    peal_publisher_report_unwritten (run, failure);
}

void
peal_publisher_give_up (PealRun *run, const char *proof, const GError *error)
{
  PealChange change = PEAL_CHANGE_INIT;
  guint tries = count_try (run);
  PealDecision decision = peal_retry_policy_decide (error, tries, peal_publisher_roll_dice ());
  g_autoptr (GError) failure = NULL;

  if (g_str_equal (proof, "never_known_url"))
    decision.wait_us =
        MAX (decision.wait_us, tries < MAX_LOST_INITS ? PAUSE_AFTER_LOST_INIT_US : PAUSE_AFTER_LOST_INITS_US);
  break_circuit (run, &decision);
  change.proof = proof;
  change.log_id = peal_error_get_log_id (error);
  peal_publisher_apply_decision (run, &change, decision, error);
  if (!peal_journal_advance (run->publisher->journal, run->attempt, PEAL_ATTEMPT_DEAD, &change,
                             get_event_kind (&change), &failure))
    peal_publisher_report_unwritten (run, failure);
}

static gboolean
hold_missed (PealRun *run)
{
  PealChange change = PEAL_CHANGE_INIT;
  g_autoptr (GError) failure = NULL;

  change.move_post = TRUE;
  change.post_state = PEAL_POST_HELD;
  change.hold_reason = PEAL_HOLD_MISSED;
  if (peal_retry_policy_is_in_grace (run->record->due, peal_clock_get_real_us (run->publisher->clock),
                                     get_grace (run)))
    return FALSE;
  if (!peal_journal_move_post (run->publisher->journal, run->record, &change, "held", &failure))
    peal_publisher_report_unwritten (run, failure);
  return TRUE;
}

static gboolean
load_record (PealRun *run)
{
  g_autoptr (GError) error = NULL;

  run->record = dex_await_boxed (peal_journal_load_post (run->publisher->journal, run->work.post), &error);
  if (run->record == NULL)
    peal_publisher_report_unwritten (run, error);
  return run->record != NULL && run->record->state == PEAL_POST_SCHEDULED;
}

/* The agenda may be older than an edit. */
static gboolean
is_due (PealRun *run)
{
  gint64 now = peal_clock_get_real_us (run->publisher->clock);

  return run->record->due <= now && run->record->next_try <= now;
}

/* An earlier preflight saves the question just before the due time, where each millisecond counts. */
static gboolean
is_prepared (PealRun *run)
{
  return run->record->preflight_at + PREFLIGHT_HOLDS_US > peal_clock_get_real_us (run->publisher->clock);
}

static gboolean
prepare (PealRun *run, GError **error)
{
  PealPublisher *self = run->publisher;
  gint64 now = peal_clock_get_real_us (self->clock);

  if (!is_prepared (run)
      && !dex_await (peal_preflight_run (self->accounts, self->media_store, run->record), error))
    return FALSE;
  if (now - run->record->due > ON_TIME_US
      && !dex_await (peal_duplicate_guard_run (self->accounts, self->database, run->record, now), error))
    return FALSE;
  run->fd = dex_await_fd (peal_media_store_open (self->media_store, run->record), error);
  return run->fd >= 0;
}

void
peal_publisher_preflight (PealRun *run)
{
  PealPublisher *self = run->publisher;
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GError) error = NULL;

  if (!load_record (run))
    return;
  dex_await (peal_preflight_run (self->accounts, self->media_store, run->record), &trouble);
  if (trouble != NULL && peal_retry_policy_decide (trouble, 0, 0).kind != PEAL_DECISION_WAIT)
    peal_publisher_put_off (run, trouble, NULL);
  else if (!peal_journal_note_preflight (self->journal, run->record, trouble, &error))
    peal_publisher_report_unwritten (run, error);
}

/* A token that died just now is renewed before the next try; only a dead sign-in holds the post. */
static void
refuse_init (PealRun *run, const PealAccess *access, const GError *refusal)
{
  g_autoptr (PealAccess) renewed = NULL;
  g_autoptr (GError) dead = NULL;
  g_autoptr (GError) stale = NULL;

  if (!g_error_matches (refusal, PEAL_ERROR, PEAL_ERROR_AUTH))
    {
      peal_publisher_give_up (run, "init_refused", refusal);
      return;
    }
  renewed = dex_await_boxed (peal_accounts_renew_access (run->publisher->accounts, run->work.account, access),
                             &dead);
  stale = peal_error_new (PEAL_ERROR_SERVER, "access_token_invalid", "the token had run out");
  peal_publisher_give_up (run, "init_refused", renewed != NULL ? stale : dead);
}

static gboolean
is_definite (const GError *error)
{
  return g_error_matches (error, PEAL_ERROR, PEAL_ERROR_AUTH)
         || g_error_matches (error, PEAL_ERROR, PEAL_ERROR_SCOPE)
         || g_error_matches (error, PEAL_ERROR, PEAL_ERROR_REJECTED)
         || g_error_matches (error, PEAL_ERROR, PEAL_ERROR_RATE_LIMITED);
}

/* (transfer full) (nullable): what TikTok handed out; NULL where the attempt was given up. */
static PealUploadTicket *
init_upload (PealRun *run, const PealAccess *access, PealInitPermit *permit)
{
  PealPublisher *self = run->publisher;
  g_autoptr (PealUploadTicket) ticket = NULL;
  g_autoptr (GError) error = NULL;
  PealChange change = PEAL_CHANGE_INIT;
  PealChunkPlan plan;

  g_assert (peal_chunk_plan_init (&plan, run->record->facts->size));
  ticket = dex_await_boxed (peal_tiktok_init_video (peal_accounts_get_client (self->accounts), access, permit,
                                                    run->record->options, &plan, NULL),
                            &error);
  if (ticket == NULL)
    {
      if (is_definite (error))
        refuse_init (run, access, error);
      else
        peal_publisher_give_up (run, "never_known_url", error);
      return NULL;
    }
  change.publish_id = ticket->publish_id;
  change.url_expiry = peal_publisher_get_server_now (run) + URL_LIFE_US;
  change.log_id = ticket->log_id;
  if (peal_journal_advance (self->journal, run->attempt, PEAL_ATTEMPT_INIT_OK, &change, "init_ok", &error))
    return g_steal_pointer (&ticket);
  peal_publisher_report_unwritten (run, error);
  return NULL;
}

void
peal_publisher_recover (PealRun *run)
{
  g_autoptr (GError) error = NULL;

  if (!peal_journal_recover_attempt (run->publisher->journal, run->work.attempt, &error))
    peal_publisher_report_unwritten (run, error);
}

void
peal_publisher_publish (PealRun *run)
{
  PealPublisher *self = run->publisher;
  g_autoptr (GError) error = NULL;
  g_autoptr (PealAccess) access = NULL;
  g_autoptr (PealUploadTicket) ticket = NULL;
  PealInitPermit *permit = NULL;

  if (!load_record (run) || !is_due (run) || hold_missed (run))
    return;
  if (!prepare (run, &error)
      || !(access =
               dex_await_boxed (peal_accounts_get_access (self->accounts, run->work.account, 0), &error)))
    {
      peal_publisher_put_off (run, error, NULL);
      return;
    }
  if (g_cancellable_is_cancelled (run->cancellable))
    return;
  if (!(run->attempt = peal_journal_reserve (self->journal, run->record, &error))
      || !(permit = peal_journal_allow_init (self->journal, run->attempt, &error)))
    {
      peal_publisher_report_unwritten (run, error);
      return;
    }
  if ((ticket = init_upload (run, access, permit)) != NULL)
    peal_publisher_upload (run, ticket);
}
