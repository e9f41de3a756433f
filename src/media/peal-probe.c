/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-probe.h"

#include <gst/base/gsttypefindhelper.h>
#include <gst/gst.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-codec-word.h"
#include "peal-demux.h"
#include "peal-error.h"
#include "peal-gst-plugins.h"
#include "peal-media-whole.h"

#define HEAD_SIZE (64 * 1024)

static const char *const plugins[] = { "coreelements", "typefindfunctions", "isomp4", "matroska", NULL };

/* Peal's own look comes first: what TikTok is told must be true to the brand, which GStreamer reads less
 * strictly. */
static const char *
find_container (const guint8 *head, gsize length)
{
  g_autoptr (GstCaps) caps = NULL;
  const char *container = peal_media_sniff (head, length);

  if (container != NULL)
    return container;
  caps = gst_type_find_helper_for_data (NULL, head, length, NULL);
  return caps != NULL && gst_caps_get_size (caps) > 0 ? peal_container_word_from_caps (caps) : NULL;
}

static PealMediaFacts *
fail (GError **error, const char *reason, const char *message)
{
  g_propagate_error (error, peal_error_new (PEAL_ERROR_MEDIA, reason, "%s", message));
  return NULL;
}

/* The first bytes of the file: how many, or -1 where it cannot be read. */
static gssize
read_head (int fd, guint8 *head, gint64 *size)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    return -1;
  *size = info.st_size;
  return pread (fd, head, HEAD_SIZE, 0);
}

PealMediaFacts *
peal_probe_run (int fd, GError **error)
{
  g_autoptr (PealMediaFacts) facts = peal_media_facts_new ();
  g_autofree guint8 *head = g_malloc (HEAD_SIZE);
  gssize length;

  g_return_val_if_fail (fd >= 0, NULL);

  length = read_head (fd, head, &facts->size);
  if (length < 0)
    return fail (error, "probe_failed", "The video cannot be read");
  if (length == 0)
    return fail (error, "file_empty", "The file is empty");
  if (!peal_gst_start (plugins, error))
    return NULL;
  facts->container = g_strdup (find_container (head, (gsize)length));
  if (facts->container == NULL)
    return fail (error, "not_a_video", "The file is no video");
  if (!peal_media_is_whole (fd, facts->size, facts->container))
    return fail (error, "video_damaged", "A part of the video is missing");
  /* TikTok takes no other container, so there is no more to be known of one. */
  if (!peal_demux_knows (facts->container))
    return g_steal_pointer (&facts);
  if (lseek (fd, 0, SEEK_SET) != 0)
    return fail (error, "probe_failed", "The video cannot be read from its start");
  return peal_demux_read (fd, facts, error) ? g_steal_pointer (&facts) : NULL;
}
