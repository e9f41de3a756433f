/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-undo.h"

#include "peal-fiber.h"

#define MAX_ENTRIES 100

typedef struct
{
  PealUndoFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Entry;

struct _PealUndo
{
  GObject parent_instance;

  GQueue entries; /* of Entry, the latest first */
  Entry *running; /* (nullable): the one that is being taken back */
};

G_DEFINE_FINAL_TYPE (PealUndo, peal_undo, G_TYPE_OBJECT)

typedef enum
{
  PROP_CAN_UNDO = 1,
} PealUndoProps;

static GParamSpec *properties[PROP_CAN_UNDO + 1];

enum
{
  PUSHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
entry_free (Entry *self)
{
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_free)

static void
notify_can_undo (PealUndo *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
}

static DexFuture *
run_fiber (gpointer data)
{
  PealUndo *self = data;
  g_autoptr (GError) error = NULL;

  dex_await (self->running->func (self->running->data), &error);
  g_clear_pointer (&self->running, entry_free);
  notify_can_undo (self);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static void
peal_undo_finalize (GObject *object)
{
  PealUndo *self = PEAL_UNDO (object);

  g_queue_clear_full (&self->entries, (GDestroyNotify)entry_free);
  G_OBJECT_CLASS (peal_undo_parent_class)->finalize (object);
}

static void
peal_undo_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((PealUndoProps)id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, peal_undo_can_undo (PEAL_UNDO (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_undo_class_init (PealUndoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = peal_undo_finalize;
  object_class->get_property = peal_undo_get_property;
  properties[PROP_CAN_UNDO] = g_param_spec_boolean (
      "can-undo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[PUSHED] = g_signal_new ("pushed", PEAL_TYPE_UNDO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
peal_undo_init (PealUndo *self)
{
  g_queue_init (&self->entries);
}

PealUndo *
peal_undo_new (void)
{
  return g_object_new (PEAL_TYPE_UNDO, NULL);
}

void
peal_undo_push (PealUndo *self, const char *title, PealUndoFunc func, gpointer data, GDestroyNotify destroy)
{
  Entry *entry = NULL;

  g_return_if_fail (PEAL_IS_UNDO (self));
  g_return_if_fail (title != NULL);
  g_return_if_fail (func != NULL);

  entry = g_new0 (Entry, 1);
  entry->func = func;
  entry->data = data;
  entry->destroy = destroy;
  g_queue_push_head (&self->entries, entry);
  if (g_queue_get_length (&self->entries) > MAX_ENTRIES)
    entry_free (g_queue_pop_tail (&self->entries));
  notify_can_undo (self);
  g_signal_emit (self, signals[PUSHED], 0, title);
}

gboolean
peal_undo_can_undo (PealUndo *self)
{
  g_return_val_if_fail (PEAL_IS_UNDO (self), FALSE);

  return self->running == NULL && !g_queue_is_empty (&self->entries);
}

DexFuture *
peal_undo_run (PealUndo *self)
{
  dex_return_error_if_fail (PEAL_IS_UNDO (self));

  if (!peal_undo_can_undo (self))
    return dex_future_new_false ();
  self->running = g_queue_pop_head (&self->entries);
  notify_can_undo (self);
  return peal_fiber_spawn_to_end (run_fiber, g_object_ref (self), g_object_unref);
}
