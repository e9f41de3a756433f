/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "peal-error.h"
#include "peal-keyring-file-guard.h"
#include "peal-wait.h"

/* libsecret's file backend, damaged in each way that reliability research knows: as in a sandbox, but with a
 * password of the test's own. No bus is needed. */

#define APPLICATION "io.github.pealapp.Peal"
#define PASSWORD "pw"
/* Of the pieces that are tried at once. */
#define WIDTH 4

static char *directory, *path, *copy, *backup;

static PealTokens *
new_tokens (const char *access)
{
  PealTokens *tokens = g_new0 (PealTokens, 1);

  tokens->open_id = g_strdup ("-000OpenId");
  tokens->access_token = peal_secret_new (access);
  tokens->refresh_token = peal_secret_new ("rft.1");
  tokens->obtained_at_us = 1000;
  tokens->access_expires_at_us = 2000;
  tokens->refresh_expires_at_us = -1;
  return tokens;
}

static void
store (PealVault *vault, const char *key, const char *access)
{
  g_autoptr (PealTokens) tokens = new_tokens (access);

  peal_wait_ok (peal_vault_store_tokens (vault, key, tokens));
}

static void
assert_stored (PealVault *vault, const char *key, const char *access)
{
  g_autoptr (PealTokens) tokens = peal_wait_boxed (peal_vault_load_tokens (vault, key));
  g_autoptr (PealSecret) expected = peal_secret_new (access);

  g_assert_true (peal_secret_equal (tokens->access_token, expected));
}

