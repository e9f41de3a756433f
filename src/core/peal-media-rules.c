/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-media-rules.h"

#include "peal-chunk-plan.h"

#define MIN_FPS 23
#define MAX_FPS 60
#define MIN_SIDE 360
#define MAX_SIDE 4096
#define MAX_DURATION_S 600
/* Not in TikTok's documents, but told by those who tried. */
#define SHORT_DURATION_S 3

static const char *const rule_words[PEAL_N_RULES] = {
  "container", "codec", "frame_rate", "dimensions", "duration", "size",
};
static const char *const verdict_words[] = { "ok", "warning", "broken" };

static void
judge (PealRuleResult *result, PealVerdict verdict, const char *reason)
{
  result->verdict = verdict;
  result->reason = reason;
}

static void
check_container (const PealMediaFacts *facts, PealRuleResult *result)
{
  if (g_strcmp0 (facts->container, "mp4") == 0)
    judge (result, PEAL_VERDICT_OK, "ok");
  else if (peal_media_get_content_type (facts->container) != NULL)
    judge (result, PEAL_VERDICT_WARNING, "container_not_recommended");
  else
    judge (result, PEAL_VERDICT_BROKEN, "container_unsupported");
}

static void
check_codec (const PealMediaFacts *facts, PealRuleResult *result)
{
  static const char *const allowed[] = { "h265", "vp8", "vp9", NULL };

  if (facts->video_codec == NULL)
    judge (result, PEAL_VERDICT_BROKEN, "no_video_stream");
  else if (g_str_equal (facts->video_codec, "h264"))
    judge (result, PEAL_VERDICT_OK, "ok");
  else if (g_strv_contains (allowed, facts->video_codec))
    judge (result, PEAL_VERDICT_WARNING, "codec_not_recommended");
  else
    judge (result, PEAL_VERDICT_BROKEN, "codec_unsupported");
}

/* The limits are whole numbers and the rates of cameras are not (a phone's 60 is 60.02): less than half a
 * frame outside is for TikTok to judge. */
static void
check_frame_rate (const PealMediaFacts *facts, PealRuleResult *result)
{
  gint64 num = facts->fps_num;
  gint64 den = facts->fps_den;

  if (num <= 0 || den <= 0)
    judge (result, PEAL_VERDICT_WARNING, "frame_rate_unknown");
  else if (num < MIN_FPS * den)
    judge (result, 2 * num < (2 * MIN_FPS - 1) * den ? PEAL_VERDICT_BROKEN : PEAL_VERDICT_WARNING,
           "frame_rate_low");
  else if (num > MAX_FPS * den)
    judge (result, 2 * num > (2 * MAX_FPS + 1) * den ? PEAL_VERDICT_BROKEN : PEAL_VERDICT_WARNING,
           "frame_rate_high");
  else
    judge (result, PEAL_VERDICT_OK, "ok");
}

static void
check_dimensions (const PealMediaFacts *facts, PealRuleResult *result)
{
  if (facts->width <= 0 || facts->height <= 0)
    judge (result, PEAL_VERDICT_WARNING, "dimensions_unknown");
  else if (MIN (facts->width, facts->height) < MIN_SIDE)
    judge (result, PEAL_VERDICT_BROKEN, "side_too_small");
  else if (MAX (facts->width, facts->height) > MAX_SIDE)
    judge (result, PEAL_VERDICT_BROKEN, "side_too_large");
  else
    judge (result, PEAL_VERDICT_OK, "ok");
}

static void
check_duration (const PealMediaFacts *facts, gint64 max_duration_s, PealRuleResult *result)
{
  gint64 limit_s = max_duration_s > 0 ? MIN (max_duration_s, G_MAXINT32) : MAX_DURATION_S;

  if (facts->duration_us < 0)
    judge (result, PEAL_VERDICT_WARNING, "duration_unknown");
  else if (facts->duration_us > limit_s * G_USEC_PER_SEC)
    judge (result, PEAL_VERDICT_BROKEN, "duration_too_long");
  else if (facts->duration_us < SHORT_DURATION_S * G_USEC_PER_SEC)
    judge (result, PEAL_VERDICT_WARNING, "duration_short");
  else
    judge (result, PEAL_VERDICT_OK, "ok");
}

static void
check_size (const PealMediaFacts *facts, PealRuleResult *result)
{
  if (facts->size <= 0)
    judge (result, PEAL_VERDICT_BROKEN, "file_empty");
  else if (facts->size > PEAL_MAX_VIDEO_BYTES)
    judge (result, PEAL_VERDICT_BROKEN, "file_too_large");
  else
    judge (result, PEAL_VERDICT_OK, "ok");
}

const char *
peal_rule_to_string (PealRule self)
{
  g_return_val_if_fail ((guint)self < PEAL_N_RULES, "");

  return rule_words[self];
}

const char *
peal_verdict_to_string (PealVerdict self)
{
  g_return_val_if_fail ((guint)self < G_N_ELEMENTS (verdict_words), "");

  return verdict_words[self];
}

void
peal_media_rules_check (const PealMediaFacts *facts,
                        gint64 max_duration_s,
                        PealRuleResult results[PEAL_N_RULES])
{
  g_return_if_fail (facts != NULL);
  g_return_if_fail (results != NULL);

  for (int i = 0; i < PEAL_N_RULES; i++)
    results[i].rule = (PealRule)i;
  check_container (facts, &results[PEAL_RULE_CONTAINER]);
  check_codec (facts, &results[PEAL_RULE_CODEC]);
  check_frame_rate (facts, &results[PEAL_RULE_FRAME_RATE]);
  check_dimensions (facts, &results[PEAL_RULE_DIMENSIONS]);
  check_duration (facts, max_duration_s, &results[PEAL_RULE_DURATION]);
  check_size (facts, &results[PEAL_RULE_SIZE]);
}

const PealRuleResult *
peal_media_rules_find_broken (const PealRuleResult results[PEAL_N_RULES])
{
  g_return_val_if_fail (results != NULL, NULL);

  for (int i = 0; i < PEAL_N_RULES; i++)
    {
      if (results[i].verdict == PEAL_VERDICT_BROKEN)
        return &results[i];
    }
  return NULL;
}
