/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* The program: command line, one window, the actions that need none. With --practice it is another
 * application of the desktop, with a name of its own on the bus, so that it never raises the real one.
 *
 * Signals:
 *   wire (): the command line is read: hand over a session now. GTK is made after that. */

#define PEAL_TYPE_APPLICATION (peal_application_get_type ())
G_DECLARE_FINAL_TYPE (PealApplication, peal_application, PEAL, APPLICATION, AdwApplication)

/* (transfer full) */
PealApplication *peal_application_new (void);
gboolean peal_application_get_practice (PealApplication *self);
void peal_application_set_session (PealApplication *self, PealSession *session);

G_END_DECLS
