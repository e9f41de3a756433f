/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reading what somebody may still be typing. These block, but Ctrl+C ends them. */

/* Reads @fd to its end, at most @size bytes, into @buffer. How many it were, or -1 with PEAL_ERROR_CANCELLED
 * or INVALID @reason. */
gssize peal_ctl_read (int fd, char *buffer, gsize size, const char *reason, GError **error);
/* Asks @question on the terminal; whether the answer begins with a y. */
gboolean peal_ctl_ask (const char *question);

G_END_DECLS
