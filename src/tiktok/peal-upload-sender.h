/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sys/stat.h>

#include <libdex.h>

#include "peal-secret.h"
#include "peal-upload.h"

G_BEGIN_DECLS

/* The thread of an upload: the only place with synchronous libsoup calls. It takes jobs one after the other,
 * in a session and a main context of its own; what a job's outcome means is for PealUpload to say. */

typedef struct
{
  gint64 offset, length; /* bytes; the stretch of the file */
  gboolean new_connection;
  GCancellable *stop; /* may be cancelled from any thread */

  /* The outcome; to be read once the future has resolved. */
  PealChunkAnswer *answer; /* NULL where none came */
  char *retry_after;       /* as it came; NULL where absent */
  GError *error;           /* why there is no answer */
  gboolean media_failed;   /* the file is not what it was, or cannot be read */
  gboolean body_begun;     /* bytes of the body may have left */
} PealUploadJob;

/* Atomically counted, for two threads hold it. */
PealUploadJob *peal_upload_job_new (gint64 offset, gint64 length, gboolean new_connection);
PealUploadJob *peal_upload_job_ref (PealUploadJob *self);
void peal_upload_job_unref (PealUploadJob *self);

typedef struct _PealUploadSender PealUploadSender;

/* @fd: (transfer full), of a file that must stay as @expected says. */
PealUploadSender *peal_upload_sender_new (PealSecret *upload_url,
                                          const char *content_type,
                                          int fd,
                                          const struct stat *expected);
/* Lets the thread end after the job under way, and does not wait for it. */
void peal_upload_sender_free (PealUploadSender *self);
/* Resolves to TRUE, in the main context of the caller, when @job is over, well or not. */
DexFuture *peal_upload_sender_run (PealUploadSender *self, PealUploadJob *job);
/* The place in the file up to which bytes were handed to the connection. From any thread. */
gint64 peal_upload_sender_get_position (PealUploadSender *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealUploadJob, peal_upload_job_unref)

G_END_DECLS
