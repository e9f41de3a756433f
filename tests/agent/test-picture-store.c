/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-picture-shelf.h"
#include "peal-picture-store.h"
#include "peal-test-client.h"
#include "peal-test-fiber.h"
#include "peal-test-tree.h"

#define LIMIT (1024 * 1024)

typedef struct
{
  PealTestServer *server;
  PealTiktokClient *client;
  PealPictureReader *reader;
  PealPictureStore *store;
  char *place, *directory;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->server = peal_test_server_new ();
  self->client = peal_test_client_new (self->server);
  self->reader = peal_picture_reader_new (self->client);
  self->place = g_dir_make_tmp ("peal-pictures-XXXXXX", NULL);
  self->directory = g_build_filename (self->place, "cache", "pictures", NULL);
  self->store = peal_picture_store_new (self->reader, self->directory, LIMIT);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&self->store));
  g_clear_object (&self->reader);
  g_clear_object (&self->client);
  g_clear_pointer (&self->server, peal_test_server_free);
  peal_test_remove_tree (self->place);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->directory, g_free);
}

static void
push (Fixture *self, guint status, const char *body)
{
  g_autofree char *raw = g_strdup_printf ("HTTP/1.1 %u Well\r\nContent-Type: image/png\r\nContent-Length: "
                                          "%" G_GSIZE_FORMAT "\r\nConnection: close\r\n\r\n%s",
                                          status, strlen (body), body);

  peal_test_server_push (self->server, PEAL_STEP_CLOSE, raw);
}

static GBytes *
load (Fixture *self, const char *key, const char *path, GError **error)
{
  g_autofree char *url =
      path != NULL ? g_strconcat (peal_test_server_get_address (self->server), path, NULL) : NULL;

  return peal_test_await_boxed (peal_picture_store_load (self->store, key, url, NULL), error);
}

/* Asks for the picture of @key at @path: it must be @expected, and have taken @n_requests. */
static void
check (Fixture *self, const char *key, const char *path, const char *expected, int n_requests)
{
  int before = peal_test_server_get_n_requests (self->server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = load (self, key, path, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (picture, NULL), g_bytes_get_size (picture), expected, strlen (expected));
  g_assert_cmpint (peal_test_server_get_n_requests (self->server) - before, ==, n_requests);
}

static void
check_fails (Fixture *self, const char *key, const char *path, PealErrorCode code, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (self, key, path, &error));
  peal_test_assert_error (error, code, reason);
}

static void
test_kept (Fixture *self, gconstpointer data)
{
  g_autofree char *gone = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GError) error = NULL;

  push (self, 200, "first");
  check (self, "cover 1", "/a.png?x-expires=1", "first", 1);
  check (self, "cover 1", "/a.png?x-expires=2", "first", 0);
  /* Another picture is asked for, and as long as it does not come the old one serves. */
  push (self, 403, "expired");
  check (self, "cover 1", "/b.png", "first", 1);
  push (self, 200, "second");
  check (self, "cover 1", "/b.png", "second", 1);
  check (self, "cover 1", "/b.png", "second", 0);
  check (self, "cover 1", NULL, "second", 0);
  push (self, 200, "of another");
  check (self, "cover 2", "/b.png", "of another", 1);
  gone = g_strconcat (peal_test_server_get_address (self->server), "/c.png", NULL);
  g_clear_pointer (&self->server, peal_test_server_free);
  picture = peal_test_await_boxed (peal_picture_store_load (self->store, "cover 1", gone, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (picture), ==, strlen ("second"));
}

static void
test_nothing (Fixture *self, gconstpointer data)
{
  check_fails (self, "avatar", NULL, PEAL_ERROR_INVALID, "no_picture");
  push (self, 404, "");
  check_fails (self, "avatar", "/a.png", PEAL_ERROR_SERVER, "picture_unavailable");
  g_assert_false (g_file_test (self->directory, G_FILE_TEST_EXISTS));
}

static guint
list_names (Fixture *self, char **last)
{
  g_autoptr (GDir) directory = g_dir_open (self->directory, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_set_str (last, name);
      n++;
    }
  return n;
}

