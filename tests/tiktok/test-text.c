/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-text.h"

static void
test_line (void)
{
  static const struct
  {
    const char *in;
    const char *out;
  } cases[] = {
    { "Mara Bakes", "Mara Bakes" },
    { "  two\r\nlines\t", "two  lines" },
    { "evil\xE2\x80\xAEgpj.exe", "evilgpj.exe" },
    { "a\xE2\x81\xA6"
      "b\xE2\x81\xA9",
      "ab" },
    { "\x1B[31mred\x07", "[31mred" },
    { "bad \xFF byte", "bad \xEF\xBF\xBD byte" },
    { "👩‍👩‍👧 family", "👩‍👩‍👧 family" },
    { " \n ", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = peal_text_dup_line (cases[i].in, 100);

      g_assert_cmpstr (out, ==, cases[i].out);
    }
}

static void
test_length (void)
{
  g_autofree char *out = peal_text_dup_line ("äöüäöü", 3);

  g_assert_cmpstr (out, ==, "äöü");
}

static void
test_paragraph (void)
{
  g_autofree char *out = peal_text_dup_paragraph ("one\ntwo\tthree\xE2\x80\xA8"
                                                  "four",
                                                  100);

  g_assert_cmpstr (out, ==, "one\ntwo three\nfour");
}

static void
test_message_secrets (void)
{
  g_autofree char *out = peal_text_dup_message ("token act.Secret0001!5021.e1 refused, rft.Other!1 too; "
                                                "Bearer abcdef; code=Zk9-x*1&state=q client_secret=s");

  g_assert_null (strstr (out, "Secret"));
  g_assert_null (strstr (out, "Other"));
  g_assert_null (strstr (out, "abcdef"));
  g_assert_null (strstr (out, "Zk9"));
  g_assert_null (strstr (out, "=q"));
  g_assert_null (strstr (out, "=s"));
  g_assert_nonnull (strstr (out, "refused"));
}

static void
test_message_length (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *out = peal_text_dup_message (long_text);
  g_autofree char *none = peal_text_dup_message (NULL);

  g_assert_cmpuint (strlen (out), ==, 500);
  g_assert_cmpstr (none, ==, "");
}

static void
test_word (void)
{
  g_assert_true (peal_text_is_word ("v_pub_file~v2-1.75", 64, "._~-"));
  g_assert_false (peal_text_is_word ("", 64, "._~-"));
  g_assert_false (peal_text_is_word (NULL, 64, "._~-"));
  g_assert_false (peal_text_is_word ("a b", 64, "._~-"));
  g_assert_true (peal_text_is_word ("abcd", 4, ""));
  g_assert_false (peal_text_is_word ("abcde", 4, ""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/line", test_line);
  g_test_add_func ("/text/length", test_length);
  g_test_add_func ("/text/paragraph", test_paragraph);
  g_test_add_func ("/text/message-secrets", test_message_secrets);
  g_test_add_func ("/text/message-length", test_message_length);
  g_test_add_func ("/text/word", test_word);

  return g_test_run ();
}
