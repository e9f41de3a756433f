/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Something on the bus that speaks the agent's interface by heart: two accounts, a few posts, and jobs that
 * end, fail or never end. It keeps what it was asked. */

typedef struct _PealFakeAgent PealFakeAgent;

/* Takes the agent's name on @connection. @interface_version: what it claims to speak. */
PealFakeAgent *peal_fake_agent_new (GDBusConnection *connection, gboolean practice, guint interface_version);
void peal_fake_agent_free (PealFakeAgent *self);
/* Leaves the bus as if it had crashed. */
void peal_fake_agent_vanish (PealFakeAgent *self);
void peal_fake_agent_emit_changed (PealFakeAgent *self, const char *kind, const char *const *ids);
/* The uploads under way: @post at @bytes of @total. */
void peal_fake_agent_set_progress (PealFakeAgent *self, gint64 post, guint64 bytes, guint64 total);
/* The arguments of the last call of @method (transfer none) (nullable). */
GVariant *peal_fake_agent_get_last (PealFakeAgent *self, const char *method);
/* What came through the last file descriptor (transfer none) (nullable). */
const char *peal_fake_agent_get_received (PealFakeAgent *self);
/* Every method but the jobs' fails like this from now on; NULL: no more. */
void peal_fake_agent_set_error (PealFakeAgent *self, const char *name, const char *message);
/* GetPost says this state from now on. */
void peal_fake_agent_set_state (PealFakeAgent *self, const char *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealFakeAgent, peal_fake_agent_free)

G_END_DECLS
