/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-database.h"

G_BEGIN_DECLS

/* The weekly posting slots of an account. */

/* Resolves to a(ii): weekday (1 Monday to 7), minute of the day; in order. */
DexFuture *peal_slots_get (PealDatabase *database, gint64 account);
/* Replaces them all. INVALID "slot_range" for more than 168, or one that is no weekday and minute. */
DexFuture *peal_slots_set (PealDatabase *database, gint64 account, GVariant *slots);

G_END_DECLS
