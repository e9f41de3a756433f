/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* After which time a post is too late to go out by itself, as choices: a few that people mean, in the order
 * of a list. Seconds; 0: at once, -1: never, as the agent's setting late_grace_s. */

/* (transfer full): the choices, with @current in its place where it is none of them. */
GArray *peal_late_dup_choices (gint64 current);
/* (transfer full): "At once", "2 hours", "Never". */
char *peal_late_dup_text (gint64 seconds);

G_END_DECLS
