/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-private.h"

/* A post that is not here at all cannot be published again from here. One that was handed over so recently is
 * brought back nevertheless, so that its user learns of it. */
#define RECENT_US (G_GINT64_CONSTANT (30 * 24 * 3600) * G_USEC_PER_SEC)
/* Never: that such an upload was not completed cannot be known here, so nothing declares it dead. */
#define NO_EXPIRY_US (G_GINT64_CONSTANT (100 * 365 * 24 * 3600) * G_USEC_PER_SEC)
#define DIGEST_BYTES 32

typedef struct
{
  sqlite3 *db;
  PealJournalJob *job;
} Match;

static gboolean
is_known (sqlite3 *db, const PealWitnessLine *line, gboolean *known, GError **error)
{
  gint64 n;

  if (!peal_sql_get_int (db, error, &n, 0, "SELECT count(*) FROM attempt WHERE uuid = ? OR publish_id = ?",
                         "ss", line->attempt_uuid, line->publish_id))
    return FALSE;
  *known = n > 0;
  return TRUE;
}

/* The digest that @line tells, or zeros. */
static void
read_digest (const PealWitnessLine *line, guint8 *digest)
{
  memset (digest, 0, DIGEST_BYTES);
  if (strlen (line->sha256) != 2 * DIGEST_BYTES)
    return;
  for (int i = 0; i < DIGEST_BYTES; i++)
    digest[i] = (guint8)(g_ascii_xdigit_value (line->sha256[2 * i]) << 4
                         | g_ascii_xdigit_value (line->sha256[2 * i + 1]));
}

static gboolean
find_account (sqlite3 *db, PealJournalJob *job, const PealWitnessLine *line, gint64 *account, GError **error)
{
  g_autofree char *vault_key = g_strconcat ("witness-", line->attempt_uuid, NULL);

  if (!peal_sql_get_int (db, error, account, 0,
                         "SELECT id FROM account WHERE open_id = ? ORDER BY state = 'connected' DESC, id",
                         "s", line->open_id))
    return FALSE;
  if (*account != 0)
    return TRUE;
  if (!peal_sql_exec (db, error,
                      "INSERT INTO account (vault_key, environment, open_id, state, scopes, share_type, "
                      "connected_at) VALUES (?, 'production', ?, 'disconnected', '', 'direct', ?)",
                      "ssi", vault_key, line->open_id, line->armed_at))
    return FALSE;
  *account = sqlite3_last_insert_rowid (db);
  return TRUE;
}

/* A stone with the post's name on it: there is no caption and no video any more. */
static gboolean
insert_tombstone (sqlite3 *db, PealJournalJob *job, const PealWitnessLine *line, gint64 *post, GError **error)
{
  guint8 digest[DIGEST_BYTES];
  gint64 account, group;

  read_digest (line, digest);
  if (!find_account (db, job, line, &account, error)
      || !peal_sql_exec (db, error, "INSERT INTO post_group (created_at) VALUES (?)", "i", line->armed_at))
    return FALSE;
  group = sqlite3_last_insert_rowid (db);
  if (!peal_sql_exec (db, error,
                      "INSERT INTO media (uuid, name, sha256, size, inode, mtime_ns, ctime_ns, container, "
                      "duration_us, width, height, rotation, fps_num, fps_den, created_at, removed_at) "
                      "VALUES (?, '', ?, ?, 0, 0, 0, '', 0, 0, 0, 0, 0, 1, ?5, ?5)",
                      "sbini", line->attempt_uuid, digest, sizeof digest,
                      CLAMP (line->size, 1, G_GINT64_CONSTANT (4000000000)), line->armed_at)
      || !peal_sql_exec (db, error,
                         "INSERT INTO post (uuid, group_id, account_id, media_id, state, due, caption, "
                         "privacy_level, share_type, allow_comment, allow_duet, allow_stitch, your_brand, "
                         "branded_content, ai_generated, cover_ms, created_at, started_at) VALUES (?, ?, ?, "
                         "?, 'needs_review', ?5, '', 'SELF_ONLY', 'direct', 0, 0, 0, 0, 0, 0, -1, ?5, ?5)",
                         "siiii", line->post_uuid, group, account, sqlite3_last_insert_rowid (db),
                         line->armed_at))
    return FALSE;
  *post = sqlite3_last_insert_rowid (db);
  return TRUE;
}

/* That a later attempt was armed proves that the earlier ones were dead by then. @is_free is FALSE where
 * another attempt blocks the post already. */
