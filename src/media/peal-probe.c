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

static GError *
new_error (const char *reason, const char *message)
{
  return peal_error_new (PEAL_ERROR_MEDIA, reason, "%s", message);
}

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

PealMediaFacts *
peal_probe_run (int fd, GError **error)
{
  g_autoptr (PealMediaFacts) facts = peal_media_facts_new ();
  g_autofree guint8 *head = g_malloc (HEAD_SIZE);
  struct stat info;
  ssize_t length;

  g_return_val_if_fail (fd >= 0, NULL);

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || (length = pread (fd, head, HEAD_SIZE, 0)) < 0)
    {
      g_propagate_error (error, new_error ("probe_failed", "The video cannot be read"));
      return NULL;
    }
  if (length == 0)
    {
      g_propagate_error (error, new_error ("file_empty", "The file is empty"));
      return NULL;
    }
  if (!peal_gst_start (plugins, error))
    return NULL;
  facts->size = info.st_size;
  facts->container = g_strdup (find_container (head, (gsize)length));
  if (facts->container == NULL)
    {
      g_propagate_error (error, new_error ("not_a_video", "The file is no video"));
      return NULL;
    }
  if (!peal_media_is_whole (fd, facts->size, facts->container))
    {
      g_propagate_error (error, new_error ("video_damaged", "A part of the video is missing"));
      return NULL;
    }
  /* TikTok takes no other container, so there is no more to be known of one. */
  if (peal_demux_knows (facts->container)
      && (lseek (fd, 0, SEEK_SET) != 0 || !peal_demux_read (fd, facts, error)))
    {
      if (error != NULL && *error == NULL)
        *error = new_error ("probe_failed", "The video cannot be read from its start");
      return NULL;
    }
  return g_steal_pointer (&facts);
}
