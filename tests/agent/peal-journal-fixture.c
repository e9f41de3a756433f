/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-journal-fixture.h"

#include <glib/gstdio.h>

#include "peal-sql.h"

static gboolean
exec (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  return sqlite3_exec (db, data, NULL, NULL, NULL) == SQLITE_OK || peal_sql_fail (db, 1, error);
}

void
peal_journal_fixture_exec (PealJournalFixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  peal_database_run_sync (self->database, exec, (gpointer)sql, NULL, &error);
  g_assert_no_error (error);
}

static void
open_all (PealJournalFixture *self)
{
  g_autofree char *state = g_build_filename (self->directory, "state", NULL);
  g_autofree char *data = g_build_filename (self->directory, "data", NULL);
  g_autoptr (GError) error = NULL;
  PealWitness *witness = peal_witness_open (state, &error);

  g_assert_no_error (error);
  self->database = peal_database_open (data, &error);
  g_assert_no_error (error);
  self->journal = peal_journal_new (self->database, witness, PEAL_CLOCK (self->clock));
}

static void
close_all (PealJournalFixture *self)
{
  peal_database_close (self->database);
  g_clear_object (&self->journal);
  g_clear_object (&self->database);
}

PealJournalFixture *
peal_journal_fixture_new (void)
{
  PealJournalFixture *self = g_new0 (PealJournalFixture, 1);

  self->directory = g_dir_make_tmp ("peal-journal-XXXXXX", NULL);
  self->clock = peal_fake_clock_new_at ("2026-11-24T18:00:00Z");
  open_all (self);
  peal_journal_fixture_exec (
      self,
      "INSERT INTO account (id, vault_key, environment, open_id, state, scopes, share_type, username, "
      "connected_at) "
      "VALUES (1, 'a', 'production', '-one', 'connected', 'user.info.basic,video.publish,video.upload', "
      "'direct', "
      "'one', 1), (2, 'b', 'production', 'two', 'connected', 'user.info.basic,video.upload', 'inbox', 'two', "
      "1);"
      "INSERT INTO media (id, uuid, name, sha256, size, inode, mtime_ns, ctime_ns, container, video_codec, "
      "audio_codec, "
      "duration_us, width, height, rotation, fps_num, fps_den, created_at) VALUES (1, 'm', 'bread.mp4', "
      "zeroblob(32), 121000000, 1, 1, 1, 'mp4', 'h264', 'aac', 20000000, 1080, 1920, 0, 30, 1, 1)");
  return self;
}

void
peal_journal_fixture_restart (PealJournalFixture *self)
{
  g_autoptr (GError) error = NULL;

  close_all (self);
  open_all (self);
  peal_journal_recover (self->journal, &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
peal_journal_fixture_free (PealJournalFixture *self)
{
  close_all (self);
  g_clear_object (&self->clock);
  remove_tree (self->directory);
  g_clear_pointer (&self->directory, g_free);
  g_free (self);
}

gint64
peal_journal_fixture_now (PealJournalFixture *self)
{
  return peal_clock_get_real_us (PEAL_CLOCK (self->clock));
}

DexFuture *
peal_journal_fixture_add_with (PealJournalFixture *self, gint64 account, const char *text)
{
  g_autoptr (GVariant) told = g_variant_ref_sink (g_variant_new_parsed (text));
  g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (told);

  g_array_append_val (accounts, account);
  if (!g_variant_dict_contains (&options, "media"))
    g_variant_dict_insert (&options, "media", "x", G_GINT64_CONSTANT (1));
  return peal_journal_add_posts (self->journal, g_variant_dict_end (&options), accounts);
}

gint64
peal_journal_fixture_add (PealJournalFixture *self, gint64 seconds)
{
  g_autofree char *text = g_strdup_printf ("{'due': <int64 %" G_GINT64_FORMAT ">, 'zone': <'Europe/Berlin'>, "
                                           "'privacy_level': <'SELF_ONLY'>, 'caption': <'Rye bread'>}",
                                           peal_journal_fixture_now (self) + seconds * G_USEC_PER_SEC);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) ids = dex_await_variant (peal_journal_fixture_add_with (self, 1, text), &error);
  gint64 id;

  g_assert_no_error (error);
  g_variant_get_child (ids, 0, "x", &id);
  return id;
}

char *
peal_journal_fixture_state (PealJournalFixture *self, gint64 post)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealPostRecord) record = dex_await_boxed (peal_journal_load_post (self->journal, post), &error);

  g_assert_no_error (error);
  return g_strconcat (peal_post_state_to_string (record->state),
                      record->hold_reason != PEAL_HOLD_NONE ? ":" : "",
                      peal_hold_reason_to_string (record->hold_reason), NULL);
}

PealAttemptRecord *
peal_journal_fixture_begin (PealJournalFixture *self, gint64 post, PealPostRecord **record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealInitPermit) permit = NULL;
  g_autofree char *publish_id = NULL;
  PealAttemptRecord *attempt = NULL;
  PealChange change = PEAL_CHANGE_INIT;

  *record = dex_await_boxed (peal_journal_load_post (self->journal, post), &error);
  g_assert_no_error (error);
  attempt = peal_journal_reserve (self->journal, *record, &error);
  g_assert_no_error (error);
  permit = peal_journal_allow_init (self->journal, attempt, &error);
  g_assert_no_error (error);
  publish_id = g_strdup_printf ("v_pub_file~v2-1.%" G_GINT64_FORMAT, attempt->id);
  change.publish_id = publish_id;
  change.url_expiry = peal_journal_fixture_now (self) + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  g_assert_true (
      peal_journal_advance (self->journal, attempt, PEAL_ATTEMPT_INIT_OK, &change, "init_ok", &error));
  return attempt;
}
