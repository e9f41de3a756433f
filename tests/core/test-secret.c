/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-secret-access.h"

void __wrap_explicit_bzero (void *buffer, size_t length);
void __wrap___explicit_bzero_chk (void *buffer, size_t length, size_t buffer_length);

/* What was wiped last, as it was before. */
static char wiped[64];
static gsize wiped_length;
static guint n_wiped;

/* Takes the place of explicit_bzero () for the library under test. */
void
__wrap_explicit_bzero (void *buffer, size_t length)
{
  g_assert_cmpuint (length, <, sizeof wiped);
  memcpy (wiped, buffer, length);
  wiped[length] = '\0';
  wiped_length = length;
  n_wiped++;
  memset (buffer, 0, length);
}

void
__wrap___explicit_bzero_chk (void *buffer, size_t length, size_t buffer_length)
{
  __wrap_explicit_bzero (buffer, length);
}

static void
test_wiped (void)
{
  PealSecret *secret = peal_secret_new ("act.exampleAccess0001");

  n_wiped = 0;
  peal_secret_ref (secret);
  peal_secret_unref (secret);
  g_assert_cmpuint (n_wiped, ==, 0);
  g_assert_cmpstr (peal_secret_peek (secret), ==, "act.exampleAccess0001");
  peal_secret_unref (secret);
  g_assert_cmpuint (n_wiped, ==, 1);
  g_assert_cmpstr (wiped, ==, "act.exampleAccess0001");
}

static void
test_taken (void)
{
  char *text = g_strdup ("taken");
  g_autoptr (PealSecret) secret = peal_secret_new_take (text);

  g_assert_true (peal_secret_peek (secret) == text);
}

static void
test_wipe_free (void)
{
  n_wiped = 0;
  peal_wipe_free (NULL, -1);
  g_assert_cmpuint (n_wiped, ==, 0);
  peal_wipe_free (g_strdup ("whole text"), -1);
  g_assert_cmpstr (wiped, ==, "whole text");
  peal_wipe_free (g_memdup2 ("with\0nul", 8), 8);
  g_assert_cmpmem (wiped, wiped_length, "with\0nul", 8);
}

static void
test_boxed (void)
{
  g_autoptr (PealSecret) secret = peal_secret_new ("x");
  g_autoptr (PealSecret) copy = g_boxed_copy (PEAL_TYPE_SECRET, secret);

  g_assert_true (copy == secret);
}

static void
test_equal (void)
{
  g_autoptr (PealSecret) a = peal_secret_new ("abcdef");
  g_autoptr (PealSecret) same = peal_secret_new ("abcdef");
  g_autoptr (PealSecret) first = peal_secret_new ("Abcdef");
  g_autoptr (PealSecret) last = peal_secret_new ("abcdeF");
  g_autoptr (PealSecret) shorter = peal_secret_new ("abcde");
  g_autoptr (PealSecret) empty = peal_secret_new ("");

  g_assert_true (peal_secret_equal (a, same));
  g_assert_true (peal_secret_equal (a, a));
  g_assert_true (peal_secret_equal (NULL, NULL));
  g_assert_true (peal_secret_equal (empty, empty));
  g_assert_false (peal_secret_equal (a, first));
  g_assert_false (peal_secret_equal (a, last));
  g_assert_false (peal_secret_equal (a, shorter));
  g_assert_false (peal_secret_equal (shorter, a));
  g_assert_false (peal_secret_equal (a, NULL));
  g_assert_false (peal_secret_equal (NULL, empty));
}

static void
test_hint (void)
{
  static const struct
  {
    const char *text;
    const char *hint;
  } hints[] = {
    { "", "…" },
    { "elevenchars", "…" },
    { "twelve_chars", "…hars" },
    { "ääääääääääää", "…ääää" },
    { "ääääääääääa", "…" },
    { "not utf-8 at all \xff\xff", "…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      g_autoptr (PealSecret) secret = peal_secret_new (hints[i].text);
      g_autofree char *hint = peal_secret_dup_hint (secret);

      g_assert_cmpuint (peal_secret_get_length (secret), ==, strlen (hints[i].text));
      g_assert_cmpstr (hint, ==, hints[i].hint);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/wiped", test_wiped);
  g_test_add_func ("/secret/taken", test_taken);
  g_test_add_func ("/secret/wipe-free", test_wipe_free);
  g_test_add_func ("/secret/boxed", test_boxed);
  g_test_add_func ("/secret/equal", test_equal);
  g_test_add_func ("/secret/hint", test_hint);
  return g_test_run ();
}
