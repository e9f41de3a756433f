/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-witness.h"

#include <glib/gstdio.h>

#include "peal-error.h"

static const PealWitnessLine line = { .post_uuid = "p-1",
                                      .attempt_uuid = "a-1",
                                      .open_id = "-odd id",
                                      .publish_id = "v~1",
                                      .sha256 = "00ff",
                                      .n = 1,
                                      .size = 42,
                                      .armed_at = 4711 };

static char *
make_directory (void)
{
  return g_dir_make_tmp ("peal-witness-XXXXXX", NULL);
}

static void
remove_directory (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "witness.log", NULL);

  g_remove (path);
  g_rmdir (directory);
}

static void
test_find (void)
{
  g_autofree char *directory = make_directory ();
  g_autoptr (PealWitness) witness = peal_witness_open (directory, NULL);
  gint64 armed_at = 0;

  g_assert_true (peal_witness_find (witness, "a-1", &armed_at, NULL));
  g_assert_cmpint (armed_at, ==, -1);
  g_assert_true (peal_witness_append (witness, &line, NULL));
  g_assert_true (peal_witness_find (witness, "a-1", &armed_at, NULL));
  g_assert_cmpint (armed_at, ==, 4711);
  g_assert_true (peal_witness_find (witness, "a-2", &armed_at, NULL));
  g_assert_cmpint (armed_at, ==, -1);
  /* Only the whole name counts. */
  g_assert_true (peal_witness_find (witness, "a-", &armed_at, NULL));
  g_assert_cmpint (armed_at, ==, -1);
  remove_directory (directory);
}

/* A line of which the end is missing proves nothing, and does not swallow the next one. */
static void
test_torn (void)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "witness.log", NULL);
  g_autoptr (PealWitness) witness = peal_witness_open (directory, NULL);
  g_autofree char *whole = NULL;
  PealWitnessLine second = line;
  gint64 armed_at;
  gsize length;

  g_assert_true (peal_witness_append (witness, &line, NULL));
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  second.attempt_uuid = "a-2";
  for (gsize cut = 0; cut < length - 1; cut++)
    {
      g_autoptr (PealWitness) again = NULL;

      g_assert_true (g_file_set_contents (path, whole, (gssize)cut, NULL));
      again = peal_witness_open (directory, NULL);
      g_assert_true (peal_witness_find (again, "a-1", &armed_at, NULL));
      g_assert_cmpint (armed_at, ==, -1);
      g_assert_true (peal_witness_append (again, &second, NULL));
      g_assert_true (peal_witness_find (again, "a-2", &armed_at, NULL));
      g_assert_cmpint (armed_at, ==, 4711);
    }
  remove_directory (directory);
}

static void
test_flipped (void)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "witness.log", NULL);
  g_autoptr (PealWitness) witness = peal_witness_open (directory, NULL);
  g_autofree char *whole = NULL;
  gint64 armed_at;
  gsize length;

  g_assert_true (peal_witness_append (witness, &line, NULL));
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  for (gsize i = 0; i < length - 1; i++)
    {
      whole[i] ^= 1;
      g_assert_true (g_file_set_contents (path, whole, (gssize)length, NULL));
      g_assert_true (peal_witness_find (witness, "a-1", &armed_at, NULL));
      g_assert_cmpint (armed_at, ==, -1);
      whole[i] ^= 1;
    }
  remove_directory (directory);
}

/* Zeroes that a power cut left behind end no line, and hide none. */
static void
test_zeroes (void)
{
  static const char zeroes[100] = { 0 };
  g_autofree char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "witness.log", NULL);
  g_autoptr (PealWitness) witness = NULL;
  gint64 armed_at;

  g_assert_true (g_file_set_contents (path, zeroes, sizeof zeroes, NULL));
  witness = peal_witness_open (directory, NULL);
  g_assert_true (peal_witness_append (witness, &line, NULL));
  g_assert_true (peal_witness_find (witness, "a-1", &armed_at, NULL));
  g_assert_cmpint (armed_at, ==, 4711);
  remove_directory (directory);
}

static void
test_unreadable (void)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "witness.log", NULL);
  g_autoptr (PealWitness) witness = peal_witness_open (directory, NULL);
  g_autoptr (GError) error = NULL;
  gint64 armed_at;

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_false (peal_witness_find (witness, "a-1", &armed_at, &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_STORAGE_CORRUPT);
  remove_directory (directory);
}

static void
test_no_directory (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealWitness) witness = peal_witness_open ("/dev/null/state", &error);

  g_assert_null (witness);
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_STORAGE_CORRUPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/witness/find", test_find);
  g_test_add_func ("/witness/torn", test_torn);
  g_test_add_func ("/witness/flipped", test_flipped);
  g_test_add_func ("/witness/zeroes", test_zeroes);
  g_test_add_func ("/witness/unreadable", test_unreadable);
  g_test_add_func ("/witness/no-directory", test_no_directory);
  return g_test_run ();
}
