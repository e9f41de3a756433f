/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-clock.h"

G_BEGIN_DECLS

/* How many calls may leave within any one minute, and until when a server wants none at all. Calls wait their
 * turn in the order in which they came. */

#define PEAL_TYPE_RATE_BUCKET (peal_rate_bucket_get_type ())
G_DECLARE_FINAL_TYPE (PealRateBucket, peal_rate_bucket, PEAL, RATE_BUCKET, GObject)

/* @limit: calls within 60 s; 0 for no limit. (transfer full) */
PealRateBucket *peal_rate_bucket_new (PealClock *clock, guint limit);
/* Resolves to TRUE when a call may leave. Rejects with RATE_LIMITED at once while the server wants no calls,
 * with CANCELLED. */
DexFuture *peal_rate_bucket_wait (PealRateBucket *self, GCancellable *cancellable);
/* The server answered "too many". @retry_after_s: as it said, or -1: then 60 s, doubling from one answer to
 * the next up to an hour. Returns the seconds for which peal_rate_bucket_wait () now refuses. */
gint64 peal_rate_bucket_block (PealRateBucket *self, gint64 retry_after_s);
/* The server answered otherwise: the doubling starts anew. */
void peal_rate_bucket_relax (PealRateBucket *self);

G_END_DECLS
