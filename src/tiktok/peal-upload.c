/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-upload.h"

#include <fcntl.h>

#include <glib/gstdio.h>

#include "peal-error.h"
#include "peal-http-headers.h"
#include "peal-http.h"
#include "peal-fiber.h"
#include "peal-text.h"
#include "peal-tiktok-client-private.h"
#include "peal-upload-sender.h"

#define DEADLINE_BASE_S 60
#define SLOWEST_BYTES_PER_S (32 * 1024)

struct _PealUpload
{
  GObject parent_instance;

  PealClock *clock;
  char *publish_id;
  PealChunkPlan plan;
  PealUploadSender *sender; /* NULL where the file could not be taken */
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (PealUpload, peal_upload, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (PealChunkAnswer, peal_chunk_answer, peal_chunk_answer_copy, peal_chunk_answer_free)

/* One chunk on its way. Shared by the fiber and by its deadline. */
typedef struct
{
  PealUpload *upload;
  PealUploadJob *job;
  GCancellable *caller; /* nullable */
  GCancellable *timer;
  gboolean late;
} Chunk;

static void
chunk_clear (gpointer data)
{
  Chunk *self = data;

  g_clear_object (&self->upload);
  g_clear_pointer (&self->job, peal_upload_job_unref);
  g_clear_object (&self->caller);
  g_clear_object (&self->timer);
}

static void
chunk_unref (gpointer data)
{
  g_rc_box_release_full (data, chunk_clear);
}

static GError *
new_media_error (void)
{
  return peal_error_new (PEAL_ERROR_MEDIA, "media_changed", "The video has changed or cannot be read");
}

static GError *
chunk_new_error (Chunk *self)
{
  PealUploadJob *job = self->job;
  g_autofree char *message = peal_text_dup_message (job->error != NULL ? job->error->message : NULL);

  if (job->media_failed)
    return new_media_error ();
  if (!self->late && self->caller != NULL && g_cancellable_is_cancelled (self->caller))
    return peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "The upload was stopped");
  if (job->body_begun)
    return peal_error_new (PEAL_ERROR_OUTCOME_UNKNOWN, self->late ? "deadline" : "connection_lost",
                           "The answer to a chunk was lost: %s", message);

  return peal_error_new (PEAL_ERROR_NETWORK,
                         self->late ? "deadline" : peal_http_get_network_reason (job->error),
                         "The upload host could not be reached: %s", message);
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer data)
{
  g_cancellable_cancel (data);
}

static DexFuture *
deadline_cb (DexFuture *sleep, gpointer data)
{
  Chunk *self = data;

  if (!g_cancellable_is_cancelled (self->timer))
    {
      self->late = TRUE;
      g_cancellable_cancel (self->job->stop);
    }

  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
chunk_fiber (gpointer data)
{
  Chunk *self = data;
  gint64 deadline_us = (DEADLINE_BASE_S + self->job->length / SLOWEST_BYTES_PER_S) * G_USEC_PER_SEC;
  gulong cancelled_id = 0;

  if (self->caller != NULL)
    cancelled_id =
        g_cancellable_connect (self->caller, G_CALLBACK (caller_cancelled_cb), self->job->stop, NULL);
  dex_future_disown (dex_future_then (peal_clock_sleep (self->upload->clock, deadline_us, self->timer),
                                      deadline_cb, g_rc_box_acquire (self), chunk_unref));

  /* Never fails: the job carries its outcome. */
  dex_await (peal_upload_sender_run (self->upload->sender, self->job), NULL);

  g_cancellable_cancel (self->timer);
  g_cancellable_disconnect (self->caller, cancelled_id);
  self->upload->is_busy = FALSE;
  if (self->job->answer == NULL)
    return dex_future_new_for_error (chunk_new_error (self));
  self->job->answer->retry_after_s =
      peal_http_parse_retry_after (self->job->retry_after, peal_clock_get_real_us (self->upload->clock));
  g_debug ("chunk at %" G_GINT64_FORMAT ": HTTP %u", self->job->offset, self->job->answer->http_status);

  return dex_future_new_take_boxed (PEAL_TYPE_CHUNK_ANSWER, g_steal_pointer (&self->job->answer));
}

static DexFuture *
start_chunk (PealUpload *self, gint64 index, GCancellable *cancellable)
{
  Chunk *chunk;

  if (self->sender == NULL)
    return dex_future_new_for_error (new_media_error ());
  if (self->is_busy)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "upload_busy", "Another chunk is on its way"));

