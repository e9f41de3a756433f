/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-keyring.h"

#include "peal-error.h"
#include "peal-wait.h"

/* Services that behave as gnome-keyring does not: one that never answers, one that wants to ask the user for
 * everything (as KWallet may), one without the alias (KeePassXC). Run under with-keyring none. */

#define APPLICATION "io.github.pealapp.Peal"
#define SERVICE "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"
#define COLLECTION ROOT "/collection/c"
#define PROMPT ROOT "/prompt/p"

typedef struct
{
  GDBusConnection *bus;
  guint name_id;
  GDBusNodeInfo *info;
  gboolean hangs;
  gint drops; /* atomic: what is asked of the collection gets lost */
  gboolean locked;
  guint n_prompts;
  guint n_creations;
  GPtrArray *unanswered;
} Mock;

static const char xml[] =
    "<node><interface name='org.freedesktop.Secret.Service'>"
    "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
    "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
    "<method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
    "<property name='Collections' type='ao' access='read'/></interface>"
    "<interface name='org.freedesktop.Secret.Collection'>"
    "<method name='SearchItems'><arg type='a{ss}' direction='in'/><arg type='ao' direction='out'/></method>"
    "<method name='CreateItem'><arg type='a{sv}' direction='in'/><arg type='(oayays)' direction='in'/>"
    "<arg type='b' direction='in'/><arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
    "<property name='Locked' type='b' access='read'/><property name='Items' type='ao' access='read'/>"
    "<property name='Label' type='s' access='read'/></interface>"
    "<interface name='org.freedesktop.Secret.Prompt'>"
    "<method name='Prompt'><arg type='s' direction='in'/></method><method name='Dismiss'/>"
    "<signal name='Completed'><arg type='b'/><arg type='v'/></signal></interface></node>";

static void
method_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  Mock *mock = user_data;
  const char *algorithm = NULL;

  if (mock->hangs)
    {
      g_ptr_array_add (mock->unanswered, invocation);
      return;
    }
  if (g_str_equal (method, "OpenSession"))
    g_variant_get (parameters, "(&sv)", &algorithm, NULL);
  if (algorithm != NULL && !g_str_equal (algorithm, "plain"))
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED,
                                                   "no");
  else if (algorithm != NULL)
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new_parsed ("(<''>, objectpath %o)", ROOT "/s"));
  else if (g_str_equal (method, "ReadAlias"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", COLLECTION));
  else if (g_str_equal (method, "SearchItems"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new_parsed ("(@ao [],)"));
  else if (g_str_equal (method, "CreateItem"))
    {
      mock->n_creations++;
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", "/", PROMPT));
    }
  else
    {
      mock->n_prompts++;
      g_dbus_method_invocation_return_value (invocation, NULL);
      g_dbus_connection_emit_signal (connection, sender, PROMPT, "org.freedesktop.Secret.Prompt", "Completed",
                                     g_variant_new_parsed ("(true, <''>)"), NULL);
    }
}

static GVariant *
property_cb (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *property,
             GError **error,
             gpointer user_data)
{
  Mock *mock = user_data;

  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (mock->locked);
  if (g_str_equal (property, "Label"))
    return g_variant_new_string ("c");
  return g_variant_new_objv (NULL, 0);
}

static void
export_object (Mock *mock, const char *path, guint interface)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_cb, .get_property = property_cb };
  g_autoptr (GError) error = NULL;

  g_dbus_connection_register_object (mock->bus, path, mock->info->interfaces[interface], &vtable, mock, NULL,
                                     &error);
  g_assert_no_error (error);
}

/* In the connection's thread. */
static GDBusMessage *
filter_cb (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  Mock *mock = user_data;

  if (incoming && g_atomic_int_get (&mock->drops)
      && g_strcmp0 (g_dbus_message_get_path (message), COLLECTION) == 0)
    g_clear_object (&message);
  return message;
}

static void
acquired_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

