/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-publisher-private.h"

#include "peal-tiktok-publish.h"

/* No upload is taken later than this after its address has expired. */
#define EXPIRY_MARGIN_US (G_GINT64_CONSTANT (15 * 60) * G_USEC_PER_SEC)
/* How long the link of a published post is asked for. */
#define LINK_WAIT_US (G_GINT64_CONSTANT (24 * 3600) * G_USEC_PER_SEC)
#define MIN_PAUSE_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
#define LINK_PAUSE_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)
#define SILENCE_PAUSE_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)
/* Some three days of asking in vain. */
#define MAX_SILENT_POLLS 500

static gint64
get_now (PealRun *run)
{
  return peal_clock_get_real_us (run->publisher->clock);
}

/* When TikTok was asked, by its own clock (µs UTC), or before that by no more than the answer took: ours may
 * have been set since, and the computer may have slept before the answer came, or before anybody looked at
 * it. */
static gint64
get_asked (PealRun *run)
{
  gint64 since = peal_clock_get_boot_us (run->publisher->clock) - run->asked_at;

  return peal_publisher_get_server_now (run) - since;
}

/* How long TikTok had had it then (µs). What armed it before this was by TikTok's clock may lie far ahead. */
static gint64
get_age (PealRun *run)
{
  return get_asked (run) - MIN (run->attempt->armed_at, run->attempt->url_expiry);
}

static gboolean
advance (PealRun *run, PealAttemptState to, const PealChange *change, const char *kind)
{
  g_autoptr (GError) error = NULL;

  if (peal_journal_advance (run->publisher->journal, run->attempt, to, change, kind, &error))
    return TRUE;
  peal_publisher_report_unwritten (run, error);
  return FALSE;
}

static void
forget_upload (PealRun *run)
{
  g_hash_table_remove (run->publisher->uploads, &run->attempt->id);
}

/* What nobody can find out by asking on is the user's to look at. The attempt blocks every other one for
 * ever. */
static void
leave_to_user (PealRun *run, const GError *error)
{
  PealChange change = PEAL_CHANGE_INIT;

  change.move_post = TRUE;
  change.post_state = PEAL_POST_NEEDS_REVIEW;
  change.error = error;
  forget_upload (run);
  advance (run, PEAL_ATTEMPT_UNKNOWN, &change, "needs_review");
}

/* Asks again later, but no later than @not_after by TikTok's clock. Where TikTok says after 24 h that there
 * is no end, or no link, never again. Where it @was_silent its next answer may well be the end: a computer
 * that slept for days has no network yet at its first question. */
static void
ask_later (PealRun *run, const PealPublishStatus *status, gint64 not_after, gboolean was_silent)
{
  PealAttemptState state = run->attempt->state;
  gint64 pause = peal_retry_policy_get_poll_pause (run->attempt->polls, get_age (run));
  g_autoptr (GError) error = NULL;
  PealChange change = PEAL_CHANGE_INIT;

  if (pause < 0 && was_silent && run->attempt->polls < MAX_SILENT_POLLS)
    pause = SILENCE_PAUSE_US;
  if (pause < 0 && peal_attempt_is_armed (state))
    {
      error =
          peal_error_new (PEAL_ERROR_OUTCOME_UNKNOWN, "no_result", "TikTok gave no result within 24 hours");
      leave_to_user (run, error);
      return;
    }
  if (not_after != G_MAXINT64)
    pause = CLAMP (not_after - peal_publisher_get_server_now (run), MIN_PAUSE_US, MAX (pause, MIN_PAUSE_US));
  change.next_poll = pause < 0 ? -1 : get_now (run) + pause;
  change.count_poll = TRUE;
  change.last_status = status != NULL ? status->raw : NULL;
  advance (run, state, &change, NULL);
}

/* Every end passes through PROCESSING, which says that TikTok was heard. */
static gboolean
reach_processing (PealRun *run, const PealPublishStatus *status)
{
  PealChange change = PEAL_CHANGE_INIT;

  if (run->attempt->state == PEAL_ATTEMPT_PROCESSING)
    return TRUE;
  change.last_status = status->raw;
  change.next_poll = get_now (run);
  return advance (run, PEAL_ATTEMPT_PROCESSING, &change, NULL);
}

/* The id of a public post may come much later than its end, or never. */
static gint64
get_link_poll (PealRun *run, const PealPublishStatus *status)
{
  gboolean is_public = run->record->options->share_type == PEAL_SHARE_INBOX
                       || g_strcmp0 (run->record->options->privacy_level, "PUBLIC_TO_EVERYONE") == 0;

  if (status->post_ids[0] != NULL || !is_public || get_age (run) > LINK_WAIT_US)
    return -1;
  return get_now (run) + LINK_PAUSE_US;
}

