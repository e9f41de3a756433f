/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-count-noun.h"

#include <glib/gi18n.h>

#include "peal-time-text.h"

/* For the choice of a plural form, which looks at no more than the last digits. */
static gulong
get_plural (gint64 count)
{
  return (gulong)MAX (count, 0);
}

char *
peal_count_noun_followers (gint64 count)
{
  g_autofree char *number = peal_count_text (count);

  return g_strdup_printf (ngettext ("%s follower", "%s followers", get_plural (count)), number);
}

char *
peal_count_noun_likes (gint64 count)
{
  g_autofree char *number = peal_count_text (count);

  return g_strdup_printf (ngettext ("%s like", "%s likes", get_plural (count)), number);
}

char *
peal_count_noun_videos (gint64 count)
{
  g_autofree char *number = peal_count_text (count);

  return g_strdup_printf (ngettext ("%s video", "%s videos", get_plural (count)), number);
}

char *
peal_count_noun_views (gint64 count)
{
  g_autofree char *number = peal_count_text (count);

  return g_strdup_printf (ngettext ("%s view", "%s views", get_plural (count)), number);
}

char *
peal_count_noun_comments (gint64 count)
{
  g_autofree char *number = peal_count_text (count);

  return g_strdup_printf (ngettext ("%s comment", "%s comments", get_plural (count)), number);
}

char *
peal_count_noun_shares (gint64 count)
{
  g_autofree char *number = peal_count_text (count);

  return g_strdup_printf (ngettext ("%s share", "%s shares", get_plural (count)), number);
}
