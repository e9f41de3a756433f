/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-descriptor.h"
#include "peal-error.h"
#include "peal-test-fiber.h"

#define MANY (1024 * 1024)

static GBytes *
make_data (gsize length)
{
  char *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = (char)(i * 31 + i / 4096);
  return g_bytes_new_take (data, length);
}

static DexFuture *
start (int fd, GBytes *data, GCancellable *cancellable)
{
  g_autoptr (GCancellable) never = g_cancellable_new ();

  return peal_descriptor_write (fd, data, cancellable != NULL ? cancellable : never);
}

static void
check_fails (DexFuture *future, PealErrorCode code, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (future, &error));
  g_assert_error (error, PEAL_ERROR, (int)code);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
}

/* Reads to the end, slowly: a thread of its own, as a reader is another program. */
static gpointer
reader_thread (gpointer data)
{
  GByteArray *got = g_byte_array_new ();
  int fd = GPOINTER_TO_INT (data);
  guint8 piece[5000];
  gssize n;

  while ((n = read (fd, piece, sizeof piece)) > 0)
    g_byte_array_append (got, piece, (guint)n);
  g_assert_cmpint (n, ==, 0);
  close (fd);
  return got;
}

static DexFuture *
test_pipe (gpointer unused)
{
  g_autoptr (GBytes) data = make_data (MANY);
  g_autoptr (GByteArray) got = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int shared = -1;
  GThread *thread;
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, NULL));
  shared = fcntl (ends[1], F_DUPFD_CLOEXEC, 3);
  thread = g_thread_new ("reader", reader_thread, GINT_TO_POINTER (ends[0]));
  g_assert_true (dex_await (start (ends[1], data, NULL), &error));
  g_assert_no_error (error);
  /* Whoever shares the pipe finds it as it was. */
  g_assert_cmpint (fcntl (shared, F_GETFL) & O_NONBLOCK, ==, 0);
  g_clear_fd (&shared, NULL);
  got = g_thread_join (thread);
  g_assert_cmpmem (got->data, got->len, g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  return dex_future_new_true ();
}

static DexFuture *
test_nobody_reads (gpointer unused)
{
  g_autoptr (GBytes) data = make_data (MANY);
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, NULL));
  check_fails (start (ends[1], data, NULL), PEAL_ERROR_INVALID, "output_failed");
  close (ends[0]);
  return dex_future_new_true ();
}

static gpointer
leaver_thread (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  char byte;

  g_assert_cmpint (read (fd, &byte, 1), ==, 1);
  close (fd);
  return NULL;
}

static DexFuture *
test_reader_leaves (gpointer unused)
{
  g_autoptr (GBytes) data = make_data (MANY);
  GThread *thread;
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, NULL));
  close (ends[0]);
  check_fails (start (ends[1], data, NULL), PEAL_ERROR_INVALID, "output_failed");
  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, NULL));
  thread = g_thread_new ("leaver", leaver_thread, GINT_TO_POINTER (ends[0]));
  check_fails (start (ends[1], data, NULL), PEAL_ERROR_INVALID, "output_failed");
  g_thread_join (thread);
  return dex_future_new_true ();
}

static DexFuture *
test_cancelled (gpointer unused)
{
  g_autoptr (GBytes) data = make_data (MANY);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  DexFuture *future = NULL;
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, NULL));
  future = start (ends[1], data, cancellable);
  g_cancellable_cancel (cancellable);
  check_fails (future, PEAL_ERROR_CANCELLED, "cancelled");
  close (ends[0]);
  return dex_future_new_true ();
}

/* At its place in the file, behind what is there. */
static DexFuture *
test_file (gpointer unused)
{
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GBytes) data = make_data (MANY);
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("peal-descriptor-XXXXXX", &path, &error);
  gsize length;

  g_assert_no_error (error);
  g_assert_cmpint (write (fd, "head", 4), ==, 4);
  g_assert_true (dex_await (start (fd, data, NULL), &error));
  g_assert_true (g_file_get_contents (path, &content, &length, &error));
  g_assert_cmpuint (length, ==, MANY + 4);
  g_assert_cmpmem (content, 4, "head", 4);
  g_assert_cmpmem (content + 4, length - 4, g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  g_unlink (path);
  return dex_future_new_true ();
}

/* A FIFO that was opened for reading is not opened for writing here, though it could be. */
static DexFuture *
test_not_for_writing (gpointer unused)
{
  g_autofree char *directory = g_dir_make_tmp ("peal-descriptor-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "fifo", NULL);
  g_autoptr (GBytes) data = make_data (100);
  int ends[2], both[2];
  char byte;

  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, NULL));
  check_fails (start (fcntl (ends[0], F_DUPFD_CLOEXEC, 3), data, NULL), PEAL_ERROR_INVALID, "output_failed");
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  check_fails (start (open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), data, NULL), PEAL_ERROR_INVALID,
               "output_failed");
  check_fails (start (open (path, O_PATH | O_CLOEXEC), data, NULL), PEAL_ERROR_INVALID, "output_failed");
  check_fails (start (open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC), data, NULL), PEAL_ERROR_INVALID,
               "output_failed");
  check_fails (start (open ("/dev/null", O_WRONLY | O_CLOEXEC), data, NULL), PEAL_ERROR_INVALID,
               "output_failed");
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both), ==, 0);
  check_fails (start (both[0], data, NULL), PEAL_ERROR_INVALID, "output_failed");
  close (both[1]);
  /* Nothing came into the pipe. */
  close (ends[1]);
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 0);
  close (ends[0]);
  g_unlink (path);
  g_rmdir (directory);
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  dex_init ();
  peal_test_add_fiber ("/descriptor/pipe", NULL, test_pipe);
  peal_test_add_fiber ("/descriptor/nobody-reads", NULL, test_nobody_reads);
  peal_test_add_fiber ("/descriptor/reader-leaves", NULL, test_reader_leaves);
  peal_test_add_fiber ("/descriptor/cancelled", NULL, test_cancelled);
  peal_test_add_fiber ("/descriptor/file", NULL, test_file);
  peal_test_add_fiber ("/descriptor/not-for-writing", NULL, test_not_for_writing);
  return g_test_run ();
}
