/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "peal-account-list.h"
#include "peal-agent-link.h"
#include "peal-clock.h"
#include "peal-media-runner.h"
#include "peal-pictures.h"
#include "peal-undo.h"

G_BEGIN_DECLS

/* What the pages and dialogs of the window share; made once by main () and handed to each as its
 * construct-only property "session".
 *
 * Signals:
 *   said (const char *text): a sentence for the user; the window shows it as a toast. */

#define PEAL_TYPE_SESSION (peal_session_get_type ())
G_DECLARE_FINAL_TYPE (PealSession, peal_session, PEAL, SESSION, GObject)

/* (transfer full). @settings: of schema io.github.pealapp.Peal. */
PealSession *
peal_session_new (PealAgentLink *link, PealMediaRunner *runner, PealClock *clock, GSettings *settings);

/* All (transfer none). */
PealAgentLink *peal_session_get_link (PealSession *self);
PealClient *peal_session_get_client (PealSession *self);
PealAccountList *peal_session_get_accounts (PealSession *self);
PealPictures *peal_session_get_pictures (PealSession *self);
PealMediaRunner *peal_session_get_runner (PealSession *self);
PealClock *peal_session_get_clock (PealSession *self);
GSettings *peal_session_get_settings (PealSession *self);
PealUndo *peal_session_get_undo (PealSession *self);
/* µs UTC, by the session's clock. */
gint64 peal_session_get_now (PealSession *self);

void peal_session_say (PealSession *self, const char *text);
/* The sentence for @error; nothing for CANCELLED. */
void peal_session_say_error (PealSession *self, const GError *error);

G_END_DECLS
