/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-database.h"
#include "peal-tiktok-client.h"
#include "peal-vault.h"

G_BEGIN_DECLS

/* The accounts and the user's apps: who is connected, with which permissions, and the tokens to act for them.
 * Rows are in the database, secrets in the vault; a token leaves here only as PealAccess, for a call to
 * TikTok. */

#define PEAL_TYPE_ACCOUNTS (peal_accounts_get_type ())
G_DECLARE_FINAL_TYPE (PealAccounts, peal_accounts, PEAL, ACCOUNTS, GObject)

/* Signals: "changed" (const char *open_id, or "" for all), "settings-changed" (profile or credentials),
 * "connected" (gint64 row id: signed in, for the first time or again). */

PealAccounts *
peal_accounts_new (PealDatabase *database, PealVault *vault, PealTiktokClient *client, PealClock *clock);
PealTiktokClient *peal_accounts_get_client (PealAccounts *self);
PealVault *peal_accounts_get_vault (PealAccounts *self);

/* Are there new tokens that the vault could not take yet? They would be lost with the session. "changed"
 * tells. */
gboolean peal_accounts_has_unsaved (PealAccounts *self);

/* The app. set_credentials stores the secret first, then the row, and makes @environment the profile. */
DexFuture *peal_accounts_set_credentials (PealAccounts *self,
                                          PealEnvironment environment,
                                          const char *client_key,
                                          PealSecret *secret,
                                          PealShareType share_type);
DexFuture *peal_accounts_forget_credentials (PealAccounts *self, PealEnvironment environment);
/* Resolves to a{sv}: profile s, credentials as, client_key_hint s, default_share_type s. */
DexFuture *peal_accounts_describe_apps (PealAccounts *self);
/* Resolves to PealEnvironment (int): where a sign-in without a named environment goes. */
DexFuture *peal_accounts_query_profile (PealAccounts *self);

/* @name: an open_id, or "@handle". Resolves to the row id (int64); INVALID "account_unknown",
 * "account_ambiguous". Disconnected accounts are found too. */
DexFuture *peal_accounts_resolve (PealAccounts *self, const char *name);
/* Resolves to aa{sv} as the bus's ListAccounts has it. */
DexFuture *peal_accounts_list (PealAccounts *self);
/* Resolves to a{sv}, one of that list. */
DexFuture *peal_accounts_describe (PealAccounts *self, gint64 account);
/* Stores what posts of @account are unless they say otherwise. INVALID "account_unknown". */
DexFuture *peal_accounts_set_share_type (PealAccounts *self, gint64 account, PealShareType share_type);

/* The right to call for @account: the token, refreshed first where less than max(5 min, 10 % of its life)
 * remains or less than @needed_s seconds. One refresh at a time an account, stored before its first use, and
 * only begun while the vault is writable. Resolves to PealAccess. Errors: AUTH "reconnect" (the account's
 * state is set so), the vault's, the network's. */
DexFuture *peal_accounts_get_access (PealAccounts *self, gint64 account, gint64 needed_s);
/* TikTok said 401 to @used: refreshes once, unless somebody did meanwhile. Resolves to PealAccess; a dead
 * sign-in is AUTH "reconnect". */
DexFuture *peal_accounts_renew_access (PealAccounts *self, gint64 account, const PealAccess *used);

/* One call for @account: gets access, runs @func in this fiber's scheduler, and after AUTH renews and runs it
 * once more. @func returns (transfer full) the call's future. Resolves as that future does. */
typedef DexFuture *(*PealAccountsCall) (PealTiktokClient *client, const PealAccess *access, gpointer data);
DexFuture *peal_accounts_call (PealAccounts *self,
                               gint64 account,
                               PealAccountsCall call,
                               gpointer data,
                               GDestroyNotify destroy);

/* Revokes, deletes the tokens and marks the row. Resolves to a boolean: whether TikTok confirmed. */
DexFuture *peal_accounts_disconnect (PealAccounts *self, gint64 account);

G_END_DECLS
