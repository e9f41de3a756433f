/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Descriptors that others handed over. */

/* Writes all of @data to @fd (taken over, and closed at the end), a regular file or a pipe that is open for
 * writing. A pipe that its reader leaves full is given up after 15 s, and its flags stay as they are. The
 * process must ignore SIGPIPE. Resolves to TRUE. INVALID "output_failed", CANCELLED. */
DexFuture *peal_descriptor_write (int fd, GBytes *data, GCancellable *cancellable);

G_END_DECLS