static void
take_published (PealRun *run, const PealPublishStatus *status)
{
  g_autofree char *ids = g_strjoinv (" ", status->post_ids);
  gboolean is_news = run->record->state != PEAL_POST_PUBLISHED;
  PealChange change = PEAL_CHANGE_INIT;

  forget_upload (run);
  if (run->attempt->state != PEAL_ATTEMPT_PUBLISHED && run->attempt->state != PEAL_ATTEMPT_INBOX
      && !reach_processing (run, status))
    return;
  change.post_ids = ids;
  change.last_status = status->raw;
  change.log_id = status->log_id;
  change.next_poll = get_link_poll (run, status);
  change.count_poll = TRUE;
  change.move_post = is_news;
  change.post_state = PEAL_POST_PUBLISHED;
  advance (run, PEAL_ATTEMPT_PUBLISHED, &change, is_news || ids[0] != '\0' ? "published" : NULL);
}

/* Delivered is the end of our part; that the creator finished the draft may be learnt later. */
static void
take_inbox (PealRun *run, const PealPublishStatus *status)
{
  gboolean is_news = run->attempt->state != PEAL_ATTEMPT_INBOX;
  PealChange change = PEAL_CHANGE_INIT;

  forget_upload (run);
  if (is_news && !reach_processing (run, status))
    return;
  change.last_status = status->raw;
  change.log_id = status->log_id;
  change.next_poll = get_age (run) > LINK_WAIT_US ? -1 : get_now (run) + LINK_PAUSE_US;
  change.count_poll = TRUE;
  change.move_post = is_news;
  change.post_state = PEAL_POST_IN_INBOX;
  advance (run, PEAL_ATTEMPT_INBOX, &change, is_news ? "in_inbox" : NULL);
}

static void
take_failed (PealRun *run, const PealPublishStatus *status)
{
  const char *reason = status->fail_reason != NULL ? status->fail_reason : "unknown";
  g_autoptr (GError) error = peal_error_new_remote (
      PEAL_ERROR_REJECTED, reason, "TikTok could not publish the video", status->log_id, 200, -1);
  PealChange change = PEAL_CHANGE_INIT;

  forget_upload (run);
  if (!reach_processing (run, status))
    return;
  change.fail_reason = reason;
  change.last_status = status->raw;
  change.log_id = status->log_id;
  change.count_poll = TRUE;
  peal_publisher_apply_decision (run, &change,
                                 peal_retry_policy_decide_failed (reason, run->attempt->failures), error);
  advance (run, PEAL_ATTEMPT_FAILED_REMOTE, &change, "failed_at_tiktok");
}

/* The same last chunk again, under the same publish id and to the same address: if the first copy did arrive,
 * TikTok refuses this one, and is asked again. */
static void
resend_last_chunk (PealRun *run, PealUpload *upload, const PealPublishStatus *status)
{
  PealPublisher *self = run->publisher;
  g_autoptr (GError) error = NULL;
  g_autoptr (PealChunkAnswer) answer = NULL;
  PealFinalPermit *permit = peal_journal_allow_resend (self->journal, run->attempt, &error);
  PealChange change = PEAL_CHANGE_INIT;

  if (permit == NULL)
    {
      peal_publisher_report_unwritten (run, error);
      return;
    }
  answer = dex_await_boxed (peal_upload_send_last_chunk (upload, permit), NULL);
  if (answer == NULL || answer->http_status / 100 != 2)
    {
      ask_later (run, status, G_MAXINT64, FALSE);
      return;
    }
  forget_upload (run);
  change.next_poll = get_now (run) + peal_retry_policy_get_poll_pause (0, 0);
  change.log_id = answer->log_id;
  advance (run, PEAL_ATTEMPT_BYTES_SENT, &change, "bytes_sent");
}

static void
declare_expired (PealRun *run)
{
  g_autoptr (GError) error = peal_error_new (PEAL_ERROR_NETWORK, "upload_expired",
                                             "the upload was never completed, and its address expired");

  forget_upload (run);
  peal_publisher_give_up (run, "expired_incomplete", error);
}

/* An armed attempt of which TikTok says that it is still uploading. Whole: TikTok has it. Not whole: the last
 * chunk is sent again for as long as its address is known and lives; and only where that was said well after
 * the address's end, when no late copy can complete it any more, is the attempt dead. In between, and without
 * a number, nothing is certain. */
