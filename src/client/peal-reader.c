/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-reader.h"

struct _PealReader
{
  GObject parent_instance;

  gpointer owner; /* a GObject, of no reference; NULL once stopped */
  PealReaderNext next;
  PealReaderTake take;

  GCancellable *cancellable; /* of the call under way */
  PealReaderUrge urge;
  gboolean is_running;
};

G_DEFINE_FINAL_TYPE (PealReader, peal_reader, G_TYPE_OBJECT)

static gboolean
idle_cb (gpointer user_data)
{
  dex_promise_resolve_boolean (user_data, TRUE);
  return G_SOURCE_REMOVE;
}

/* Resolves once the main loop has nothing else to do. */
static DexFuture *
wait_for_idle (void)
{
  DexPromise *promise = dex_promise_new ();

  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, idle_cb, dex_ref (promise), dex_unref);
  return DEX_FUTURE (promise);
}

/* (transfer full) (nullable): the call, already made. */
static DexFuture *
begin (PealReader *self, GCancellable *cancellable)
{
  g_autoptr (GObject) owner = self->owner != NULL ? g_object_ref (self->owner) : NULL;

  return owner != NULL ? self->next (owner, cancellable) : NULL;
}

static void
end (PealReader *self, DexFuture *done, GCancellable *cancellable)
{
  g_autoptr (GObject) owner = self->owner != NULL ? g_object_ref (self->owner) : NULL;
  PealReaderUrge urge;

  /* Somebody else's outcome, if it was restarted. */
  if (owner == NULL || self->cancellable != cancellable)
    return;
  urge = self->take (owner, done);
  self->urge = MAX (self->urge, urge);
}

static DexFuture *
run_fiber (gpointer user_data)
{
  PealReader *self = user_data;

  while (self->owner != NULL && self->urge != PEAL_READER_REST)
    {
      g_autoptr (GCancellable) cancellable = NULL;
      g_autoptr (DexFuture) call = NULL;

      if (self->urge == PEAL_READER_LATER)
        dex_await (wait_for_idle (), NULL);
      self->urge = PEAL_READER_REST;
      cancellable = g_cancellable_new ();
      g_set_object (&self->cancellable, cancellable);
      if (!(call = begin (self, cancellable)))
        continue;
      dex_await (dex_ref (call), NULL);
      end (self, call, cancellable);
    }
  g_clear_object (&self->cancellable);
  self->is_running = FALSE;
  return dex_future_new_true ();
}

static void
peal_reader_dispose (GObject *object)
{
  peal_reader_stop (PEAL_READER (object));
  G_OBJECT_CLASS (peal_reader_parent_class)->dispose (object);
}

static void
peal_reader_class_init (PealReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = peal_reader_dispose;
}

static void
peal_reader_init (PealReader *self)
{
}

PealReader *
peal_reader_new (gpointer owner, PealReaderNext next, PealReaderTake take)
{
  PealReader *self = NULL;

  g_return_val_if_fail (G_IS_OBJECT (owner), NULL);
  g_return_val_if_fail (next != NULL && take != NULL, NULL);

  self = g_object_new (PEAL_TYPE_READER, NULL);
  self->owner = owner;
  self->next = next;
  self->take = take;
  return self;
}

void
peal_reader_wake (PealReader *self, PealReaderUrge urge)
{
  g_return_if_fail (PEAL_IS_READER (self));

  if (self->owner == NULL)
    return;
  self->urge = MAX (self->urge, urge);
  if (self->is_running)
    return;
  self->is_running = TRUE;
  dex_future_disown (dex_scheduler_spawn (NULL, 0, run_fiber, g_object_ref (self), g_object_unref));
}

void
peal_reader_restart (PealReader *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_return_if_fail (PEAL_IS_READER (self));

  cancellable = g_steal_pointer (&self->cancellable);
  g_cancellable_cancel (cancellable);
  peal_reader_wake (self, PEAL_READER_NOW);
}

void
peal_reader_stop (PealReader *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_return_if_fail (PEAL_IS_READER (self));

  self->owner = NULL;
  cancellable = g_steal_pointer (&self->cancellable);
  g_cancellable_cancel (cancellable);
}
