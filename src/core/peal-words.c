/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-words-private.h"

gboolean
peal_words_find (const char *const *words, gsize n_words, const char *text, guint *out)
{
  g_assert (words != NULL);
  g_assert (out != NULL);

  if (text == NULL)
    return FALSE;
  for (gsize i = 0; i < n_words; i++)
    {
      if (g_str_equal (words[i], text))
        {
          *out = (guint)i;
          return TRUE;
        }
    }
  return FALSE;
}
