/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-client-private.h"

#include <gio/gunixfdlist.h>

#include "peal-error.h"

GError *
peal_client_take_bus_error (GError *error)
{
  g_autoptr (GError) taken = error;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "The call was cancelled");
  if (error->domain == PEAL_ERROR && !g_dbus_error_is_remote_error (error))
    return g_steal_pointer (&taken);
  return peal_error_from_bus (error);
}

static void
call_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GVariant) reply = NULL;
  GError *error = NULL;

  reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (object), NULL, result, &error);
  if (reply == NULL)
    dex_promise_reject (promise, peal_client_take_bus_error (error));
  else
    dex_promise_resolve_variant (promise, g_steal_pointer (&reply));
}

/* The list closes what nobody takes out of it. */
static int
steal_fd (GVariant *reply, GUnixFDList *fds, GError **error)
{
  g_autoptr (GVariant) handle =
      g_variant_n_children (reply) > 0 ? g_variant_get_child_value (reply, 0) : NULL;

  if (handle == NULL || !g_variant_is_of_type (handle, G_VARIANT_TYPE_HANDLE) || fds == NULL
      || g_variant_get_handle (handle) < 0
      || g_variant_get_handle (handle) >= g_unix_fd_list_get_length (fds))
    {
      *error = peal_error_new (PEAL_ERROR_INVALID, "agent_failed", "The agent sent no file");
      return -1;
    }
  return g_unix_fd_list_get (fds, g_variant_get_handle (handle), error);
}

static void
call_for_fd_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) reply = NULL;
  GError *error = NULL;
  int fd;

  reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (object), &fds, result, &error);
  if (reply == NULL || (fd = steal_fd (reply, fds, &error)) < 0)
    dex_promise_reject (promise, peal_client_take_bus_error (error));
  else
    dex_promise_resolve_fd (promise, fd);
}

DexFuture *
peal_client_bus_call_for_fd (GDBusConnection *connection,
                             const char *name,
                             const char *interface,
                             const char *path,
                             const char *method,
                             GVariant *parameters,
                             GCancellable *cancellable)
{
  g_autoptr (DexPromise) promise = dex_promise_new ();

  g_assert (G_IS_DBUS_CONNECTION (connection));

  g_dbus_connection_call_with_unix_fd_list (connection, name, path, interface, method, parameters, NULL,
                                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, cancellable,
                                            call_for_fd_cb, dex_ref (promise));
  return DEX_FUTURE (g_steal_pointer (&promise));
}

DexFuture *
peal_client_bus_call (GDBusConnection *connection,
                      const char *name,
                      const char *interface,
                      const char *path,
                      const char *method,
                      GVariant *parameters,
                      int fd,
                      GCancellable *cancellable)
{
  g_autoptr (GVariant) arguments = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (DexPromise) promise = dex_promise_new ();
  GError *error = NULL;

  g_assert (G_IS_DBUS_CONNECTION (connection));

  if (fd >= 0)
    {
      fds = g_unix_fd_list_new ();
      if (g_unix_fd_list_append (fds, fd, &error) < 0)
        return dex_future_new_for_error (peal_client_take_bus_error (error));
    }
  g_dbus_connection_call_with_unix_fd_list (connection, name, path, interface, method, arguments, NULL,
                                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, fds, cancellable, call_cb,
                                            dex_ref (promise));
  return DEX_FUTURE (g_steal_pointer (&promise));
}
