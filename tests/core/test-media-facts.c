/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-error.h"
#include "peal-media-facts.h"

static PealMediaFacts *
new_film (void)
{
  g_autoptr (PealMediaFacts) facts = peal_media_facts_new ();

  facts->container = g_strdup ("mp4");
  facts->video_codec = g_strdup ("h264");
  facts->audio_codec = g_strdup ("aac");
  facts->size = 66259900;
  facts->duration_us = 12345678;
  facts->width = 1080;
  facts->height = 1920;
  facts->rotation = 90;
  facts->fps_num = 30000;
  facts->fps_den = 1001;
  return g_steal_pointer (&facts);
}

static void
assert_equal (const PealMediaFacts *a, const PealMediaFacts *b)
{
  g_assert_cmpstr (a->container, ==, b->container);
  g_assert_cmpstr (a->video_codec, ==, b->video_codec);
  g_assert_cmpstr (a->audio_codec, ==, b->audio_codec);
  g_assert_cmpint (a->size, ==, b->size);
  g_assert_cmpint (a->duration_us, ==, b->duration_us);
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  g_assert_cmpint (a->rotation, ==, b->rotation);
  g_assert_cmpint (a->fps_num, ==, b->fps_num);
  g_assert_cmpint (a->fps_den, ==, b->fps_den);
}

static void
test_round (void)
{
  g_autoptr (PealMediaFacts) facts = new_film ();
  g_autoptr (PealMediaFacts) copy = g_boxed_copy (PEAL_TYPE_MEDIA_FACTS, facts);
  g_autoptr (GVariant) dict = g_variant_ref_sink (peal_media_facts_to_variant (facts));
  g_autoptr (GError) error = NULL;
  g_autoptr (PealMediaFacts) back = peal_media_facts_from_variant (dict, &error);

  g_assert_no_error (error);
  assert_equal (facts, back);
  assert_equal (facts, copy);
  g_assert_cmpuint (g_variant_n_children (dict), ==, 10);
}

static void
test_without_streams (void)
{
  g_autoptr (PealMediaFacts) facts = peal_media_facts_new ();
  g_autoptr (PealMediaFacts) back = NULL;
  g_autoptr (GVariant) dict = NULL;

  g_assert_cmpint (facts->duration_us, ==, -1);
  g_assert_cmpint (facts->fps_den, ==, 1);
  facts->container = g_strdup ("avi");
  dict = g_variant_ref_sink (peal_media_facts_to_variant (facts));
  back = peal_media_facts_from_variant (dict, NULL);
  assert_equal (facts, back);
  g_assert_false (g_variant_lookup (dict, "video_codec", "s", NULL));
}

/* One member replaced by what it must not be; "" takes it out. */
static const struct
{
  const char *name;
  const char *value;
} strange[] = {
  { "container", "" },      { "container", "''" },     { "container", "5" },    { "container", "'MP4'" },
  { "container", "'a b'" }, { "video_codec", "true" }, { "video_codec", "''" }, { "audio_codec", "int64 1" },
  { "size", "" },           { "size", "int64 -1" },    { "size", "5" },         { "duration_us", "int64 -2" },
  { "duration_us", "" },    { "width", "-1" },         { "width", "65536" },    { "width", "int64 5" },
  { "height", "" },         { "height", "-5" },        { "rotation", "45" },    { "rotation", "360" },
  { "rotation", "-90" },    { "fps_num", "-1" },       { "fps_den", "0" },      { "fps_den", "-1" },
};

static void
test_strange (void)
{
  g_autoptr (PealMediaFacts) facts = new_film ();

  for (gsize i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      g_autoptr (GVariant) whole = g_variant_ref_sink (peal_media_facts_to_variant (facts));
      g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (whole);
      g_autoptr (GVariant) changed = NULL;
      g_autoptr (GError) error = NULL;

      g_variant_dict_remove (&dict, strange[i].name);
      if (*strange[i].value != '\0')
        g_variant_dict_insert_value (&dict, strange[i].name, g_variant_new_parsed (strange[i].value));
      changed = g_variant_ref_sink (g_variant_dict_end (&dict));
      if (peal_media_facts_from_variant (changed, &error) != NULL)
        g_error ("%s may be %s", strange[i].name, strange[i].value);
      g_assert_error (error, PEAL_ERROR, PEAL_ERROR_INVALID);
      g_assert_cmpstr (peal_error_get_reason (error), ==, "media_facts");
    }
}

