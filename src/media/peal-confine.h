/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes from this process what it does not need, before it reads a byte of a stranger's file: privileges,
 * time, memory, files to write, the folder it was started in, and what is open behind @fd, the last
 * descriptor that it needs. It holds without any sandbox around it too. */

/* FALSE where the kernel refuses. */
gboolean peal_confine (int fd);

G_END_DECLS
