/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Runs a test as a fiber. */

/* (transfer full): runs @func (@data) as a fiber of the main context, and the main loop, until the future
 * that it returns is done; this future, resolved or rejected. Fails the test where that takes four minutes
 * (an hour with -m slow). */
DexFuture *peal_test_run_fiber (DexFiberFunc func, gpointer data);
/* As g_test_add_data_func (), with @func run as a fiber that must not reject. */
void peal_test_add_fiber (const char *path, gconstpointer data, DexFiberFunc func);
/* Takes @future and runs the main loop until it is done; from outside of fibers. (transfer full) */
DexFuture *peal_test_await (DexFuture *future);

G_END_DECLS
