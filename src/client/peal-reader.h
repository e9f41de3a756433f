/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Reads for an object, one call at a time: asks it what to call next, waits, and hands it what came. As there
 * is never more than one call under way, no reply can overtake another and put old data over new. It holds no
 * reference to its owner, who stops it in its dispose () and is not called any more from then on, whatever
 * still comes in. */

#define PEAL_TYPE_READER (peal_reader_get_type ())
G_DECLARE_FINAL_TYPE (PealReader, peal_reader, PEAL, READER, GObject)

typedef enum
{
  PEAL_READER_REST,  /* nothing to call until it is woken */
  PEAL_READER_LATER, /* when nothing more urgent is to be done: what is on the screen comes first */
  PEAL_READER_NOW,
} PealReaderUrge;

/* (transfer full) (nullable): the next call; NULL: nothing to do. */
typedef DexFuture *(*PealReaderNext) (gpointer owner, GCancellable *cancellable);
/* Takes what the call came to; returns when to go on. @done is not pending. */
typedef PealReaderUrge (*PealReaderTake) (gpointer owner, DexFuture *done);

/* (transfer full) */
PealReader *peal_reader_new (gpointer owner, PealReaderNext next, PealReaderTake take);
/* There is something to do. What is woken LATER many times at once reads once. */
void peal_reader_wake (PealReader *self, PealReaderUrge urge);
/* Cancels the call under way, whose outcome is dropped, and asks for the next at once. */
void peal_reader_restart (PealReader *self);
void peal_reader_stop (PealReader *self);

G_END_DECLS
