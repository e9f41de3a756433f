/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-bus-private.h"

#include <gio/gunixfdlist.h>

#include "peal-agent-bus.h"
#include "peal-settings.h"

#define OBJECT_PATH "/io/github/pealapp/Peal/Agent"
#define INTERFACE "io.github.pealapp.Peal.Agent"
#define INTERFACE_VERSION 1
#define PROPERTIES "org.freedesktop.DBus.Properties"

G_DEFINE_FINAL_TYPE (PealBusFace, peal_bus_face, G_TYPE_OBJECT)

enum
{
  JOBS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const PealBusMethod *const method_tables[] = {
  peal_bus_account_methods,    peal_bus_picture_methods, peal_bus_post_methods,
  peal_bus_statistics_methods, peal_bus_status_methods,
};

static void
call_free (PealBusCall *call)
{
  g_clear_object (&call->face);
  g_clear_object (&call->invocation);
  g_clear_pointer (&call->parameters, g_variant_unref);
  g_free (call);
}

static PealBusHandler
find_handler (const char *method)
{
  for (gsize i = 0; i < G_N_ELEMENTS (method_tables); i++)
    for (const PealBusMethod *entry = method_tables[i]; entry->method != NULL; entry++)
      if (g_str_equal (entry->method, method))
        return entry->handler;
  return NULL;
}

static DexFuture *
handler_fiber (gpointer data)
{
  PealBusCall *call = data;

  return find_handler (g_dbus_method_invocation_get_method_name (call->invocation)) (call);
}

/* Sends the reply, unless the handler did. */
static DexFuture *
reply_cb (DexFuture *future, gpointer data)
{
  PealBusCall *call = data;
  g_autoptr (GDBusMethodInvocation) invocation = g_steal_pointer (&call->invocation);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) told = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (invocation == NULL)
    return dex_future_new_true ();
  if (value != NULL)
    {
      g_dbus_method_invocation_return_value (
          g_steal_pointer (&invocation), G_VALUE_HOLDS_VARIANT (value) ? g_value_get_variant (value) : NULL);
      return dex_future_new_true ();
    }
  told = peal_error_to_bus (error);
  g_dbus_method_invocation_return_gerror (g_steal_pointer (&invocation), told);
  return dex_future_new_true ();
}

static void
method_call_cb (GDBusConnection *connection,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer data)
{
  PealBusCall *call = g_new0 (PealBusCall, 1);

  peal_bus_guests_note (data, sender);
  call->face = g_object_ref (data);
  call->invocation = invocation;
  call->parameters = g_variant_ref (parameters);
  dex_future_disown (dex_future_finally (dex_scheduler_spawn (NULL, 0, handler_fiber, call, NULL), reply_cb,
                                         call, (GDestroyNotify)call_free));
}

static GVariant *
get_property_cb (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *name,
                 GError **error,
                 gpointer data)
{
  PealBusFace *self = data;

  if (g_str_equal (name, "InterfaceVersion"))
    return g_variant_new_uint32 (INTERFACE_VERSION);
  if (g_str_equal (name, "Version"))
    return g_variant_new_string (PEAL_VERSION);
  if (g_str_equal (name, "Practice"))
    return g_variant_new_boolean (self->is_practice);
  if (g_str_equal (name, "Server"))
    return g_variant_new_string (self->server);
  if (g_str_equal (name, "Paused"))
    return g_variant_new_boolean (self->is_paused);
  return peal_publisher_get_progress (self->services.publisher);
}

static void
emit_property (PealBusFace *self, const char *name, GVariant *value)
{
  g_auto (GVariantDict) changed = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert_value (&changed, name, value);
  if (self->connection != NULL)
    g_dbus_connection_emit_signal (
        self->connection, NULL, OBJECT_PATH, PROPERTIES, "PropertiesChanged",
        g_variant_new ("(s@a{sv}as)", INTERFACE, g_variant_dict_end (&changed), NULL), NULL);
}

void
peal_bus_face_set_paused (PealBusFace *self, gboolean paused)
{
  if (self->is_paused == paused)
    return;
  self->is_paused = paused;
  emit_property (self, "Paused", g_variant_new_boolean (paused));
}

void
peal_bus_face_emit_changed (PealBusFace *self, const char *kind, const char *const *ids)
{
  if (self->connection != NULL)
    g_dbus_connection_emit_signal (self->connection, NULL, OBJECT_PATH, INTERFACE, "Changed",
                                   g_variant_new ("(s^as)", kind, ids), NULL);
}

void
peal_bus_face_emit_jobs_changed (PealBusFace *self)
{
  g_signal_emit (self, signals[JOBS_CHANGED], 0);
}

gboolean
peal_bus_face_is_busy (PealBusFace *self)
{
  g_return_val_if_fail (PEAL_IS_BUS_FACE (self), FALSE);

  return g_hash_table_size (self->jobs) > 0 || g_hash_table_size (self->guests) > 0;
}

static void
post_changed_cb (PealBusFace *self, gint64 post)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, post);

  peal_bus_face_emit_changed (self, "post", (const char *const[]){ id, NULL });
}

static void
account_changed_cb (PealBusFace *self, const char *open_id)
{
  peal_bus_face_emit_changed (self, "account",
                              (const char *const[]){ open_id[0] != '\0' ? open_id : NULL, NULL });
}

static void
videos_changed_cb (PealBusFace *self, gint64 account)
{
  peal_bus_face_emit_changed (self, "video", (const char *const[]){ NULL });
}

