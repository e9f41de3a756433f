/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-poster-shelf.h"
#include "peal-test-fiber.h"
#include "peal-test-tree.h"

#define KEY "poster 1 -1 216"

/* The place of a test, its shelf, and a "video" open for reading. */
typedef struct
{
  char *place, *shelf, *video;
  int fd;
} Stage;

static void
set_up (Stage *self)
{
  g_autoptr (GError) error = NULL;

  self->place = g_dir_make_tmp ("peal-posters-XXXXXX", &error);
  g_assert_no_error (error);
  self->shelf = g_build_filename (self->place, "cache", "posters", NULL);
  self->video = g_build_filename (self->place, "cake.mp4", NULL);
  g_file_set_contents (self->video, "a video", -1, &error);
  g_assert_no_error (error);
  self->fd = open (self->video, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (self->fd, >=, 0);
}

/* (transfer full): the one file that is kept. */
static char *
find_kept (Stage *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->shelf, 0, NULL);
  const char *name = NULL;
  char *path = NULL;

  g_assert_nonnull (dir);
  name = g_dir_read_name (dir);
  g_assert_nonnull (name);
  path = g_build_filename (self->shelf, name, NULL);
  g_assert_null (g_dir_read_name (dir));
  return path;
}

static void
tear_down (Stage *self)
{
  g_clear_fd (&self->fd, NULL);
  peal_test_remove_tree (self->place);
  g_free (self->place);
  g_free (self->shelf);
  g_free (self->video);
}

static PealPicture *
make_poster (int width, int height, guint8 value)
{
  gsize length = (gsize)width * (gsize)height * 4;
  guint8 *pixels = g_malloc (length);

  memset (pixels, value, length);
  return peal_picture_new_take (width, height, g_bytes_new_take (pixels, length));
}

static void
keep (Stage *self, const char *key, guint8 value)
{
  g_autoptr (PealPicture) poster = make_poster (9, 16, value);
  g_autoptr (GError) error = NULL;
  PealShelfMark video;

  g_assert_true (peal_poster_shelf_mark (self->fd, &video));
  g_assert_true (dex_await (peal_poster_shelf_keep (self->shelf, key, &video, poster), &error));
  g_assert_no_error (error);
}

static PealPicture *
find (Stage *self, const char *key)
{
  g_autoptr (GError) error = NULL;
  PealPicture *poster = NULL;
  PealShelfMark video;

  g_assert_true (peal_poster_shelf_mark (self->fd, &video));
  poster = dex_await_boxed (peal_poster_shelf_find (self->shelf, key, &video), &error);
  if (poster == NULL)
    g_assert_cmpstr (peal_error_get_reason (error), ==, "no_picture");
  return poster;
}

static gboolean
has (Stage *self, const char *key)
{
  g_autoptr (PealPicture) poster = find (self, key);

  return poster != NULL;
}

static DexFuture *
test_kept (gpointer data)
{
  g_autoptr (PealPicture) wanted = make_poster (9, 16, 200), found = NULL;
  g_autofree char *path = NULL;
  Stage stage;
  GStatBuf info;

  set_up (&stage);
  g_assert_false (has (&stage, KEY));
  keep (&stage, KEY, 7);
  keep (&stage, KEY, 200);
  found = find (&stage, KEY);
  g_assert_nonnull (found);
  g_assert_cmpint (found->width, ==, 9);
  g_assert_cmpint (found->height, ==, 16);
  g_assert_true (g_bytes_equal (found->rgba, wanted->rgba));
  g_assert_false (has (&stage, "poster 1 40 216"));
  path = find_kept (&stage);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  tear_down (&stage);
  return dex_future_new_true ();
}

/* The same size and the same time of change: only what the file system knows tells. */
static DexFuture *
test_written_to (gpointer data)
{
  Stage stage;
  struct stat before, after;
  int fd;

  set_up (&stage);
  keep (&stage, KEY, 7);
  g_assert_cmpint (fstat (stage.fd, &before), ==, 0);
  fd = open (stage.video, O_WRONLY | O_CLOEXEC);
  /* The file system's clock goes in steps. */
  do
    {
      g_assert_cmpint (pwrite (fd, "A", 1, 0), ==, 1);
      g_assert_cmpint (futimens (fd, (const struct timespec[]){ before.st_atim, before.st_mtim }), ==, 0);
      g_assert_cmpint (fstat (fd, &after), ==, 0);
    }
  while (memcmp (&before.st_ctim, &after.st_ctim, sizeof after.st_ctim) == 0);
  close (fd);
  g_assert_false (has (&stage, KEY));
  tear_down (&stage);
  return dex_future_new_true ();
}

