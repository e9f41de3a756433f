/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-redirect-query.h"

#include <string.h>

#include "peal-text.h"

#define CODE_MAX_BYTES 2048
#define WORD_MAX_BYTES 100
#define DESCRIPTION_MAX_CHARS 500

typedef enum
{
  FIELD_STATE,
  FIELD_CODE,
  FIELD_ERROR,
  FIELD_ERROR_DESCRIPTION,
  FIELD_SCOPES,
  FIELD_ISS,
  N_FIELDS,
} Field;

static const char *const field_names[N_FIELDS] = {
  [FIELD_STATE] = "state",   [FIELD_CODE] = "code",
  [FIELD_ERROR] = "error",   [FIELD_ERROR_DESCRIPTION] = "error_description",
  [FIELD_SCOPES] = "scopes", [FIELD_ISS] = "iss",
};

static void
wipe (char *text)
{
  peal_wipe_free (text, -1);
}

typedef char WipedText;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WipedText, wipe)

/* Exactly once, "+" being a space (application/x-www-form-urlencoded). NULL for a "%" without two digits, for
 * NUL and for what is no UTF-8. */
static char *
decode (const char *text, gsize length)
{
  g_autoptr (WipedText) decoded = g_malloc0 (length + 1);
  gsize n_bytes = 0;

  for (gsize i = 0; i < length; i++)
    if (text[i] == '%')
      {
        if (i + 2 >= length || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2]))
          return NULL;
        decoded[n_bytes] =
            (char)(g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2]));
        if (decoded[n_bytes++] == '\0')
          return NULL;
        i += 2;
      }
    else
      decoded[n_bytes++] = text[i] == '+' ? ' ' : text[i];

  return g_utf8_validate (decoded, (gssize)n_bytes, NULL) ? g_steal_pointer (&decoded) : NULL;
}

static gboolean
is_graphic (const char *text, gsize max_bytes)
{
  gsize length = 0;

  for (; text[length] != '\0'; length++)
    if (length >= max_bytes || !g_ascii_isgraph (text[length]))
      return FALSE;

  return length > 0;
}

/* FALSE where a parameter of ours comes for the second time, or the code holds what no code holds. */
static gboolean
take_field (PealRedirectQuery *self, gboolean seen[N_FIELDS], const char *name, const char *value)
{
  Field field = 0;

  while (field < N_FIELDS && !g_str_equal (name, field_names[field]))
    field++;
  if (field == N_FIELDS)
    return TRUE;
  if (seen[field])
    return FALSE;
  seen[field] = TRUE;
  if (value[0] == '\0')
    return TRUE;

  switch (field)
    {
    case FIELD_STATE:
      self->state = peal_secret_new (value);
      return TRUE;
    case FIELD_CODE:
      if (!is_graphic (value, CODE_MAX_BYTES))
        return FALSE;
      self->code = peal_secret_new (value);
      return TRUE;
    case FIELD_ERROR:
      self->error = g_strdup (peal_text_is_word (value, WORD_MAX_BYTES, "_-.") ? value : "unreadable");
      return TRUE;
    case FIELD_ERROR_DESCRIPTION:
      self->error_description = peal_text_dup_line (value, DESCRIPTION_MAX_CHARS);
      return TRUE;
    case FIELD_SCOPES:
      self->scopes = g_strdup (value);
      return TRUE;
    case FIELD_ISS:
      self->iss = g_strdup (value);
      return TRUE;
    case N_FIELDS:
    default:
      return FALSE;
    }
}

static gboolean
take_pair (PealRedirectQuery *self, gboolean seen[N_FIELDS], const char *pair, gsize length)
{
  const char *equals = memchr (pair, '=', length);
  gsize name_length = equals != NULL ? (gsize)(equals - pair) : length;
  g_autofree char *name = decode (pair, name_length);
  g_autoptr (WipedText) value =
      equals != NULL ? decode (equals + 1, length - name_length - 1) : g_strdup ("");

  return name != NULL && value != NULL && take_field (self, seen, name, value);
}

PealRedirectQuery *
peal_redirect_query_parse (const char *raw)
{
  g_autoptr (PealRedirectQuery) self = g_new0 (PealRedirectQuery, 1);
  gboolean seen[N_FIELDS] = { FALSE };
  const char *at = raw != NULL ? raw : "";

  if (strnlen (at, PEAL_REDIRECT_QUERY_MAX_BYTES + 1) > PEAL_REDIRECT_QUERY_MAX_BYTES)
    return NULL;
  while (*at != '\0')
    {
      gsize length = strcspn (at, "&");

      if (!take_pair (self, seen, at, length))
        return NULL;
      at += length;
      if (*at == '&')
        at++;
    }

  return g_steal_pointer (&self);
}

void
peal_redirect_query_free (PealRedirectQuery *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->state, peal_secret_unref);
  g_clear_pointer (&self->code, peal_secret_unref);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->error_description, g_free);
  g_clear_pointer (&self->scopes, g_free);
  g_clear_pointer (&self->iss, g_free);
  g_clear_pointer (&self, g_free);
}
