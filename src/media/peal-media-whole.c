/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-media-whole.h"

#include <string.h>

#include "peal-bytes.h"

#define BOX_HEAD 8
#define LARGE_BOX_HEAD 16
/* A fragmented film of ten minutes has a few thousand. */
#define MAX_BOXES 200000
#define EBML_HEAD 0x1a45dfa3
#define EBML_SEGMENT 0x18538067

static gboolean
is_box_type (const guint8 *type)
{
  for (int i = 0; i < 4; i++)
    {
      if ((type[i] < 0x20 || type[i] > 0x7e) && type[i] != 0xa9)
        return FALSE;
    }
  return TRUE;
}

/* The length of the box that starts with @head, or 0 where none does (ISO/IEC 14496-12 §4.2). */
static guint64
get_box_length (const guint8 *head, gsize n_head, gint64 rest)
{
  guint64 length = peal_bytes_get_be (head, 4);

  if (!is_box_type (head + 4))
    return 0;
  if (length == 0)
    return (guint64)rest;
  if (length == 1)
    {
      length = n_head == LARGE_BOX_HEAD ? peal_bytes_get_be (head + 8, 8) : 0;
      return length >= LARGE_BOX_HEAD ? length : 0;
    }
  return length >= BOX_HEAD ? length : 0;
}

static gboolean
are_boxes_whole (int fd, gint64 size)
{
  gboolean has_moov = FALSE;
  gint64 offset = 0;

  for (int i = 0; i < MAX_BOXES && size - offset >= BOX_HEAD; i++)
    {
      guint8 head[LARGE_BOX_HEAD];
      gsize n_head = peal_bytes_read_at (fd, offset, head, sizeof head);
      guint64 length;

      if (n_head < BOX_HEAD)
        return FALSE;
      length = get_box_length (head, n_head, size - offset);
      /* What some cameras leave behind the film is no box, and harmless. */
      if (length == 0)
        return has_moov;
      if (length > (guint64)(size - offset))
        return FALSE;
      has_moov = has_moov || memcmp (head + 4, "moov", 4) == 0;
      offset += (gint64)length;
    }
  return has_moov;
}

/* An element's id and length (RFC 8794 §4, §5, §6), moving @offset behind them. FALSE where there is none. */
static gboolean
read_element (int fd, gint64 *offset, guint64 *id, guint64 *length, gboolean *is_open)
{
  guint8 head[12];
  gsize n_head = peal_bytes_read_at (fd, *offset, head, sizeof head);
  guint n_length;

  if (n_head < 5 || (head[0] & 0xf0) != 0x10 || head[4] == 0)
    return FALSE;
  n_length = (guint)__builtin_clz ((guint)head[4] << 24) + 1;
  if (n_head < 4 + n_length)
    return FALSE;
  *id = peal_bytes_get_be (head, 4);
  *length = peal_bytes_get_be (head + 4, n_length) & ((G_GUINT64_CONSTANT (1) << (7 * n_length)) - 1);
  *is_open = *length == (G_GUINT64_CONSTANT (1) << (7 * n_length)) - 1;
  *offset += 4 + n_length;
  return TRUE;
}

static gboolean
are_elements_whole (int fd, gint64 size)
{
  gint64 offset = 0;
  guint64 id;
  guint64 length;
  gboolean is_open;

  if (!read_element (fd, &offset, &id, &length, &is_open) || id != EBML_HEAD || is_open
      || length > (guint64)(size - offset))
    return FALSE;
  offset += (gint64)length;
  if (!read_element (fd, &offset, &id, &length, &is_open) || id != EBML_SEGMENT)
    return FALSE;
  /* A browser's recording does not know its length. */
  return is_open || length <= (guint64)(size - offset);
}

gboolean
peal_media_is_whole (int fd, gint64 size, const char *container)
{
  static const char *const of_boxes[] = { "mp4", "mov", "3gp", NULL };
  static const char *const of_elements[] = { "webm", "matroska", NULL };

  g_return_val_if_fail (fd >= 0, FALSE);
  g_return_val_if_fail (container != NULL, FALSE);

  if (g_strv_contains (of_boxes, container))
    return are_boxes_whole (fd, size);
  if (g_strv_contains (of_elements, container))
    return are_elements_whole (fd, size);
  return TRUE;
}
