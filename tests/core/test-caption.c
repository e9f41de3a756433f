/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-caption.h"
#include "peal-error.h"

static const struct
{
  const char *caption;
  gsize units;
} counts[] = {
  { "", 0 },
  { "abc", 3 },
  { "Café 🐈 #cat", 12 },
  { "\xef\xbf\xbf", 1 },     /* U+FFFF, the last of one unit */
  { "\xf0\x90\x80\x80", 2 }, /* U+10000, the first of two */
  { "e\xcc\x81", 2 },        /* a letter and its accent are two */
  { "👩‍👩‍👧", 8 },
};

static void
test_count (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpuint (peal_caption_count_units (counts[i].caption), ==, counts[i].units);
}

/* What GLib's own conversion makes of random text. */
static void
test_count_like_utf16 (void)
{
  for (int round = 0; round < 500; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree gunichar2 *utf16 = NULL;
      long n_units = 0;

      for (int i = g_test_rand_int_range (0, 40); i > 0; i--)
        {
          gunichar c = (gunichar)g_test_rand_int_range (1, 0x110000);

          if (g_unichar_validate (c))
            g_string_append_unichar (text, c);
        }
      utf16 = g_utf8_to_utf16 (text->str, -1, NULL, &n_units, NULL);
      g_assert_cmpuint (peal_caption_count_units (text->str), ==, (gsize)n_units);
    }
}

static void
assert_refused (const char *caption, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (peal_caption_check (caption, &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_INVALID);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
}

static void
test_check (void)
{
  g_autofree char *longest = g_strnfill (PEAL_CAPTION_MAX_UNITS, 'x');
  g_autofree char *longer = g_strnfill (PEAL_CAPTION_MAX_UNITS + 1, 'x');
  g_autoptr (GString) cats = g_string_new (NULL);

  for (int i = 0; i < PEAL_CAPTION_MAX_UNITS / 2; i++)
    g_string_append (cats, "🐈");
  g_assert_true (peal_caption_check (NULL, NULL));
  g_assert_true (peal_caption_check ("", NULL));
  g_assert_true (peal_caption_check ("two\nlines\tand a tab", NULL));
  g_assert_true (peal_caption_check (longest, NULL));
  g_assert_true (peal_caption_check (cats->str, NULL));
  g_string_append_c (cats, 'x');
  assert_refused (cats->str, "caption_too_long");
  assert_refused (longer, "caption_too_long");
  assert_refused ("bell\a", "caption_control");
  assert_refused ("\x1f", "caption_control");
  assert_refused ("line\r\n", "caption_control");
  assert_refused ("\xff", "caption_not_utf8");
  assert_refused ("cut \xf0\x9f\x90", "caption_not_utf8");
  assert_refused ("\xed\xa0\x80", "caption_not_utf8");
}

static void
test_clean (void)
{
  static const char *const texts[][2] = {
    { "", "" },
    { "two\nlines\tand a tab", "two\nlines\tand a tab" },
    { "of\r\nWindows", "of\nWindows" },
    { "of\rold\r\r\nMacs\r", "of\nold\n\nMacs\n" },
    { "of\xe2\x80\xa8pages\xe2\x80\xa9", "of\npages\n" },
    { "a\x07 bell\x1b", "a bell" },
    { "Café 🐈", "Café 🐈" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *clean = peal_caption_clean (texts[i][0]);

      g_assert_cmpstr (clean, ==, texts[i][1]);
      g_assert_true (peal_caption_check (clean, NULL));
    }
}

static void
test_marks (void)
{
  static const struct
  {
    const char *text;
    const char *marks; /* with a space after each */
  } texts[] = {
    { "", "" },
    { "no marks, not even # or @ or ## or @. or #! here", "" },
    { "#cat", "#cat " },
    { "My #cat, and my #Hund_2!", "#cat #Hund_2 " },
    { "#cat#dog", "#cat #dog " },
    { "#Straße #猫 #כלב #हिन्दी", "#Straße #猫 #כלב #हिन्दी " },
    { "@mara.bakes. and @_x", "@mara.bakes @_x " },
    { "mara@example.org, C#major", "" },
    { "(@mara)\n#one\n", "@mara #one " },
    { "🐈#cat", "#cat " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) marks = g_string_new (NULL);
      const char *start = NULL;
      const char *end = NULL;

      for (const char *p = texts[i].text; peal_caption_find_mark (p, &start, &end); p = end)
        {
          g_string_append_len (marks, start, end - start);
          g_string_append_c (marks, ' ');
        }
      g_assert_cmpstr (marks->str, ==, texts[i].marks);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/caption/count", test_count);
  g_test_add_func ("/caption/count-like-utf16", test_count_like_utf16);
  g_test_add_func ("/caption/check", test_check);
  g_test_add_func ("/caption/clean", test_clean);
  g_test_add_func ("/caption/marks", test_marks);
  return g_test_run ();
}
