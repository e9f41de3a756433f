/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-journal.h"
#include "peal-sql.h"

G_BEGIN_DECLS

struct _PealJournal
{
  GObject parent_instance;

  PealDatabase *database;
  PealWitness *witness;
  PealClock *clock;
  gint64 epoch;
};

/* A step of an attempt or post, with copies of all that PealChange says. */
typedef struct
{
  PealAttemptState to;
  char *kind;
  char *publish_id, *last_status, *post_ids, *fail_reason, *log_id, *proof;
  gint64 url_expiry, next_poll, next_chunk, next_try;
  gboolean count_poll, move_post;
  PealPostState post_state;
  PealHoldReason hold_reason;
  char *error_reason, *error_message, *error_log_id;
} PealJournalStep;

/* What a function on the database's thread is given: its journal's clock and witness, its own arguments, and
 * the posts that it touched, told on the main context after the commit. */
typedef struct
{
  PealJournal *journal;
  gint64 now;
  gint64 id;
  gint64 number;
  char *text;
  GVariant *dict;
  gboolean is_outcome; /* of what was sent: written also on a full disk */
  GArray *ids;         /* of gint64 */
  PealPostRecord *post;
  PealAttemptRecord *attempt;
  PealJournalStep *step;
  GArray *touched; /* of gint64 */
} PealJournalJob;

PealJournalJob *peal_journal_job_new (PealJournal *self);
void peal_journal_job_free (PealJournalJob *job);
/* Runs @func with @job (transfer full); afterwards emits post-changed for what was touched. */
DexFuture *peal_journal_run (PealJournal *self, PealDatabaseFunc func, PealJournalJob *job);

/* On the database's thread. */
gboolean peal_journal_add_event (sqlite3 *db,
                                 PealJournalJob *job,
                                 gint64 post,
                                 gint64 attempt,
                                 const char *kind,
                                 const char *detail,
                                 GError **error);
void peal_journal_touch (PealJournalJob *job, gint64 post);
/* The first columns of a query over post p, account a, media m and post_group g, of which
 * peal_journal_post_from_row () makes a record. */
#define PEAL_JOURNAL_POST_COLUMNS                                                                            \
  "p.id, p.group_id, p.account_id, p.media_id, p.version, p.uuid, a.open_id, a.environment, a.state, "       \
  "a.scopes, "                                                                                               \
  "p.state, p.hold_reason, p.due, p.next_try, p.preflight_at, g.created_at, p.caption, p.privacy_level, "    \
  "p.share_type, p.allow_comment, p.allow_duet, p.allow_stitch, p.your_brand, p.branded_content, "           \
  "p.ai_generated, "                                                                                         \
  "p.cover_ms, m.uuid, m.container, m.video_codec, m.audio_codec, m.size, m.duration_us, m.width, "          \
  "m.height, "                                                                                               \
  "m.rotation, m.fps_num, m.fps_den, m.sha256, m.inode, m.mtime_ns, m.ctime_ns, m.removed_at, p.zone, "      \
  "p.late_grace_s"
#define PEAL_JOURNAL_N_POST_COLUMNS 44
PealPostRecord *peal_journal_post_from_row (sqlite3_stmt *row);
PealPostRecord *peal_journal_read_post (sqlite3 *db, gint64 post, GError **error);
PealAttemptRecord *peal_journal_read_attempt (sqlite3 *db, gint64 attempt, GError **error);
/* The attempt of @post that is neither DEAD nor FAILED_REMOTE; NULL without error where there is none. */
PealAttemptRecord *peal_journal_read_live_attempt (sqlite3 *db, gint64 post, GError **error);
/* (transfer full): for one post by its id, the only argument; each of its rows becomes what a view shows, but
 * for attempts and events. */
sqlite3_stmt *peal_journal_query_view (sqlite3 *db, GError **error);
void peal_journal_begin_post (sqlite3_stmt *row, GVariantBuilder *dict);
/* (transfer full): a JSON object of @names and texts, ended by NULL; a NULL text is left out. */
char *peal_journal_detail (const char *name, ...) G_GNUC_NULL_TERMINATED;
/* Compare-and-swap of @attempt, which must not be armed, to DEAD, with the proof that its state gives. */
gboolean peal_journal_kill_attempt (sqlite3 *db,
                                    PealJournalJob *job,
                                    const PealAttemptRecord *attempt,
                                    GError **error);
/* Recreates the attempts that the witness knows and the database does not, and blocks their posts. */
gboolean peal_journal_match_witness (sqlite3 *db, PealJournalJob *job, GError **error);
/* Writes job->step to the row of job->attempt, or of @post, with its event. */
gboolean peal_journal_write_attempt (sqlite3 *db, PealJournalJob *job, GError **error);
gboolean peal_journal_write_post (sqlite3 *db, PealJournalJob *job, gint64 post, GError **error);
/* Puts all that is held for @hold_reason back to the plan, or on with its attempt. */
gboolean
peal_journal_release_held (sqlite3 *db, PealJournalJob *job, const char *hold_reason, GError **error);
PealJournalStep *peal_journal_step_new (PealAttemptState to, const PealChange *change, const char *kind);
void peal_journal_step_free (PealJournalStep *step);

G_END_DECLS
