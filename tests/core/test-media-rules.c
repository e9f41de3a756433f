/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-media-rules.h"

/* A good video, of which a case spoils one thing. */
static const PealMediaFacts good = {
  .container = (char *)"mp4",
  .video_codec = (char *)"h264",
  .audio_codec = (char *)"aac",
  .size = 66259900,
  .duration_us = 30000000,
  .width = 1080,
  .height = 1920,
  .fps_num = 30,
  .fps_den = 1,
};

static void
assert_verdict (const PealMediaFacts *facts,
                gint64 max_s,
                PealRule rule,
                PealVerdict verdict,
                const char *reason)
{
  PealRuleResult results[PEAL_N_RULES];
  const PealRuleResult *broken;

  peal_media_rules_check (facts, max_s, results);
  for (int i = 0; i < PEAL_N_RULES; i++)
    {
      g_assert_cmpint (results[i].rule, ==, i);
      if (i == (int)rule)
        continue;
      g_assert_cmpint (results[i].verdict, ==, PEAL_VERDICT_OK);
      g_assert_cmpstr (results[i].reason, ==, "ok");
    }
  g_assert_cmpstr (results[rule].reason, ==, reason);
  g_assert_cmpint (results[rule].verdict, ==, verdict);
  broken = peal_media_rules_find_broken (results);
  g_assert_true (broken == (verdict == PEAL_VERDICT_BROKEN ? &results[rule] : NULL));
}

static void
test_good (void)
{
  for (int rule = 0; rule < PEAL_N_RULES; rule++)
    assert_verdict (&good, 0, (PealRule)rule, PEAL_VERDICT_OK, "ok");
}

