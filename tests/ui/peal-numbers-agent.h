/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Something on the bus that speaks as much of the agent's interface as numbers need: accounts, readings,
 * videos, and Sync. What it says is set from outside; it keeps count of what it was asked. */

typedef struct _PealNumbersAgent PealNumbersAgent;

/* Takes the practice agent's name on @connection. */
PealNumbersAgent *peal_numbers_agent_new (GDBusConnection *connection);
void peal_numbers_agent_free (PealNumbersAgent *self);
/* Leaves the bus, or comes back. */
void peal_numbers_agent_set_present (PealNumbersAgent *self, gboolean present);

/* An account; @scopes: comma-separated; a later one with the same @open_id takes its place. */
void peal_numbers_agent_set_account (PealNumbersAgent *self,
                                     const char *open_id,
                                     const char *name,
                                     const char *scopes,
                                     const char *state,
                                     gint64 followers,
                                     gint64 sampled_at);
void peal_numbers_agent_remove_account (PealNumbersAgent *self, const char *open_id);
/* Readings of every account: @n of them, the last at @last, @every_us apart; the first has @first followers,
 * each next
 * @growth more. Likes are ten times as many, the videos 42. A video's readings are the same. */
void peal_numbers_agent_set_samples (PealNumbersAgent *self,
                                     guint n,
                                     gint64 last,
                                     gint64 every_us,
                                     gint64 first,
                                     gint64 growth);
/* @n videos of every account, the newest at @newest_s; each has a number as its title, as its views the
 * square of that. Of every seventh the views are unknown, every fifth has neither title nor cover nor
 * address. */
void peal_numbers_agent_set_videos (PealNumbersAgent *self, guint n, gint64 newest_s);
/* (transfer none) (nullable): the title of every video instead. */
void peal_numbers_agent_set_title (PealNumbersAgent *self, const char *title);
/* Readings and videos fail with this from now on; NULL: no more. */
void peal_numbers_agent_set_error (PealNumbersAgent *self, const char *name, const char *message);
/* Whether readings are held back; what was asked meanwhile is answered when they are no more. */
void peal_numbers_agent_set_slow (PealNumbersAgent *self, gboolean slow);
void peal_numbers_agent_emit_changed (PealNumbersAgent *self, const char *kind, const char *id);

guint peal_numbers_agent_count (PealNumbersAgent *self, const char *method);
/* (transfer none): whose numbers were asked for last by Sync; "" before. */
const char *peal_numbers_agent_get_synced (PealNumbersAgent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealNumbersAgent, peal_numbers_agent_free)

G_END_DECLS
