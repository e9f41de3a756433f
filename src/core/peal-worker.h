/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* A thread for one piece of work that blocks, such as copying a video. */

/* FALSE with @error; @result (unset) becomes what the future resolves to, or TRUE where it is left unset. */
typedef gboolean (*PealWorkerFunc) (gpointer data, GValue *result, GError **error);

/* Runs @func in a thread of its own; @data is freed with @destroy (nullable) there. */
DexFuture *peal_worker_run (const char *name, PealWorkerFunc func, gpointer data, GDestroyNotify destroy);

G_END_DECLS
