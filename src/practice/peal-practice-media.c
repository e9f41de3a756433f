/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-media.h"

#include "peal-practice-mp4.h"
#include "peal-practice-webm.h"

#include <string.h>

#define KEEP_MAX (32 * 1024 * 1024)
#define EBML_ID 0x1a45dfa3
#define SEGMENT_ID 0x18538067
#define INFO_ID 0x1549a966
#define TRACKS_ID 0x1654ae6b
#define CLUSTER_ID 0x1f43b675

typedef enum
{
  FORMAT_UNKNOWN,
  FORMAT_MP4,
  FORMAT_WEBM,
  FORMAT_BROKEN,
} Format;

struct _PealPracticeMedia
{
  Format format;
  guint8 header[16];
  guint header_length;
  guint64 remaining;  /* bytes of the payload that is passing */
  gboolean is_open;   /* the payload lasts to the end of the file */
  GByteArray *keeper; /* where the payload goes, or NULL */
  GByteArray *head;   /* moov, or the EBML head */
  GByteArray *info;
  GByteArray *tracks;
};

PealPracticeMedia *
peal_practice_media_new (void)
{
  PealPracticeMedia *self = g_new0 (PealPracticeMedia, 1);

  self->head = g_byte_array_new ();
  self->info = g_byte_array_new ();
  self->tracks = g_byte_array_new ();
  return self;
}

static GByteArray *
copy_array (GByteArray *array)
{
  return g_byte_array_append (g_byte_array_new (), array->data, array->len);
}

PealPracticeMedia *
peal_practice_media_copy (PealPracticeMedia *self)
{
  PealPracticeMedia *copy = g_memdup2 (self, sizeof *self);

  copy->head = copy_array (self->head);
  copy->info = copy_array (self->info);
  copy->tracks = copy_array (self->tracks);
  if (self->keeper == self->head)
    copy->keeper = copy->head;
  else if (self->keeper == self->info)
    copy->keeper = copy->info;
  else if (self->keeper == self->tracks)
    copy->keeper = copy->tracks;
  return copy;
}

void
peal_practice_media_free (PealPracticeMedia *self)
{
  g_clear_pointer (&self->head, g_byte_array_unref);
  g_clear_pointer (&self->info, g_byte_array_unref);
  g_clear_pointer (&self->tracks, g_byte_array_unref);
  g_free (self);
}

static void
begin_payload (PealPracticeMedia *self, guint64 length, GByteArray *keeper)
{
  self->header_length = 0;
  self->remaining = length;
  self->keeper = keeper;
  if (keeper != NULL && length > KEEP_MAX)
    self->format = FORMAT_BROKEN;
  else if (keeper != NULL)
    g_byte_array_set_size (keeper, 0);
}

static guint64
big_endian (const guint8 *data, guint length)
{
  guint64 value = 0;

  for (guint i = 0; i < length; i++)
    value = value << 8 | data[i];
  return value;
}

static gboolean
is_top_box (const guint8 *type)
{
  static const char known[] = "ftyp moov mdat free skip wide pnot uuid styp sidx moof mfra meta prfl udta ";
  char name[5] = { 0 };

  memcpy (name, type, 4);
  return strlen (name) == 4 && strchr (name, ' ') == NULL && strstr (known, name) != NULL;
}

/* One byte more of a box's header: 8 bytes, or 16 where the size says so. */
static void
step_mp4 (PealPracticeMedia *self)
{
  guint64 size;
  guint length = 8;

  if (self->header_length < 8)
    return;
  size = big_endian (self->header, 4);
  if (!is_top_box (self->header + 4))
    {
      self->format = FORMAT_BROKEN;
      return;
    }
  if (size == 1)
    {
      length = 16;
      if (self->header_length < 16)
        return;
      size = big_endian (self->header + 8, 8);
    }
  self->is_open = size == 0;
  if (!self->is_open && size < length)
    self->format = FORMAT_BROKEN;
  else if (self->is_open)
    begin_payload (self, G_MAXUINT64, NULL);
  else
    begin_payload (self, size - length, memcmp (self->header + 4, "moov", 4) == 0 ? self->head : NULL);
}

