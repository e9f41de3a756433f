/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-png.h"

#include <gio/gio.h>
#include <string.h>

static guint32
crc32_of (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
  return ~crc;
}

static void
append_number (GByteArray *png, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (png, (const guint8 *)&big, 4);
}

static void
append_chunk (GByteArray *png, const char *type, const guint8 *data, gsize length)
{
  guint start;

  append_number (png, (guint32)length);
  start = png->len;
  g_byte_array_append (png, (const guint8 *)type, 4);
  g_byte_array_append (png, data, (guint)length);
  append_number (png, crc32_of (png->data + start, png->len - start));
}

static GBytes *
deflate (const guint8 *data, gsize length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  g_autoptr (GBytes) raw = g_bytes_new_static (data, length);

  return g_converter_convert_bytes (G_CONVERTER (compressor), raw, NULL);
}

GBytes *
peal_practice_png_encode (const guint8 *rgb, guint width, guint height)
{
  static const guint8 signature[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  gsize row = (gsize)width * 3;
  g_autofree guint8 *lines = g_malloc0 ((row + 1) * height);
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_autoptr (GBytes) packed = NULL;
  guint8 head[13] = { 0 };
  guint32 w = GUINT32_TO_BE (width), h = GUINT32_TO_BE (height);

  for (guint y = 0; y < height; y++)
    memcpy (lines + y * (row + 1) + 1, rgb + y * row, row);
  packed = deflate (lines, (row + 1) * height);
  memcpy (head, &w, 4);
  memcpy (head + 4, &h, 4);
  head[8] = 8;
  head[9] = 2;
  g_byte_array_append (png, signature, sizeof signature);
  append_chunk (png, "IHDR", head, sizeof head);
  if (packed != NULL)
    append_chunk (png, "IDAT", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
}
