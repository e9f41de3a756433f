/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-container.h"

#include <gst/base/gsttypefindhelper.h>
#include <gst/gst.h>
#include <sys/stat.h>

#include "peal-bytes.h"
#include "peal-codec-word.h"
#include "peal-error.h"
#include "peal-media-facts.h"

#define HEAD_SIZE (64 * 1024)

const char *const peal_container_plugins[] = { "coreelements", "typefindfunctions", "isomp4", "matroska",
                                               NULL };

static const struct
{
  const char *container;
  const char *element;
} demuxers[] = {
  { "mp4", "qtdemux" },
  { "mov", "qtdemux" },
  { "3gp", "qtdemux" },
  { "webm", "matroskademux" },
  { "matroska", "matroskademux" },
};

/* Peal's own look comes first: what TikTok is told must be true to the brand, which GStreamer reads less
 * strictly. */
static const char *
judge_head (const guint8 *head, gsize length)
{
  g_autoptr (GstCaps) caps = NULL;
  const char *container = peal_media_sniff (head, length);

  if (container != NULL)
    return container;
  caps = gst_type_find_helper_for_data (NULL, head, length, NULL);
  return caps != NULL && gst_caps_get_size (caps) > 0 ? peal_container_word_from_caps (caps) : NULL;
}

const char *
peal_container_find (int fd, gint64 *size, GError **error)
{
  g_autofree guint8 *head = g_malloc (HEAD_SIZE);
  const char *container = NULL;
  struct stat info;
  gsize length;

  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (size != NULL, NULL);

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      peal_error_refuse (error, PEAL_ERROR_MEDIA, "probe_failed", "The video cannot be read");
      return NULL;
    }
  *size = info.st_size;
  length = peal_bytes_read_at (fd, 0, head, HEAD_SIZE);
  if (length == 0)
    peal_error_refuse (error, PEAL_ERROR_MEDIA, "file_empty", "The file is empty");
  else if (!(container = judge_head (head, length)))
    peal_error_refuse (error, PEAL_ERROR_MEDIA, "not_a_video", "The file is no video");
  return container;
}

const char *
peal_container_get_demuxer (const char *container)
{
  g_return_val_if_fail (container != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (demuxers); i++)
    {
      if (g_str_equal (container, demuxers[i].container))
        return demuxers[i].element;
    }
  return NULL;
}