static gboolean
clear_earlier (sqlite3 *db, PealJournalJob *job, gint64 post, int n, gboolean *is_free, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PealAttemptRecord) live = peal_journal_read_live_attempt (db, post, &local);

  *is_free = TRUE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (live == NULL)
    return TRUE;
  *is_free = peal_attempt_is_live (live->state) && (live->n < n || !peal_attempt_is_armed (live->state));
  if (!*is_free)
    return TRUE;
  if (!peal_attempt_is_armed (live->state))
    return peal_journal_kill_attempt (db, job, live, error);
  return peal_sql_exec_one (db, error,
                            "UPDATE attempt SET state = 'DEAD', version = version + 1, next_poll = NULL, "
                            "proof = 'expired_incomplete', ended_at = ? WHERE id = ?",
                            "ii", job->now, live->id)
         && peal_journal_add_event (db, job, post, live->id, "attempt_dead", NULL, error);
}

static gboolean
insert_attempt (sqlite3 *db,
                PealJournalJob *job,
                const PealWitnessLine *line,
                gint64 post,
                gboolean may_ask,
                GError **error)
{
  g_autofree char *detail = peal_journal_detail ("publish_id", line->publish_id, NULL);
  guint8 digest[DIGEST_BYTES];

  read_digest (line, digest);
  if (!peal_sql_exec_one (
          db, error,
          "INSERT INTO attempt (uuid, post_id, n, state, post_version, lease_epoch, open_id, media_sha256, "
          "media_size, publish_id, url_expiry, armed_at, next_poll, started_at, ended_at) SELECT ?1, ?2, "
          "max(?3, coalesce((SELECT max(n) + 1 FROM attempt WHERE post_id = ?2), 1)), ?4, version, 0, ?5, "
          "?6, ?7, ?8, ?9, ?10, ?11, ?10, ?12 FROM post WHERE id = ?2",
          "siissbisiioo", line->attempt_uuid, post, (gint64)line->n, may_ask ? "FINAL_ARMED" : "UNKNOWN",
          line->open_id, digest, sizeof digest, line->size, line->publish_id, line->armed_at + NO_EXPIRY_US,
          line->armed_at, may_ask ? job->now : G_GINT64_CONSTANT (-1),
          may_ask ? G_GINT64_CONSTANT (-1) : job->now))
    return FALSE;
  return peal_journal_add_event (db, job, post, sqlite3_last_insert_rowid (db), "armed_by_witness", detail,
                                 error);
}

/* The post waits for what TikTok says about the attempt, or, where nobody can be asked, for its user. */
static gboolean
block_post (sqlite3 *db, PealJournalJob *job, const PealWitnessLine *line, gint64 post, GError **error)
{
  gboolean is_free;
  gint64 may_ask;

  if (!clear_earlier (db, job, post, line->n, &is_free, error))
    return FALSE;
  if (!is_free)
    return TRUE;
  if (!peal_sql_get_int (db, error, &may_ask, 0,
                         "SELECT a.state = 'connected' FROM post p JOIN account a ON a.id = p.account_id "
                         "WHERE p.id = ? AND p.state NOT IN ('published', 'in_inbox')",
                         "i", post)
      || !peal_sql_exec (db, error,
                         "UPDATE post SET state = ?, hold_reason = '', version = version + 1, "
                         "due = coalesce(due, ?), privacy_level = coalesce(privacy_level, 'SELF_ONLY'), "
                         "next_try = NULL, ended_at = NULL WHERE id = ? AND state NOT IN ('published', "
                         "'in_inbox')",
                         "sii", may_ask ? "publishing" : "needs_review", line->armed_at, post))
    return FALSE;
  peal_journal_touch (job, post);
  return insert_attempt (db, job, line, post, may_ask != 0, error);
}

static gboolean
match_line (const PealWitnessLine *line, gpointer data, GError **error)
{
  Match *self = data;
  gboolean known = FALSE;
  gint64 post = 0;

  if (!is_known (self->db, line, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  if (!peal_sql_get_int (self->db, error, &post, 0, "SELECT id FROM post WHERE uuid = ?", "s",
                         line->post_uuid))
    return FALSE;
  if (post == 0 && line->armed_at < self->job->now - RECENT_US)
    return TRUE;
  if (post == 0 && !insert_tombstone (self->db, self->job, line, &post, error))
    return FALSE;
  return block_post (self->db, self->job, line, post, error);
}

gboolean
peal_journal_match_witness (sqlite3 *db, PealJournalJob *job, GError **error)
{
  Match self = { .db = db, .job = job };

  return peal_witness_foreach (job->journal->witness, match_line, &self, error);
}
