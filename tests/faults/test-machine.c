/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-database-lease.h"
#include "peal-disk-fixture.h"
#include "peal-test-tree.h"

/* The same machine has the same name in every program that asks like this, and no other has it. */
static void
test_machine (void)
{
  g_autofree char *directory = g_dir_make_tmp ("peal-machine-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "machine-id", NULL);
  g_autofree char *missing = peal_lease_hash_machine (path);
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autofree char *broken = NULL;

  g_assert_cmpstr (missing, ==, "");
  g_assert_true (g_file_set_contents (path, "0123456789abcdef0123456789abcdef\n", -1, NULL));
  one = peal_lease_hash_machine (path);
  /* HMAC-SHA256 of Peal's id under the machine's, its first half marked as a random UUID; from Python. */
  g_assert_cmpstr (one, ==, "3f79d38e79ec463595c9702c6c24980b");
  g_assert_true (g_file_set_contents (path, "0123456789abcdef0123456789abcdee\n", -1, NULL));
  other = peal_lease_hash_machine (path);
  g_assert_cmpstr (one, !=, other);
  g_assert_true (g_file_set_contents (path, "uninitialized\n", -1, NULL));
  broken = peal_lease_hash_machine (path);
  g_assert_cmpstr (broken, ==, "");
  peal_test_remove_tree (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/hash", test_machine);
  return g_test_run ();
}
