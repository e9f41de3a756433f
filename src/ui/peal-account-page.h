/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* One account in full: numbers, how its posts are sent, how long its sign-in lasts, which permissions it
 * granted and what each is for; and what can be done with it. Follows the account. */

#define PEAL_TYPE_ACCOUNT_PAGE (peal_account_page_get_type ())
G_DECLARE_FINAL_TYPE (PealAccountPage, peal_account_page, PEAL, ACCOUNT_PAGE, AdwNavigationPage)

/* (transfer floating) */
GtkWidget *peal_account_page_new (PealSession *session, PealAccountItem *account);

G_END_DECLS
