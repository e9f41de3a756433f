/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-chunk-plan.h"
#include "peal-permit.h"
#include "peal-tiktok-client.h"

G_BEGIN_DECLS

/* The bytes of one attempt on their way (TikTok: content-posting-api-media-transfer-guide): a thread of its
 * own with a synchronous session, HTTP/1.1, no redirects, no token. Chunks go one at a time, in order, as the
 * caller says; the connection is reused but for the last chunk, and a request that libsoup would send again
 * is cancelled before a byte of an empty body goes out. What the server said is returned, never interpreted
 * here. */

typedef struct
{
  guint http_status;     /* of the answer */
  gint64 progress_bytes; /* from "Content-Range: bytes 0-N/TOTAL" of the answer, N as it stands; -1 where
                            absent */
  gint64 retry_after_s;  /* -1 where absent */
  char *log_id;          /* nullable */
} PealChunkAnswer;

#define PEAL_TYPE_CHUNK_ANSWER (peal_chunk_answer_get_type ())
GType peal_chunk_answer_get_type (void) G_GNUC_CONST;
PealChunkAnswer *peal_chunk_answer_copy (const PealChunkAnswer *self);
void peal_chunk_answer_free (PealChunkAnswer *self);

#define PEAL_TYPE_UPLOAD (peal_upload_get_type ())
G_DECLARE_FINAL_TYPE (PealUpload, peal_upload, PEAL, UPLOAD, GObject)

/* @fd: a regular file, read with pread (); duplicated. @content_type: true to the file. (transfer full) */
PealUpload *peal_upload_new (PealTiktokClient *client,
                             const PealUploadTicket *ticket,
                             int fd,
                             const PealChunkPlan *plan,
                             const char *content_type);
/* Sends chunk @index, 0 ≤ index < count - 1, never the last. Resolves to PealChunkAnswer for every HTTP
 * status. Rejects with NETWORK (no byte of the body left), OUTCOME_UNKNOWN (some may have arrived), MEDIA
 * "media_changed" (the file's size, inode, mtime or ctime is not what it was at peal_upload_new (), or it
 * cannot be read), CANCELLED. Deadline 60 s plus 1 s per 32 KiB. */
DexFuture *peal_upload_send_chunk (PealUpload *self, gint64 index, GCancellable *cancellable);
/* Sends the last chunk, on a new connection. @permit (transfer full) must be for the ticket's publish id.
 * Errors as above. It has no cancellable: once armed, only the answer or the deadline ends it. */
DexFuture *peal_upload_send_last_chunk (PealUpload *self, PealFinalPermit *permit);
/* Bytes handed to the connection so far, of chunks that were answered and of the one under way. From any
 * thread. */
gint64 peal_upload_get_sent_bytes (PealUpload *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealChunkAnswer, peal_chunk_answer_free)

G_END_DECLS
