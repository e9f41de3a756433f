/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Something on the bus that speaks the agent's interface by heart: two accounts, a few posts, and jobs that
 * end, fail or never end; or with the posts, videos and samples that a test gives it. It keeps what it was
 * asked. */

typedef struct _PealFakeAgent PealFakeAgent;

/* Takes the agent's name on @connection. @interface_version: what it claims to speak. */
PealFakeAgent *peal_fake_agent_new (GDBusConnection *connection, gboolean practice, guint interface_version);
void peal_fake_agent_free (PealFakeAgent *self);
/* Leaves the bus as if it had crashed. */
void peal_fake_agent_vanish (PealFakeAgent *self);
/* Keeps its name, but has nothing to say any more. */
void peal_fake_agent_set_mute (PealFakeAgent *self);
void peal_fake_agent_emit_changed (PealFakeAgent *self, const char *kind, const char *const *ids);
/* The uploads under way: @post at @bytes of @total. */
void peal_fake_agent_set_progress (PealFakeAgent *self, gint64 post, guint64 bytes, guint64 total);
/* The arguments of the last call of @method (transfer none) (nullable). */
GVariant *peal_fake_agent_get_last (PealFakeAgent *self, const char *method);
/* What came through the last file descriptor (transfer none) (nullable). */
const char *peal_fake_agent_get_received (PealFakeAgent *self);
/* Every method but the jobs' fails like this from now on; NULL: no more. */
void peal_fake_agent_set_error (PealFakeAgent *self, const char *name, const char *message);
/* GetPost says this state of the posts by heart from now on. */
void peal_fake_agent_set_state (PealFakeAgent *self, const char *state);
/* How often @method was called. */
guint peal_fake_agent_get_n_calls (PealFakeAgent *self, const char *method);
/* From now on @method is answered with this tuple, given as GVariant's text, of whatever type; NULL: no more.
 */
void peal_fake_agent_set_reply (PealFakeAgent *self, const char *method, const char *text);
/* Replies of @method are made when it is called, but sent when they are released. */
void peal_fake_agent_hold (PealFakeAgent *self, const char *method);
void peal_fake_agent_release (PealFakeAgent *self);
void peal_fake_agent_set_paused (PealFakeAgent *self, gboolean paused);

/* None of the posts by heart any more. */
void peal_fake_agent_clear_posts (PealFakeAgent *self);
/* Post @id, in @state and due @minute minutes after 2 November 2026, 12:00 UTC. @more (nullable): members
 * over that, as GVariant's text of an a{sv}; <()> takes one away. */
void
peal_fake_agent_put_post (PealFakeAgent *self, gint64 id, const char *state, gint64 minute, const char *more);
void peal_fake_agent_remove_post (PealFakeAgent *self, gint64 id);
/* The @n-th newest video, from 0; two share a second each, a minute apart from the next two. */
void peal_fake_agent_put_video (PealFakeAgent *self, guint n, const char *more);
/* So many, one a minute. */
void peal_fake_agent_set_samples (PealFakeAgent *self, guint n);
/* As GVariant's text of an aa{sv}, and of an a{sv}. */
void peal_fake_agent_set_accounts (PealFakeAgent *self, const char *text);
void peal_fake_agent_set_status (PealFakeAgent *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealFakeAgent, peal_fake_agent_free)

G_END_DECLS