static guint
get_mode (const char *path)
{
  struct stat info;

  g_assert_cmpint (lstat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

/* Whatever it is of, the name is a digest in our directory, and nobody else can read there. */
static void
test_names (Fixture *self, gconstpointer data)
{
  static const char *const keys[] = { "../../escape", "/etc/passwd", "\n\x01\xff", "", "\xe2\x80\xae" };
  g_autofree char *long_key = g_strnfill (100000, '/');
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  mode_t old = umask (0);

  for (gsize i = 0; i <= G_N_ELEMENTS (keys); i++)
    {
      push (self, 200, "png");
      check (self, i < G_N_ELEMENTS (keys) ? keys[i] : long_key, "/a.png", "png", 1);
    }
  umask (old);
  g_assert_cmpuint (list_names (self, &name), ==, G_N_ELEMENTS (keys) + 1);
  g_assert_cmpuint (strlen (name), ==, 64);
  path = g_build_filename (self->directory, name, NULL);
  g_assert_cmpuint (get_mode (path), ==, 0600);
  g_assert_cmpuint (get_mode (self->directory), ==, 0700);
}

/* What is not whole, not ours or not a file is no copy, and never in the way of the picture. */
static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *target = g_build_filename (self->place, "target", NULL);
  gsize length;

  push (self, 200, "png");
  check (self, "k", "/a.png", "png", 1);
  list_names (self, &name);
  path = g_build_filename (self->directory, name, NULL);
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  for (gsize cut = 0; cut < length; cut++)
    {
      g_assert_true (g_file_set_contents (path, whole, (gssize)cut, NULL));
      check_fails (self, "k", NULL, PEAL_ERROR_INVALID, "no_picture");
    }
  whole[length - 1] ^= 1;
  g_assert_true (g_file_set_contents (path, whole, (gssize)length, NULL));
  check_fails (self, "k", NULL, PEAL_ERROR_INVALID, "no_picture");

  whole[length - 1] ^= 1;
  g_assert_true (g_file_set_contents (target, whole, (gssize)length, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink (target, path), ==, 0);
  check_fails (self, "k", NULL, PEAL_ERROR_INVALID, "no_picture");
  push (self, 200, "new");
  check (self, "k", "/a.png", "new", 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  check (self, "k", NULL, "new", 0);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  push (self, 200, "again");
  check (self, "k", "/a.png", "again", 1);
  check (self, "k", NULL, "again", 0);
}

/* A directory that is none of ours is left alone; one that others may read is closed. */
static void
test_directory (Fixture *self, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (self->place, "elsewhere", NULL);
  g_autofree char *parent = g_path_get_dirname (self->directory);
  g_autoptr (GDir) stream = NULL;

  g_mkdir (parent, 0700);
  g_mkdir (elsewhere, 0700);
  g_assert_cmpint (symlink (elsewhere, self->directory), ==, 0);
  push (self, 200, "png");
  check (self, "k", "/a.png", "png", 1);
  stream = g_dir_open (elsewhere, 0, NULL);
  g_assert_null (g_dir_read_name (stream));
  g_assert_cmpint (g_unlink (self->directory), ==, 0);

  g_assert_true (g_file_set_contents (self->directory, "", 0, NULL));
  push (self, 200, "png");
  check (self, "k", "/a.png", "png", 1);
  g_assert_cmpint (g_unlink (self->directory), ==, 0);

  g_mkdir (self->directory, 0755);
  push (self, 200, "png");
  check (self, "k", "/a.png", "png", 1);
  g_assert_cmpuint (get_mode (self->directory), ==, 0700);
  check (self, "k", "/a.png", "png", 0);
}

static void
put (Fixture *self, int number, gsize length)
{
  g_autofree char *key = g_strdup_printf ("%d", number);
  g_autofree char *data = g_strnfill (length, 'x');
  g_autoptr (GBytes) picture = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  PealShelfMark mark = { 0 };

  g_assert_true (peal_picture_shelf_put (self->directory, key, &mark, picture, LIMIT, 0, &error));
  g_assert_no_error (error);
}

static gboolean
has (Fixture *self, int number)
{
  g_autofree char *key = g_strdup_printf ("%d", number);
  PealShelfMark mark;
  g_autoptr (GBytes) picture = peal_picture_shelf_get (self->directory, key, &mark);

  return picture != NULL;
}

/* The oldest go, leftovers of a write that was cut off too; the newest stays whatever its size. */
static void
test_limit (Fixture *self, gconstpointer data)
{
  g_autofree char *leftover = g_build_filename (self->directory, "new-leftover", NULL);
  const struct timespec long_ago[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };

  put (self, 0, 10);
  g_assert_true (g_file_set_contents (leftover, "x", 1, NULL));
  g_assert_cmpint (utimensat (AT_FDCWD, leftover, long_ago, 0), ==, 0);
  for (int i = 1; i <= 9; i++)
    put (self, i, LIMIT / 8);
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));
  g_assert_false (has (self, 0));
  g_assert_false (has (self, 1));
  g_assert_true (has (self, 4));
  g_assert_true (has (self, 9));
  put (self, 10, LIMIT - 8192);
  g_assert_false (has (self, 9));
  g_assert_true (has (self, 10));
}

#define ADD(name, func) g_test_add ("/picture-store/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  ADD ("kept", test_kept);
  ADD ("nothing", test_nothing);
  ADD ("names", test_names);
  ADD ("damaged", test_damaged);
  ADD ("directory", test_directory);
  ADD ("limit", test_limit);
  return g_test_run ();
}
