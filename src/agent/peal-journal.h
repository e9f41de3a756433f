/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-clock.h"
#include "peal-database-lease.h"
#include "peal-permit.h"
#include "peal-post-record.h"
#include "peal-witness.h"

G_BEGIN_DECLS

/* The journal of posts, attempts and events: what is planned, what was tried, and what may happen next. Every
 * step of publishing is a transaction here before it is taken (INIT_SENT, FINAL_ARMED) or at once after it
 * (all others), and each is a compare-and-swap: it fails with INVALID "changed_meanwhile" where somebody else
 * moved the row. */

#define PEAL_TYPE_JOURNAL (peal_journal_get_type ())
G_DECLARE_FINAL_TYPE (PealJournal, peal_journal, PEAL, JOURNAL, GObject)

/* Signal "post-changed" (gint64 id), on the main context, after the commit. */

/* Takes @witness over. (transfer full) */
PealJournal *peal_journal_new (PealDatabase *database, PealWitness *witness, PealClock *clock);

/* --- The plan: what users do --- */

#define PEAL_JOURNAL_MAX_ACCOUNTS 32

/* @options as the bus's AddPosts has it, but for the accounts: those are row ids, gint64, one a post.
 * Resolves to ax. */
DexFuture *peal_journal_add_posts (PealJournal *self, GVariant *options, GArray *accounts);
/* @changes as the bus's EditPost has it. */
DexFuture *peal_journal_edit_post (PealJournal *self, gint64 post, GVariant *changes);
/* INVALID "too_late" once the last chunk may have gone out. */
DexFuture *peal_journal_cancel_post (PealJournal *self, gint64 post);
DexFuture *peal_journal_retry_post (PealJournal *self, gint64 post);
/* Resolves to the copy's id (int64) or 0. */
DexFuture *peal_journal_resolve_post (PealJournal *self, gint64 post, const char *answer);
/* The account signed in again: what was held for that goes back to the plan, or on with its attempt. */
DexFuture *peal_journal_release_account (PealJournal *self, gint64 account);
/* The keyring is open again: the same for what was held because it was not. */
DexFuture *peal_journal_release_keyring (PealJournal *self);
/* The network is another: what waits to be tried again is tried now. */
DexFuture *peal_journal_note_network_change (PealJournal *self);
/* The clock was set: pauses that now lie too far ahead are cut short, and what was held because the clock was
 * wrong is looked at again. */
DexFuture *peal_journal_note_clock_change (PealJournal *self);
/* The account is gone: its plan is held. Resolves to the number of posts (uint). */
DexFuture *peal_journal_hold_account (PealJournal *self, gint64 account);

/* --- Views, in the bus's own shapes --- */

/* Resolves to a{sv}. INVALID "post_unknown". */
DexFuture *peal_journal_describe_post (PealJournal *self, gint64 post);

typedef enum
{
  PEAL_JOURNAL_BY_ID,
  PEAL_JOURNAL_SOONEST, /* by due, those without one last */
  PEAL_JOURNAL_LATEST,  /* by published_at, else ended_at, else due, else created_at; the latest first */
} PealJournalOrder;

#define PEAL_JOURNAL_STATE(state) (1u << (state))
#define PEAL_JOURNAL_ALL_STATES (PEAL_JOURNAL_STATE (PEAL_POST_N_STATES) - 1)

/* Which posts are listed, in which order, and from where on. */
typedef struct
{
  guint states;          /* of PEAL_JOURNAL_STATE () */
  gint64 account, group; /* ids, or 0 for all */
  const char *text;      /* in the caption, the video's name or the account's names; NULL and "" for all */
  PealJournalOrder order;
  gint64 after;         /* id of the last post of the page before, or 0 */
  gint64 after_instant; /* µs UTC by which that one was sorted; G_MAXINT64 for one without a due */
} PealJournalFilter;

#define PEAL_JOURNAL_FILTER_INIT { .states = PEAL_JOURNAL_ALL_STATES }

/* @filter: nullable. Resolves to aa{sv}. A search for a text gives way to other work, so that its page is not
 * one instant's. */
DexFuture *peal_journal_list_posts (PealJournal *self, const PealJournalFilter *filter, guint limit);
/* Resolves to a{sv}: counts a{su}, next_due a{sv}, media_bytes t, attention aa{sv}. */
DexFuture *peal_journal_describe_plan (PealJournal *self);

/* --- What is to be done --- */

typedef enum
{
  PEAL_WORK_PREFLIGHT,
  PEAL_WORK_PUBLISH,
  PEAL_WORK_POLL,
  PEAL_WORK_RECOVER, /* an attempt that is not armed, and that nobody is working on */
} PealWorkKind;

typedef struct
{
  PealWorkKind kind;
  gint64 post, attempt, account;
} PealWork;

