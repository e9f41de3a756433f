/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-bus-private.h"

static void
unwatch (gpointer watch)
{
  g_bus_unwatch_name (GPOINTER_TO_UINT (watch));
}

GHashTable *
peal_bus_guests_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unwatch);
}

static void
vanished_cb (GDBusConnection *connection, const char *name, gpointer data)
{
  PealBusFace *self = data;

  g_hash_table_remove (self->guests, name);
  peal_bus_face_emit_jobs_changed (self);
}

void
peal_bus_guests_note (PealBusFace *self, const char *sender)
{
  guint watch;

  if (self->connection == NULL || sender == NULL || g_hash_table_contains (self->guests, sender))
    return;
  /* Without a reference: the watch ends with the table, and that with the face. */
  watch = g_bus_watch_name_on_connection (self->connection, sender, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
                                          vanished_cb, self, NULL);
  g_hash_table_insert (self->guests, g_strdup (sender), GUINT_TO_POINTER (watch));
  peal_bus_face_emit_jobs_changed (self);
}
