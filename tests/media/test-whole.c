/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "peal-media-whole.h"

/* "name" is a box of 8 bytes; "name:N" one of N bytes. */
static void
append_box (GByteArray *bytes, const char *box)
{
  guint32 length = GUINT32_TO_BE ((guint32)(box[4] == ':' ? g_ascii_strtoull (box + 5, NULL, 10) : 8));
  g_autofree guint8 *rest = g_malloc0 (1000);

  g_byte_array_append (bytes, (const guint8 *)&length, 4);
  g_byte_array_append (bytes, (const guint8 *)box, 4);
  if (GUINT32_FROM_BE (length) > 8)
    g_byte_array_append (bytes, rest, GUINT32_FROM_BE (length) - 8);
}

static gboolean
is_whole (const guint8 *bytes, gsize length, const char *container)
{
  g_autofd int fd = memfd_create ("film", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, length), ==, (gssize)length);
  return peal_media_is_whole (fd, (gint64)length, container);
}

static void
test_boxes (void)
{
  static const struct
  {
    const char *boxes;
    gboolean whole;
  } cases[] = {
    { "ftyp:24 moov:200 mdat:900", TRUE },
    { "ftyp:24 mdat:900 moov:200", TRUE },
    { "ftyp:24 free wide mdat:900 moov", TRUE },
    { "ftyp:24 mdat:900", FALSE },
    { "ftyp:24", FALSE },
    { "moof:100 mdat:500", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_auto (GStrv) boxes = g_strsplit (cases[i].boxes, " ", -1);

      for (gsize b = 0; boxes[b] != NULL; b++)
        append_box (bytes, boxes[b]);
      g_test_message ("%s", cases[i].boxes);
      g_assert_cmpint (is_whole (bytes->data, bytes->len, "mp4"), ==, cases[i].whole);
      g_assert_cmpint (is_whole (bytes->data, bytes->len, "mov"), ==, cases[i].whole);
    }
}

/* Wherever a film is cut, but where only the stump of a box's head is gone. */
static void
test_cut_anywhere (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  append_box (bytes, "ftyp:24");
  append_box (bytes, "moov:100");
  append_box (bytes, "mdat:200");
  for (gsize length = 0; length < bytes->len; length++)
    {
      gboolean at_moov_end = length >= 124 && length < 132;

      g_assert_cmpint (is_whole (bytes->data, length, "mp4"), ==, at_moov_end);
    }
}

#define BYTES(TEXT) (const guint8 *)TEXT, sizeof (TEXT) - 1

static void
test_odd_boxes (void)
{
  /* To the end of the file; of 64 bits; a camera's zeros behind; of no possible length; longer than anything.
   */
  g_assert_true (is_whole (BYTES ("\0\0\0\x08moov\0\0\0\0mdatxxxxxxxx"), "mp4"));
  g_assert_true (is_whole (BYTES ("\0\0\0\x08moov\0\0\0\1mdat\0\0\0\0\0\0\0\x12xx"), "mp4"));
  g_assert_false (is_whole (BYTES ("\0\0\0\x08moov\0\0\0\1mdat\0\0\0\0\0\0\0\x13xx"), "mp4"));
  g_assert_false (is_whole (BYTES ("\0\0\0\x08moov\0\0\0\1mdat\xff\xff\xff\xff\xff\xff\xff\xff"), "mp4"));
  g_assert_true (is_whole (BYTES ("\0\0\0\x08moov\0\0\0\0\0\0\0\0\0\0\0\0"), "mp4"));
  g_assert_false (is_whole (BYTES ("\0\0\0\0\0\0\0\0\0\0\0\x08moov"), "mp4"));
  g_assert_false (is_whole (BYTES ("\0\0\0\x04mdat\0\0\0\x08moov"), "mp4"));
  /* What would be a moov, were a box of 64 bits allowed to be shorter than its head. */
  g_assert_false (is_whole (BYTES ("\0\0\0\1mdat\0\0\0\0\0\0\0\x0cmoovxxxx"), "mp4"));
  g_assert_false (is_whole (BYTES (""), "mp4"));
}

static void
test_elements (void)
{
  g_assert_true (is_whole (BYTES ("\x1a\x45\xdf\xa3\x82xx\x18\x53\x80\x67\x84"
                                  "data"),
                           "webm"));
  g_assert_true (is_whole (BYTES ("\x1a\x45\xdf\xa3\x82xx\x18\x53\x80\x67\x84"
                                  "data!"),
                           "matroska"));
  g_assert_false (is_whole (BYTES ("\x1a\x45\xdf\xa3\x82xx\x18\x53\x80\x67\x84"
                                   "dat"),
                            "webm"));
  g_assert_true (is_whole (BYTES ("\x1a\x45\xdf\xa3\x82xx\x18\x53\x80\x67\1\0\0\0\0\0\0\4"
                                  "data"),
                           "webm"));
  g_assert_false (is_whole (BYTES ("\x1a\x45\xdf\xa3\x82xx\x18\x53\x80\x67\1\0\0\0\0\0\0\5"
                                   "data"),
                            "webm"));
  /* A length that is not known yet */
  g_assert_true (is_whole (BYTES ("\x1a\x45\xdf\xa3\x82xx\x18\x53\x80\x67\xff"
                                  "data"),
                           "webm"));
  g_assert_true (is_whole (BYTES ("\x1a\x45\xdf\xa3\x82xx\x18\x53\x80\x67\1\xff\xff\xff\xff\xff\xff\xff"
                                  "d"),
                           "webm"));
  g_assert_false (is_whole (BYTES ("\x1a\x45\xdf\xa3\x82xx"), "webm"));
  g_assert_false (is_whole (BYTES ("\x1a\x45\xdf\xa3\x8fxx"), "webm"));
  g_assert_false (is_whole (BYTES ("\x1a\x45\xdf\xa3\x82xx\x18\x53\x80\x67\0xxxx"), "webm"));
  g_assert_false (is_whole (BYTES ("\x1a\x45\xdf\xa3\x82xx\x18\x53\x80\x67\1\0\0"), "webm"));
}

static void
test_without_boxes (void)
{
  g_assert_true (is_whole (BYTES ("RIFF"), "avi"));
}

/* Whatever stands there, it ends, and reads no further than it may. */
static void
test_noise (void)
{
  static const char *const types[] = { "moov", "mdat", "ftyp", "free" };
  guint8 bytes[256];

  for (int round = 0; round < 3000; round++)
    {
      gsize length = (gsize)g_test_rand_int_range (0, sizeof bytes);

      for (gsize i = 0; i < length; i++)
        bytes[i] = (guint8)g_test_rand_int_range (0, round % 3 == 0 ? 256 : 12);
      for (gsize i = 4; i + 4 <= length && round % 2 == 0; i += 8)
        memcpy (bytes + i, types[g_test_rand_int_range (0, G_N_ELEMENTS (types))], 4);
      is_whole (bytes, length, "mp4");
      is_whole (bytes, length, "webm");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/whole/boxes", test_boxes);
  g_test_add_func ("/whole/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/whole/odd-boxes", test_odd_boxes);
  g_test_add_func ("/whole/elements", test_elements);
  g_test_add_func ("/whole/without-boxes", test_without_boxes);
  g_test_add_func ("/whole/noise", test_noise);
  return g_test_run ();
}