  self->is_busy = TRUE;
  chunk = g_rc_box_new0 (Chunk);
  chunk->upload = g_object_ref (self);
  chunk->job = peal_upload_job_new (peal_chunk_plan_get_offset (&self->plan, index),
                                    peal_chunk_plan_get_length (&self->plan, index),
                                    peal_chunk_plan_is_last (&self->plan, index));
  chunk->timer = g_cancellable_new ();
  g_set_object (&chunk->caller, cancellable);

  return peal_fiber_spawn_to_end (chunk_fiber, chunk, chunk_unref);
}

static void
peal_upload_dispose (GObject *object)
{
  PealUpload *self = PEAL_UPLOAD (object);

  g_clear_pointer (&self->sender, peal_upload_sender_free);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (peal_upload_parent_class)->dispose (object);
}

static void
peal_upload_finalize (GObject *object)
{
  PealUpload *self = PEAL_UPLOAD (object);

  g_clear_pointer (&self->publish_id, g_free);

  G_OBJECT_CLASS (peal_upload_parent_class)->finalize (object);
}

static void
peal_upload_class_init (PealUploadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = peal_upload_dispose;
  object_class->finalize = peal_upload_finalize;
}

static void
peal_upload_init (PealUpload *self)
{
}

/* Takes the file as it is now; from here on it may not change. */
static PealUploadSender *
open_sender (const PealUploadTicket *ticket, int fd, const PealChunkPlan *plan, const char *content_type)
{
  int own_fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  struct stat facts;

  if (own_fd < 0 || fstat (own_fd, &facts) < 0 || !S_ISREG (facts.st_mode)
      || facts.st_size != plan->video_size)
    {
      g_clear_fd (&own_fd, NULL);
      return NULL;
    }

  return peal_upload_sender_new (ticket->upload_url, content_type, own_fd, &facts);
}

PealUpload *
peal_upload_new (PealTiktokClient *client,
                 const PealUploadTicket *ticket,
                 int fd,
                 const PealChunkPlan *plan,
                 const char *content_type)
{
  PealUpload *self;

  g_return_val_if_fail (PEAL_IS_TIKTOK_CLIENT (client), NULL);
  g_return_val_if_fail (ticket != NULL && ticket->publish_id != NULL, NULL);
  g_return_val_if_fail (peal_tiktok_client_check_upload_url (client, ticket->upload_url, NULL), NULL);
  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (plan != NULL && plan->count > 0, NULL);
  g_return_val_if_fail (content_type != NULL, NULL);

  self = g_object_new (PEAL_TYPE_UPLOAD, NULL);
  self->clock = g_object_ref (peal_tiktok_client_get_clock (client));
  self->publish_id = g_strdup (ticket->publish_id);
  self->plan = *plan;
  self->sender = open_sender (ticket, fd, plan, content_type);

  return self;
}

DexFuture *
peal_upload_send_chunk (PealUpload *self, gint64 index, GCancellable *cancellable)
{
  dex_return_error_if_fail (PEAL_IS_UPLOAD (self));
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (index < 0 || index >= self->plan.count - 1)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "chunk_index", "No such chunk, or the last one"));

  return start_chunk (self, index, cancellable);
}

DexFuture *
peal_upload_send_last_chunk (PealUpload *self, PealFinalPermit *permit)
{
  g_autoptr (PealFinalPermit) spent = permit;

  dex_return_error_if_fail (PEAL_IS_UPLOAD (self));
  dex_return_error_if_fail (spent != NULL);

  if (g_strcmp0 (peal_final_permit_get_publish_id (spent), self->publish_id) != 0)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "permit", "The permit is for another publish"));

  return start_chunk (self, self->plan.count - 1, NULL);
}

gint64
peal_upload_get_sent_bytes (PealUpload *self)
{
  g_return_val_if_fail (PEAL_IS_UPLOAD (self), 0);

  return self->sender != NULL ? peal_upload_sender_get_position (self->sender) : 0;
}

PealChunkAnswer *
peal_chunk_answer_copy (const PealChunkAnswer *self)
{
  PealChunkAnswer *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->log_id = g_strdup (self->log_id);

  return copy;
}

void
peal_chunk_answer_free (PealChunkAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->log_id, g_free);
  g_clear_pointer (&self, g_free);
}
