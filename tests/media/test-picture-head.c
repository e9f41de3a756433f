/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "peal-picture-head.h"

/* Strings of hexadecimal digits; spaces are for the reader. */
#define SOI "ffd8 "
#define APP0 "ffe0 0010 4a46494600 0101 00 0048 0048 00 00 "
#define EXIF_BE(entries) "ffe1 0022 457869660000 4d4d002a 00000008 " entries " 00000000 "
#define EXIF_LE(entries) "ffe1 0022 457869660000 49492a00 08000000 " entries " 00000000 "
#define SOF "ffc0 0011 08 0200 0100 03 012200 021101 031101 "
#define PNG "89504e470d0a1a0a 0000000d 49484452 "

static const struct
{
  const char *name;
  const char *bytes;
  const char *format; /* or NULL */
  int width, height, orientation;
} heads[] = {
  { "jpeg", SOI APP0 SOF, "jpeg", 256, 512, 1 },
  { "jpeg-progressive", SOI APP0 "ffc2 0011 08 0200 0100 03 012200", "jpeg", 256, 512, 1 },
  { "jpeg-table-before", SOI "ffc4 0006 00112233 " SOF, "jpeg", 256, 512, 1 },
  { "jpeg-filled", SOI "ffffff" APP0 "ffff " SOF, "jpeg", 256, 512, 1 },
  { "jpeg-huge", SOI "ffc0 0011 08 ea60 ea60 03 012200", "jpeg", 60000, 60000, 1 },
  { "jpeg-exif-be", SOI EXIF_BE ("0001 0112 0003 00000001 0006 0000") SOF, "jpeg", 256, 512, 6 },
  { "jpeg-exif-le", SOI EXIF_LE ("0100 1201 0300 01000000 0800 0000") SOF, "jpeg", 256, 512, 8 },
  { "jpeg-exif-second", SOI APP0 EXIF_BE ("0001 0112 0003 00000001 0003 0000") SOF, "jpeg", 256, 512, 3 },
  { "jpeg-exif-zero", SOI EXIF_BE ("0001 0112 0003 00000001 0000 0000") SOF, "jpeg", 256, 512, 1 },
  { "jpeg-exif-nine", SOI EXIF_BE ("0001 0112 0003 00000001 0009 0000") SOF, "jpeg", 256, 512, 1 },
  { "jpeg-exif-long", SOI EXIF_BE ("0001 0112 0004 00000001 0006 0000") SOF, "jpeg", 256, 512, 1 },
  { "jpeg-exif-other-tag", SOI EXIF_BE ("0001 0113 0003 00000001 0006 0000") SOF, "jpeg", 256, 512, 1 },
  { "jpeg-exif-too-many", SOI EXIF_BE ("ffff 0113 0003 00000001 0006 0000") SOF, "jpeg", 256, 512, 1 },
  { "jpeg-exif-far", SOI "ffe1 0012 457869660000 4d4d002a fffffff0 0000 " SOF, "jpeg", 256, 512, 1 },
  { "jpeg-exif-last-byte", SOI "ffe1 0011 457869660000 4d4d002a 00000008 00 " SOF, "jpeg", 256, 512, 1 },
  { "jpeg-exif-short", SOI "ffe1 0009 457869660000 4d " SOF, "jpeg", 256, 512, 1 },
  { "jpeg-exif-strange", SOI "ffe1 0012 457869660000 4d49002a 00000008 0001 " SOF, "jpeg", 256, 512, 1 },
  { "jpeg-xmp-only", SOI "ffe1 0012 687474703a2f2f6e732e61646f62652e " SOF, "jpeg", 256, 512, 1 },
  { "jpeg-no-frame", SOI APP0, "jpeg", 0, 0, 1 },
  { "jpeg-cut-in-frame", SOI "ffc0 0011 08 02", "jpeg", 0, 0, 1 },
  { "jpeg-length-too-short", SOI "ffe0 0001 ffff " SOF, "jpeg", 0, 0, 1 },
  { "jpeg-length-beyond", SOI "ffe0 ffff 00", "jpeg", 0, 0, 1 },
  { "jpeg-lost", SOI APP0 "0000 " SOF, "jpeg", 0, 0, 1 },
  { "png", PNG "00000100 00000200 08 06", "png", 256, 512, 1 },
  { "png-huge", PNG "ffffffff ea60ea60", "png", G_MAXINT, G_MAXINT, 1 },
  { "png-other-first", "89504e470d0a1a0a 0000000d 49444154 00000100 00000200", "png", 0, 0, 1 },
  { "png-cut", "89504e470d0a1a0a", "png", 0, 0, 1 },
  { "webp-lossy", "52494646 00010000 57454250 56503820 20000000 300100 9d012a 0001 0002", "webp", 256, 512,
    1 },
  { "webp-lossy-scaled", "52494646 00010000 57454250 56503820 20000000 300100 9d012a 0041 0082", "webp", 256,
    512, 1 },
  { "webp-lossless", "52494646 00010000 57454250 5650384c 20000000 2f ffc07f00", "webp", 256, 512, 1 },
  { "webp-extended", "52494646 00010000 57454250 56503858 0a000000 10000000 ff0000 ff0100", "webp", 256, 512,
    1 },
  { "webp-extended-huge", "52494646 00010000 57454250 56503858 0a000000 10000000 ffffff ffffff", "webp",
    1 << 24, 1 << 24, 1 },
  { "webp-other-first", "52494646 00010000 57454250 414e494d 0a000000 10000000 ff0000 ff0100", "webp", 0, 0,
    1 },
  { "webp-cut", "52494646 00010000 57454250", "webp", 0, 0, 1 },
  { "wav", "52494646 00010000 57415645 666d7420 10000000", NULL },
  { "gif", "474946383961 0001 0002 f0 00 00", NULL },
  { "text", "4465617220646961727921", NULL },
  { "one-byte", "ff", NULL },
  { "two-bytes", "ffd8", NULL },
  { "empty", "", NULL },
};

