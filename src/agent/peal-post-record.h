/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "peal-account.h"
#include "peal-attempt.h"
#include "peal-media-facts.h"
#include "peal-post.h"

G_BEGIN_DECLS

/* What the publisher must know of a post and of one of its attempts, as read in one transaction. Instants are
 * µs UTC; -1 where there is none. */

typedef struct
{
  gint64 id, group, account, media;
  gint64 version;
  char *uuid;
  char *open_id;
  PealEnvironment environment;
  PealAccountState account_state;
  PealScopes scopes;
  PealPostState state;
  PealHoldReason hold_reason;
  gint64 due, next_try, preflight_at;
  char *zone; /* nullable */
  gint64
      late_grace_s; /* how late it may go out by itself, -1 without limit; G_MININT64: as the setting says */
  gint64 group_created_at;
  PealPostOptions *options;
  char *media_uuid;
  PealMediaFacts *facts;
  gboolean media_is_removed;
  guint8 sha256[32];
  gint64 inode, mtime_ns, ctime_ns;
} PealPostRecord;

typedef struct
{
  gint64 id, post, account;
  gint64 version;
  int n;
  char *uuid;
  PealAttemptState state;
  char *open_id;
  char *publish_id; /* nullable */
  gint64 media_size;
  gint64 url_expiry, armed_at; /* by TikTok's clock */
  gint64 next_poll;
  int polls;
  guint failures; /* attempts of the post before this one that TikTok reported as FAILED */
  char *post_ids; /* decimal, separated by spaces; never NULL */
} PealAttemptRecord;

#define PEAL_TYPE_POST_RECORD (peal_post_record_get_type ())
#define PEAL_TYPE_ATTEMPT_RECORD (peal_attempt_record_get_type ())

GType peal_post_record_get_type (void) G_GNUC_CONST;
GType peal_attempt_record_get_type (void) G_GNUC_CONST;

PealPostRecord *peal_post_record_copy (const PealPostRecord *self);
void peal_post_record_free (PealPostRecord *self);
PealAttemptRecord *peal_attempt_record_copy (const PealAttemptRecord *self);
void peal_attempt_record_free (PealAttemptRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPostRecord, peal_post_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealAttemptRecord, peal_attempt_record_free)

G_END_DECLS
