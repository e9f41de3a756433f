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

static void
assert_no_picture (const char *report, gsize length, int max_side, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%.60s", report);
  g_assert_null (peal_media_report_parse_picture (report, length, max_side, &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
}

/* With bytes in it that a text has not. */
static void
test_picture (void)
{
  static const guint8 rgba[] = { 0, 1, 2, '\n', 0xff, 0xfe, 'e', 'n' };
  g_autoptr (PealPicture) picture = peal_picture_new_take (2, 1, g_bytes_new_static (rgba, sizeof rgba));
  g_autoptr (PealPicture) back = NULL;
  g_autoptr (GByteArray) report = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *line = peal_media_report_format_picture (picture);

  g_byte_array_append (report, (const guint8 *)PEAL_MEDIA_REPORT_HEAD, strlen (PEAL_MEDIA_REPORT_HEAD));
  g_byte_array_append (report, (const guint8 *)line, (guint)strlen (line));
  g_byte_array_append (report, rgba, sizeof rgba);
  back = peal_media_report_parse_picture ((const char *)report->data, report->len, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpint (back->width, ==, 2);
  g_assert_cmpint (back->height, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (back->rgba, NULL), g_bytes_get_size (back->rgba), rgba, sizeof rgba);
  /* More than was asked for, and each byte too little or too much */
  assert_no_picture ((const char *)report->data, report->len, 1, "probe_failed");
  for (gsize i = 0; i < report->len; i++)
    assert_no_picture ((const char *)report->data, i, 2, "probe_failed");
  g_byte_array_append (report, rgba, 1);
  assert_no_picture ((const char *)report->data, report->len, 2, "probe_failed");
}

/* Each is a good picture of one pixel but for one thing. */
static void
test_garbled_picture (void)
{
  static const char *const garbled[] = {
    "peal-media 2\npicture=1x1\nRGBA",
    "peal-media 1\npicture=0x1\nRGBA",
    "peal-media 1\npicture=1x0\nRGBA",
    "peal-media 1\npicture=-1x-1\nRGBA",
    "peal-media 1\npicture=+1x1\nRGBA",
    "peal-media 1\npicture= 1x1\nRGBA",
    "peal-media 1\npicture=1x1 \nRGBA",
    "peal-media 1\npicture=1\nRGBA",
    "peal-media 1\npicture=1x1x1\nRGBA",
    "peal-media 1\npicture=1x\nRGBA",
    "peal-media 1\npicture=x1\nRGBA",
    "peal-media 1\npicture=\nRGBA",
    "peal-media 1\npicture=0000000000000000000001x1\nRGBA",
    "peal-media 1\npicture=18446744073709551617x1\nRGBA",
    "peal-media 1\nPicture=1x1\nRGBA",
    "peal-media 1\n\npicture=1x1\nRGBA",
    "peal-media 1\npicture=1x1RGBA",
    "peal-media 1\ncontainer=mp4\n" NUMBERS "end\n",
    "peal-media 1\nerror=of_my_own\nmessage=x\nend\n",
  };
  const char with_nul[] = "peal-media 1\npicture=1x1\0\nRGBA";
  g_autoptr (PealPicture) good =
      peal_media_report_parse_picture ("peal-media 1\npicture=1x1\nRGBA", 29, 4, NULL);

  g_assert_nonnull (good);
  for (gsize i = 0; i < G_N_ELEMENTS (garbled); i++)
    assert_no_picture (garbled[i], strlen (garbled[i]), 4, "probe_failed");
  assert_no_picture (with_nul, sizeof with_nul - 1, 4, "probe_failed");
  g_assert_null (peal_media_report_parse_picture (NULL, 0, 4, NULL));
}

static void
test_no_picture (void)
{
  static const char *const reasons[] = { "frame_missing",      "not_a_picture", "picture_too_large",
                                         "picture_unreadable", "file_empty",    "probe_timeout" };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autofree char *report = g_strdup_printf ("peal-media 1\nerror=%s\nmessage=x\nend\n", reasons[i]);

      assert_no_picture (report, strlen (report), 1, reasons[i]);
    }
}

/* Exactly what the longest picture needs, and enough for a word of why there is none. */
static void
test_picture_max (void)
{
  g_assert_cmpuint (peal_media_report_get_picture_max (PEAL_PICTURE_MAX_SIDE), ==,
                    strlen ("peal-media 1\npicture=2048x2048\n") + 2048 * 2048 * 4);
  g_assert_cmpuint (peal_media_report_get_picture_max (1), ==, PEAL_MEDIA_REPORT_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media-report/facts", test_facts);
  g_test_add_func ("/media-report/error", test_error);
  g_test_add_func ("/media-report/long-message", test_long_message);
  g_test_add_func ("/media-report/garbled", test_garbled);
  g_test_add_func ("/media-report/picture", test_picture);
  g_test_add_func ("/media-report/garbled-picture", test_garbled_picture);
  g_test_add_func ("/media-report/no-picture", test_no_picture);
  g_test_add_func ("/media-report/picture-max", test_picture_max);
  return g_test_run ();
}
