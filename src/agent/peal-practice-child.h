/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The practice server that comes with Peal, as a child of the agent: it ends when the agent does. */

/* Starts peal-practice, which stands beside this program or where it was installed, with its state in
 * @directory, and waits until it listens. (transfer full): its address, "http://127.0.0.1:PORT"; NULL with
 * INVALID "practice_failed". Blocks for at most 20 s. */
char *peal_practice_child_start (const char *directory, GSubprocess **child, GError **error);

G_END_DECLS
