/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-account.h"

#include "peal-words-private.h"

static const char *const environment_words[] = { "production", "sandbox" };
static const char *const state_words[] = { "connected", "reconnect", "disconnected" };

/* In the order of the bits. */
static const char *const scope_words[] = {
  "user.info.basic", "user.info.profile", "user.info.stats", "video.list", "video.upload", "video.publish",
};

const char *
peal_environment_to_string (PealEnvironment self)
{
  g_return_val_if_fail ((guint)self < G_N_ELEMENTS (environment_words), "");

  return environment_words[self];
}

gboolean
peal_environment_from_string (const char *text, PealEnvironment *out)
{
  guint value;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!peal_words_find (environment_words, G_N_ELEMENTS (environment_words), text, &value))
    return FALSE;
  *out = (PealEnvironment)value;
  return TRUE;
}

const char *
peal_account_state_to_string (PealAccountState self)
{
  g_return_val_if_fail ((guint)self < G_N_ELEMENTS (state_words), "");

  return state_words[self];
}

gboolean
peal_account_state_from_string (const char *text, PealAccountState *out)
{
  guint value;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!peal_words_find (state_words, G_N_ELEMENTS (state_words), text, &value))
    return FALSE;
  *out = (PealAccountState)value;
  return TRUE;
}

char *
peal_scopes_to_string (PealScopes self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scope_words); i++)
    {
      if ((self & (1u << i)) != 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", scope_words[i]);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

PealScopes
peal_scopes_from_string (const char *text)
{
  g_auto (GStrv) names = NULL;
  guint scopes = PEAL_SCOPE_NONE;

  g_return_val_if_fail (text != NULL, PEAL_SCOPE_NONE);

  names = g_strsplit_set (text, ", ", -1);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      guint bit;

      if (peal_words_find (scope_words, G_N_ELEMENTS (scope_words), names[i], &bit))
        scopes |= 1u << bit;
    }
  return (PealScopes)scopes;
}
