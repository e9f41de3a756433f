/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-disk-fixture.h"

#include "peal-agent-resources.h"
#include "peal-sql.h"
#include "peal-test-tree.h"

#define N_CHUNKS 12

static const char rows[] =
    "INSERT INTO account (id, vault_key, environment, open_id, state, scopes, share_type, connected_at) "
    "VALUES "
    "(1, 'a', 'production', '-one', 'connected', 'user.info.basic,video.publish', 'direct', 1);"
    "INSERT INTO media (id, uuid, name, sha256, size, inode, mtime_ns, ctime_ns, container, duration_us, "
    "width, "
    "height, rotation, fps_num, fps_den, created_at) VALUES (1, 'm', 'bread.mp4', zeroblob(32), 121000000, "
    "1, "
    "1, 1, 'mp4', 20000000, 1080, 1920, 0, 30, 1, 1);"
    "INSERT INTO post_group (id, created_at) VALUES (1, 1);";

static gboolean
exec (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  int rc = sqlite3_exec (db, data, NULL, NULL, NULL);

  return rc == SQLITE_OK || peal_sql_fail (db, rc, error);
}

void
peal_disk_fixture_exec (PealDiskFixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  peal_database_run_sync (self->database, exec, (gpointer)sql, NULL, &error);
  g_assert_no_error (error);
}

void
peal_disk_fixture_exec_bare (PealDiskFixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  dex_await (peal_database_run_bare (self->database, exec, (gpointer)sql, NULL), &error);
  g_assert_no_error (error);
}

void
peal_disk_fixture_open (PealDiskFixture *self, PealCrashDisk *disk)
{
  const PealDatabaseSetup setup = { .directory = self->directory, .vfs = peal_crash_disk_get_name (disk) };
  g_autofree char *state = g_build_filename (self->directory, "state", NULL);
  g_autoptr (GError) error = NULL;

  self->database = peal_database_open_with (&setup, &error);
  g_assert_no_error (error);
  self->journal =
      peal_journal_new (self->database, peal_witness_open (state, NULL), PEAL_CLOCK (self->clock));
}

void
peal_disk_fixture_close (PealDiskFixture *self)
{
  if (self->database != NULL)
    peal_database_close (self->database);
  g_clear_object (&self->journal);
  g_clear_object (&self->database);
}

PealDiskFixture *
peal_disk_fixture_new (PealCrashDisk *disk, guint n_posts)
{
  PealDiskFixture *self = g_new0 (PealDiskFixture, 1);

  self->directory = peal_disk_make_directory ();
  self->clock = peal_fake_clock_new_at ("2026-11-24T18:00:00Z");
  self->disk = disk;
  peal_disk_fixture_open (self, disk);
  peal_disk_fixture_exec (self, rows);
  for (guint i = 1; i <= n_posts; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "INSERT INTO post (id, uuid, group_id, account_id, media_id, state, due, zone, caption, "
          "privacy_level, share_type, allow_comment, allow_duet, allow_stitch, your_brand, branded_content, "
          "ai_generated, cover_ms, created_at) VALUES (%u, 'p-%u', 1, 1, 1, 'scheduled', %" G_GINT64_FORMAT
          ", 'UTC', 'Rye bread', 'SELF_ONLY', 'direct', 0, 0, 0, 0, 0, 0, -1, 1)",
          i, i, peal_clock_get_real_us (PEAL_CLOCK (self->clock)));

      peal_disk_fixture_exec (self, sql);
    }
  return self;
}

char *
peal_disk_make_directory (void)
{
  g_autofree char *place = g_strdup ("/dev/shm/peal-disk-XXXXXX");

  if (g_mkdtemp (place) != NULL)
    return g_steal_pointer (&place);
  return g_dir_make_tmp ("peal-disk-XXXXXX", NULL);
}

void
peal_disk_fixture_free (PealDiskFixture *self)
{
  peal_disk_fixture_close (self);
  g_clear_object (&self->clock);
  peal_test_remove_tree (self->directory);
  g_clear_pointer (&self->directory, g_free);
  g_free (self);
}

typedef struct
{
  PealDiskFixture *fixture;
  PealAttemptRecord *attempt;
  PealPostRecord *post;
  guint *step;
  PealStepFunc func;
  gpointer data;
} Run;

static gboolean
done (Run *run)
{
  run->func (++*run->step, run->data);
  return TRUE;
}

static gboolean
advance (Run *run, PealAttemptState to, PealChange change, GError **error)
{
  return peal_journal_advance (run->fixture->journal, run->attempt, to, &change, "step", error) && done (run);
}

