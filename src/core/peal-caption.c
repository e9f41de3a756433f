/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-caption.h"

#include "peal-error.h"

static gboolean
has_control (const char *caption)
{
  for (const char *p = caption; *p != '\0'; p++)
    {
      if ((guchar)*p < 0x20 && *p != '\n' && *p != '\t')
        return TRUE;
    }
  return FALSE;
}

gsize
peal_caption_count_units (const char *caption)
{
  gsize units = 0;

  g_return_val_if_fail (caption != NULL, 0);

  for (const char *p = caption; *p != '\0'; p = g_utf8_next_char (p))
    units += g_utf8_get_char (p) > 0xffff ? 2 : 1;
  return units;
}

gboolean
peal_caption_check (const char *caption, GError **error)
{
  gsize units;

  if (caption == NULL)
    return TRUE;
  if (!g_utf8_validate (caption, -1, NULL))
    {
      g_propagate_error (
          error, peal_error_new (PEAL_ERROR_INVALID, "caption_not_utf8", "The caption is not valid UTF-8"));
      return FALSE;
    }
  if (has_control (caption))
    {
      g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "caption_control",
                                                "The caption contains a control character"));
      return FALSE;
    }
  units = peal_caption_count_units (caption);
  if (units > PEAL_CAPTION_MAX_UNITS)
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "caption_too_long",
                                         "The caption has %" G_GSIZE_FORMAT " characters of at most %d",
                                         units, PEAL_CAPTION_MAX_UNITS));
      return FALSE;
    }
  return TRUE;
}

/* U+2029 is what a text editor puts between paragraphs, and U+2028 between lines. */
static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

char *
peal_caption_clean (const char *text)
{
  g_autoptr (GString) clean = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  clean = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p[1] == '\n')
        continue;
      if (is_line_end (c))
        g_string_append_c (clean, '\n');
      else if (c >= 0x20 || c == '\t')
        g_string_append_unichar (clean, c);
    }
  return g_string_free_and_steal (g_steal_pointer (&clean));
}

static gboolean
is_word (gunichar c)
{
  return c == '_' || g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* The end of the word that follows the "#" or "@" at @mark; @mark itself where none does. A handle has ASCII
 * letters, digits, underscores and, but for its last character, dots. */
static const char *
find_mark_end (const char *mark)
{
  const char *end = mark + 1;

  if (*mark == '@')
    {
      while (g_ascii_isalnum (*end) || *end == '_' || *end == '.')
        end++;
      while (end[-1] == '.')
        end--;
    }
  else
    while (*end != '\0' && is_word (g_utf8_get_char (end)))
      end = g_utf8_next_char (end);
  return end == mark + 1 ? mark : end;
}

gboolean
peal_caption_find_mark (const char *text, const char **start, const char **end)
{
  gunichar before = ' ';

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (start != NULL && end != NULL, FALSE);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if ((*p == '#' || *p == '@') && !is_word (before) && (*end = find_mark_end (p)) != p)
        {
          *start = p;
          return TRUE;
        }
      before = g_utf8_get_char (p);
    }
  return FALSE;
}
