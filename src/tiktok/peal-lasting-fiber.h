/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Spawns @func (@data) as a fiber that outlives whoever waits for it. libdex 0.10 tells a fiber whose future
 * lost a dex_future_first () to give up: from then on each await in it fails at once, while what it awaited
 * is still writing to its memory, and if its future is let go in that moment the scheduler turns over a dead
 * fiber for ever. What we begin ends by its answer, its deadline or its cancellable. (transfer full) */
static inline DexFuture *
peal_lasting_fiber_spawn (DexFiberFunc func, gpointer data, GDestroyNotify destroy)
{
  DexFuture *future = dex_scheduler_spawn (NULL, 0, func, data, destroy);

  dex_future_disown (dex_ref (future));

  return future;
}

G_END_DECLS
