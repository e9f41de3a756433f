/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-compose-creator.h"
#include "peal-compose-form.h"
#include "peal-session.h"

G_BEGIN_DECLS

/* Which account a post is for: its picture, nickname, handle and environment, from the connected ones.
 * Whenever an account is shown TikTok is asked afresh what its creator may choose; what comes of that is told
 * in a row below.
 *
 * Signals:
 *   account-changed (): another account is chosen.
 *   changed (): what is known of the creator is something else, or the account is. */

#define PEAL_TYPE_COMPOSE_ACCOUNT (peal_compose_account_get_type ())
G_DECLARE_FINAL_TYPE (PealComposeAccount, peal_compose_account, PEAL, COMPOSE_ACCOUNT, AdwBin)

/* Once, before anything else. */
void peal_compose_account_set_session (PealComposeAccount *self, PealSession *session);
/* Only this account (an open_id), whatever its state: a post stays with its account. */
void peal_compose_account_fix (PealComposeAccount *self, const char *open_id);
/* Asks TikTok again, as when another post is begun. */
void peal_compose_account_ask (PealComposeAccount *self);
/* How the post will be shared: to the inbox nothing is lost where TikTok does not answer. */
void peal_compose_account_set_share_type (PealComposeAccount *self, PealShareType share_type);

/* (transfer none) (nullable): NULL where none is connected. */
PealAccountItem *peal_compose_account_get_account (PealComposeAccount *self);
PealComposeCreatorState peal_compose_account_get_state (PealComposeAccount *self);
/* (transfer none) (nullable): NULL unless KNOWN. */
const PealComposeCreator *peal_compose_account_get_creator (PealComposeAccount *self);

G_END_DECLS
