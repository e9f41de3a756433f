/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Spawns @func (@data) as a fiber that runs to its end. libdex tells a fiber whose future nobody waits for
 * any more, as when dex_future_first () has another winner, to give up: each await in it then fails at once.
 * Nothing that writes, or that lends its data to another fiber, may stop like that. (transfer full) */
static inline DexFuture *
peal_fiber_spawn_to_end (DexFiberFunc func, gpointer data, GDestroyNotify destroy)
{
  DexFuture *future = dex_scheduler_spawn (NULL, 0, func, data, destroy);

  dex_future_disown (dex_ref (future));
  return future;
}

G_END_DECLS
