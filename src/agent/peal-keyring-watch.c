/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-keyring-watch.h"

#define SERVICE_NAME "org.freedesktop.secrets"
#define SERVICE_INTERFACE "org.freedesktop.Secret.Service"
#define COLLECTION_INTERFACE "org.freedesktop.Secret.Collection"

struct _PealKeyringWatch
{
  GObject parent_instance;

  guint name_id;
  GDBusConnection *connection;
  guint properties_id;
  guint service_id;
};

G_DEFINE_FINAL_TYPE (PealKeyringWatch, peal_keyring_watch, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
unsubscribe (PealKeyringWatch *self)
{
  if (self->connection == NULL)
    return;
  g_dbus_connection_signal_unsubscribe (self->connection, self->properties_id);
  g_dbus_connection_signal_unsubscribe (self->connection, self->service_id);
  g_clear_object (&self->connection);
}

/* Collections also tell of each item that comes and goes, which is nothing to us. */
static void
properties_changed_cb (GDBusConnection *connection,
                       const char *sender,
                       const char *path,
                       const char *interface,
                       const char *signal,
                       GVariant *parameters,
                       gpointer user_data)
{
  g_autoptr (GVariant) changed = NULL;
  g_autoptr (GVariant) locked = NULL;
  g_autofree const char **invalidated = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  g_variant_get (parameters, "(&s@a{sv}^a&s)", NULL, &changed, &invalidated);
  locked = g_variant_lookup_value (changed, "Locked", NULL);
  if (locked != NULL || g_strv_contains (invalidated, "Locked"))
    g_signal_emit (user_data, signals[CHANGED], 0, FALSE);
}

static void
service_signal_cb (GDBusConnection *connection,
                   const char *sender,
                   const char *path,
                   const char *interface,
                   const char *signal,
                   GVariant *parameters,
                   gpointer user_data)
{
  /* CollectionChanged comes with each item that is stored. */
  if (g_str_equal (signal, "CollectionCreated") || g_str_equal (signal, "CollectionDeleted"))
    g_signal_emit (user_data, signals[CHANGED], 0, FALSE);
}

static void
appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  PealKeyringWatch *self = PEAL_KEYRING_WATCH (user_data);

  unsubscribe (self);
  self->connection = g_object_ref (connection);
  self->properties_id = g_dbus_connection_signal_subscribe (
      connection, owner, "org.freedesktop.DBus.Properties", "PropertiesChanged", NULL, COLLECTION_INTERFACE,
      G_DBUS_SIGNAL_FLAGS_NONE, properties_changed_cb, self, NULL);
  self->service_id =
      g_dbus_connection_signal_subscribe (connection, owner, SERVICE_INTERFACE, NULL, NULL, NULL,
                                          G_DBUS_SIGNAL_FLAGS_NONE, service_signal_cb, self, NULL);
  g_signal_emit (self, signals[CHANGED], 0, TRUE);
}

static void
vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  PealKeyringWatch *self = PEAL_KEYRING_WATCH (user_data);

  unsubscribe (self);
  g_signal_emit (self, signals[CHANGED], 0, TRUE);
}

static void
peal_keyring_watch_dispose (GObject *object)
{
  PealKeyringWatch *self = PEAL_KEYRING_WATCH (object);

  g_clear_handle_id (&self->name_id, g_bus_unwatch_name);
  unsubscribe (self);
  G_OBJECT_CLASS (peal_keyring_watch_parent_class)->dispose (object);
}

static void
peal_keyring_watch_class_init (PealKeyringWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = peal_keyring_watch_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
peal_keyring_watch_init (PealKeyringWatch *self)
{
  self->name_id = g_bus_watch_name (G_BUS_TYPE_SESSION, SERVICE_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                    appeared_cb, vanished_cb, self, NULL);
}

PealKeyringWatch *
peal_keyring_watch_new (void)
{
  return g_object_new (PEAL_TYPE_KEYRING_WATCH, NULL);
}