static void
test_container (void)
{
  static const struct
  {
    const char *container;
    PealVerdict verdict;
    const char *reason;
  } cases[] = {
    { "mov", PEAL_VERDICT_WARNING, "container_not_recommended" },
    { "webm", PEAL_VERDICT_WARNING, "container_not_recommended" },
    { "matroska", PEAL_VERDICT_BROKEN, "container_unsupported" },
    { NULL, PEAL_VERDICT_BROKEN, "container_unsupported" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PealMediaFacts facts = good;

      facts.container = (char *)cases[i].container;
      assert_verdict (&facts, 0, PEAL_RULE_CONTAINER, cases[i].verdict, cases[i].reason);
    }
}

static void
test_codec (void)
{
  static const struct
  {
    const char *codec;
    PealVerdict verdict;
    const char *reason;
  } cases[] = {
    { "h265", PEAL_VERDICT_WARNING, "codec_not_recommended" },
    { "vp8", PEAL_VERDICT_WARNING, "codec_not_recommended" },
    { "vp9", PEAL_VERDICT_WARNING, "codec_not_recommended" },
    { "av1", PEAL_VERDICT_BROKEN, "codec_unsupported" },
    { NULL, PEAL_VERDICT_BROKEN, "no_video_stream" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PealMediaFacts facts = good;

      facts.video_codec = (char *)cases[i].codec;
      assert_verdict (&facts, 0, PEAL_RULE_CODEC, cases[i].verdict, cases[i].reason);
    }
}

static void
test_frame_rate (void)
{
  static const struct
  {
    int num, den;
    PealVerdict verdict;
    const char *reason;
  } cases[] = {
    { 23, 1, PEAL_VERDICT_OK, "ok" },
    { 24000, 1001, PEAL_VERDICT_OK, "ok" },
    { 60, 1, PEAL_VERDICT_OK, "ok" },
    { 60000, 1001, PEAL_VERDICT_OK, "ok" },
    { 6002, 100, PEAL_VERDICT_WARNING, "frame_rate_high" },
    { 121, 2, PEAL_VERDICT_WARNING, "frame_rate_high" },
    { 61, 1, PEAL_VERDICT_BROKEN, "frame_rate_high" },
    { 120, 1, PEAL_VERDICT_BROKEN, "frame_rate_high" },
    { 2299, 100, PEAL_VERDICT_WARNING, "frame_rate_low" },
    { 22, 1, PEAL_VERDICT_BROKEN, "frame_rate_low" },
    { 15, 1, PEAL_VERDICT_BROKEN, "frame_rate_low" },
    { G_MAXINT, G_MAXINT, PEAL_VERDICT_BROKEN, "frame_rate_low" },
    { G_MAXINT, 1, PEAL_VERDICT_BROKEN, "frame_rate_high" },
    { 0, 1, PEAL_VERDICT_WARNING, "frame_rate_unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PealMediaFacts facts = good;

      facts.fps_num = cases[i].num;
      facts.fps_den = cases[i].den;
      assert_verdict (&facts, 0, PEAL_RULE_FRAME_RATE, cases[i].verdict, cases[i].reason);
    }
}

static void
test_dimensions (void)
{
  static const struct
  {
    int width, height;
    PealVerdict verdict;
    const char *reason;
  } cases[] = {
    { 360, 360, PEAL_VERDICT_OK, "ok" },
    { 4096, 4096, PEAL_VERDICT_OK, "ok" },
    { 359, 4096, PEAL_VERDICT_BROKEN, "side_too_small" },
    { 640, 359, PEAL_VERDICT_BROKEN, "side_too_small" },
    { 4097, 360, PEAL_VERDICT_BROKEN, "side_too_large" },
    { 360, 4097, PEAL_VERDICT_BROKEN, "side_too_large" },
    { 0, 0, PEAL_VERDICT_WARNING, "dimensions_unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PealMediaFacts facts = good;

      facts.width = cases[i].width;
      facts.height = cases[i].height;
      assert_verdict (&facts, 0, PEAL_RULE_DIMENSIONS, cases[i].verdict, cases[i].reason);
    }
}

static void
test_duration (void)
{
  static const struct
  {
    gint64 duration_us, max_s;
    PealVerdict verdict;
    const char *reason;
  } cases[] = {
    { 600000000, 0, PEAL_VERDICT_OK, "ok" },
    { 600000001, 0, PEAL_VERDICT_BROKEN, "duration_too_long" },
    { 600000001, 3600, PEAL_VERDICT_OK, "ok" },
    { 180000000, 180, PEAL_VERDICT_OK, "ok" },
    { 180000001, 180, PEAL_VERDICT_BROKEN, "duration_too_long" },
    { 3000000, 0, PEAL_VERDICT_OK, "ok" },
    { 2999999, 0, PEAL_VERDICT_WARNING, "duration_short" },
    { 600000000, G_MAXINT64, PEAL_VERDICT_OK, "ok" },
    { -1, 60, PEAL_VERDICT_WARNING, "duration_unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PealMediaFacts facts = good;

      facts.duration_us = cases[i].duration_us;
      assert_verdict (&facts, cases[i].max_s, PEAL_RULE_DURATION, cases[i].verdict, cases[i].reason);
    }
}

static void
test_size (void)
{
  PealMediaFacts facts = good;

  facts.size = 4000000000;
  assert_verdict (&facts, 0, PEAL_RULE_SIZE, PEAL_VERDICT_OK, "ok");
  facts.size++;
  assert_verdict (&facts, 0, PEAL_RULE_SIZE, PEAL_VERDICT_BROKEN, "file_too_large");
  facts.size = 0;
  assert_verdict (&facts, 0, PEAL_RULE_SIZE, PEAL_VERDICT_BROKEN, "file_empty");
}

static void
test_words (void)
{
  static const char *const rules[] = { "container", "codec", "frame_rate", "dimensions", "duration", "size" };
  static const char *const verdicts[] = { "ok", "warning", "broken" };

  for (int i = 0; i < (int)G_N_ELEMENTS (rules); i++)
    g_assert_cmpstr (peal_rule_to_string ((PealRule)i), ==, rules[i]);
  for (int i = 0; i < (int)G_N_ELEMENTS (verdicts); i++)
    g_assert_cmpstr (peal_verdict_to_string ((PealVerdict)i), ==, verdicts[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media-rules/good", test_good);
  g_test_add_func ("/media-rules/container", test_container);
  g_test_add_func ("/media-rules/codec", test_codec);
  g_test_add_func ("/media-rules/frame-rate", test_frame_rate);
  g_test_add_func ("/media-rules/dimensions", test_dimensions);
  g_test_add_func ("/media-rules/duration", test_duration);
  g_test_add_func ("/media-rules/size", test_size);
  g_test_add_func ("/media-rules/words", test_words);
  return g_test_run ();
}