static void
take_uploading (PealRun *run, const PealPublishStatus *status)
{
  PealUpload *upload = g_hash_table_lookup (run->publisher->uploads, &run->attempt->id);
  gint64 size = run->attempt->media_size, end = run->attempt->url_expiry + EXPIRY_MARGIN_US;
  gboolean complete = status->uploaded_bytes >= size - 1, incomplete;
  /* Where TikTok never tells the time, nothing proves that the address has expired. */
  gint64 now = peal_tiktok_client_get_server_now_us (peal_accounts_get_client (run->publisher->accounts));
  gint64 asked = now != -1 ? get_asked (run) : -1;
  PealChunkPlan plan;

  g_assert (peal_chunk_plan_init (&plan, size));
  incomplete = !complete && status->uploaded_bytes >= 0
               && status->uploaded_bytes <= peal_chunk_plan_get_offset (&plan, plan.count - 1) + 1;
  if (complete || run->attempt->state != PEAL_ATTEMPT_FINAL_ARMED)
    {
      if (reach_processing (run, status))
        ask_later (run, status, G_MAXINT64, FALSE);
    }
  else if (incomplete && upload != NULL && now < run->attempt->url_expiry)
    {
      g_autoptr (PealUpload) kept = g_object_ref (upload);

      resend_last_chunk (run, kept, status);
    }
  else if (asked < end)
    ask_later (run, status, now != -1 ? end : G_MAXINT64, FALSE);
  else if (incomplete)
    declare_expired (run);
  else
    {
      g_autoptr (GError) error = peal_error_new (PEAL_ERROR_OUTCOME_UNKNOWN, "no_result",
                                                 "TikTok does not say how much "
                                                 "of the video it has");
      leave_to_user (run, error);
    }
}

static void
take_status (PealRun *run, const PealPublishStatus *status)
{
  gboolean is_open = peal_attempt_is_armed (run->attempt->state);

  if (status->code == PEAL_PUBLISH_COMPLETE)
    take_published (run, status);
  else if (status->code == PEAL_PUBLISH_SEND_TO_USER_INBOX && run->attempt->state != PEAL_ATTEMPT_PUBLISHED)
    take_inbox (run, status);
  else if (status->code == PEAL_PUBLISH_FAILED && is_open)
    take_failed (run, status);
  else if (is_open)
    take_uploading (run, status);
  else
    ask_later (run, status, G_MAXINT64, FALSE);
}

/* The attempt stays as it is: TikTok has it, whatever stands between it and us. */
static void
hold_beside_attempt (PealRun *run, PealHoldReason reason, const GError *error)
{
  PealChange change = PEAL_CHANGE_INIT;

  change.move_post = TRUE;
  change.post_state = PEAL_POST_HELD;
  change.hold_reason = reason;
  change.error = error;
  advance (run, run->attempt->state, &change, "held");
}

static gboolean
is_lost_id (const GError *error)
{
  const char *reason = peal_error_get_reason (error);

  return g_str_equal (reason, "invalid_publish_id")
         || g_str_equal (reason, "token_not_authorized_for_specified_publish_id");
}

/* Only what TikTok says of the post is an answer. */
static gboolean
is_silence (const GError *error)
{
  return !g_error_matches (error, PEAL_ERROR, PEAL_ERROR_REJECTED);
}

/* Nothing that goes wrong with asking ever leads back to an init. */
static void
take_error (PealRun *run, const GError *error)
{
  PealDecision decision = peal_retry_policy_decide (error, 0, 0);
  gboolean is_open = peal_attempt_is_armed (run->attempt->state);

  if (!is_open)
    ask_later (run, NULL, G_MAXINT64, is_silence (error));
  else if (is_lost_id (error))
    leave_to_user (run, error);
  else if (decision.kind == PEAL_DECISION_HOLD
           && (decision.hold_reason == PEAL_HOLD_RECONNECT
               || decision.hold_reason == PEAL_HOLD_KEYRING_LOCKED))
    hold_beside_attempt (run, decision.hold_reason, error);
  else
    ask_later (run, NULL, G_MAXINT64, is_silence (error));
}

/* The agenda may be older than the last poll. */
static gboolean
is_to_be_polled (PealRun *run)
{
  const PealAttemptRecord *attempt = run->attempt;

  return attempt->next_poll != -1 && attempt->next_poll <= get_now (run)
         && (peal_attempt_is_armed (attempt->state) || attempt->state == PEAL_ATTEMPT_PUBLISHED
             || attempt->state == PEAL_ATTEMPT_INBOX);
}

static DexFuture *
fetch_status (PealTiktokClient *client, const PealAccess *access, gpointer data)
{
  return peal_tiktok_fetch_status (client, access, data, NULL);
}

DexFuture *
peal_publisher_fetch_status (PealRun *run)
{
  return peal_accounts_call (run->publisher->accounts, run->work.account, fetch_status,
                             g_strdup (run->attempt->publish_id), g_free);
}

void
peal_publisher_poll (PealRun *run)
{
  PealPublisher *self = run->publisher;
  g_autoptr (GError) error = NULL;
  g_autoptr (PealPublishStatus) status = NULL;

  if (!(run->record = dex_await_boxed (peal_journal_load_post (self->journal, run->work.post), &error))
      || !(run->attempt =
               dex_await_boxed (peal_journal_load_attempt (self->journal, run->work.attempt), &error)))
    {
      peal_publisher_report_unwritten (run, error);
      return;
    }
  if (!is_to_be_polled (run))
    return;
  run->asked_at = peal_clock_get_boot_us (self->clock);
  status = dex_await_boxed (peal_publisher_fetch_status (run), &error);
  if (status != NULL)
    take_status (run, status);
  else
    take_error (run, error);
}