static gboolean
begin (Run *run, GError **error)
{
  PealJournal *journal = run->fixture->journal;
  g_autoptr (PealInitPermit) permit = NULL;
  g_autofree char *publish_id = g_strdup_printf ("v_pub~%" G_GINT64_FORMAT, run->post->id);
  PealChange change = PEAL_CHANGE_INIT;

  if (!(run->attempt = peal_journal_reserve (journal, run->post, error)) || !done (run)
      || !(permit = peal_journal_allow_init (journal, run->attempt, error)) || !done (run))
    return FALSE;
  change.publish_id = publish_id;
  change.url_expiry = G_GINT64_CONSTANT (4000000000000000);
  return advance (run, PEAL_ATTEMPT_INIT_OK, change, error);
}

static gboolean
upload (Run *run, GError **error)
{
  for (int i = 1; i < N_CHUNKS; i++)
    {
      PealChange change = PEAL_CHANGE_INIT;

      change.next_chunk = i;
      if (!advance (run, PEAL_ATTEMPT_UPLOADING, change, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish (Run *run, GError **error)
{
  PealChange change = PEAL_CHANGE_INIT;
  g_autoptr (PealFinalPermit) permit =
      peal_journal_arm (run->fixture->journal, run->attempt, run->post,
                        peal_clock_get_real_us (PEAL_CLOCK (run->fixture->clock)), error);

  if (permit == NULL || !done (run) || !advance (run, PEAL_ATTEMPT_BYTES_SENT, change, error)
      || !advance (run, PEAL_ATTEMPT_PROCESSING, change, error))
    return FALSE;
  change.move_post = TRUE;
  change.post_state = PEAL_POST_PUBLISHED;
  return advance (run, PEAL_ATTEMPT_PUBLISHED, change, error);
}

gboolean
peal_disk_fixture_publish (PealDiskFixture *self,
                           gint64 post,
                           guint *step,
                           PealStepFunc func,
                           gpointer data,
                           GError **error)
{
  g_autoptr (PealPostRecord) record = dex_await_boxed (peal_journal_load_post (self->journal, post), error);
  Run run = { .fixture = self, .post = record, .step = step, .func = func, .data = data };
  gboolean ok = record != NULL && begin (&run, error) && upload (&run, error) && finish (&run, error);

  g_clear_pointer (&run.attempt, peal_attempt_record_free);
  return ok;
}

char *
peal_disk_describe (sqlite3 *db)
{
  g_autoptr (sqlite3_stmt) row = peal_sql_query (
      db, NULL,
      "SELECT (SELECT group_concat(id || state || hold_reason || version, ' ' ORDER BY id) FROM post), "
      "(SELECT coalesce(group_concat(post_id || '#' || n || state || version || coalesce(publish_id, '') || "
      "next_chunk || coalesce(armed_at, ''), ' ' ORDER BY id), '') FROM attempt), "
      "(SELECT count(*) FROM event)",
      "");

  g_assert_nonnull (row);
  g_assert_true (peal_sql_step (row, NULL));
  return g_strdup_printf ("%s | %s | %d", peal_sql_text (row, 0), peal_sql_text (row, 1),
                          sqlite3_column_int (row, 2));
}

gboolean
peal_disk_is_sound (sqlite3 *db)
{
  static const char *const wrongs[] = {
    "SELECT count(*) FROM attempt WHERE armed_at IS NOT NULL AND state = 'DEAD'",
    "SELECT count(*) FROM post p WHERE state IN ('scheduled', 'held') AND EXISTS "
    "(SELECT 1 FROM attempt WHERE post_id = p.id AND (armed_at IS NOT NULL OR state <> 'DEAD'))",
    "SELECT count(*) FROM post p WHERE state = 'publishing' AND NOT EXISTS (SELECT 1 FROM attempt WHERE "
    "post_id = p.id AND armed_at IS NOT NULL AND next_poll IS NOT NULL)",
    "SELECT count(*) FROM post WHERE state NOT IN ('scheduled', 'publishing', 'published') AND hold_reason "
    "<> "
    "'disk_full'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      gint64 n = -1;

      if (!peal_sql_get_int (db, NULL, &n, -1, wrongs[i], "") || n != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
describe (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  *(char **)data = peal_disk_describe (db);
  return TRUE;
}

char *
peal_disk_fixture_describe (PealDiskFixture *self)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  peal_database_run_sync (self->database, describe, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

char *
peal_disk_dup_schema_step (int version)
{
  g_autofree char *path = g_strdup_printf ("/io/github/pealapp/Peal/Agent/sql/version-%03d.sql", version);
  g_autoptr (GBytes) script =
      g_resource_lookup_data (peal_agent_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));
}
