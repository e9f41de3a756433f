/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-account.h"
#include "peal-post.h"

G_BEGIN_DECLS

/* One account as the agent knows it; PealAccountList makes them and keeps each the same object for as long as
 * the account is there. "changed" is emitted whenever anything about it is new. Counters are -1 where
 * unknown. */

#define PEAL_TYPE_ACCOUNT_ITEM (peal_account_item_get_type ())
G_DECLARE_FINAL_TYPE (PealAccountItem, peal_account_item, PEAL, ACCOUNT_ITEM, GObject)

/* (transfer full): from a dictionary of ListAccounts. */
PealAccountItem *peal_account_item_new (GVariant *dict);
/* Takes what @dict says; emits "changed" where that is something new. */
void peal_account_item_update (PealAccountItem *self, GVariant *dict);
/* Whether it is of the practice world; FALSE at first. */
void peal_account_item_set_practice (PealAccountItem *self, gboolean is_practice);

/* (transfer none) */
const char *peal_account_item_get_open_id (PealAccountItem *self);
/* (transfer none) (nullable): the handle, without "@". */
const char *peal_account_item_get_username (PealAccountItem *self);
/* (transfer none): the nickname; the handle or the open_id where there is none. May be long, of any script,
 * and look like markup. */
const char *peal_account_item_get_name (PealAccountItem *self);
PealEnvironment peal_account_item_get_environment (PealAccountItem *self);
PealAccountState peal_account_item_get_state (PealAccountItem *self);
PealScopes peal_account_item_get_scopes (PealAccountItem *self);
PealShareType peal_account_item_get_share_type (PealAccountItem *self);
gboolean peal_account_item_is_verified (PealAccountItem *self);
/* (transfer none) (nullable) */
const char *peal_account_item_get_avatar_url (PealAccountItem *self);
/* (transfer none) (nullable): only ever https on TikTok, or loopback in practice. */
const char *peal_account_item_get_profile_url (PealAccountItem *self);
/* µs UTC; -1 unknown. */
gint64 peal_account_item_get_connected_at (PealAccountItem *self);
gint64 peal_account_item_get_signed_in_until (PealAccountItem *self);
gint64 peal_account_item_get_sampled_at (PealAccountItem *self);
gint64 peal_account_item_get_follower_count (PealAccountItem *self);
gint64 peal_account_item_get_following_count (PealAccountItem *self);
gint64 peal_account_item_get_likes_count (PealAccountItem *self);
gint64 peal_account_item_get_video_count (PealAccountItem *self);

G_END_DECLS