static void
begin_element (PealPracticeMedia *self, guint64 id, guint64 size, gboolean is_unknown)
{
  if (id == SEGMENT_ID || (is_unknown && id == CLUSTER_ID))
    begin_payload (self, 0, NULL);
  else if (is_unknown)
    self->format = FORMAT_BROKEN;
  else if (id == EBML_ID)
    begin_payload (self, size, self->head);
  else if (id == INFO_ID)
    begin_payload (self, size, self->info);
  else if (id == TRACKS_ID)
    begin_payload (self, size, self->tracks);
  else
    begin_payload (self, size, NULL);
}

/* One byte more of an element's header: the id of 1 to 4 bytes, the size of 1 to 8. */
static void
step_webm (PealPracticeMedia *self)
{
  guint id_length = 1, size_length = 1;
  guint64 size, ones;

  while (id_length <= 4 && !(self->header[0] & (0x80 >> (id_length - 1))))
    id_length++;
  if (id_length > 4)
    self->format = FORMAT_BROKEN;
  if (id_length > 4 || self->header_length <= id_length)
    return;
  while (size_length <= 8 && !(self->header[id_length] & (0x80 >> (size_length - 1))))
    size_length++;
  if (size_length > 8)
    self->format = FORMAT_BROKEN;
  if (size_length > 8 || self->header_length < id_length + size_length)
    return;
  ones = ((guint64)1 << (7 * size_length)) - 1;
  size = big_endian (self->header + id_length, size_length) & ones;
  begin_element (self, big_endian (self->header, id_length), size, size == ones);
}

static void
step_header (PealPracticeMedia *self, guint8 byte)
{
  self->header[self->header_length++] = byte;
  if (self->format == FORMAT_UNKNOWN && self->header_length == 4)
    self->format = big_endian (self->header, 4) == EBML_ID ? FORMAT_WEBM : FORMAT_MP4;
  if (self->format == FORMAT_MP4)
    step_mp4 (self);
  else if (self->format == FORMAT_WEBM)
    step_webm (self);
}

void
peal_practice_media_feed (PealPracticeMedia *self, const guint8 *data, gsize length)
{
  while (length > 0 && self->format != FORMAT_BROKEN)
    {
      gsize take = (gsize)MIN (self->remaining, length);

      if (take == 0)
        {
          step_header (self, *data);
          take = 1;
        }
      else
        {
          if (self->keeper != NULL)
            g_byte_array_append (self->keeper, data, (guint)take);
          if (!self->is_open)
            self->remaining -= take;
        }
      data += take;
      length -= take;
    }
}

PealPracticeMediaInfo
peal_practice_media_finish (PealPracticeMedia *self)
{
  PealPracticeMediaInfo info = { 0 };
  gboolean is_whole = self->header_length == 0 && (self->remaining == 0 || self->is_open);

  if (is_whole && self->format == FORMAT_MP4)
    peal_practice_mp4_read (self->head->data, self->head->len, &info);
  else if (is_whole && self->format == FORMAT_WEBM)
    peal_practice_webm_read (self->head, self->info, self->tracks, &info);
  return info;
}

const char *
peal_practice_media_fail_reason (const PealPracticeMediaInfo *info, gint64 min_duration, gint64 max_duration)
{
  if (!info->is_known)
    return "file_format_check_failed";
  /* Half a second of grace: containers round. */
  if (info->duration_ms > max_duration * 1000 + 500)
    return "duration_check_failed";
  if (info->duration_ms > 0 && info->duration_ms < min_duration * 1000)
    return "duration_check_failed";
  if (info->frame_rate > 0 && (info->frame_rate < 22.9 || info->frame_rate > 60.5))
    return "frame_rate_check_failed";
  if (MIN (info->width, info->height) < 360 || MAX (info->width, info->height) > 4096)
    return "picture_size_check_failed";
  return NULL;
}
