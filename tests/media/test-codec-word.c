/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-codec-word.h"

static void
test_codecs (void)
{
  static const struct
  {
    const char *caps;
    const char *word;
  } cases[] = {
    { "video/x-h264,profile=high", "h264" },
    { "video/x-h265", "h265" },
    { "video/x-vp8", "vp8" },
    { "video/x-vp9", "vp9" },
    { "video/x-av1", "av1" },
    { "video/mpeg,mpegversion=2", "mpeg2" },
    { "video/mpeg,mpegversion=4", "mpeg4" },
    { "video/mpeg", "mpeg" },
    { "audio/mpeg,mpegversion=1,layer=3", "mp3" },
    { "audio/mpeg,mpegversion=4", "aac" },
    { "audio/x-opus", "opus" },
    { "audio/x-raw,format=S16LE", "pcm" },
    { "video/x-ProRes", "prores" },
    { "video/x-", "unknown" },
    { "video/x-a.name.of.more.than.thirty.two.letters", "a.name.of.more.than.thirty.two.l" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GstCaps) caps = gst_caps_from_string (cases[i].caps);
      g_autofree char *word = peal_codec_word_from_caps (caps);

      g_assert_cmpstr (word, ==, cases[i].word);
    }
}

static void
test_containers (void)
{
  static const struct
  {
    const char *caps;
    const char *word;
  } cases[] = {
    { "video/quicktime,variant=apple", "mov" },
    { "video/quicktime,variant=iso", "mp4" },
    { "video/quicktime,variant=3gpp", "3gp" },
    { "video/quicktime", "mov" },
    { "video/webm", "webm" },
    { "video/x-matroska", "matroska" },
    { "video/x-msvideo", "avi" },
    { "video/mpegts,packetsize=188", "mpegts" },
    { "audio/mpeg,mpegversion=1", NULL },
    { "text/plain", NULL },
    { "image/jpeg", NULL },
    { "audio/x-m4a", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GstCaps) caps = gst_caps_from_string (cases[i].caps);

      g_assert_cmpstr (peal_container_word_from_caps (caps), ==, cases[i].word);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", "", TRUE);
  g_setenv ("GST_REGISTRY_1_0", "/dev/null", TRUE);
  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec-word/codecs", test_codecs);
  g_test_add_func ("/codec-word/containers", test_containers);
  return g_test_run ();
}