static void
sampled_cb (PealBusFace *self, gint64 account)
{
  peal_bus_face_emit_changed (self, "account", (const char *const[]){ NULL });
}

static void
settings_changed_cb (PealBusFace *self)
{
  peal_bus_face_emit_changed (self, "settings", (const char *const[]){ NULL });
}

static void
vault_changed_cb (PealBusFace *self)
{
  peal_bus_face_emit_changed (self, "status", (const char *const[]){ NULL });
}

static void
trouble_changed_cb (PealBusFace *self)
{
  peal_bus_face_emit_changed (self, "status", (const char *const[]){ NULL });
}

static void
progress_changed_cb (PealBusFace *self)
{
  emit_property (self, "Progress", peal_publisher_get_progress (self->services.publisher));
}

gboolean
peal_bus_face_export (PealBusFace *self, GDBusConnection *connection, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb,
                                               .get_property = get_property_cb };

  g_return_val_if_fail (PEAL_IS_BUS_FACE (self), FALSE);
  g_return_val_if_fail (self->registration == 0, FALSE);

  self->registration = g_dbus_connection_register_object (
      connection, OBJECT_PATH, peal_bus_agent_interface_info (), &vtable, self, NULL, error);
  if (self->registration == 0)
    return FALSE;
  self->connection = g_object_ref (connection);
  return TRUE;
}

void
peal_bus_face_unexport (PealBusFace *self)
{
  g_return_if_fail (PEAL_IS_BUS_FACE (self));

  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
  g_hash_table_remove_all (self->guests);
}

int
peal_bus_call_dup_fd (PealBusCall *call, int index, GError **error)
{
  GUnixFDList *list =
      g_dbus_message_get_unix_fd_list (g_dbus_method_invocation_get_message (call->invocation));

  if (list != NULL && index >= 0 && index < g_unix_fd_list_get_length (list))
    return g_unix_fd_list_get (list, index, error);
  g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "fd_missing", "no file came with the call"));
  return -1;
}

DexFuture *
peal_bus_call_reply_fd (PealBusCall *call, int fd)
{
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new ();
  g_autoptr (GError) error = NULL;
  int index = g_unix_fd_list_append (list, fd, &error);

  if (index < 0)
    return dex_future_new_for_error (g_steal_pointer (&error));
  g_dbus_method_invocation_return_value_with_unix_fd_list (g_steal_pointer (&call->invocation),
                                                           g_variant_new ("(h)", index), list);
  return dex_future_new_true ();
}

gint64
peal_bus_call_resolve_account (PealBusCall *call, const char *name, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 account = dex_await_int64 (peal_accounts_resolve (call->face->services.accounts, name), &local);

  if (local == NULL)
    return account;
  g_propagate_error (error, g_steal_pointer (&local));
  return 0;
}

gboolean
peal_bus_check_texts (GVariant *dict, const char *const *members, GError **error)
{
  GVariantIter iter;
  const char *key;
  GVariant *boxed;

  g_variant_iter_init (&iter, dict);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &boxed))
    {
      g_autoptr (GVariant) value = boxed;
      const char *reason = !g_strv_contains (members, key)                        ? "option_unknown"
                           : !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? "option_type"
                                                                                  : NULL;

      if (reason == NULL)
        continue;
      g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, reason, "%s", key));
      return FALSE;
    }
  return TRUE;
}

DexFuture *
peal_bus_reply_with (GVariant *member)
{
  return dex_future_new_take_variant (g_variant_ref_sink (g_variant_new_tuple (&member, 1)));
}

static void
peal_bus_face_finalize (GObject *object)
{
  PealBusFace *self = PEAL_BUS_FACE (object);

  peal_bus_face_unexport (self);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->jobs, g_hash_table_unref);
  g_clear_pointer (&self->guests, g_hash_table_unref);
  G_OBJECT_CLASS (peal_bus_face_parent_class)->finalize (object);
}

static void
peal_bus_face_class_init (PealBusFaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_bus_face_finalize;
  signals[JOBS_CHANGED] = g_signal_new ("jobs-changed", PEAL_TYPE_BUS_FACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
peal_bus_face_init (PealBusFace *self)
{
}

static DexFuture *
read_paused_fiber (gpointer data)
{
  PealBusFace *self = data;

  peal_bus_face_set_paused (self,
                            dex_await_boolean (peal_settings_get_paused (self->services.database), NULL));
  return dex_future_new_true ();
}

PealBusFace *
peal_bus_face_new (const PealBusServices *services, gboolean is_practice, const char *server)
{
  PealBusFace *self = NULL;

  g_return_val_if_fail (services != NULL && server != NULL, NULL);

  self = g_object_new (PEAL_TYPE_BUS_FACE, NULL);
  self->services = *services;
  self->is_practice = is_practice;
  self->server = g_strdup (server);
  self->jobs = peal_bus_jobs_new ();
  self->guests = peal_bus_guests_new ();
  g_signal_connect_object (services->database, "trouble-changed", G_CALLBACK (trouble_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (services->journal, "post-changed", G_CALLBACK (post_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (services->accounts, "changed", G_CALLBACK (account_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (services->accounts, "settings-changed", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (services->collector, "videos-changed", G_CALLBACK (videos_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (services->collector, "account-changed", G_CALLBACK (sampled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (services->publisher, "progress-changed", G_CALLBACK (progress_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (peal_accounts_get_vault (services->accounts), "state-changed",
                           G_CALLBACK (vault_changed_cb), self, G_CONNECT_SWAPPED);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, read_paused_fiber, g_object_ref (self), g_object_unref));
  return self;
}
