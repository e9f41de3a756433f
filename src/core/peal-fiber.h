/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Spawns @func (@data) as a fiber that runs to its end. libdex 0.10 tells a fiber whose future nobody waits
 * for any more, as when dex_future_first () has another winner, to give up: from then on each await in it
 * fails at once, while what it awaited may still be writing to its memory; and if its future is let go in
 * that very turn, the scheduler turns over a dead fiber for ever. Nothing that writes, or that lends its data
 * to somebody else, may stop like that: what we begin ends by its answer, its deadline or its cancellable.
 * (transfer full) */
static inline DexFuture *
peal_fiber_spawn_to_end (DexFiberFunc func, gpointer data, GDestroyNotify destroy)
{
  DexFuture *future = dex_scheduler_spawn (NULL, 0, func, data, destroy);

  dex_future_disown (dex_ref (future));
  return future;
}

G_END_DECLS
