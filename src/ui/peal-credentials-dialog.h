/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* Takes client key and secret of the user's TikTok app, for production or the sandbox, and hands them to the
 * agent; shows what is stored by its last characters, and forgets it. The secret leaves the entry through a
 * pipe only, and is wiped from it afterwards. Where no account is connected, storing leads on to connecting
 * one. */

#define PEAL_TYPE_CREDENTIALS_DIALOG (peal_credentials_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PealCredentialsDialog, peal_credentials_dialog, PEAL, CREDENTIALS_DIALOG, AdwDialog)

/* (transfer floating) */
AdwDialog *peal_credentials_dialog_new (PealSession *session);

G_END_DECLS
