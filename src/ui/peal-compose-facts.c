/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-facts.h"

#include <glib/gi18n.h>

/* The names that people know; TikTok's documents have them too. */
static const struct
{
  const char *word;
  const char *name;
} names[] = {
  { "mp4", "MP4" },    { "mov", "MOV" }, { "webm", "WebM" }, { "h264", "H.264" },
  { "h265", "H.265" }, { "vp8", "VP8" }, { "vp9", "VP9" },   { "av1", "AV1" },
};

static const char *
get_name (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].word, word))
      return names[i].name;
  return word;
}

static char *
describe_rate (const PealMediaFacts *facts)
{
  double rate;

  if (facts->fps_num <= 0 || facts->fps_den <= 0)
    return g_strdup ("–");
  rate = (double)facts->fps_num / facts->fps_den;
  if (facts->fps_num % facts->fps_den == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d frame a second", "%d frames a second",
                                         (gulong)(facts->fps_num / facts->fps_den)),
                            facts->fps_num / facts->fps_den);
  /* Translators: as in "29.97 frames a second" */
  return g_strdup_printf (_ ("%.2f frames a second"), rate);
}

char *
peal_compose_duration_to_text (gint64 us)
{
  gint64 seconds = us / G_USEC_PER_SEC;

  if (seconds >= 60 * 60)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", seconds / (60 * 60), (int)(seconds / 60 % 60),
                            (int)(seconds % 60));
  return g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

char *
peal_compose_facts_to_text (const PealMediaFacts *facts, PealRule rule)
{
  g_return_val_if_fail (facts != NULL, NULL);

  switch (rule)
    {
    case PEAL_RULE_CONTAINER:
      return g_strdup (facts->container != NULL ? get_name (facts->container) : "–");
    case PEAL_RULE_CODEC:
      return g_strdup (facts->video_codec != NULL ? get_name (facts->video_codec) : "–");
    case PEAL_RULE_FRAME_RATE:
      return describe_rate (facts);
    case PEAL_RULE_DIMENSIONS:
      return facts->width > 0 && facts->height > 0 ? g_strdup_printf ("%d × %d", facts->width, facts->height)
                                                   : g_strdup ("–");
    case PEAL_RULE_DURATION:
      return facts->duration_us >= 0 ? peal_compose_duration_to_text (facts->duration_us) : g_strdup ("–");
    case PEAL_RULE_SIZE:
      return facts->size > 0 ? g_format_size ((guint64)facts->size) : g_strdup ("–");
    default:
      return g_strdup ("–");
    }
}
