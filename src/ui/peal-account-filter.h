/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-account-list.h"

G_BEGIN_DECLS

/* A GtkDropDown that offers "All accounts" and each account; hidden where there is one account only. */

/* (transfer floating) */
GtkWidget *peal_account_filter_new (PealAccountList *accounts);
/* (transfer none) (nullable): the open_id that is chosen; NULL for all. */
const char *peal_account_filter_get (GtkDropDown *drop_down);
/* Back to all. */
void peal_account_filter_clear (GtkDropDown *drop_down);

G_END_DECLS
