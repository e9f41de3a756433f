/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-webm.h"

#include <string.h>

#define DOC_TYPE_ID 0x4282
#define TIMESTAMP_SCALE_ID 0x2ad7b1
#define DURATION_ID 0x4489
#define TRACK_ENTRY_ID 0xae
#define TRACK_TYPE_ID 0x83
#define CODEC_ID 0x86
#define DEFAULT_DURATION_ID 0x23e383
#define VIDEO_ID 0xe0
#define PIXEL_WIDTH_ID 0xb0
#define PIXEL_HEIGHT_ID 0xba

typedef struct
{
  const guint8 *data;
  gsize length;
} Span;

static guint64
read_number (Span span)
{
  guint64 value = 0;

  for (gsize i = 0; i < MIN (span.length, 8); i++)
    value = value << 8 | span.data[i];
  return value;
}

static double
read_float (Span span)
{
  guint64 bits = read_number (span);
  guint32 narrow = (guint32)bits;
  double value = 0;
  float single;

  if (span.length == 8)
    memcpy (&value, &bits, sizeof value);
  else if (span.length == 4)
    {
      memcpy (&single, &narrow, sizeof single);
      value = (double)single;
    }
  return value > 0 && value < 1e15 ? value : 0;
}

/* A number whose first byte says by its leading zeros how long it is. @keep_marker for ids. */
static gboolean
read_varying (Span *rest, gboolean keep_marker, guint64 *value)
{
  guint length = 1;

  if (rest->length == 0 || rest->data[0] == 0)
    return FALSE;
  while (!(rest->data[0] & (0x80 >> (length - 1))))
    length++;
  if (rest->length < length)
    return FALSE;
  *value = read_number ((Span){ rest->data, length });
  if (!keep_marker)
    *value &= ((guint64)1 << (7 * length)) - 1;
  rest->data += length;
  rest->length -= length;
  return TRUE;
}

static gboolean
next_element (Span *rest, guint64 *id, Span *payload)
{
  guint64 size;

  if (!read_varying (rest, TRUE, id) || !read_varying (rest, FALSE, &size) || size > rest->length)
    return FALSE;
  *payload = (Span){ rest->data, (gsize)size };
  rest->data += size;
  rest->length -= (gsize)size;
  return TRUE;
}

static Span
find_element (Span span, guint64 wanted)
{
  guint64 id;
  Span payload;

  while (next_element (&span, &id, &payload))
    if (id == wanted)
      return payload;
  return (Span){ NULL, 0 };
}

static gboolean
holds_text (Span span, const char *text)
{
  return span.length >= strlen (text) && memcmp (span.data, text, strlen (text)) == 0;
}

static gboolean
read_track (Span track, PealPracticeMediaInfo *info)
{
  Span codec = find_element (track, CODEC_ID);
  Span video = find_element (track, VIDEO_ID);
  guint64 frame_ns = read_number (find_element (track, DEFAULT_DURATION_ID));

  if (read_number (find_element (track, TRACK_TYPE_ID)) != 1)
    return FALSE;
  info->is_known = holds_text (codec, "V_VP8") || holds_text (codec, "V_VP9");
  info->width = (guint)MIN (read_number (find_element (video, PIXEL_WIDTH_ID)), G_MAXUINT);
  info->height = (guint)MIN (read_number (find_element (video, PIXEL_HEIGHT_ID)), G_MAXUINT);
  info->frame_rate = frame_ns > 0 ? 1e9 / (double)frame_ns : 0;
  return TRUE;
}

void
peal_practice_webm_read (GByteArray *head,
                         GByteArray *segment_info,
                         GByteArray *tracks,
                         PealPracticeMediaInfo *info)
{
  Span general = { segment_info->data, segment_info->len };
  Span rest = { tracks->data, tracks->len };
  guint64 scale = read_number (find_element (general, TIMESTAMP_SCALE_ID));
  double ticks = read_float (find_element (general, DURATION_ID));
  double duration = ticks * (scale > 0 ? (double)scale : 1e6) / 1e6;
  guint64 id;
  Span track;

  if (!holds_text (find_element ((Span){ head->data, head->len }, DOC_TYPE_ID), "webm"))
    return;
  info->duration_ms = duration < 1e12 ? (gint64)duration : 0;
  while (next_element (&rest, &id, &track))
    if (id == TRACK_ENTRY_ID && read_track (track, info))
      return;
}
