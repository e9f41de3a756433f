/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Reading and writing streams on a fiber, with a cancellable that others hold. */

/* Resolves to the number of bytes (gint64) read into @buffer, which must stay until then; 0 at the end. */
DexFuture *peal_io_read (GInputStream *stream, gpointer buffer, gsize size, GCancellable *cancellable);
/* Resolves to TRUE when all of @data has been written. */
DexFuture *peal_io_write_all (GOutputStream *stream, GBytes *data, GCancellable *cancellable);

G_END_DECLS