/* (transfer full) */
static GBytes *
read_file (const char *name)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize length = 0;

  g_file_get_contents (name, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static void
write_file (const char *name, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (name, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static void
assert_file (const char *name, GBytes *expected)
{
  g_autoptr (GBytes) bytes = read_file (name);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

/* (transfer full) (nullable): the only file whose name has @word in it. */
static char *
find_aside (const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  char *found = NULL;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    if (strstr (name, word) != NULL)
      {
        g_assert_null (found);
        found = g_build_filename (directory, name, NULL);
      }
  return found;
}

static void
empty_directory (void)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *each = g_build_filename (directory, name, NULL);

      g_assert_cmpint (g_unlink (each), ==, 0);
    }
}

/* libsecret has one file a process, so each test goes on with it: with nothing in it but what it stores. */
static void
set_up (PealVault **vault, gconstpointer data)
{
  empty_directory ();
  *vault = peal_keyring_new (APPLICATION);
  store (*vault, "first", "act.first");
}

static void
tear_down (PealVault **vault, gconstpointer data)
{
  g_clear_object (vault);
  peal_wait_idle ();
}

static void
renew_vault (PealVault **vault)
{
  g_clear_object (vault);
  *vault = peal_keyring_new (APPLICATION);
}

static void
secret_tool (const char *password, const char *action, const char *application, const char *account)
{
  g_auto (GStrv) env = g_environ_setenv (g_get_environ (), "SECRET_FILE_TEST_PASSWORD", password, TRUE);
  g_autofree char *line = g_strdup_printf ("printf x | secret-tool %s application %s account %s >/dev/null",
                                           action, application, account);
  const char *argv[] = { "/bin/sh", "-c", line, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)argv, env, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

static void
set_time (gint64 seconds, gint64 nanoseconds)
{
  const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT },
                                     { .tv_sec = seconds, .tv_nsec = nanoseconds } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
test_round_trip (PealVault **vault, gconstpointer data)
{
  g_autoptr (PealSecret) secret = peal_secret_new ("s3cret \" \\ ü");
  g_autoptr (PealSecret) loaded = NULL;
  g_autoptr (GBytes) now = NULL;
  struct stat info;

  store (*vault, "second", "act.second");
  store (*vault, "second", "act.third");
  assert_stored (*vault, "first", "act.first");
  assert_stored (*vault, "second", "act.third");
  peal_wait_ok (peal_vault_store_secret (*vault, "app", secret));
  loaded = peal_wait_boxed (peal_vault_load_secret (*vault, "app"));
  g_assert_true (peal_secret_equal (loaded, secret));
  peal_wait_ok (peal_vault_check_writable (*vault));
  peal_wait_ok (peal_vault_remove (*vault, "second"));
  peal_wait_ok (peal_vault_remove (*vault, "second"));
  peal_wait_error (peal_vault_load_tokens (*vault, "second"), PEAL_ERROR_AUTH, "secret_absent");
  g_assert_cmpint (peal_wait_int (peal_vault_query_state (*vault)), ==, PEAL_VAULT_UNLOCKED);
  now = read_file (path);
  assert_file (copy, now);
  g_assert_cmpint (stat (copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_null (find_aside ("broken"));
}

/* The process that may die: whatever it meets, ours goes on and knows. */
static void
test_check (PealVault **vault, gconstpointer data)
{
  g_autoptr (GBytes) whole = read_file (path);
  g_autofree char *none = g_strconcat (path, "-none", NULL);
  const gsize lengths[] = { 0, 16, 18, 30, 100 };

  g_assert_cmpint (peal_wait_int (peal_keyring_file_check (path)), ==, PEAL_KEYRING_FILE_FINE);
  g_assert_cmpint (peal_wait_int (peal_keyring_file_check (none)), ==, PEAL_KEYRING_FILE_FINE);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      write_file (path, g_bytes_get_data (whole, NULL), lengths[i]);
      g_assert_cmpint (peal_wait_int (peal_keyring_file_check (path)), ==, PEAL_KEYRING_FILE_BROKEN);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
  secret_tool ("other", "store --label=x", "a", "b");
  g_assert_cmpint (peal_wait_int (peal_keyring_file_check (path)), ==, PEAL_KEYRING_FILE_FOREIGN);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "", TRUE);
  g_assert_cmpint (peal_wait_int (peal_keyring_file_check (path)), ==, PEAL_KEYRING_FILE_UNUSABLE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", PASSWORD, TRUE);
}

/* Row 71. */
static void
try_cuts (GBytes *whole, gsize first)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (dex_unref);
  gsize length = g_bytes_get_size (whole);
  gsize n = MIN (first + WIDTH, length) - first;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%" G_GSIZE_FORMAT, path, first + i);
      g_autofree char *good = g_strconcat (name, i % 2 == 0 ? ".last-good" : "~", NULL);
      g_autoptr (PealKeyringFileGuard) guard = peal_keyring_file_guard_new (name);

      write_file (name, g_bytes_get_data (whole, NULL), first + i);
      write_file (good, g_bytes_get_data (whole, NULL), length);
      g_ptr_array_add (states, peal_keyring_file_guard_examine (guard));
    }
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%" G_GSIZE_FORMAT, path, first + i);
      g_autofree char *mark = g_strdup_printf ("-%" G_GSIZE_FORMAT ".broken", first + i);
      g_autofree char *aside = NULL;
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, first + i);

      g_assert_cmpint (peal_wait_int (dex_ref (g_ptr_array_index (states, i))), ==, PEAL_KEYRING_FILE_FINE);
      assert_file (name, whole);
      aside = find_aside (mark);
      g_assert_nonnull (aside);
      assert_file (aside, cut);
    }
}

static void
test_cut_anywhere (PealVault **vault, gconstpointer data)
{
  g_autoptr (GBytes) whole = NULL;

  peal_wait_ok (peal_vault_remove (*vault, "first"));
  secret_tool (PASSWORD, "store --label=x", "a", "b");
  whole = read_file (path);
  for (gsize first = 0; first < g_bytes_get_size (whole); first += WIDTH)
    {
      try_cuts (whole, first);
      empty_directory ();
    }
}

/* Under a running agent, whose libsecret would read the file again and die. */
static void
test_cut_while_open (PealVault **vault, gconstpointer data)
{
  g_autoptr (GBytes) whole = read_file (path);
  const gsize lengths[] = { 0, 5, 16, 18, 19, 30, 60, 136, g_bytes_get_size (whole) - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      write_file (path, g_bytes_get_data (whole, NULL), lengths[i]);
      if (i % 2 == 0)
        renew_vault (vault);
      assert_stored (*vault, "first", "act.first");
      assert_file (path, whole);
    }
}

static void
test_backup_put_back (PealVault **vault, gconstpointer data)
{
  g_autoptr (GBytes) whole = read_file (path);

  write_file (backup, g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
  write_file (copy, g_bytes_get_data (whole, NULL), 100);
  write_file (path, g_bytes_get_data (whole, NULL), 0);
  assert_stored (*vault, "first", "act.first");
}

/* Nothing to put back: the account is not said to be gone, and storing begins anew. */
static void
test_no_copy (PealVault **vault, gconstpointer data)
{
  g_autoptr (GBytes) cut = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (GBytes) whole = read_file (path);

  cut = g_bytes_new_from_bytes (whole, 0, 100);
  empty_directory ();
  write_file (path, g_bytes_get_data (cut, NULL), 100);
  peal_wait_error (peal_vault_load_tokens (*vault, "first"), PEAL_ERROR_KEYRING_MISSING, "keyring_replaced");
  g_assert_cmpint (peal_wait_int (peal_vault_query_state (*vault)), ==, PEAL_VAULT_MISSING);
  aside = find_aside ("broken");
  g_assert_nonnull (aside);
  assert_file (aside, cut);
  store (*vault, "new", "act.new");
  assert_stored (*vault, "new", "act.new");
  peal_wait_error (peal_vault_load_tokens (*vault, "first"), PEAL_ERROR_AUTH, "secret_absent");
}

static void
count_cb (PealVault *vault, guint *count)
{
  *count += 1;
}

/* What is held for the keyring's sake learns that there is one again. */
static void
test_file_came_back (PealVault **vault, gconstpointer data)
{
  g_autoptr (GBytes) whole = read_file (path);
  guint told = 0;

  g_signal_connect (*vault, "state-changed", G_CALLBACK (count_cb), &told);
  empty_directory ();
  peal_wait_error (peal_vault_load_tokens (*vault, "first"), PEAL_ERROR_KEYRING_MISSING, "keyring_replaced");
  g_assert_cmpuint (told, ==, 0);
  write_file (path, g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
  g_assert_cmpint (peal_wait_int (peal_vault_query_state (*vault)), ==, PEAL_VAULT_UNLOCKED);
  g_assert_cmpuint (told, ==, 1);
  assert_stored (*vault, "first", "act.first");
}

/* A bit of the salt: libsecret then finds nothing, and says nothing. */
static void
test_flipped (PealVault **vault, gconstpointer data)
{
  g_autoptr (GBytes) whole = read_file (path);
  g_autofree char *bad = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));

  bad[24] ^= 0x10;
  write_file (path, bad, g_bytes_get_size (whole));
  assert_stored (*vault, "first", "act.first");
  assert_file (path, whole);
}

/* Row 73: the desktop lost the password and made another one. */
static void
test_other_password (PealVault **vault, gconstpointer data)
{
  g_autoptr (GBytes) foreign = NULL;
  g_autofree char *aside = NULL;

  empty_directory ();
  secret_tool ("other", "store --label=x", APPLICATION, "first");
  /* In a process of its own libsecret would read it in any case. */
  set_time (1000000000, 0);
  foreign = read_file (path);
  renew_vault (vault);
  g_assert_cmpint (peal_wait_int (peal_vault_query_state (*vault)), ==, PEAL_VAULT_MISSING);
  peal_wait_error (peal_vault_load_tokens (*vault, "first"), PEAL_ERROR_KEYRING_MISSING, "keyring_replaced");
  peal_wait_error (peal_vault_remove (*vault, "first"), PEAL_ERROR_KEYRING_MISSING, "keyring_replaced");
  peal_wait_error (peal_vault_check_writable (*vault), PEAL_ERROR_KEYRING_MISSING, "keyring_replaced");
  assert_file (path, foreign);
  store (*vault, "new", "act.new");
  aside = find_aside ("replaced");
  g_assert_nonnull (aside);
  assert_file (aside, foreign);
  g_assert_cmpint (peal_wait_int (peal_vault_query_state (*vault)), ==, PEAL_VAULT_UNLOCKED);
  assert_stored (*vault, "new", "act.new");
  peal_wait_error (peal_vault_load_tokens (*vault, "first"), PEAL_ERROR_AUTH, "secret_absent");
}

/* Row 72, past the look at the free space: the write itself runs out of it, and libsecret leaves an empty
 * file. */
static void
test_full_while_writing (PealVault **vault, gconstpointer data)
{
  const struct rlimit tight = { 200, RLIM_INFINITY };
  const struct rlimit loose = { RLIM_INFINITY, RLIM_INFINITY };
  g_autoptr (PealTokens) tokens = new_tokens ("act.lost");
  g_autoptr (GBytes) whole = read_file (path);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  ok = peal_wait (peal_vault_store_tokens (*vault, "first", tokens), &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &loose), ==, 0);
  g_assert_false (ok);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "keyring_failed");
  assert_file (path, whole);
  assert_stored (*vault, "first", "act.first");
  store (*vault, "first", "act.later");
  assert_stored (*vault, "first", "act.later");
}

