/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* What the user did and can take back, the latest first, at most 100. Taking back is a future: while it runs
 * nothing else is taken back, and where it fails its error is what peal_undo_run () rejects with and the
 * entry is gone.
 *
 * Properties (read-only, notified): can-undo (gboolean).
 * Signals:
 *   pushed (const char *title): something was done that can be taken back; the window shows a toast. */

#define PEAL_TYPE_UNDO (peal_undo_get_type ())
G_DECLARE_FINAL_TYPE (PealUndo, peal_undo, PEAL, UNDO, GObject)

/* (transfer full): resolves once it is as before, to anything. */
typedef DexFuture *(*PealUndoFunc) (gpointer data);

PealUndo *peal_undo_new (void);
/* @title: what was done, as a sentence of a toast: "Post cancelled". Takes @data, freed by @destroy. */
void
peal_undo_push (PealUndo *self, const char *title, PealUndoFunc func, gpointer data, GDestroyNotify destroy);
gboolean peal_undo_can_undo (PealUndo *self);
/* (transfer full): takes the latest that there is at this call back; resolves to TRUE, to FALSE where there
 * is nothing or one runs already. */
DexFuture *peal_undo_run (PealUndo *self);

G_END_DECLS
