/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-text.h"

#include <string.h>

#define MESSAGE_MAX_CHARS 500

#define SECRET_PATTERN                                                                                       \
  "(?:act|rft|clt)\\.[\\w!%*.~-]+|[Bb]earer\\s+\\S+|"                                                        \
  "\\b(?:client_secret|code|code_verifier|refresh_token|access_token|token|state|upload_token|x-signature)=" \
  "[^&\\s\"]+"

/* Marks that reorder the text around them (Unicode UAX #9). The joiners of emoji are not among them. */
static gboolean
is_bidi_control (gunichar c)
{
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
         || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_break (gunichar c)
{
  return c == '\n' || c == '\r' || c == '\t' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static gboolean
is_dropped (gunichar c)
{
  return is_bidi_control (c) || c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xFEFF
         || (c >= 0xFFF9 && c <= 0xFFFB);
}

static char *
dup_clean (const char *text, gsize max_chars, gboolean keep_lines)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) clean = NULL;
  gsize n_chars = 0;

  if (text == NULL)
    return NULL;

  valid = g_utf8_make_valid (text, -1);
  clean = g_string_new (NULL);
  for (const char *at = valid; *at != '\0' && n_chars < max_chars; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_break (c))
        c = keep_lines && c != '\t' ? '\n' : ' ';
      else if (is_dropped (c))
        continue;
      g_string_append_unichar (clean, c);
      n_chars++;
    }
  g_strstrip (clean->str);

  return clean->str[0] != '\0' ? g_strdup (clean->str) : NULL;
}

char *
peal_text_dup_line (const char *text, gsize max_chars)
{
  return dup_clean (text, max_chars, FALSE);
}

char *
peal_text_dup_paragraph (const char *text, gsize max_chars)
{
  return dup_clean (text, max_chars, TRUE);
}

char *
peal_text_dup_message (const char *text)
{
  static GRegex *secrets = NULL;
  g_autofree char *line = NULL;
  g_autofree char *redacted = NULL;

  if (g_once_init_enter_pointer (&secrets))
    g_once_init_leave_pointer (&secrets, g_regex_new (SECRET_PATTERN, G_REGEX_OPTIMIZE, 0, NULL));

  /* A secret that the cut would halve is still recognised: redact first. */
  line = peal_text_dup_line (text, 4 * MESSAGE_MAX_CHARS);
  if (line == NULL)
    return g_strdup ("");
  redacted = g_regex_replace_literal (secrets, line, -1, 0, "…", 0, NULL);
  if (redacted == NULL)
    return g_strdup ("");

  return g_utf8_substring (redacted, 0, MIN (g_utf8_strlen (redacted, -1), MESSAGE_MAX_CHARS));
}

gboolean
peal_text_is_word (const char *text, gsize max_length, const char *others)
{
  gsize length = 0;

  if (text == NULL)
    return FALSE;
  for (; text[length] != '\0'; length++)
    if (length >= max_length || (!g_ascii_isalnum (text[length]) && strchr (others, text[length]) == NULL))
      return FALSE;

  return length > 0;
}
