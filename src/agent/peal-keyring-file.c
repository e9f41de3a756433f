/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-keyring-file.h"

#include "peal-error.h"
#include "peal-keyring-file-calls.h"
#include "peal-keyring-file-guard.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Secret"
#define PORTAL_VERSION 1

struct _PealKeyringFile
{
  PealKeyringStore parent_instance;

  PealKeyringFileGuard *guard;
  gboolean is_lost; /* something that was looked for is not there, and nothing else of ours */
};

G_DEFINE_FINAL_TYPE (PealKeyringFile, peal_keyring_file, PEAL_TYPE_KEYRING_STORE)

static GError *
new_replaced (void)
{
  return peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_replaced",
                         "The keyring was replaced; it has nothing of ours any more");
}

/* (transfer full): @error of libsecret's as one of ours. */
static GError *
translate (const GError *error)
{
  if (error->domain == PEAL_ERROR)
    return g_error_copy (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "Cancelled");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return peal_error_new (PEAL_ERROR_STORAGE_FULL, "disk_full", "The disk with the keyring file is full");
  return peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_failed", "The keyring file: %s",
                         error->message);
}

/* The file may be given to libsecret. */
static gboolean
await_examined (PealKeyringFile *self, PealKeyringFileState *state, GError **error)
{
  g_autoptr (GError) local = NULL;

  *state = (PealKeyringFileState)dex_await_int (peal_keyring_file_guard_examine (self->guard), &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (*state == PEAL_KEYRING_FILE_HANGS)
    *error = peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_hangs", "The keyring does not answer");
  else if (*state == PEAL_KEYRING_FILE_UNUSABLE)
    *error = peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_missing",
                             "The keyring file cannot be opened: there is no password for it");
  return *error == NULL;
}

/* How many items of ours there are, or -1 with @error. */
static int
await_count (PealKeyringCall *call, GError **error)
{
  SecretSchema *schema = peal_keyring_store_get_schema (call->store);
  const char *application = peal_keyring_store_get_application (call->store);
  g_autoptr (GHashTable) attributes = secret_attributes_build (schema, "application", application, NULL);
  g_autoptr (GPtrArray) items = NULL;
  int n = 0;

  if (!(items =
            dex_await_boxed (peal_keyring_file_call_search (schema, attributes, call->cancellable), error)))
    return -1;
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (GHashTable) found = secret_retrievable_get_attributes (g_ptr_array_index (items, i));

      n += g_strcmp0 (g_hash_table_lookup (found, "account"), PEAL_KEYRING_PROBE_KEY) != 0;
    }
  return n;
}

/* FALSE with @error: the key does not open what is ours. */
static gboolean
await_ours (PealKeyringCall *call, PealKeyringFileState state, GError **error)
{
  PealKeyringFile *self = PEAL_KEYRING_FILE (call->store);
  int n;

  if (state != PEAL_KEYRING_FILE_FOREIGN && !self->is_lost)
    return TRUE;
  n = await_count (call, error);
  if (n == 0)
    *error = new_replaced ();
  if (n > 0)
    self->is_lost = FALSE;
  return n > 0;
}

static DexFuture *
check_fiber (gpointer data)
{
  PealKeyringCall *call = data;
  PealKeyringFileState state;
  g_autoptr (GError) error = NULL;

  if (!await_examined (PEAL_KEYRING_FILE (call->store), &state, &error) || !await_ours (call, state, &error))
    return dex_future_new_for_error (translate (error));
  return dex_future_new_true ();
}

static DexFuture *
load_fiber (gpointer data)
{
  PealKeyringCall *call = data;
  PealKeyringFile *self = PEAL_KEYRING_FILE (call->store);
  g_autoptr (GHashTable) attributes = peal_keyring_call_dup_attributes (call);
  g_autoptr (SecretValue) value = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) failure = NULL;
  PealKeyringFileState state;

  if (!await_examined (self, &state, &error))
    return dex_future_new_for_error (translate (error));
  if ((value = dex_await_boxed (peal_keyring_file_call_lookup (peal_keyring_store_get_schema (call->store),
                                                               attributes, call->cancellable),
                                &error)))
    return dex_future_new_take_boxed (SECRET_TYPE_VALUE, g_steal_pointer (&value));
  if (!g_error_matches (error, PEAL_ERROR, PEAL_ERROR_AUTH))
    return dex_future_new_for_error (translate (error));
  /* Whoever asks for an item knows that there was one. */
  self->is_lost = TRUE;
  return dex_future_new_for_error (translate (await_ours (call, state, &failure) ? error : failure));
}

