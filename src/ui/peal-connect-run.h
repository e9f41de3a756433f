/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-account-item.h"
#include "peal-client.h"

G_BEGIN_DECLS

/* One sign-in of an account, from the agent's Connect to its end. It runs until the browser came back,
 * something failed or peal_connect_run_cancel () was called, and ends the agent's job in each case.
 *
 * Signals:
 *   authorize (const char *address): to be opened in a browser, now.
 *   connected (PealAccountItem *account)
 *   failed (GError *error): of PEAL_ERROR.
 * After peal_connect_run_cancel () none of them comes any more. */

#define PEAL_TYPE_CONNECT_RUN (peal_connect_run_get_type ())
G_DECLARE_FINAL_TYPE (PealConnectRun, peal_connect_run, PEAL, CONNECT_RUN, GObject)

/* (transfer full). @open_id: (nullable): who is to sign in again. @environment: (nullable): where a new
 * account signs in; NULL for the profile's. */
PealConnectRun *peal_connect_run_new (PealClient *client, const char *open_id, const char *environment);
/* To be called once. */
void peal_connect_run_start (PealConnectRun *self);
void peal_connect_run_cancel (PealConnectRun *self);

/* Whether what @error says may come from a wrong key or secret, or from an app that is not set up in full. */
gboolean peal_connect_error_is_about_app (const GError *error);

G_END_DECLS
