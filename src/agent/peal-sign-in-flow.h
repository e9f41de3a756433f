/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-accounts.h"

G_BEGIN_DECLS

/* One sign-in from the authorize address to a stored account: the redirect listener, the exchange, the first
 * look at the user, the tokens into the vault, then the row. Nothing is stored unless everything came. */

#define PEAL_TYPE_SIGN_IN_FLOW (peal_sign_in_flow_get_type ())
G_DECLARE_FINAL_TYPE (PealSignInFlow, peal_sign_in_flow, PEAL, SIGN_IN_FLOW, GObject)

/* Resolves to PealSignInFlow, listening, with its address ready. @account: row id of the one who is to come
 * back, or 0 for anybody. Errors: INVALID "no_credentials", the vault's, "listener". The vault is asked to be
 * writable now, so that the user does not sign in in vain. */
DexFuture *peal_sign_in_flow_start (PealAccounts *accounts, PealEnvironment environment, gint64 account);
/* (transfer none) */
const char *peal_sign_in_flow_get_authorize_url (PealSignInFlow *self);
/* Resolves to the account's row id (int64). REJECTED "access_denied" and TikTok's other words, INVALID
 * "connect_timeout" after 10 minutes, "other_account", CANCELLED, and what the exchange fails with. */
DexFuture *peal_sign_in_flow_run (PealSignInFlow *self, GCancellable *cancellable);

G_END_DECLS