/* (transfer full) */
static GByteArray *
read_digits (const char *digits)
{
  GByteArray *bytes = g_byte_array_new ();

  while (*digits != '\0')
    {
      guint8 byte;

      if (*digits == ' ')
        {
          digits++;
          continue;
        }
      byte = (guint8)(g_ascii_xdigit_value (digits[0]) << 4 | g_ascii_xdigit_value (digits[1]));
      g_byte_array_append (bytes, &byte, 1);
      digits += 2;
    }
  return bytes;
}

static gboolean
read_head (const GByteArray *bytes, PealPictureHead *head)
{
  g_autofd int fd = memfd_create ("picture", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes->data, bytes->len), ==, (gssize)bytes->len);
  return peal_picture_head_read (fd, head);
}

static void
test_heads (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GByteArray) bytes = read_digits (heads[i].bytes);
      PealPictureHead head;

      g_test_message ("%s", heads[i].name);
      g_assert_cmpint (read_head (bytes, &head), ==, heads[i].format != NULL);
      if (heads[i].format == NULL)
        continue;
      g_assert_cmpstr (head.format, ==, heads[i].format);
      g_assert_cmpint (head.width, ==, heads[i].width);
      g_assert_cmpint (head.height, ==, heads[i].height);
      g_assert_cmpint (head.orientation, ==, heads[i].orientation);
    }
}

/* Segments that lead nowhere come to an end. */
static void
test_endless (void)
{
  g_autoptr (GByteArray) empty_ones = read_digits (SOI);
  g_autoptr (GByteArray) fill = read_digits (SOI);
  PealPictureHead head;

  for (int i = 0; i < 100000; i++)
    {
      g_byte_array_append (empty_ones, (const guint8 *)"\xff\xe0\x00\x02", 4);
      g_byte_array_append (fill, (const guint8 *)"\xff\xff", 2);
    }
  g_assert_true (read_head (empty_ones, &head));
  g_assert_cmpint (head.width, ==, 0);
  g_assert_true (read_head (fill, &head));
  g_assert_cmpint (head.width, ==, 0);
}

/* Cut anywhere, and changed anywhere. */
static void
test_damaged (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261128);

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GByteArray) whole = read_digits (heads[i].bytes);

      for (guint n = 0; n < 200 && whole->len > 0; n++)
        {
          g_autoptr (GByteArray) bytes = g_byte_array_new ();
          PealPictureHead head;

          g_byte_array_append (bytes, whole->data,
                               (guint)g_rand_int_range (random, 0, (gint32)whole->len) + 1);
          bytes->data[g_rand_int_range (random, 0, (gint32)bytes->len)] = (guint8)g_rand_int (random);
          if (!read_head (bytes, &head))
            continue;
          g_assert_cmpint (head.width, >=, 0);
          g_assert_cmpint (head.height, >=, 0);
          g_assert_cmpint (head.orientation, >=, 1);
          g_assert_cmpint (head.orientation, <=, 8);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture-head/heads", test_heads);
  g_test_add_func ("/picture-head/endless", test_endless);
  g_test_add_func ("/picture-head/damaged", test_damaged);

  return g_test_run ();
}
