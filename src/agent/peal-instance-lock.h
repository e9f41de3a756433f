/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One agent a data directory, whatever bus it is on: a lock that the kernel gives back when the process ends.
 */

/* Takes the lock for the life of the process; waits for it as long as @patience_us, without a main loop.
 * Returns its descriptor, or -1 with INVALID "agent_running" or a storage error. */
int peal_instance_lock_take (const char *directory, gint64 patience_us, GError **error);

G_END_DECLS
