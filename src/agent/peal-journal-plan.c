/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-plan.h"

#include "peal-random.h"

static const char *const add_members[] = { "media", "accounts", NULL };

/* What all posts of one AddPosts share. */
typedef struct
{
  PealPlanTime time;
  PealPostOptions *options;
  PealMediaFacts *facts;
  gboolean share_type_told;
  gint64 media, group;
} NewPosts;

static void
new_posts_clear (NewPosts *self)
{
  peal_plan_time_clear (&self->time);
  g_clear_pointer (&self->options, peal_post_options_free);
  g_clear_pointer (&self->facts, peal_media_facts_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NewPosts, new_posts_clear)

static gboolean
read_media (sqlite3 *db, gint64 media, PealMediaFacts **facts, GError **error)
{
  g_autoptr (sqlite3_stmt) row = peal_sql_query (db, error,
                                                 "SELECT container, video_codec, audio_codec, size, "
                                                 "duration_us, width, height, rotation, fps_num, fps_den "
                                                 "FROM media WHERE id = ? AND removed_at IS NULL",
                                                 "i", media);

  if (row == NULL || !peal_sql_step_one (row, "media_unknown", error))
    return FALSE;
  *facts = peal_media_facts_new ();
  g_set_str (&(*facts)->container, peal_sql_text (row, 0));
  g_set_str (&(*facts)->video_codec, peal_sql_text (row, 1));
  g_set_str (&(*facts)->audio_codec, peal_sql_text (row, 2));
  (*facts)->size = sqlite3_column_int64 (row, 3);
  (*facts)->duration_us = sqlite3_column_int64 (row, 4);
  (*facts)->width = sqlite3_column_int (row, 5);
  (*facts)->height = sqlite3_column_int (row, 6);
  (*facts)->rotation = sqlite3_column_int (row, 7);
  (*facts)->fps_num = sqlite3_column_int (row, 8);
  (*facts)->fps_den = sqlite3_column_int (row, 9);
  return TRUE;
}

static gboolean
read_new_posts (sqlite3 *db, PealJournalJob *job, NewPosts *new_posts, GError **error)
{
  g_autoptr (GVariant) share_type = g_variant_lookup_value (job->dict, "share_type", NULL);

  new_posts->options = peal_post_options_new ();
  new_posts->share_type_told = share_type != NULL;
  if (!peal_plan_check_members (job->dict, add_members, error)
      || !peal_plan_time_read (&new_posts->time, job->dict, job->now, error)
      || !peal_post_options_apply (new_posts->options, job->dict, error))
    return FALSE;
  if (!new_posts->time.is_told)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "time_missing", "no time was told");
  if (!g_variant_lookup (job->dict, "media", "x", &new_posts->media))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "media_unknown", "no video was told");
  if (job->ids->len == 0 || job->ids->len > PEAL_JOURNAL_MAX_ACCOUNTS)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "account_unknown",
                              "no account was told, or too many");
  return read_media (db, new_posts->media, &new_posts->facts, error);
}

static gboolean
insert_post (sqlite3 *db,
             PealJournalJob *job,
             const NewPosts *new_posts,
             gint64 account,
             gint64 due,
             GError **error)
{
  const PealPostOptions *options = new_posts->options;
  g_autofree char *uuid = peal_random_uuid ();
  g_autofree char *wall = peal_plan_time_dup_wall (due, new_posts->time.zone);
  const char *state = new_posts->time.is_draft ? "draft" : "scheduled";

  gboolean has_grace = new_posts->time.late_grace_s != G_MININT64;

  return peal_sql_exec (
      db, error,
      "INSERT INTO post (uuid, group_id, account_id, media_id, state, due, zone, wall, caption, "
      "privacy_level, "
      "share_type, allow_comment, allow_duet, allow_stitch, your_brand, branded_content, ai_generated, "
      "cover_ms, "
      "created_at, late_grace_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      has_grace ? "siiisosssssiiiiiiiii" : "siiisosssssiiiiiiiin", uuid, new_posts->group, account,
      new_posts->media, state, due, new_posts->time.zone, wall, options->caption, options->privacy_level,
      peal_share_type_to_string (options->share_type), (gint64)options->allow_comment,
      (gint64)options->allow_duet, (gint64)options->allow_stitch, (gint64)options->your_brand,
      (gint64)options->branded_content, (gint64)options->ai_generated, options->cover_ms, job->now,
      new_posts->time.late_grace_s);
}

static gboolean
add_post (sqlite3 *db, PealJournalJob *job, NewPosts *new_posts, gint64 account, gint64 *id, GError **error)
{
  g_autoptr (sqlite3_stmt) row =
      peal_sql_query (db, error, "SELECT scopes, share_type, state FROM account WHERE id = ?", "i", account);
  gint64 due = -1;

  if (row == NULL || !peal_sql_step_one (row, "account_unknown", error))
    return FALSE;
  if (g_str_equal (peal_sql_text (row, 2), "disconnected"))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "account_disconnected",
                              "the account is disconnected");
  if (!new_posts->share_type_told)
    peal_share_type_from_string (peal_sql_text (row, 1), &new_posts->options->share_type);
  if (!new_posts->time.is_draft
      && (!peal_plan_check_post (new_posts->options, new_posts->facts,
                                 peal_scopes_from_string (peal_sql_text (row, 0)), error)
          || !peal_plan_time_resolve (db, &new_posts->time, account, job->now, &due, error)))
    return FALSE;
  if (!insert_post (db, job, new_posts, account, due, error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db);
  peal_journal_touch (job, *id);
  return peal_journal_add_event (db, job, *id, -1, new_posts->time.is_draft ? "drafted" : "scheduled", NULL,
                                 error);
}

static gboolean
is_told_twice (GArray *accounts, guint index)
{
  for (guint i = 0; i < index; i++)
    if (g_array_index (accounts, gint64, i) == g_array_index (accounts, gint64, index))
      return TRUE;
  return FALSE;
}

static gboolean
add_posts (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  PealJournalJob *job = data;
  g_auto (NewPosts) new_posts = { 0 };
  g_auto (GVariantBuilder) ids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ax"));

  if (!read_new_posts (db, job, &new_posts, error)
      || !peal_sql_exec (db, error, "INSERT INTO post_group (created_at) VALUES (?)", "i", job->now))
    return FALSE;
  new_posts.group = sqlite3_last_insert_rowid (db);
  for (guint i = 0; i < job->ids->len; i++)
    {
      gint64 id = 0;

      if (is_told_twice (job->ids, i))
        return peal_error_refuse (error, PEAL_ERROR_INVALID, "account_twice", "an account was told twice");
      if (!add_post (db, job, &new_posts, g_array_index (job->ids, gint64, i), &id, error))
        return FALSE;
      g_variant_builder_add (&ids, "x", id);
    }
  g_value_init (result, G_TYPE_VARIANT);
  g_value_take_variant (result, g_variant_ref_sink (g_variant_builder_end (&ids)));
  return TRUE;
}

DexFuture *
peal_journal_add_posts (PealJournal *self, GVariant *options, GArray *accounts)
{
  PealJournalJob *job = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));
  dex_return_error_if_fail (options != NULL && accounts != NULL);

  job = peal_journal_job_new (self);
  job->dict = g_variant_ref_sink (options);
  job->ids = g_array_ref (accounts);
  return peal_journal_run (self, add_posts, job);
}
