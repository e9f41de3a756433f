/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-publisher.h"
#include "peal-retry-policy.h"
#include "peal-upload.h"

G_BEGIN_DECLS

struct _PealPublisher
{
  GObject parent_instance;

  PealJournal *journal;
  PealAccounts *accounts;
  PealMediaStore *media_store;
  PealDatabase *database;
  PealClock *clock;

  GHashTable *runs;             /* gint64 post → PealRun */
  GHashTable *uploads;          /* gint64 attempt → PealUpload: armed, and its answer unclear */
  GHashTable *tries;            /* gint64 post → guint: failures in a row */
  GHashTable *account_failures; /* gint64 account → guint: the same over all its posts */
  gboolean is_looking, look_again, is_shutting_down;
  guint progress_source;
  DexPromise *idle;
};

/* One piece of work on a post, from a look at the agenda to its end. */
typedef struct
{
  PealPublisher *publisher;
  PealWork work;
  GCancellable *cancellable;
  PealPostRecord *record;
  PealAttemptRecord *attempt;
  PealUpload *upload;
  int fd;
  gint64 asked_at; /* poll: when status/fetch began (µs of the boot clock) */
} PealRun;

PealRun *peal_run_ref (PealRun *self);
void peal_run_unref (PealRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealRun, peal_run_unref)

/* Called from a fiber; each brings its run to an end that is on the disk, and logs what it cannot write. */
void peal_publisher_publish (PealRun *run);
void peal_publisher_upload (PealRun *run, const PealUploadTicket *ticket);
void peal_publisher_poll (PealRun *run);
void peal_publisher_preflight (PealRun *run);
void peal_publisher_recover (PealRun *run);

/* Gives up run->attempt, which is not armed, with @proof because of @error, and moves its post as the retry
 * policy says. */
void peal_publisher_give_up (PealRun *run, const char *proof, const GError *error);
/* Moves run->record, which has no live attempt, as the retry policy says. */
void peal_publisher_put_off (PealRun *run, const GError *error, const char *kind);
/* A step that did not get onto the disk. Somebody who moved the row meanwhile, or paused publishing, did so
 * on purpose; anything else leaves the row as it is and holds this run for a minute, so that what fails on
 * the disk does not hammer TikTok. An attempt that is left behind is recovered when this run has ended. */
void peal_publisher_report_unwritten (PealRun *run, const GError *error);
/* Fills in @change's side of the post after @decision. */
void
peal_publisher_apply_decision (PealRun *run, PealChange *change, PealDecision decision, const GError *error);
/* (transfer full): a future that resolves to PealPublishStatus of run->attempt. */
DexFuture *peal_publisher_fetch_status (PealRun *run);
/* Reports every 100 ms how far uploads are, for as long as there are any. */
void peal_publisher_watch_progress (PealPublisher *self);
/* [0, 1) */
double peal_publisher_roll_dice (void);
/* TikTok's clock (µs UTC), or ours before it has told. Upload addresses live by it. */
gint64 peal_publisher_get_server_now (PealRun *run);

G_END_DECLS
