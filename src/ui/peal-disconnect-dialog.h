/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* Asks whether to disconnect @account, saying how many of its posts are held then, and does it. What came of
 * it is said through @session, also when the window shows something else by then. */
void peal_disconnect_dialog_present (PealSession *session, PealAccountItem *account, GtkWidget *parent);

G_END_DECLS
