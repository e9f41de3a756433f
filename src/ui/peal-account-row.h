/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* One account in the list of accounts: who it is, where it lives, and what it needs. Follows the account. */

#define PEAL_TYPE_ACCOUNT_ROW (peal_account_row_get_type ())
G_DECLARE_FINAL_TYPE (PealAccountRow, peal_account_row, PEAL, ACCOUNT_ROW, GtkListBoxRow)

/* (transfer floating) */
GtkWidget *peal_account_row_new (PealSession *session, PealAccountItem *account);
/* (transfer none) */
PealAccountItem *peal_account_row_get_account (PealAccountRow *self);

G_END_DECLS
