/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* Asks for another time for a post.
 *
 * Signals:
 *   chosen (gint64 due, const char *zone): µs UTC and the IANA name of the zone in which it was chosen; the
 * dialog closes then. Not emitted where the user cancels. */

#define PEAL_TYPE_WHEN_DIALOG (peal_when_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PealWhenDialog, peal_when_dialog, PEAL, WHEN_DIALOG, AdwDialog)

/* (transfer floating). @due: what it begins with, µs UTC; -1, or a time that is past, for one that is to
 * come. */
AdwDialog *peal_when_dialog_new (PealSession *session, gint64 due);

G_END_DECLS
