/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-publisher-private.h"

#include "peal-media-copy.h"
#include "peal-tiktok-publish.h"

#define MAX_CHUNK_TRIES 5
#define MAX_RETRY_AFTER_S 600
#define FIRST_POLL_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)

typedef enum
{
  CHUNK_TAKEN,
  CHUNK_AGAIN,
  CHUNK_GIVEN_UP,
} ChunkOutcome;

static void
stop (PealRun *run, const GError *error)
{
  const char *reason = peal_error_get_reason (error);

  /* Taken back by the user, whose transaction has killed the attempt; or publishing is paused, or the agent
   * is going, and the attempt is recovered later. */
  if (g_error_matches (error, PEAL_ERROR, PEAL_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_str_equal (reason, "paused")
      || g_str_equal (reason, "changed_meanwhile"))
    g_debug ("the upload of post %" G_GINT64_FORMAT " was stopped", run->work.post);
  else
    peal_publisher_give_up (run, "never_armed", error);
}

/* How many bytes TikTok has, or -1. */
static gint64
query_uploaded (PealRun *run)
{
  g_autoptr (PealPublishStatus) status = dex_await_boxed (peal_publisher_fetch_status (run), NULL);

  return status != NULL ? status->uploaded_bytes : -1;
}

/* TikTok counts bytes, or names the last one: both readings of a whole chunk are taken. */
static gboolean
covers (gint64 uploaded, const PealChunkPlan *plan, gint64 index)
{
  return uploaded >= peal_chunk_plan_get_offset (plan, index) + peal_chunk_plan_get_length (plan, index) - 1;
}

static GError *
error_for_status (const PealChunkAnswer *answer)
{
  PealErrorCode code = answer->http_status == 400 ? PEAL_ERROR_REJECTED : PEAL_ERROR_SERVER;
  const char *reason = answer->http_status == 400 ? "upload_refused" : "upload_lost";

  return peal_error_new_remote (code, reason, "the upload was not taken", answer->log_id, answer->http_status,
                                answer->retry_after_s);
}

/* TikTok has more than we thought: goes on behind that, and never past the last chunk, which is armed first.
 * Anything else said together with 416 makes no sense, and the chunk is sent again a few times. */
static ChunkOutcome
resynchronise (PealRun *run, const PealChunkPlan *plan, gint64 *index)
{
  gint64 next = (query_uploaded (run) + 1) / plan->chunk_size;

  if (next <= *index)
    return CHUNK_AGAIN;
  *index = MIN (next, plan->count - 1) - 1;
  return CHUNK_TAKEN;
}

/* What the answer to chunk @index, not the last, means (TikTok: content-posting-api-media-transfer-guide). */
static ChunkOutcome
read_answer (PealRun *run,
             const PealChunkPlan *plan,
             gint64 *index,
             const PealChunkAnswer *answer,
             gint64 *retry_after_s,
             GError **error)
{
  if (answer->http_status / 100 == 2)
    return CHUNK_TAKEN;
  *retry_after_s = answer->retry_after_s;
  if (answer->http_status == 429 || answer->http_status / 100 == 5)
    return CHUNK_AGAIN;
  if (answer->http_status == 416)
    return resynchronise (run, plan, index);
  *error = error_for_status (answer);
  return CHUNK_GIVEN_UP;
}

static ChunkOutcome
send_chunk_once (PealRun *run,
                 const PealChunkPlan *plan,
                 gint64 *index,
                 gint64 *retry_after_s,
                 GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PealChunkAnswer) answer =
      dex_await_boxed (peal_upload_send_chunk (run->upload, *index, run->cancellable), &local);

  if (answer != NULL)
    return read_answer (run, plan, index, answer, retry_after_s, error);
  if (g_error_matches (local, PEAL_ERROR, PEAL_ERROR_OUTCOME_UNKNOWN)
      && covers (query_uploaded (run), plan, *index))
    return CHUNK_TAKEN;
  if (g_error_matches (local, PEAL_ERROR, PEAL_ERROR_OUTCOME_UNKNOWN)
      || g_error_matches (local, PEAL_ERROR, PEAL_ERROR_NETWORK))
    return CHUNK_AGAIN;
  g_propagate_error (error, g_steal_pointer (&local));
  return CHUNK_GIVEN_UP;
}

static gboolean
pause_before_again (PealRun *run, guint tries, gint64 retry_after_s, GError **error)
{
  static const int pauses_s[MAX_CHUNK_TRIES] = { 2, 8, 30, 60, 120 };
  gint64 pause_s = MAX (pauses_s[MIN (tries, MAX_CHUNK_TRIES - 1)], MIN (retry_after_s, MAX_RETRY_AFTER_S));

  return dex_await (peal_clock_sleep (run->publisher->clock, pause_s * G_USEC_PER_SEC, run->cancellable),
                    error);
}

static gboolean
has_expired (PealRun *run)
{
  return peal_publisher_get_server_now (run) >= run->attempt->url_expiry;
}

