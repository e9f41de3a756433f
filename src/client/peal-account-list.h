/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-account-item.h"
#include "peal-agent-link.h"

G_BEGIN_DECLS

/* The accounts as a GListModel of PealAccountItem: those that are connected or wait for a sign-in, then the
 * disconnected ones, each in the agent's order. Read when the link is ready and again whenever it says that
 * accounts changed; what was read stays while the agent is away.
 *
 * Properties (read-only, notified): loaded (gboolean: whether it was read at all). */

#define PEAL_TYPE_ACCOUNT_LIST (peal_account_list_get_type ())
G_DECLARE_FINAL_TYPE (PealAccountList, peal_account_list, PEAL, ACCOUNT_LIST, GObject)

/* (transfer full) */
PealAccountList *peal_account_list_new (PealAgentLink *link);
gboolean peal_account_list_is_loaded (PealAccountList *self);
/* (transfer none) (nullable) */
PealAccountItem *peal_account_list_find (PealAccountList *self, const char *open_id);

G_END_DECLS