/* What is due, and when the next thing becomes due. */
typedef struct
{
  GArray *work; /* of PealWork: recoveries, polls, posts, then preflights; earliest first */
  gint64 next;  /* µs UTC, after now; G_MAXINT64 where there is nothing */
} PealAgenda;

#define PEAL_TYPE_AGENDA (peal_agenda_get_type ())
GType peal_agenda_get_type (void) G_GNUC_CONST;
PealAgenda *peal_agenda_copy (const PealAgenda *self);
void peal_agenda_free (PealAgenda *self);

/* Resolves to PealAgenda. While paused it holds no posts and no preflights. */
DexFuture *peal_journal_query_agenda (PealJournal *self);
/* Resolve to PealPostRecord, PealAttemptRecord. */
DexFuture *peal_journal_load_post (PealJournal *self, gint64 post);
DexFuture *peal_journal_load_attempt (PealJournal *self, gint64 attempt);

/* --- What is done: called from a fiber, these return once the step is on the disk --- */

/* What a transaction changes besides an attempt's state; -1 and NULL leave a column as it is. */
typedef struct
{
  const char *publish_id;
  gint64 url_expiry;
  gint64 next_poll; /* -1: none */
  gint64 next_chunk;
  gboolean count_poll;
  const char *last_status;
  const char *post_ids;
  const char *fail_reason;
  const char *log_id;
  const char *proof;
  /* The post's side, where move_post */
  gboolean move_post;
  PealPostState post_state;
  PealHoldReason hold_reason;
  gint64 next_try;     /* -1: none */
  const GError *error; /* shown with the post; NULL for none */
} PealChange;

#define PEAL_CHANGE_INIT { .url_expiry = -1, .next_poll = -1, .next_chunk = -1, .next_try = -1 }

/* SCHEDULED to PUBLISHING with a fresh attempt RESERVED. @record must be as loaded. (transfer full): NULL
 * with INVALID "changed_meanwhile" or "paused". */
PealAttemptRecord *peal_journal_reserve (PealJournal *self, const PealPostRecord *record, GError **error);
/* RESERVED to INIT_SENT. (transfer full) */
PealInitPermit *peal_journal_allow_init (PealJournal *self, PealAttemptRecord *attempt, GError **error);
/* INIT_OK or UPLOADING to FINAL_ARMED: the point of no return. Writes the witness first. @armed_at: now by
 * TikTok's clock (µs UTC). (transfer full): NULL with "changed_meanwhile" where the user cancelled or edited
 * before. */
PealFinalPermit *peal_journal_arm (PealJournal *self,
                                   PealAttemptRecord *attempt,
                                   const PealPostRecord *record,
                                   gint64 armed_at,
                                   GError **error);
/* For the same last chunk of an armed attempt again. (transfer full) */
PealFinalPermit *peal_journal_allow_resend (PealJournal *self, PealAttemptRecord *attempt, GError **error);
/* Any other step, with its event @kind (nullable: no event). Moves @attempt along. */
gboolean peal_journal_advance (PealJournal *self,
                               PealAttemptRecord *attempt,
                               PealAttemptState to,
                               const PealChange *change,
                               const char *kind,
                               GError **error);
/* Moves a post that has no live attempt: to HELD, FAILED, or SCHEDULED with a later next_try. */
gboolean peal_journal_move_post (PealJournal *self,
                                 const PealPostRecord *record,
                                 const PealChange *change,
                                 const char *kind,
                                 GError **error);
/* Notes that @record was looked at now, and found in order unless there is @trouble (nullable). */
gboolean peal_journal_note_preflight (PealJournal *self,
                                      const PealPostRecord *record,
                                      const GError *trouble,
                                      GError **error);

/* Brings an attempt that is not armed, and that nobody works on any more, to its end, and its post back to
 * the plan. */
gboolean peal_journal_recover_attempt (PealJournal *self, gint64 attempt, GError **error);

/* --- Start --- */

/* Brings every attempt that an earlier run left behind into a state from which this one can go on. Blocks;
 * before anything else. */
gboolean peal_journal_recover (PealJournal *self, GError **error);
/* peal_journal_recover () for data as @lease found them. From another machine: the plan is held
 * (adopted_data) until peal_journal_adopt (). Copied back from earlier: what is past its time is held
 * (restored_backup). Blocks. */
gboolean peal_journal_take_over (PealJournal *self, const PealLease *lease, GError **error);
/* The data are @machine's (as peal_lease_hash_machine () has it) from now on: what was held for that goes
 * back to the plan, on with its attempt, or to its user's review. Resolves to the number of posts (uint). */
DexFuture *peal_journal_adopt (PealJournal *self, const char *machine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealAgenda, peal_agenda_free)

G_END_DECLS