/* @index moves on where TikTok turns out to have more than was thought. */
static gboolean
send_chunk (PealRun *run, const PealChunkPlan *plan, gint64 *index, GError **error)
{
  gint64 retry_after_s = -1;

  for (guint tries = 0; tries < MAX_CHUNK_TRIES && !has_expired (run); tries++)
    {
      if (tries > 0 && !pause_before_again (run, tries - 1, retry_after_s, error))
        return FALSE;
      switch (send_chunk_once (run, plan, index, &retry_after_s, error))
        {
        case CHUNK_TAKEN:
          return TRUE;
        case CHUNK_GIVEN_UP:
          return FALSE;
        case CHUNK_AGAIN:
        default:
          break;
        }
    }
  return peal_error_refuse (error, PEAL_ERROR_NETWORK, "upload_stalled",
                            "chunk %" G_GINT64_FORMAT " did not get through", *index);
}

static gboolean
send_all_but_last (PealRun *run, const PealChunkPlan *plan, GError **error)
{
  PealChange change = PEAL_CHANGE_INIT;

  if (plan->count > 1
      && !peal_journal_advance (run->publisher->journal, run->attempt, PEAL_ATTEMPT_UPLOADING, &change,
                                "uploading", error))
    return FALSE;
  for (gint64 index = 0; index < plan->count - 1; index++)
    if (!send_chunk (run, plan, &index, error))
      return FALSE;
  return !has_expired (run)
         || peal_error_refuse (error, PEAL_ERROR_NETWORK, "upload_expired",
                               "the upload took longer than its address lives");
}

/* Kept for a resend of the same chunk under the same publish id: the one address that only memory holds. */
static void
keep_upload (PealRun *run)
{
  gint64 *key = g_new (gint64, 1);

  *key = run->attempt->id;
  g_hash_table_insert (run->publisher->uploads, key, g_object_ref (run->upload));
}

/* From here on the outcome is what TikTok says when asked: 2xx is a hint, and everything else an open
 * question. */
static void
send_last_chunk (PealRun *run, PealFinalPermit *permit)
{
  PealPublisher *self = run->publisher;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unwritten = NULL;
  g_autoptr (PealChunkAnswer) answer =
      dex_await_boxed (peal_upload_send_last_chunk (run->upload, permit), &error);
  gboolean taken = answer != NULL && answer->http_status / 100 == 2;
  g_autofree char *status = answer != NULL ? g_strdup_printf ("HTTP %u", answer->http_status)
                                           : g_strdup (peal_error_get_reason (error));
  PealChange change = PEAL_CHANGE_INIT;

  change.next_poll = peal_clock_get_real_us (self->clock) + FIRST_POLL_US;
  change.log_id = answer != NULL ? answer->log_id : NULL;
  change.last_status = status;
  if (!taken)
    keep_upload (run);
  if (!peal_journal_advance (self->journal, run->attempt,
                             taken ? PEAL_ATTEMPT_BYTES_SENT : PEAL_ATTEMPT_FINAL_ARMED, &change,
                             taken ? "bytes_sent" : "last_chunk_unclear", &unwritten))
    peal_publisher_report_unwritten (run, unwritten);
}

/* The upload holds on to the file as it found it, which was a while after the copy was looked at: is it still
 * the copy that was planned? */
static gboolean
check_copy (PealRun *run, GError **error)
{
  g_autoptr (PealPostRecord) known =
      dex_await_boxed (peal_journal_load_post (run->publisher->journal, run->work.post), error);
  PealMediaCopy found;

  if (known == NULL || !peal_media_copy_stat (run->fd, &found, error))
    return FALSE;
  return (found.size == known->facts->size && found.inode == known->inode && found.mtime_ns == known->mtime_ns
          && found.ctime_ns == known->ctime_ns)
         || peal_error_refuse (error, PEAL_ERROR_MEDIA, "media_changed", "the copy was changed");
}

void
peal_publisher_upload (PealRun *run, const PealUploadTicket *ticket)
{
  PealPublisher *self = run->publisher;
  g_autoptr (GError) error = NULL;
  PealFinalPermit *permit = NULL;
  PealChunkPlan plan;

  g_assert (peal_chunk_plan_init (&plan, run->record->facts->size));
  run->upload = peal_upload_new (peal_accounts_get_client (self->accounts), ticket, run->fd, &plan,
                                 peal_media_get_content_type (run->record->facts->container));
  peal_publisher_watch_progress (self);
  if (!check_copy (run, &error) || !send_all_but_last (run, &plan, &error)
      || g_cancellable_set_error_if_cancelled (run->cancellable, &error)
      || !(permit = peal_journal_arm (self->journal, run->attempt, run->record,
                                      peal_publisher_get_server_now (run), &error)))
    stop (run, error);
  else
    {
      g_hash_table_remove (self->tries, &run->work.post);
      g_hash_table_remove (self->account_failures, &run->work.account);
      send_last_chunk (run, permit);
    }
  g_clear_object (&run->upload);
}