static void
set_up (Mock *mock, gconstpointer data)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  gboolean acquired = FALSE;

  mock->bus = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  mock->info = g_dbus_node_info_new_for_xml (xml, NULL);
  mock->unanswered = g_ptr_array_new_with_free_func (g_object_unref);
  g_dbus_connection_add_filter (mock->bus, filter_cb, mock, NULL);
  export_object (mock, ROOT, 0);
  export_object (mock, COLLECTION, 1);
  export_object (mock, PROMPT, 2);
  mock->name_id = g_bus_own_name_on_connection (mock->bus, SERVICE, G_BUS_NAME_OWNER_FLAGS_NONE, acquired_cb,
                                                NULL, &acquired, NULL);
  while (!acquired)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Mock *mock, gconstpointer data)
{
  g_clear_handle_id (&mock->name_id, g_bus_unown_name);
  g_dbus_connection_close_sync (mock->bus, NULL, NULL);
  g_clear_object (&mock->bus);
  g_clear_pointer (&mock->info, g_dbus_node_info_unref);
  g_clear_pointer (&mock->unanswered, g_ptr_array_unref);
}

static PealVault *
new_vault (void)
{
  return g_object_new (PEAL_TYPE_KEYRING, "application", APPLICATION, "timeout-ms", 300, NULL);
}

/* A call has its time limit, and those that wait behind it do not wait for another one. */
static void
test_hangs (Mock *mock, gconstpointer data)
{
  g_autoptr (PealVault) vault = new_vault ();
  g_autoptr (DexFuture) first = NULL;
  g_autoptr (DexFuture) second = NULL;

  mock->hangs = TRUE;
  first = peal_vault_load_tokens (vault, "k");
  second = peal_vault_remove (vault, "k");
  peal_wait_error (g_steal_pointer (&first), PEAL_ERROR_KEYRING_MISSING, "keyring_hangs");
  peal_wait_error (g_steal_pointer (&second), PEAL_ERROR_KEYRING_MISSING, "keyring_hangs");
  g_assert_cmpuint (mock->unanswered->len, ==, 1);
  g_assert_cmpint (peal_wait_int (peal_vault_query_state (vault)), ==, PEAL_VAULT_MISSING);
  mock->hangs = FALSE;
  peal_wait_error (peal_vault_load_tokens (vault, "k"), PEAL_ERROR_AUTH, "secret_absent");
}

/* The service is there, and stops to answer only then. */
static void
test_hangs_late (Mock *mock, gconstpointer data)
{
  g_autoptr (PealVault) vault = new_vault ();

  g_atomic_int_set (&mock->drops, TRUE);
  peal_wait_error (peal_vault_load_tokens (vault, "k"), PEAL_ERROR_KEYRING_MISSING, "keyring_hangs");
  g_atomic_int_set (&mock->drops, FALSE);
  peal_wait_error (peal_vault_load_tokens (vault, "k"), PEAL_ERROR_AUTH, "secret_absent");
}

/* A caller that stops waiting does not break the queue. */
static void
test_given_up (Mock *mock, gconstpointer data)
{
  g_autoptr (PealVault) vault = new_vault ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) either = NULL;

  mock->hangs = TRUE;
  either = dex_future_first (peal_vault_load_tokens (vault, "k"),
                             dex_cancellable_new_from_cancellable (cancellable), NULL);
  peal_wait_idle ();
  g_cancellable_cancel (cancellable);
  g_assert_false (peal_wait (g_steal_pointer (&either), NULL));
  peal_wait_error (peal_vault_load_tokens (vault, "k"), PEAL_ERROR_KEYRING_MISSING, "keyring_hangs");
}

/* The user would be asked; nobody asks him. */
static void
test_prompt (Mock *mock, gconstpointer data)
{
  g_autoptr (PealVault) vault = new_vault ();

  peal_wait_error (peal_vault_check_writable (vault), PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
  g_assert_cmpuint (mock->n_creations, ==, 1);
  g_assert_cmpuint (mock->n_prompts, ==, 0);
}

static void
test_locked (Mock *mock, gconstpointer data)
{
  g_autoptr (PealVault) vault = new_vault ();

  mock->locked = TRUE;
  peal_wait_error (peal_vault_check_writable (vault), PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
  peal_wait_error (peal_vault_load_tokens (vault, "k"), PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
  g_assert_cmpint (peal_wait_int (peal_vault_query_state (vault)), ==, PEAL_VAULT_LOCKED);
  g_assert_cmpuint (mock->n_creations, ==, 0);
}

#define ADD(name, func) g_test_add ("/keyring/mock/" name, Mock, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_autoptr (GDBusConnection) bus = NULL;

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (bus);
  ADD ("hangs", test_hangs);
  ADD ("hangs-late", test_hangs_late);
  ADD ("given-up", test_given_up);
  ADD ("prompt", test_prompt);
  ADD ("locked", test_locked);
  return g_test_run ();
}
