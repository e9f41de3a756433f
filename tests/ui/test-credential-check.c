/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-credential-check.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static void
test_trim (void)
{
  static const char *const texts[] = { "key", " key", "key\n", "\t key \r\n", NULL };
  gsize length;

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      const char *start = peal_credential_trim (texts[i], &length);
      g_autofree char *trimmed = g_strndup (start, length);

      g_assert_cmpstr (trimmed, ==, "key");
    }
  peal_credential_trim (" \n ", &length);
  g_assert_cmpuint (length, ==, 0);
}

static void
test_keys (void)
{
  static const char *const good[] = { "aw1234567890abcd", "sbpractice-sandbox", " practice-desktop\n",
                                      "a_b.c~d", NULL };
  static const char *const wrong[] = { "",        "  ",        "two words",          "key\nkey",
                                       "kéy",     "key=value", "https://tiktok.com", "<b>key</b>",
                                       "key\x7f", NULL };
  g_autofree char *longest = g_strnfill (128, 'k');
  g_autofree char *too_long = g_strnfill (129, 'k');

  for (gsize i = 0; good[i] != NULL; i++)
    g_assert_null (peal_credential_check_key (good[i]));
  for (gsize i = 0; wrong[i] != NULL; i++)
    g_assert_cmpstr (peal_credential_check_key (wrong[i]), ==, "client_key");
  g_assert_null (peal_credential_check_key (longest));
  g_assert_cmpstr (peal_credential_check_key (too_long), ==, "client_key");
}

static void
test_secrets (void)
{
  static const char *const wrong[] = { "", "\n", "two words", "sécret", "secret\x01", NULL };
  g_autofree char *longest = g_strnfill (1024, 's');
  g_autofree char *too_long = g_strnfill (1025, 's');

  g_assert_null (peal_credential_check_secret (" !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~\n"));
  g_assert_null (peal_credential_check_secret (longest));
  g_assert_cmpstr (peal_credential_check_secret (too_long), ==, "client_secret");
  for (gsize i = 0; wrong[i] != NULL; i++)
    g_assert_cmpstr (peal_credential_check_secret (wrong[i]), ==, "client_secret");
}

static void
test_doubt (void)
{
  g_assert_nonnull (peal_credential_doubt (" sbaw123", PEAL_ENVIRONMENT_PRODUCTION));
  g_assert_null (peal_credential_doubt ("sbaw123", PEAL_ENVIRONMENT_SANDBOX));
  g_assert_nonnull (peal_credential_doubt ("aw123", PEAL_ENVIRONMENT_SANDBOX));
  g_assert_null (peal_credential_doubt ("aw123", PEAL_ENVIRONMENT_PRODUCTION));
  /* Nothing is said while somebody begins to type. */
  g_assert_null (peal_credential_doubt ("", PEAL_ENVIRONMENT_SANDBOX));
  g_assert_null (peal_credential_doubt ("sb", PEAL_ENVIRONMENT_PRODUCTION));
  g_assert_null (peal_credential_doubt ("practice-desktop", PEAL_ENVIRONMENT_PRODUCTION));
}

static void
check_pipe (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autofd int fd = peal_credential_open_pipe (text, length, &error);
  char buffer[1100];

  g_assert_no_error (error);
  g_assert_cmpint (fd, >=, 0);
  g_assert_true ((fcntl (fd, F_GETFD) & FD_CLOEXEC) != 0);
  g_assert_cmpint (read (fd, buffer, sizeof buffer), ==, length);
  g_assert_cmpmem (buffer, length, text, length);
  /* The writing end is closed: whoever reads sees the end. */
  g_assert_cmpint (read (fd, buffer, sizeof buffer), ==, 0);
}

static void
test_pipe (void)
{
  g_autofree char *longest = g_strnfill (1024, 's');

  check_pipe ("secret and more", 6);
  check_pipe (longest, 1024);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credential-check/trim", test_trim);
  g_test_add_func ("/credential-check/keys", test_keys);
  g_test_add_func ("/credential-check/secrets", test_secrets);
  g_test_add_func ("/credential-check/doubt", test_doubt);
  g_test_add_func ("/credential-check/pipe", test_pipe);
  return g_test_run ();
}
