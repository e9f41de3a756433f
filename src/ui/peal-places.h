/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* So many of a kind may be at work at a time, and of those who wait the last to come is next: what is looked
 * at now was asked for last. Of one thread. */

typedef struct _PealPlaces PealPlaces;

/* (transfer full). @n: how many, at least 1. */
PealPlaces *peal_places_new (guint n);
/* When nobody waits any more. */
void peal_places_free (PealPlaces *self);
/* On a fiber that runs to its end (peal_fiber_spawn_to_end ()): waits for a place, which whoever takes it
 * gives back. */
void peal_places_take (PealPlaces *self);
void peal_places_give_back (PealPlaces *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPlaces, peal_places_free)

G_END_DECLS
