/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-error.h"
#include "peal-test-server.h"
#include "peal-tiktok-client.h"
#include "peal-tiktok-types.h"

G_BEGIN_DECLS

/* A client of a scripted server, and what its tests have in common. */

/* By the system's clock. (transfer full) */
PealTiktokClient *peal_test_client_new (PealTestServer *server);
/* With a deadline of @deadline_us by @clock. (transfer full) */
PealTiktokClient *peal_test_client_new_full (PealTestServer *server, PealClock *clock, gint64 deadline_us);
/* (transfer full): of "open-1", with the token "act.canary". */
PealAccess *peal_test_access_new (PealScopes scopes);
/* Runs the main loop until @future (transfer full) is done. (transfer full): its boxed value, or NULL. */
gpointer peal_test_await_boxed (DexFuture *future, GError **error);
/* (transfer full): the text of a fixture. */
char *peal_test_dup_fixture (const char *name);
void peal_test_assert_error (const GError *error, PealErrorCode code, const char *reason);

G_END_DECLS