static void
test_extra (void)
{
  g_autoptr (PealMediaFacts) facts = new_film ();
  g_autoptr (PealMediaFacts) back = NULL;
  g_autoptr (GVariant) whole = g_variant_ref_sink (peal_media_facts_to_variant (facts));
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (whole);
  g_autoptr (GVariant) more = NULL;

  g_variant_dict_insert (&dict, "of_next_year", "(ss)", "a", "b");
  more = g_variant_ref_sink (g_variant_dict_end (&dict));
  back = peal_media_facts_from_variant (more, NULL);
  assert_equal (facts, back);
}

#define BOX(SIZE, TYPE) "\0\0\0" SIZE TYPE

static const struct
{
  const char *head;
  gsize length;
  const char *container;
} heads[] = {
#define HEAD(BYTES, CONTAINER) { BYTES, sizeof (BYTES) - 1, CONTAINER }
  HEAD (BOX ("\x18", "ftyp") "isom\0\0\2\0isommp41", "mp4"),
  HEAD (BOX ("\x18", "ftyp") "mp42\0\0\0\0mp42isom", "mp4"),
  HEAD (BOX ("\x14", "ftyp") "qt  \0\0\2\0qt  ", "mov"),
  HEAD (BOX ("\x18", "ftyp") "wxyz\0\0\2\0wxyziso6", "mp4"),
  HEAD (BOX ("\x14", "ftyp") "wxyz\0\0\2\0wxyz"
                             "isom",
        NULL), /* behind the box */
  HEAD (BOX ("\x18", "ftyp") "heic\0\0\0\0mif1isom", NULL),
  HEAD (BOX ("\x18", "ftyp") "M4A \0\0\0\0isommp42", NULL),
  HEAD (BOX ("\x08", "wide") BOX ("\x14", "ftyp") "qt  \0\0\2\0qt  ", "mov"),
  HEAD (BOX ("\x08", "wide") "\0\1\0\0mdat", "mov"),
  HEAD ("\0\0\2\0moov\0\0\0\x6cmvhd", "mov"),
  HEAD (BOX ("\x14", "ftyp") "isom", "mp4"),
  HEAD (BOX ("\x14", "ftyp") "iso", NULL),
  HEAD (BOX ("\x14", "fty"), NULL),
  HEAD (BOX ("\x04", "free") BOX ("\x14", "moov"), NULL), /* no box is that short */
  HEAD ("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\xf7\x81\1\x42\xf2\x81\4\x42\xf3\x81\x08\x42\x82\x84webm",
        "webm"),
  HEAD ("\x1a\x45\xdf\xa3\xa3\x42\x86\x81\1\x42\xf7\x81\1\x42\xf2\x81\4\x42\xf3\x81\x08\x42\x82\x88matroska",
        NULL),
  HEAD ("RIFF\0\0\0\0AVI LIST", NULL),
  HEAD ("hello, this is text", NULL),
  HEAD ("", NULL),
#undef HEAD
};

static void
test_sniff (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      /* Of the exact length, so that a sanitizer sees what reads beyond. */
      g_autofree guint8 *head = g_memdup2 (heads[i].head, heads[i].length);

      g_assert_cmpstr (peal_media_sniff (head, heads[i].length), ==, heads[i].container);
      for (gsize length = 0; length < heads[i].length; length++)
        {
          g_autofree guint8 *cut = g_memdup2 (heads[i].head, length);

          peal_media_sniff (cut, length);
        }
    }
}

static void
test_content_type (void)
{
  g_assert_cmpstr (peal_media_get_content_type ("mp4"), ==, "video/mp4");
  g_assert_cmpstr (peal_media_get_content_type ("mov"), ==, "video/quicktime");
  g_assert_cmpstr (peal_media_get_content_type ("webm"), ==, "video/webm");
  g_assert_null (peal_media_get_content_type ("avi"));
  g_assert_null (peal_media_get_content_type (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media-facts/round", test_round);
  g_test_add_func ("/media-facts/without-streams", test_without_streams);
  g_test_add_func ("/media-facts/strange", test_strange);
  g_test_add_func ("/media-facts/extra", test_extra);
  g_test_add_func ("/media-facts/sniff", test_sniff);
  g_test_add_func ("/media-facts/content-type", test_content_type);
  return g_test_run ();
}
