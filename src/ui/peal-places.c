/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-places.h"

struct _PealPlaces
{
  guint n_free;
  GQueue waiting; /* of DexPromise: whose turn comes next */
};

PealPlaces *
peal_places_new (guint n)
{
  PealPlaces *self = NULL;

  g_return_val_if_fail (n > 0, NULL);

  self = g_new0 (PealPlaces, 1);
  self->n_free = n;
  g_queue_init (&self->waiting);
  return self;
}

void
peal_places_free (PealPlaces *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (g_queue_is_empty (&self->waiting));

  g_free (self);
}

void
peal_places_take (PealPlaces *self)
{
  g_autoptr (DexPromise) turn = NULL;

  g_return_if_fail (self != NULL);

  if (self->n_free > 0)
    {
      self->n_free--;
      return;
    }
  turn = dex_promise_new ();
  g_queue_push_head (&self->waiting, dex_ref (turn));
  dex_await (dex_ref (DEX_FUTURE (turn)), NULL);
}

void
peal_places_give_back (PealPlaces *self)
{
  g_autoptr (DexPromise) next = NULL;

  g_return_if_fail (self != NULL);

  if ((next = g_queue_pop_head (&self->waiting)) != NULL)
    dex_promise_resolve_boolean (next, TRUE);
  else
    self->n_free++;
}
