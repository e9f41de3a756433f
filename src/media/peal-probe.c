/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-probe.h"

#include <unistd.h>

#include "peal-container.h"
#include "peal-demux.h"
#include "peal-error.h"
#include "peal-gst-plugins.h"
#include "peal-media-whole.h"

static PealMediaFacts *
fail (GError **error, const char *reason, const char *message)
{
  g_propagate_error (error, peal_error_new (PEAL_ERROR_MEDIA, reason, "%s", message));
  return NULL;
}

PealMediaFacts *
peal_probe_run (int fd, GError **error)
{
  g_autoptr (PealMediaFacts) facts = peal_media_facts_new ();
  const char *container = NULL;

  g_return_val_if_fail (fd >= 0, NULL);

  if (!peal_gst_start (peal_container_plugins, error)
      || !(container = peal_container_find (fd, &facts->size, error)))
    return NULL;
  facts->container = g_strdup (container);
  if (!peal_media_is_whole (fd, facts->size, facts->container))
    return fail (error, "video_damaged", "A part of the video is missing");
  /* TikTok takes no other container, so there is no more to be known of one. */
  if (peal_container_get_demuxer (facts->container) == NULL)
    return g_steal_pointer (&facts);
  if (lseek (fd, 0, SEEK_SET) != 0)
    return fail (error, "probe_failed", "The video cannot be read from its start");
  return peal_demux_read (fd, facts, error) ? g_steal_pointer (&facts) : NULL;
}
