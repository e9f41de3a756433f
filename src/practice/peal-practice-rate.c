/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-rate.h"

struct _PealPracticeRate
{
  GHashTable *windows; /* key → GArray of gint64, oldest first */
};

PealPracticeRate *
peal_practice_rate_new (void)
{
  PealPracticeRate *self = g_new0 (PealPracticeRate, 1);

  self->windows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  return self;
}

void
peal_practice_rate_free (PealPracticeRate *self)
{
  g_clear_pointer (&self->windows, g_hash_table_unref);
  g_free (self);
}

gboolean
peal_practice_rate_take (PealPracticeRate *self, const char *key, guint limit, gint64 now)
{
  GArray *window = g_hash_table_lookup (self->windows, key);
  guint old = 0;

  if (window == NULL)
    {
      window = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->windows, g_strdup (key), window);
    }
  while (old < window->len && g_array_index (window, gint64, old) <= now - G_TIME_SPAN_MINUTE)
    old++;
  if (old > 0)
    g_array_remove_range (window, 0, old);
  if (window->len >= limit)
    return FALSE;
  g_array_append_val (window, now);
  return TRUE;
}
