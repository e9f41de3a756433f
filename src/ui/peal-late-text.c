/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-late-text.h"

#include <glib/gi18n.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)

static const gint64 common[] = { 0, 15 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 24 * HOUR, -1 };

GArray *
peal_late_dup_choices (gint64 current)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean placed = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (common); i++)
    {
      if (!placed && current >= 0 && (common[i] < 0 || common[i] > current))
        {
          g_array_append_val (choices, current);
          placed = TRUE;
        }
      if (common[i] == current)
        placed = TRUE;
      g_array_append_val (choices, common[i]);
    }
  return choices;
}

char *
peal_late_dup_text (gint64 seconds)
{
  gulong minutes = (gulong)(MAX (seconds, MINUTE) / MINUTE);

  if (seconds < 0)
    return g_strdup (_ ("Never"));
  if (seconds == 0)
    return g_strdup (_ ("At once"));
  if (minutes % 60 != 0)
    return g_strdup_printf (ngettext ("%lu minute", "%lu minutes", minutes), minutes);
  if (minutes != 24 * 60)
    return g_strdup_printf (ngettext ("%lu hour", "%lu hours", minutes / 60), minutes / 60);
  return g_strdup (_ ("1 day"));
}
