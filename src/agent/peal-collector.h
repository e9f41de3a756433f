/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-accounts.h"
#include "peal-archive.h"

G_BEGIN_DECLS

/* Reads the numbers of connected accounts: each once an hour while the agent is awake (account.next_sync,
 * with the accounts spread), and when the user asks. */

#define PEAL_TYPE_COLLECTOR (peal_collector_get_type ())
G_DECLARE_FINAL_TYPE (PealCollector, peal_collector, PEAL, COLLECTOR, GObject)

/* Signals: "account-changed", "videos-changed" (gint64 account row id). */

PealCollector *
peal_collector_new (PealAccounts *accounts, PealArchive *archive, PealDatabase *database, PealClock *clock);
/* Reads user and all videos of @account now. Resolves to the number of videos read (uint). An account without
 * video.list or user.info.stats gives what it granted. One reading at a time an account: a second call joins
 * it. */
DexFuture *peal_collector_sync (PealCollector *self, gint64 account, GCancellable *cancellable);
/* Starts what is due now; called by the wake-up. Errors are logged and the account is tried again after a
 * pause. */
void peal_collector_rescan (PealCollector *self);
/* Resolves to the instant (int64, µs UTC) at which peal_collector_rescan () has something to do, or
 * G_MAXINT64. */
DexFuture *peal_collector_query_next (PealCollector *self);

G_END_DECLS
