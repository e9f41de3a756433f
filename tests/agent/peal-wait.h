/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Futures in a test that is no fiber: each turns the main loop until @future (transfer full) is settled. */

gboolean peal_wait (DexFuture *future, GError **error);
/* The test fails with the error's message where it rejects. */
void peal_wait_ok (DexFuture *future);
int peal_wait_int (DexFuture *future);
gint64 peal_wait_int64 (DexFuture *future);
gboolean peal_wait_boolean (DexFuture *future);
/* (transfer full) */
gpointer peal_wait_boxed (DexFuture *future);
gpointer peal_wait_object (DexFuture *future);
GVariant *peal_wait_variant (DexFuture *future);
/* The test fails unless it rejects with PEAL_ERROR @code and @reason. */
void peal_wait_error (DexFuture *future, int code, const char *reason);
/* Turns the main loop until @condition (@data) holds; the test fails after 10 s. */
void peal_wait_until (gboolean (*condition) (gpointer data), gpointer data);
/* Turns it until nothing is pending in it. */
void peal_wait_idle (void);

G_END_DECLS
