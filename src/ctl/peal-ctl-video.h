/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-ctl.h"
#include "peal-media-rules.h"

G_BEGIN_DECLS

/* The video that a command was given: opened, looked into by peal-media, and judged. To be called in a fiber.
 */

typedef struct
{
  int fd;
  char *name; /* of the file, UTF-8, for people */
  PealMediaFacts *facts;
} PealCtlVideo;

/* (transfer full): or NULL with a MEDIA error. */
PealCtlVideo *peal_ctl_video_open (PealCtlRun *run, const char *path, GError **error);
void peal_ctl_video_free (PealCtlVideo *self);
/* Asks the agent for the longest video, in seconds, that @account may post; -1 with an error. */
gint64 peal_ctl_video_get_limit (PealCtlRun *run, const char *account, GError **error);
/* FALSE with a MEDIA error where a rule is broken; what is only not recommended is said on stderr. */
gboolean peal_ctl_video_check (PealCtlVideo *self, gint64 max_duration_s, GError **error);
/* A large video that has to be copied byte by byte: asks on a terminal, says so elsewhere. FALSE with
 * "copy_declined". */
gboolean peal_ctl_video_confirm_copy (PealCtlRun *run, PealCtlVideo *self, GError **error);
/* (transfer full): its number at the agent, after a copy was made; 0 with an error. */
gint64 peal_ctl_video_import (PealCtlRun *run, PealCtlVideo *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealCtlVideo, peal_ctl_video_free)

G_END_DECLS
