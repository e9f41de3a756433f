/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* Signs an account in: says which permissions Peal asks for and why, has the user's browser open TikTok's
 * page, waits for it, and says who came back and what was granted. Closing it ends the wait. */

#define PEAL_TYPE_CONNECT_DIALOG (peal_connect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PealConnectDialog, peal_connect_dialog, PEAL, CONNECT_DIALOG, AdwDialog)

/* (transfer floating). @open_id: (nullable): who is to sign in again; nobody else is taken then. */
AdwDialog *peal_connect_dialog_new (PealSession *session, const char *open_id);

G_END_DECLS
