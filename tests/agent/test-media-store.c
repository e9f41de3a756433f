/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "peal-journal-fixture.h"
#include "peal-media-copy.h"
#include "peal-media-store.h"
#include "peal-test-fiber.h"

/* Enough of an MP4 to be taken for one: what is inside is peal-media's concern. */
static const guint8 head[] = { 0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 0, 0 };

static int
make_file (PealJournalFixture *fixture, const char *name, const void *data, gsize length)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize)length, NULL));
  return open (path, O_RDONLY | O_CLOEXEC);
}

static PealMediaStore *
make_store (PealJournalFixture *fixture)
{
  g_autofree char *directory = g_build_filename (fixture->directory, "media", NULL);

  return peal_media_store_new (fixture->database, PEAL_CLOCK (fixture->clock), directory, NULL);
}

static DexFuture *
import (PealMediaStore *store, int fd, gint64 size)
{
  g_autoptr (PealMediaFacts) facts = peal_media_facts_new ();

  facts->container = g_strdup ("mp4");
  facts->video_codec = g_strdup ("h264");
  facts->size = size;
  facts->duration_us = 20000000;
  facts->width = 1080;
  facts->height = 1920;
  facts->fps_num = 30;
  facts->fps_den = 1;
  return peal_media_store_import (store, fd, "bread.mp4", facts, NULL);
}

static guint
count_copies (PealJournalFixture *fixture)
{
  g_autofree char *directory = g_build_filename (fixture->directory, "media", NULL);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static DexFuture *
test_import (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  g_autoptr (PealMediaStore) store = make_store (fixture);
  g_autofd int fd = make_file (fixture, "a.mp4", head, sizeof head);
  g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, head, sizeof head);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) told = dex_await_variant (import (store, fd, sizeof head), &error);
  const char *digest = NULL;
  gint64 media = 0;

  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (told, "media", "x", &media)
                 && g_variant_lookup (told, "sha256", "&s", &digest));
  g_assert_cmpint (media, ==, 2);
  g_assert_cmpstr (digest, ==, expected);
  g_assert_cmpuint (count_copies (fixture), ==, 1);
  return dex_future_new_true ();
}

static DexFuture *
test_refusals (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  g_autoptr (PealMediaStore) store = make_store (fixture);
  g_autofd int text = make_file (fixture, "text.mp4", "Dear diary, today I baked.", 26);
  g_autofd int video = make_file (fixture, "a.mp4", head, sizeof head);
  g_autofd int empty = make_file (fixture, "empty.mp4", "", 0);
  g_autofd int folder = open (fixture->directory, O_RDONLY | O_CLOEXEC);
  const struct
  {
    int fd;
    gint64 size;
    const char *reason;
  } cases[] = {
    { text, 26, "not_a_video" },
    { video, 17, "media_facts" },
    { empty, 0, "not_a_video" },
    { folder, 1, "not_a_video" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (dex_await (import (store, cases[i].fd, cases[i].size), &error));
      g_assert_cmpstr (peal_error_get_reason (error), ==, cases[i].reason);
      g_assert_cmpuint (count_copies (fixture), ==, 0);
    }
  return dex_future_new_true ();
}

/* A post of the video that was just imported, as the publisher has it. */
static PealPostRecord *
plan (PealJournalFixture *fixture, gint64 media)
{
  g_autofree char *text = g_strdup_printf (
      "{'now': <true>, 'privacy_level': <'SELF_ONLY'>, 'media': <int64 %" G_GINT64_FORMAT ">}", media);
  g_autoptr (GError) error = NULL;
  PealPostRecord *record = NULL;

  g_assert_true (dex_await (peal_journal_fixture_add_with (fixture, 1, text), &error));
  record = dex_await_boxed (peal_journal_load_post (fixture->journal, 1), &error);
  g_assert_no_error (error);
  return record;
}

static DexFuture *
test_open (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  g_autoptr (PealMediaStore) store = make_store (fixture);
  g_autofd int fd = make_file (fixture, "a.mp4", head, sizeof head);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealPostRecord) record = NULL;
  g_autofree char *copy = NULL;
  guint8 changed[sizeof head];
  int opened;

  g_assert_true (dex_await (import (store, fd, sizeof head), &error));
  record = plan (fixture, 2);
  copy = g_build_filename (fixture->directory, "media", record->media_uuid, NULL);
  opened = dex_await_fd (peal_media_store_open (store, record), &error);
  g_assert_no_error (error);
  g_close (opened, NULL);
  /* Touched but the same. */
  g_assert_cmpint (g_chmod (copy, 0640), ==, 0);
  opened = dex_await_fd (peal_media_store_open (store, record), &error);
  g_assert_no_error (error);
  g_close (opened, NULL);
  /* Other bytes of the same length. */
  memcpy (changed, head, sizeof head);
  changed[15] = 1;
  g_assert_true (g_file_set_contents (copy, (const char *)changed, sizeof changed, NULL));
  g_assert_cmpint (dex_await_fd (peal_media_store_open (store, record), &error), ==, -1);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "media_changed");
  g_clear_error (&error);
  g_assert_cmpint (g_remove (copy), ==, 0);
  g_assert_cmpint (dex_await_fd (peal_media_store_open (store, record), &error), ==, -1);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "media_missing");
  return dex_future_new_true ();
}

/* Kept while a post may need it, for a week after that, and for an hour without any post. */
static DexFuture *
test_sweep (gpointer data)
{
  const gint64 hour = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  g_autoptr (PealMediaStore) store = make_store (fixture);
  g_autofd int fd = make_file (fixture, "a.mp4", head, sizeof head);
  g_autoptr (PealPostRecord) record = NULL;

  /* The age of a file that no row names is its own, so the clock starts at the system's. */
  peal_fake_clock_set_real (fixture->clock, g_get_real_time ());
  g_assert_true (dex_await (import (store, fd, sizeof head), NULL));
  g_assert_true (dex_await (import (store, fd, sizeof head), NULL));
  record = plan (fixture, 2);
  peal_fake_clock_advance (fixture->clock, hour / 2);
  g_assert_true (dex_await (peal_media_store_sweep (store), NULL));
  g_assert_cmpuint (count_copies (fixture), ==, 2);
  peal_fake_clock_advance (fixture->clock, 400 * 24 * hour);
  g_assert_true (dex_await (peal_media_store_sweep (store), NULL));
  g_assert_cmpuint (count_copies (fixture), ==, 1);
  g_assert_true (dex_await (peal_journal_cancel_post (fixture->journal, record->id), NULL));
  peal_fake_clock_advance (fixture->clock, 6 * 24 * hour);
  g_assert_true (dex_await (peal_media_store_sweep (store), NULL));
  g_assert_cmpuint (count_copies (fixture), ==, 1);
  peal_fake_clock_advance (fixture->clock, 2 * 24 * hour);
  g_assert_true (dex_await (peal_media_store_sweep (store), NULL));
  g_assert_cmpuint (count_copies (fixture), ==, 0);
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  peal_test_add_fiber ("/media-store/import", NULL, test_import);
  peal_test_add_fiber ("/media-store/refusals", NULL, test_refusals);
  peal_test_add_fiber ("/media-store/open", NULL, test_open);
  peal_test_add_fiber ("/media-store/sweep", NULL, test_sweep);
  return g_test_run ();
}
