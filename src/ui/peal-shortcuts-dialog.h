/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Lists the table of peal-actions.h, group by group. AdwShortcutsDialog would do, and is newer than our
 * floor. */

#define PEAL_TYPE_SHORTCUTS_DIALOG (peal_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PealShortcutsDialog, peal_shortcuts_dialog, PEAL, SHORTCUTS_DIALOG, AdwDialog)

/* (transfer floating) */
AdwDialog *peal_shortcuts_dialog_new (void);

G_END_DECLS
