/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-mp4.h"

#include <string.h>

/* Bytes that are there. Reading past the end yields 0. */
typedef struct
{
  const guint8 *data;
  gsize length;
} Span;

static guint64
read_number (Span span, gsize at, guint length)
{
  guint64 value = 0;

  if (at > span.length || span.length - at < length)
    return 0;
  for (guint i = 0; i < length; i++)
    value = value << 8 | span.data[at + i];
  return value;
}

/* Cuts the next box off @rest. */
static gboolean
next_box (Span *rest, char type[5], Span *payload)
{
  guint64 size = read_number (*rest, 0, 4);
  gsize head = 8;

  if (rest->length < 8)
    return FALSE;
  if (size == 1)
    {
      size = read_number (*rest, 8, 8);
      head = 16;
    }
  else if (size == 0)
    size = rest->length;
  if (size < head || size > rest->length)
    return FALSE;
  memcpy (type, rest->data + 4, 4);
  type[4] = '\0';
  *payload = (Span){ rest->data + head, (gsize)size - head };
  rest->data += size;
  rest->length -= (gsize)size;
  return TRUE;
}

/* Follows @path, such as "mdia/minf", down from @span. */
static Span
find_box (Span span, const char *path)
{
  char type[5];
  Span payload;

  while (next_box (&span, type, &payload))
    if (strncmp (type, path, 4) == 0)
      return path[4] == '/' ? find_box (payload, path + 5) : payload;
  return (Span){ NULL, 0 };
}

/* mvhd and mdhd keep time scale and duration alike. */
static void
read_times (Span box, guint64 *scale, guint64 *duration)
{
  gboolean is_long = read_number (box, 0, 1) == 1;

  *scale = read_number (box, is_long ? 20 : 12, 4);
  *duration = read_number (box, is_long ? 24 : 16, is_long ? 8 : 4);
}

static double
read_frame_rate (Span track)
{
  Span table = find_box (track, "mdia/minf/stbl/stts");
  guint64 entries = MIN (read_number (table, 4, 4), table.length / 8);
  guint64 scale, duration, frames = 0, ticks = 0;

  read_times (find_box (track, "mdia/mdhd"), &scale, &duration);
  for (guint64 i = 0; i < entries; i++)
    {
      guint64 count = read_number (table, (gsize)(8 + 8 * i), 4);

      frames += count;
      ticks += count * read_number (table, (gsize)(12 + 8 * i), 4);
    }
  return frames > 1 && ticks > 0 ? (double)frames * (double)scale / (double)ticks : 0;
}

static gboolean
is_taken_codec (const char *type)
{
  static const char *const codecs[] = { "avc1", "avc3", "hvc1", "hev1", "vp08", "vp09", NULL };

  return g_strv_contains (codecs, type);
}

static void
read_video_track (Span track, PealPracticeMediaInfo *info)
{
  Span entries = find_box (track, "mdia/minf/stbl/stsd");
  Span entry;
  char type[5];

  if (entries.length <= 8)
    return;
  entries.data += 8;
  entries.length -= 8;
  if (!next_box (&entries, type, &entry))
    return;
  info->is_known = is_taken_codec (type);
  info->width = (guint)read_number (entry, 24, 2);
  info->height = (guint)read_number (entry, 26, 2);
  info->frame_rate = read_frame_rate (track);
}

void
peal_practice_mp4_read (const guint8 *moov, gsize length, PealPracticeMediaInfo *info)
{
  Span span = { moov, length };
  guint64 scale, duration;
  char type[5];
  Span box;

  read_times (find_box (span, "mvhd"), &scale, &duration);
  if (scale > 0 && duration < G_MAXINT64 / 1000)
    info->duration_ms = (gint64)(duration * 1000 / scale);
  while (next_box (&span, type, &box))
    if (g_str_equal (type, "trak") && read_number (find_box (box, "mdia/hdlr"), 8, 4) == 0x76696465)
      {
        read_video_track (box, info);
        return;
      }
}
