/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <libdex.h>

G_BEGIN_DECLS

/* (transfer full): shows @dialog over @parent and resolves to the response (a string) that the user chose,
 * its close response where the dialog went away without one. Takes @dialog. */
DexFuture *peal_ask (AdwAlertDialog *dialog, GtkWidget *parent);

/* (transfer floating): a question with "Cancel" and one answer, @label with a mnemonic, whose response is
 * "yes". */
AdwAlertDialog *peal_ask_dialog_new (const char *heading,
                                     const char *body,
                                     const char *label,
                                     AdwResponseAppearance appearance);

G_END_DECLS
