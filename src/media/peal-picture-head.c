/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-picture-head.h"

#include <string.h>

#include "peal-bytes.h"

/* Enough for the heads of PNG and WebP. */
#define HEAD_SIZE 32
/* A camera leaves a few dozen before the picture. */
#define MAX_SEGMENTS 1000
#define MARKER_SIZE 4
/* From the length on: up to the width of a frame header (ITU-T T.81 §B.2.2) */
#define FRAME_SIZE 7
#define EXIF_MAGIC "Exif\0\0"
#define EXIF_MAGIC_SIZE 6
#define MAX_EXIF (64 * 1024)
#define MAX_ENTRIES 200
#define ENTRY_SIZE 12
#define ORIENTATION_TAG 0x0112
#define SHORT_TYPE 3

typedef guint64 (*GetNumber) (const guint8 *bytes, gsize length);

/* The orientation in the first directory of @tiff (CIPA DC-008 §4.6, TIFF 6.0 §2), or 1. */
static int
find_orientation (const guint8 *tiff, gsize length)
{
  GetNumber get = NULL;
  gsize offset;
  gsize n_entries;

  if (length < 8)
    return 1;
  if (memcmp (tiff, "MM\0*", 4) == 0)
    get = peal_bytes_get_be;
  else if (memcmp (tiff, "II*\0", 4) == 0)
    get = peal_bytes_get_le;
  else
    return 1;
  offset = get (tiff + 4, 4);
  if (offset > length - 2)
    return 1;
  n_entries = MIN (get (tiff + offset, 2), MAX_ENTRIES);
  offset += 2;
  for (gsize i = 0; i < n_entries && length - offset >= ENTRY_SIZE; i++, offset += ENTRY_SIZE)
    {
      guint64 value = get (tiff + offset + 8, 2);

      if (get (tiff + offset, 2) == ORIENTATION_TAG && get (tiff + offset + 2, 2) == SHORT_TYPE)
        return value >= 1 && value <= 8 ? (int)value : 1;
    }
  return 1;
}

/* @offset, @length: the segment's, behind its marker and its length */
static void
read_exif (int fd, gint64 offset, gsize length, PealPictureHead *head)
{
  g_autofree guint8 *bytes = g_malloc (MAX_EXIF);
  gsize n = peal_bytes_read_at (fd, offset, bytes, MIN (length, MAX_EXIF));

  if (n > EXIF_MAGIC_SIZE && memcmp (bytes, EXIF_MAGIC, EXIF_MAGIC_SIZE) == 0)
    head->orientation = find_orientation (bytes + EXIF_MAGIC_SIZE, n - EXIF_MAGIC_SIZE);
}

/* The frame headers, but for DHT, JPG and DAC, which stand among them. */
static gboolean
is_frame_marker (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* From segment to segment, up to the one with the sides (ITU-T T.81 §B.1.1). */
static void
read_jpeg (int fd, PealPictureHead *head)
{
  gint64 offset = 2;

  for (int i = 0; i < MAX_SEGMENTS; i++)
    {
      guint8 segment[MARKER_SIZE + FRAME_SIZE] = { 0 };
      gsize n = peal_bytes_read_at (fd, offset, segment, sizeof segment);
      gsize length = (gsize)peal_bytes_get_be (segment + 2, 2);

      if (n < MARKER_SIZE || segment[0] != 0xff)
        return;
      /* Any number of these may stand before a marker. */
      if (segment[1] == 0xff)
        {
          offset++;
          continue;
        }
      if (is_frame_marker (segment[1]) && n >= MARKER_SIZE + 5)
        {
          head->height = (int)peal_bytes_get_be (segment + MARKER_SIZE + 1, 2);
          head->width = (int)peal_bytes_get_be (segment + MARKER_SIZE + 3, 2);
          return;
        }
      if (length < 2)
        return;
      if (segment[1] == 0xe1 && head->orientation == 1)
        read_exif (fd, offset + MARKER_SIZE, length - 2, head);
      offset += 2 + (gint64)length;
    }
}

/* The first chunk of a PNG (ISO/IEC 15948 §11.2.2) */
static void
read_png (const guint8 *bytes, PealPictureHead *head)
{
  if (memcmp (bytes + 12, "IHDR", 4) != 0)
    return;
  head->width = (int)MIN (peal_bytes_get_be (bytes + 16, 4), G_MAXINT);
  head->height = (int)MIN (peal_bytes_get_be (bytes + 20, 4), G_MAXINT);
}

/* The first chunk of a WebP: extended, lossless or lossy (RFC 9649 §2.7, §3.4, §2.5; RFC 6386 §9.1) */
static void
read_webp (const guint8 *bytes, PealPictureHead *head)
{
  const guint8 *chunk = bytes + 20;

  if (memcmp (bytes + 12, "VP8X", 4) == 0)
    {
      head->width = (int)peal_bytes_get_le (chunk + 4, 3) + 1;
      head->height = (int)peal_bytes_get_le (chunk + 7, 3) + 1;
    }
  else if (memcmp (bytes + 12, "VP8L", 4) == 0 && chunk[0] == 0x2f)
    {
      guint64 sides = peal_bytes_get_le (chunk + 1, 4);

      head->width = (int)(sides & 0x3fff) + 1;
      head->height = (int)(sides >> 14 & 0x3fff) + 1;
    }
  else if (memcmp (bytes + 12, "VP8 ", 4) == 0 && memcmp (chunk + 3, "\x9d\x01\x2a", 3) == 0)
    {
      head->width = (int)(peal_bytes_get_le (chunk + 6, 2) & 0x3fff);
      head->height = (int)(peal_bytes_get_le (chunk + 8, 2) & 0x3fff);
    }
}

gboolean
peal_picture_head_read (int fd, PealPictureHead *head)
{
  guint8 bytes[HEAD_SIZE] = { 0 };

  g_return_val_if_fail (fd >= 0, FALSE);
  g_return_val_if_fail (head != NULL, FALSE);

  *head = (PealPictureHead){ .orientation = 1 };
  /* What is missing of a short one is 0. */
  peal_bytes_read_at (fd, 0, bytes, sizeof bytes);
  if (memcmp (bytes, "\xff\xd8\xff", 3) == 0)
    {
      head->format = "jpeg";
      read_jpeg (fd, head);
    }
  else if (memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
    {
      head->format = "png";
      read_png (bytes, head);
    }
  else if (memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0)
    {
      head->format = "webp";
      read_webp (bytes, head);
    }
  return head->format != NULL;
}
