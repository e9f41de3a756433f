/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* The page of the accounts: a list of them, and on its own page within what is to be known and done about
 * each. */

#define PEAL_TYPE_ACCOUNTS_PAGE (peal_accounts_page_get_type ())
G_DECLARE_FINAL_TYPE (PealAccountsPage, peal_accounts_page, PEAL, ACCOUNTS_PAGE, AdwNavigationPage)

/* (transfer floating) */
GtkWidget *peal_accounts_page_new (PealSession *session);

G_END_DECLS
