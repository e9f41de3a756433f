/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-when-clock.h"

#include <string.h>

#define MAX_TEXT 64

typedef enum
{
  ANY_HALF,
  MORNING,
  AFTERNOON,
} Half;

/* No more than this is told apart: spaces of all kinds, marks of direction and full stops within "p.m." go,
 * digits become ASCII, letters small. */
static char *
simplify (const char *text)
{
  g_autofree char *small = g_utf8_casefold (text, -1);
  g_autoptr (GString) simple = g_string_new (NULL);

  for (const char *p = small; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean after_letter = simple->len > 0 && !g_ascii_isdigit (simple->str[simple->len - 1]);

      if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_FORMAT || (c == '.' && after_letter))
        continue;
      if (g_unichar_isdigit (c))
        g_string_append_c (simple, (char)('0' + g_unichar_digit_value (c)));
      else
        g_string_append_unichar (simple, c);
    }
  return g_string_free_and_steal (g_steal_pointer (&simple));
}

/* (transfer full): what the user's language calls the half of the day that has @hour. */
static char *
dup_local_word (int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 1, 1, hour, 0, 0);
  g_autofree char *word = g_date_time_format (time, "%p");

  return simplify (word != NULL ? word : "");
}

static gboolean
take_word (char **text, const char *word)
{
  gsize length = strlen (word);

  if (length == 0)
    return FALSE;
  if (g_str_has_prefix (*text, word) && g_ascii_isdigit ((*text)[length]))
    {
      *text += length;
      return TRUE;
    }
  if (g_str_has_suffix (*text, word))
    {
      (*text)[strlen (*text) - length] = '\0';
      return TRUE;
    }
  return FALSE;
}

static Half
take_half (char **text)
{
  g_autofree char *morning = dup_local_word (6);
  g_autofree char *afternoon = dup_local_word (18);

  if (take_word (text, morning) || take_word (text, "am") || take_word (text, "a"))
    return MORNING;
  if (take_word (text, afternoon) || take_word (text, "pm") || take_word (text, "p"))
    return AFTERNOON;
  return ANY_HALF;
}

/* The length of the digits at @text, and their value where there are no more than four. */
static int
take_digits (const char **text, int *value)
{
  int n_digits = 0;

  *value = 0;
  for (; g_ascii_isdigit (**text); (*text)++, n_digits++)
    if (n_digits < 4)
      *value = *value * 10 + (**text - '0');
  return n_digits;
}

/* "9", "930" or "9:30" */
static gboolean
read_digits (const char *text, int *hour, int *minute)
{
  int first, n_first = take_digits (&text, &first);

  if (n_first == 3 || n_first == 4)
    {
      *hour = first / 100;
      *minute = first % 100;
      return *text == '\0';
    }
  *hour = first;
  *minute = 0;
  if (n_first == 0 || n_first > 2)
    return FALSE;
  if (*text == '\0')
    return TRUE;
  if (strchr (":.h", *text) == NULL)
    return FALSE;
  text++;
  return take_digits (&text, minute) == 2 && *text == '\0';
}

gboolean
peal_when_clock_parse (const char *text, int *hour, int *minute)
{
  g_autofree char *simple = NULL;
  char *rest = NULL;
  Half half;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (hour != NULL && minute != NULL, FALSE);

  if (strlen (text) > MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  rest = simple = simplify (text);
  half = take_half (&rest);
  if (half == ANY_HALF && !take_word (&rest, "uhr") && strlen (rest) <= 3)
    take_word (&rest, "h");
  if (!read_digits (rest, hour, minute) || *minute > 59)
    return FALSE;
  if (half == ANY_HALF)
    return *hour <= 23;
  if (*hour < 1 || *hour > 12)
    return FALSE;
  *hour = *hour % 12 + (half == AFTERNOON ? 12 : 0);
  return TRUE;
}