/* A new item goes into a file that its password opens: one that it does not open makes room. */
static gboolean
await_place (PealKeyringCall *call, GError **error)
{
  PealKeyringFile *self = PEAL_KEYRING_FILE (call->store);
  PealKeyringFileState state;
  g_autoptr (GError) local = NULL;

  if (!await_examined (self, &state, error) || !peal_keyring_file_guard_has_room (self->guard, error))
    return FALSE;
  if (state != PEAL_KEYRING_FILE_FOREIGN || await_ours (call, state, &local))
    return TRUE;
  /* Nobody but the user begins anew. */
  if (g_str_equal (peal_error_get_reason (local), "keyring_replaced")
      && !g_str_equal (call->key, PEAL_KEYRING_PROBE_KEY))
    return peal_keyring_file_guard_set_aside (self->guard, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
await_stored (PealKeyringCall *call, GError **error)
{
  g_autoptr (GHashTable) attributes = peal_keyring_call_dup_attributes (call);

  return dex_await (peal_keyring_file_call_store (peal_keyring_store_get_schema (call->store), attributes,
                                                  call->label, call->value, call->cancellable),
                    error);
}

/* A failed write: mends the file at once, for the next one who looks may be another process. */
static void
await_mended (PealKeyringFile *self)
{
  g_autoptr (GError) error = NULL;
  PealKeyringFileState state;

  peal_keyring_file_guard_distrust (self->guard);
  if (!await_examined (self, &state, &error))
    g_debug ("The keyring file: %s", error->message);
}

static DexFuture *
save_fiber (gpointer data)
{
  PealKeyringCall *call = data;
  PealKeyringFile *self = PEAL_KEYRING_FILE (call->store);
  g_autoptr (GError) error = NULL;

  if (!await_place (call, &error))
    return dex_future_new_for_error (translate (error));
  if (!await_stored (call, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    {
      /* The agent of the other world wrote meanwhile: on top of that. */
      g_clear_error (&error);
      await_mended (self);
      await_stored (call, &error);
    }
  if (error != NULL || !dex_await (peal_keyring_file_guard_keep (self->guard), &error))
    {
      await_mended (self);
      return dex_future_new_for_error (translate (error));
    }
  if (!g_str_equal (call->key, PEAL_KEYRING_PROBE_KEY))
    self->is_lost = FALSE;
  return dex_future_new_true ();
}

/* FALSE with @error, the file as it was. */
static gboolean
await_cleared (PealKeyringCall *call, GHashTable *attributes, GError **error)
{
  PealKeyringFile *self = PEAL_KEYRING_FILE (call->store);
  SecretSchema *schema = peal_keyring_store_get_schema (call->store);
  g_autoptr (GError) local = NULL;
  gboolean was_there =
      dex_await_boolean (peal_keyring_file_call_clear (schema, attributes, call->cancellable), &local);

  if (local == NULL && (!was_there || dex_await (peal_keyring_file_guard_keep (self->guard), &local)))
    return TRUE;
  await_mended (self);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static DexFuture *
remove_fiber (gpointer data)
{
  PealKeyringCall *call = data;
  PealKeyringFile *self = PEAL_KEYRING_FILE (call->store);
  g_autoptr (GHashTable) attributes = peal_keyring_call_dup_attributes (call);
  g_autoptr (SecretValue) rest = NULL;
  g_autoptr (GError) error = NULL;
  PealKeyringFileState state;

  if (!await_examined (self, &state, &error) || !await_ours (call, state, &error)
      || !peal_keyring_file_guard_has_room (self->guard, &error) || !await_cleared (call, attributes, &error))
    return dex_future_new_for_error (translate (error));
  rest = dex_await_boxed (peal_keyring_file_call_lookup (peal_keyring_store_get_schema (call->store),
                                                         attributes, call->cancellable),
                          &error);
  if (rest != NULL)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_failed", "The keyring did not delete the item"));
  if (!g_error_matches (error, PEAL_ERROR, PEAL_ERROR_AUTH))
    return dex_future_new_for_error (translate (error));
  return dex_future_new_true ();
}

/* (transfer full): where libsecret puts it. */
static char *
dup_path (void)
{
  const char *path = g_getenv ("SECRET_FILE_TEST_PATH");

  if (path != NULL && path[0] != '\0')
    return g_strdup (path);
  return g_build_filename (g_get_user_data_dir (), "keyrings", SECRET_COLLECTION_DEFAULT ".keyring", NULL);
}

static void
peal_keyring_file_dispose (GObject *object)
{
  PealKeyringFile *self = PEAL_KEYRING_FILE (object);

  g_clear_object (&self->guard);
  G_OBJECT_CLASS (peal_keyring_file_parent_class)->dispose (object);
}

static void
peal_keyring_file_class_init (PealKeyringFileClass *klass)
{
  PealKeyringStoreClass *store_class = PEAL_KEYRING_STORE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = peal_keyring_file_dispose;
  store_class->check = check_fiber;
  store_class->load = load_fiber;
  store_class->save = save_fiber;
  store_class->remove = remove_fiber;
}

static void
peal_keyring_file_init (PealKeyringFile *self)
{
  g_autofree char *path = dup_path ();

  self->guard = peal_keyring_file_guard_new (path);
}

/* As libsecret has it: this version and no other. */
static gboolean
has_portal (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) version = NULL;

  if (bus == NULL)
    return FALSE;
  reply = g_dbus_connection_call_sync (bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.DBus.Properties",
                                       "Get", g_variant_new ("(ss)", PORTAL_INTERFACE, "version"),
                                       G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(v)", &version);
  return g_variant_is_of_type (version, G_VARIANT_TYPE_UINT32)
         && g_variant_get_uint32 (version) == PORTAL_VERSION;
}

gboolean
peal_keyring_file_is_used (void)
{
  gboolean is_sandboxed =
      g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP_NAME") != NULL;

  return (is_sandboxed && has_portal ()) || g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0;
}

PealKeyringStore *
peal_keyring_file_new (const char *application, guint timeout_ms)
{
  g_return_val_if_fail (application != NULL, NULL);

  return g_object_new (PEAL_TYPE_KEYRING_FILE, "application", application, "timeout-ms", timeout_ms, NULL);
}
