/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-accounts.h"
#include "peal-journal.h"
#include "peal-media-store.h"

G_BEGIN_DECLS

/* Publishes what is due. It keeps nothing that matters in memory: each look at the agenda starts what is due
 * and is not under way, each step goes through the journal, and a process that dies anywhere is followed by
 * one that goes on from there. The one thing that memory alone holds is the upload address of an attempt. */

#define PEAL_TYPE_PUBLISHER (peal_publisher_get_type ())
G_DECLARE_FINAL_TYPE (PealPublisher, peal_publisher, PEAL, PUBLISHER, GObject)

/* Signals: "looked" (gint64 next): the agenda was read, and the next thing is due at @next (µs UTC,
 * G_MAXINT64 for nothing). "progress-changed": at most ten times a second. */

PealPublisher *peal_publisher_new (PealJournal *journal,
                                   PealAccounts *accounts,
                                   PealMediaStore *media_store,
                                   PealDatabase *database,
                                   PealClock *clock);
/* Looks at the agenda and starts what is due. Cheap to call for any reason. */
void peal_publisher_look (PealPublisher *self);
/* The network is another: what failed before says nothing any more. */
void peal_publisher_note_network_change (PealPublisher *self);
/* Stops the upload of @post if it is under way: the journal has taken it back. */
void peal_publisher_stop_post (PealPublisher *self, gint64 post);
/* The same for all posts of @account; for all posts. What is not armed goes back to the plan. */
void peal_publisher_stop_account (PealPublisher *self, gint64 account);
void peal_publisher_stop_all (PealPublisher *self);
/* (transfer full, floating): a(xtt) as the bus's Progress has it. */
GVariant *peal_publisher_get_progress (PealPublisher *self);
/* Whether anything is under way. */
gboolean peal_publisher_is_busy (PealPublisher *self);
/* Starts nothing new and stops what is not armed; resolves when nothing is under way any more. */
DexFuture *peal_publisher_shut_down (PealPublisher *self);

G_END_DECLS
