/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-session.h"
#include "peal-when-choice.h"

G_BEGIN_DECLS

/* Where a person says when: a date row with a calendar, a time that is typed, some proposals, and below them
 * always what the choice comes to, in the zone of this computer; what is wrong with it, or which of two
 * readings is meant, where the clocks change.
 *
 * Signals:
 *   changed (): the choice is another one, also because time went by.
 *   activated (): Return was pressed in the time. */

#define PEAL_TYPE_WHEN_EDITOR (peal_when_editor_get_type ())
G_DECLARE_FINAL_TYPE (PealWhenEditor, peal_when_editor, PEAL, WHEN_EDITOR, GtkBox)

/* Once, before anything else. */
void peal_when_editor_set_session (PealWhenEditor *self, PealSession *session);
/* @due: µs UTC; -1 for the next full hour that leaves some time. */
void peal_when_editor_set_due (PealWhenEditor *self, gint64 due);
/* (transfer none): as it is now. */
const PealWhenChoice *peal_when_editor_get_choice (PealWhenEditor *self);
/* (transfer none): IANA name of the zone of the choice. */
const char *peal_when_editor_get_zone (PealWhenEditor *self);

G_END_DECLS
