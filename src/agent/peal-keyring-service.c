/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-keyring-service.h"

#include "peal-error.h"
#include "peal-keyring-calls.h"
#include "peal-keyring-watch.h"

struct _PealKeyringService
{
  PealKeyringStore parent_instance;

  PealKeyringWatch *watch;
  SecretService *service; /* of the session that is open; NULL when it is to be opened again */
  gboolean was_open;      /* the last try found it so */
};

G_DEFINE_FINAL_TYPE (PealKeyringService, peal_keyring_service, PEAL_TYPE_KEYRING_STORE)

/* (transfer full): the default collection, which is open. */
static SecretCollection *
await_open_collection (PealKeyringCall *call, GError **error)
{
  PealKeyringService *self = PEAL_KEYRING_SERVICE (call->store);
  g_autoptr (SecretService) service = NULL;
  g_autoptr (SecretCollection) collection = NULL;

  self->was_open = self->service != NULL;
  if (self->service == NULL)
    {
      if (!(service = dex_await_object (peal_keyring_call_open (call->cancellable), error)))
        return NULL;
      g_set_object (&self->service, service);
    }
  else
    service = g_object_ref (self->service);
  if (!(collection = dex_await_object (peal_keyring_call_find_default (service, call->cancellable), error)))
    return NULL;
  if (secret_collection_get_locked (collection))
    {
      *error = peal_error_new (PEAL_ERROR_KEYRING_LOCKED, "keyring_locked", "The keyring is locked");
      return NULL;
    }
  return g_steal_pointer (&collection);
}

/* (transfer full): the items under the call's key. */
static GPtrArray *
await_items (PealKeyringCall *call, SecretCollection *collection, gboolean with_secrets, GError **error)
{
  g_autoptr (GHashTable) attributes = peal_keyring_call_dup_attributes (call);

  return dex_await_boxed (peal_keyring_call_search (collection, peal_keyring_store_get_schema (call->store),
                                                    attributes, with_secrets, call->cancellable),
                          error);
}

static DexFuture *
check_fiber (gpointer data)
{
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GError) error = NULL;

  if (!(collection = await_open_collection (data, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static DexFuture *
load_fiber (gpointer data)
{
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (SecretValue) value = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  if (!(collection = await_open_collection (data, &error))
      || !(items = await_items (data, collection, TRUE, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (items->len == 0)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_AUTH, "secret_absent", "The keyring has no such item"));
  if (!(value = secret_item_get_secret (g_ptr_array_index (items, 0))))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_KEYRING_LOCKED, "keyring_locked", "The keyring was locked meanwhile"));
  return dex_future_new_take_boxed (SECRET_TYPE_VALUE, g_steal_pointer (&value));
}

static DexFuture *
save_fiber (gpointer data)
{
  PealKeyringCall *call = data;
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GHashTable) attributes = peal_keyring_call_dup_attributes (call);
  g_autoptr (GError) error = NULL;

  if (!(collection = await_open_collection (call, &error))
      || !dex_await (peal_keyring_call_create (collection, peal_keyring_store_get_schema (call->store),
                                               attributes, call->label, call->value, call->cancellable),
                     &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static DexFuture *
remove_fiber (gpointer data)
{
  PealKeyringCall *call = data;
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GError) error = NULL;

  if (!(collection = await_open_collection (call, &error))
      || !(items = await_items (call, collection, FALSE, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  for (guint i = 0; i < items->len; i++)
    if (!dex_await (peal_keyring_call_delete (g_ptr_array_index (items, i), call->cancellable), &error))
      return dex_future_new_for_error (g_steal_pointer (&error));
  if (!(rest = await_items (call, collection, FALSE, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (rest->len > 0)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_failed", "The keyring did not delete the item"));
  return dex_future_new_true ();
}

/* A service that went away under the call, or before it without our having noticed: then a new session may do
 * better. */
static gboolean
peal_keyring_service_reset (PealKeyringStore *store, const GError *error)
{
  PealKeyringService *self = PEAL_KEYRING_SERVICE (store);

  if (!g_error_matches (error, PEAL_ERROR, PEAL_ERROR_KEYRING_MISSING))
    return FALSE;
  g_clear_object (&self->service);
  return self->was_open || g_str_equal (peal_error_get_reason (error), "keyring_failed");
}

static void
watch_changed_cb (PealKeyringService *self, gboolean owner_changed)
{
  /* A session does not outlive its service. */
  if (owner_changed)
    g_clear_object (&self->service);
  peal_keyring_store_emit_changed (PEAL_KEYRING_STORE (self));
}

static void
peal_keyring_service_dispose (GObject *object)
{
  PealKeyringService *self = PEAL_KEYRING_SERVICE (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (peal_keyring_service_parent_class)->dispose (object);
}

static void
peal_keyring_service_class_init (PealKeyringServiceClass *klass)
{
  PealKeyringStoreClass *store_class = PEAL_KEYRING_STORE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = peal_keyring_service_dispose;
  store_class->check = check_fiber;
  store_class->load = load_fiber;
  store_class->save = save_fiber;
  store_class->remove = remove_fiber;
  store_class->reset = peal_keyring_service_reset;
}

static void
peal_keyring_service_init (PealKeyringService *self)
{
  self->watch = peal_keyring_watch_new ();
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (watch_changed_cb), self, G_CONNECT_SWAPPED);
}

PealKeyringStore *
peal_keyring_service_new (const char *application, guint timeout_ms)
{
  g_return_val_if_fail (application != NULL, NULL);

  return g_object_new (PEAL_TYPE_KEYRING_SERVICE, "application", application, "timeout-ms", timeout_ms, NULL);
}
