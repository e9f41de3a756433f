/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* A drop-down of the session's accounts, each with its picture, name and handle. */

/* Fills @drop_down and keeps it current. */
void peal_account_chooser_init (GtkDropDown *drop_down, PealSession *session);
/* (transfer none) (nullable) */
PealAccountItem *peal_account_chooser_get (GtkDropDown *drop_down);
/* Whether the account was there to be chosen. */
gboolean peal_account_chooser_set (GtkDropDown *drop_down, const char *open_id);

G_END_DECLS
