/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-error.h"
#include "peal-media-report.h"

#define NUMBERS "size=5\nduration_us=-1\nwidth=1\nheight=2\nrotation=0\nfps_num=30\nfps_den=1\n"

static PealMediaFacts *
parse (const char *text, GError **error)
{
  return peal_media_report_parse (text, strlen (text), error);
}

static void
assert_refused (const char *text, const char *reason)
{
  g_autoptr (GError) error = NULL;

  if (parse (text, &error) != NULL)
    g_error ("This is taken for a report: %s", text);
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
}

static void
test_facts (void)
{
  g_autoptr (PealMediaFacts) facts = peal_media_facts_new ();
  g_autoptr (PealMediaFacts) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;

  facts->container = g_strdup ("webm");
  facts->video_codec = g_strdup ("vp9");
  facts->size = PEAL_MEDIA_REPORT_MAX * G_GINT64_CONSTANT (1000000);
  facts->duration_us = 1000001;
  facts->width = 720;
  facts->height = 1280;
  facts->rotation = 270;
  facts->fps_num = 24000;
  facts->fps_den = 1001;
  body = peal_media_report_format (facts, NULL);
  text = g_strconcat (PEAL_MEDIA_REPORT_HEAD, body, NULL);
  back = parse (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->container, ==, "webm");
  g_assert_cmpstr (back->video_codec, ==, "vp9");
  g_assert_null (back->audio_codec);
  g_assert_cmpint (back->size, ==, facts->size);
  g_assert_cmpint (back->duration_us, ==, 1000001);
  g_assert_cmpint (back->width, ==, 720);
  g_assert_cmpint (back->height, ==, 1280);
  g_assert_cmpint (back->rotation, ==, 270);
  g_assert_cmpint (back->fps_num, ==, 24000);
  g_assert_cmpint (back->fps_den, ==, 1001);
}

static void
test_error (void)
{
  g_autoptr (GError) error = peal_error_new (PEAL_ERROR_MEDIA, "video_damaged", "Two\nlines\a and \xff");
  g_autoptr (GError) back = NULL;
  g_autofree char *body = peal_media_report_format (NULL, error);
  g_autofree char *text = g_strconcat (PEAL_MEDIA_REPORT_HEAD, body, NULL);

  g_assert_null (parse (text, &back));
  g_assert_error (back, PEAL_ERROR, PEAL_ERROR_MEDIA);
  g_assert_cmpstr (peal_error_get_reason (back), ==, "video_damaged");
  g_assert_cmpstr (back->message, ==, "Two lines  and \xef\xbf\xbd");
}

static void
test_long_message (void)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autoptr (GError) error = peal_error_new (PEAL_ERROR_MEDIA, "not_a_video", "%s", long_text);
  g_autofree char *body = peal_media_report_format (NULL, error);
  g_autofree char *text = g_strconcat (PEAL_MEDIA_REPORT_HEAD, body, NULL);

  g_assert_cmpuint (strlen (text), <, PEAL_MEDIA_REPORT_MAX);
  assert_refused (text, "not_a_video");
}

/* Each is a good report but for one thing. */
static void
test_garbled (void)
{
  static const char *const garbled[] = {
    "",
    "peal-media 1",
    "peal-media 1\n",
    "peal-media 2\ncontainer=mp4\n" NUMBERS "end\n",
    "peal-media 1\ncontainer=mp4\n" NUMBERS,
    "peal-media 1\ncontainer=mp4\n" NUMBERS "end",
    "peal-media 1\ncontainer=mp4\n" NUMBERS "end\nmore\n",
    "peal-media 1\ncontainer=mp4\n" NUMBERS "end\n\n",
    "peal-media 1\n" NUMBERS "end\n",
    "peal-media 1\ncontainer=mp4\ncontainer=mp4\n" NUMBERS "end\n",
    "peal-media 1\ncontainer=mp4\nunknown=1\n" NUMBERS "end\n",
    "peal-media 1\ncontainer=mp4\nno equals\n" NUMBERS "end\n",
    "peal-media 1\ncontainer=MP 4\n" NUMBERS "end\n",
    "peal-media "
    "1\ncontainer=mp4\nsize=+5\nduration_us=-1\nwidth=1\nheight=2\nrotation=7\nfps_num=3\nfps_den=1\nend\n",
    "peal-media "
    "1\ncontainer=mp4\nsize=5x\nduration_us=-1\nwidth=1\nheight=2\nrotation=0\nfps_num=3\nfps_den=1\nend\n",
    "peal-media "
    "1\ncontainer=mp4\nsize=5\nduration_us=-1\nwidth=99999999999\nheight=2\nrotation=0\nfps_num=3\n"
    "fps_den=1\nend\n",
    "peal-media 1\nerror=video_damaged\nend\n",
    "peal-media 1\nerror=video_damaged\nmessage=x\n",
    "peal-media 1\nerror=of_my_own\nmessage=x\nend\n",
    "peal-media 1\nerror=\nmessage=x\nend\n",
    "peal-media 1\ncontainer=\xff\n" NUMBERS "end\n",
  };
  g_autofree char *padding = g_strnfill (PEAL_MEDIA_REPORT_MAX, 'x');
  g_autofree char *too_long =
      g_strconcat ("peal-media 1\nerror=video_damaged\nmessage=", padding, "\nend\n", NULL);
  g_autoptr (PealMediaFacts) good = parse ("peal-media 1\ncontainer=mp4\n" NUMBERS "end\n", NULL);

  g_assert_nonnull (good);
  for (gsize i = 0; i < G_N_ELEMENTS (garbled); i++)
    assert_refused (garbled[i], "probe_failed");
  assert_refused (too_long, "probe_failed");
  g_assert_null (peal_media_report_parse ("peal-media 1\ncont\0iner=mp4\nend\n", 33, NULL));
  g_assert_null (peal_media_report_parse (NULL, 0, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media-report/facts", test_facts);
  g_test_add_func ("/media-report/error", test_error);
  g_test_add_func ("/media-report/long-message", test_long_message);
  g_test_add_func ("/media-report/garbled", test_garbled);
  return g_test_run ();
}
