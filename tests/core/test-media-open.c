/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-media-open.h"
#include "peal-test-tree.h"

static char *dir;

static void
assert_refused (const char *name, const char *reason)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (peal_media_open (path, &error), ==, -1);
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
}

static void
make_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_refused (void)
{
  g_autofree char *fifo = g_build_filename (dir, "fifo.mp4", NULL);
  g_autofree char *folder = g_build_filename (dir, "folder.mp4", NULL);
  g_autofree char *dangling = g_build_filename (dir, "dangling.mp4", NULL);

  make_file ("empty.mp4", "");
  make_file ("film.mp4", "x");
  g_assert_no_errno (mkfifo (fifo, 0600));
  g_assert_no_errno (g_mkdir (folder, 0700));
  g_assert_no_errno (symlink ("nowhere", dangling));
  assert_refused ("missing.mp4", "file_missing");
  assert_refused ("film.mp4/below", "file_missing");
  assert_refused ("dangling.mp4", "file_missing");
  assert_refused ("empty.mp4", "file_empty");
  /* Nobody writes into it: opening it must not wait. */
  assert_refused ("fifo.mp4", "file_not_regular");
  assert_refused ("folder.mp4", "file_is_directory");
  assert_refused ("../../../../../../../../dev/null", "file_not_regular");
}

static void
test_unreadable (void)
{
  g_autofree char *path = g_build_filename (dir, "secret.mp4", NULL);
  g_autofree char *loop = g_build_filename (dir, "loop.mp4", NULL);

  g_assert_no_errno (symlink ("loop.mp4", loop));
  assert_refused ("loop.mp4", "file_unreadable");
  make_file ("secret.mp4", "x");
  g_assert_no_errno (g_chmod (path, 0));
  if (geteuid () == 0)
    g_test_message ("Root may read everything");
  else
    assert_refused ("secret.mp4", "file_unreadable");
}

static void
test_opened (void)
{
  g_autofree char *path = g_build_filename (dir, "film.mp4", NULL);
  g_autofree char *link = g_build_filename (dir, "link.mp4", NULL);
  g_autoptr (GError) error = NULL;
  g_autofd int fd = -1;
  char byte = 0;

  make_file ("film.mp4", "x");
  g_assert_no_errno (symlink ("film.mp4", link));
  fd = peal_media_open (link, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (fcntl (fd, F_GETFD) & FD_CLOEXEC, ==, FD_CLOEXEC);
  g_assert_cmpint (fcntl (fd, F_GETFL) & O_ACCMODE, ==, O_RDONLY);
  g_assert_cmpint (read (fd, &byte, 1), ==, 1);
}

static void
test_costly_to_copy (void)
{
  g_autofree char *path = g_build_filename (dir, "large.mp4", NULL);
  g_autofd int fd = -1;

  make_file ("large.mp4", "x");
  fd = g_open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_assert_false (peal_media_is_costly_to_copy (fd, 500000000));
  /* Nothing can be cloned into a folder that is not there. */
  g_assert_true (peal_media_is_costly_to_copy (fd, 500000001));
}

int
main (int argc, char **argv)
{
  int status;
  g_autofree char *nowhere = NULL;

  g_test_init (&argc, &argv, NULL);
  dir = g_dir_make_tmp ("peal-test-XXXXXX", NULL);
  g_assert_nonnull (dir);
  nowhere = g_build_filename (dir, "nowhere", NULL);
  g_setenv ("XDG_DATA_HOME", nowhere, TRUE);
  g_test_add_func ("/media-open/refused", test_refused);
  g_test_add_func ("/media-open/unreadable", test_unreadable);
  g_test_add_func ("/media-open/opened", test_opened);
  g_test_add_func ("/media-open/costly-to-copy", test_costly_to_copy);
  status = g_test_run ();
  peal_test_remove_tree (dir);
  g_clear_pointer (&dir, g_free);
  return status;
}