static DexFuture *
test_another_file (gpointer data)
{
  g_autoptr (GError) error = NULL;
  Stage stage;

  set_up (&stage);
  keep (&stage, KEY, 7);
  g_clear_fd (&stage.fd, NULL);
  /* By another name, which takes the place of the first. */
  g_file_set_contents (stage.video, "a video", -1, &error);
  g_assert_no_error (error);
  stage.fd = open (stage.video, O_RDONLY | O_CLOEXEC);
  g_assert_false (has (&stage, KEY));
  tear_down (&stage);
  return dex_future_new_true ();
}

static DexFuture *
test_damaged (gpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  Stage stage;

  set_up (&stage);
  keep (&stage, KEY, 7);
  path = find_kept (&stage);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize i = 0; i < length; i += 13)
    {
      bytes[i] ^= 1;
      g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
      g_assert_false (has (&stage, KEY));
      bytes[i] ^= 1;
    }
  g_assert_true (g_file_set_contents (path, bytes, (gssize)length - 1, NULL));
  g_assert_false (has (&stage, KEY));
  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
  g_assert_true (has (&stage, KEY));
  tear_down (&stage);
  return dex_future_new_true ();
}

static DexFuture *
test_old_ones_go (gpointer data)
{
  g_autofree char *path = NULL;
  Stage stage;

  set_up (&stage);
  keep (&stage, KEY, 7);
  path = find_kept (&stage);
  for (int days = 29; days <= 31; days += 2)
    {
      gint64 then = g_get_real_time () / G_USEC_PER_SEC - days * 24 * 3600;
      g_autofree char *other = g_strdup_printf ("poster %d -1 216", days);

      g_assert_cmpint (utimensat (AT_FDCWD, path, (const struct timespec[]){ { then, 0 }, { then, 0 } }, 0),
                       ==, 0);
      keep (&stage, other, 7);
      g_assert_cmpint (has (&stage, KEY), ==, days < 30);
      g_assert_true (has (&stage, other));
    }
  tear_down (&stage);
  return dex_future_new_true ();
}

/* A cache that cannot be written to. */
static DexFuture *
test_unkept (gpointer data)
{
  g_autoptr (PealPicture) poster = make_poster (9, 16, 7);
  g_autoptr (GError) error = NULL;
  PealShelfMark video;
  Stage stage;

  set_up (&stage);
  g_assert_true (peal_poster_shelf_mark (stage.fd, &video));
  g_clear_pointer (&stage.shelf, g_free);
  stage.shelf = g_build_filename (stage.video, "posters", NULL);
  g_assert_false (dex_await (peal_poster_shelf_keep (stage.shelf, KEY, &video, poster), &error));
  g_assert_cmpstr (peal_error_get_reason (error), ==, "picture_unkept");
  g_assert_false (has (&stage, KEY));
  tear_down (&stage);
  return dex_future_new_true ();
}

static DexFuture *
test_no_video (gpointer data)
{
  PealShelfMark video;

  g_assert_false (peal_poster_shelf_mark (-1, &video));
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  peal_test_add_fiber ("/poster-shelf/kept", NULL, test_kept);
  peal_test_add_fiber ("/poster-shelf/written-to", NULL, test_written_to);
  peal_test_add_fiber ("/poster-shelf/another-file", NULL, test_another_file);
  peal_test_add_fiber ("/poster-shelf/damaged", NULL, test_damaged);
  peal_test_add_fiber ("/poster-shelf/old-ones-go", NULL, test_old_ones_go);
  peal_test_add_fiber ("/poster-shelf/unkept", NULL, test_unkept);
  peal_test_add_fiber ("/poster-shelf/no-video", NULL, test_no_video);
  return g_test_run ();
}
