/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* The preferences: what the agent keeps (late posts, the pause, the audit), what the window keeps (pictures
 * from TikTok), and what is to be known: the servers spoken to and the space used. What the agent refuses
 * goes back to how it was, with the reason. */

#define PEAL_TYPE_PREFERENCES_DIALOG (peal_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PealPreferencesDialog,
                      peal_preferences_dialog,
                      PEAL,
                      PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

/* (transfer floating) */
AdwDialog *peal_preferences_dialog_new (PealSession *session);

G_END_DECLS
