/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-ctl.h"

G_BEGIN_DECLS

/* Waiting for posts. To be called in a fiber. */

typedef enum
{
  PEAL_CTL_UNTIL_UNDER_WAY, /* no longer scheduled */
  PEAL_CTL_UNTIL_ENDED,     /* published, in the inbox, failed, cancelled, or in need of the user */
} PealCtlUntil;

/* DONE where @state is good or still open, NEEDS_USER for held and needs_review, FAILED for failed and
 * cancelled. */
PealCtlStatus peal_ctl_state_get_status (const char *state);

/* Waits for all posts of @ids (gint64), and shows how the uploads get on where stderr is a terminal. The
 * status that the last states make together: FAILED before NEEDS_USER before DONE. */
PealCtlStatus peal_ctl_wait (PealCtlRun *run, GArray *ids, PealCtlUntil until, GError **error);

G_END_DECLS