/* The real and the practice agent share the file of a sandbox; libsecret looks no closer than a second. */
static void
test_other_writer (PealVault **vault, gconstpointer data)
{
  struct stat before;

  g_assert_cmpint (stat (path, &before), ==, 0);
  secret_tool (PASSWORD, "store --label=x", APPLICATION ".Practice", "theirs");
  set_time (before.st_mtim.tv_sec, (before.st_mtim.tv_nsec + 1000000) % 1000000000);
  store (*vault, "first", "act.later");
  assert_stored (*vault, "first", "act.later");
  secret_tool (PASSWORD, "lookup", APPLICATION ".Practice", "theirs");
}

#define ADD(name, func) g_test_add ("/keyring/file/" name, PealVault *, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  int result;

  if (argc == 3 && g_str_equal (argv[1], PEAL_KEYRING_FILE_CHECK_OPTION))
    {
      const struct rlimit no_core = { 0, 0 };

      setrlimit (RLIMIT_CORE, &no_core);
      return peal_keyring_file_check_main (argv[2]);
    }
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);
  directory = g_dir_make_tmp ("peal-keyring-XXXXXX", NULL);
  path = g_build_filename (directory, "default.keyring", NULL);
  copy = g_strconcat (path, ".last-good", NULL);
  backup = g_strconcat (path, "~", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", PASSWORD, TRUE);
  ADD ("round-trip", test_round_trip);
  ADD ("check", test_check);
  ADD ("cut-anywhere", test_cut_anywhere);
  ADD ("cut-while-open", test_cut_while_open);
  ADD ("backup-put-back", test_backup_put_back);
  ADD ("no-copy", test_no_copy);
  ADD ("file-came-back", test_file_came_back);
  ADD ("flipped", test_flipped);
  ADD ("other-password", test_other_password);
  ADD ("full-while-writing", test_full_while_writing);
  ADD ("other-writer", test_other_writer);
  result = g_test_run ();
  empty_directory ();
  g_rmdir (directory);
  g_free (directory);
  g_free (path);
  g_free (copy);
  g_free (backup);
  return result;
}
