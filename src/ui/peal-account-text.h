/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-account-item.h"

G_BEGIN_DECLS

/* What the window says of an account and what it offers to do with it. Pure: "now" and the zone are handed
 * in, all instants are µs UTC. Texts are translated; those that are (transfer full) may hold what the network
 * said and are no markup. */

/* Bits. */
typedef enum
{
  PEAL_ACCOUNT_OFFER_NONE = 0,
  PEAL_ACCOUNT_OFFER_SIGN_IN = 1 << 0,    /* it must: its sign-in is dead, or it is disconnected */
  PEAL_ACCOUNT_OFFER_GRANT_MORE = 1 << 1, /* it works, with less than it could */
  PEAL_ACCOUNT_OFFER_RENEW = 1 << 2,      /* it works; signing in again makes the sign-in last longer */
  PEAL_ACCOUNT_OFFER_DISCONNECT = 1 << 3,
  PEAL_ACCOUNT_OFFER_SHARE_TYPE = 1 << 4,
} PealAccountOffers;

PealAccountOffers peal_account_offers (PealAccountState state, PealScopes granted);

/* (transfer none): "Production", "Sandbox". */
const char *peal_environment_text (PealEnvironment environment);
/* (transfer none): "Direct post", "Inbox"; and what that means, a sentence. */
const char *peal_share_type_text (PealShareType share_type);
const char *peal_share_type_explanation (PealShareType share_type);

/* (transfer full): at most 40 characters of @name, for a heading. */
char *peal_account_dup_short_name (const char *name);

/* (transfer full): "@mara.bakes · 4.5K followers"; what is unknown is left out, "" where nothing is known. */
char *peal_account_dup_summary (PealAccountItem *account);
/* (transfer full) (nullable): what stands in the way of using the account to the full, a few words; NULL
 * where nothing does. */
char *peal_account_dup_trouble (PealAccountState state, PealScopes granted);

/* (transfer full): "Signed in 3 months ago". @connected_at: -1 unknown. */
char *peal_account_dup_sign_in_age (gint64 connected_at, gint64 now);
/* (transfer full): until when it lasts, or that it ended. @until: -1 unknown. */
char *peal_account_dup_sign_in_end (PealAccountState state, gint64 until, gint64 now, GTimeZone *zone);
/* Whether the sign-in of a connected account ends within two weeks. */
gboolean peal_account_ends_soon (PealAccountState state, gint64 until, gint64 now);

/* (transfer full): what becomes of an account's posts and numbers when it is disconnected. @posts: how many
 * are scheduled or being published; -1 unknown. @more: whether there are more than that. */
char *peal_account_dup_disconnect_text (gint64 posts, gboolean more);

G_END_DECLS
