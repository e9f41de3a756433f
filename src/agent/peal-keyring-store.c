/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-keyring-store.h"

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-keyring-calls.h"
#include "peal-keyring-watch.h"

struct _PealKeyringStore
{
  GObject parent_instance;

  char *application;
  SecretSchema *schema;
  guint timeout_ms;
  PealKeyringWatch *watch;
  SecretService *service; /* of the session that is open; NULL when it is to be opened again */
  DexFuture *last;        /* of the queue: resolves when the call that came last has ended */
};

G_DEFINE_FINAL_TYPE (PealKeyringStore, peal_keyring_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One call on its way through the queue. */
typedef struct
{
  PealKeyringStore *store;
  DexFiberFunc work; /* runs in a fiber of its own, with the call as data */
  char *key;
  char *label;
  SecretValue *value;
  GCancellable *cancellable; /* of the try under way: ends it when its time is over */
  DexFuture *before;
  DexPromise *done;
} Call;

static void
call_free (Call *call)
{
  /* Whoever waits must get on, however this one ended. */
  dex_promise_resolve_boolean (call->done, TRUE);
  dex_clear (&call->done);
  dex_clear (&call->before);
  g_clear_object (&call->cancellable);
  g_clear_pointer (&call->value, secret_value_unref);
  g_clear_object (&call->store);
  g_free (call->label);
  g_free (call->key);
  g_free (call);
}

static GHashTable *
dup_attributes (Call *call)
{
  return secret_attributes_build (call->store->schema, "application", call->store->application, "account",
                                  call->key, NULL);
}

/* (transfer full): the default collection, which is open. */
static SecretCollection *
await_open_collection (Call *call, GError **error)
{
  g_autoptr (SecretService) service = NULL;
  g_autoptr (SecretCollection) collection = NULL;

  if (call->store->service == NULL)
    {
      if (!(service = dex_await_object (peal_keyring_call_open (call->cancellable), error)))
        return NULL;
      g_set_object (&call->store->service, service);
    }
  else
    service = g_object_ref (call->store->service);
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
await_items (Call *call, SecretCollection *collection, gboolean with_secrets, GError **error)
{
  g_autoptr (GHashTable) attributes = dup_attributes (call);

  return dex_await_boxed (
      peal_keyring_call_search (collection, call->store->schema, attributes, with_secrets, call->cancellable),
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
  Call *call = data;
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GHashTable) attributes = dup_attributes (call);
  g_autoptr (GError) error = NULL;

  if (!(collection = await_open_collection (call, &error))
      || !dex_await (peal_keyring_call_create (collection, call->store->schema, attributes, call->label,
                                               call->value, call->cancellable),
                     &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static DexFuture *
remove_fiber (gpointer data)
{
  Call *call = data;
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

/* One try within the time limit. A call that hangs is cancelled, and its session is not used again. */
static DexFuture *
await_try (Call *call, GError **error)
{
  g_autoptr (DexFuture) work = NULL;

  g_clear_object (&call->cancellable);
  call->cancellable = g_cancellable_new ();
  work = peal_fiber_spawn_to_end (call->work, call, NULL);
  dex_await (dex_future_first (dex_ref (work), dex_timeout_new_msec ((int)call->store->timeout_ms), NULL),
             NULL);
  if (dex_future_is_pending (work))
    {
      g_cancellable_cancel (call->cancellable);
      g_clear_object (&call->store->service);
      dex_await (dex_ref (work), NULL);
      g_set_error_literal (error, DEX_ERROR, DEX_ERROR_TIMED_OUT, "the keyring hangs");
      return NULL;
    }
  if (dex_future_get_value (work, error) == NULL)
    return NULL;
  return g_steal_pointer (&work);
}

/* A service that went away under the call, or before it without our having noticed: then a new session may do
 * better. */
static gboolean
is_worth_a_new_session (const GError *error, gboolean was_open)
{
  return g_error_matches (error, PEAL_ERROR, PEAL_ERROR_KEYRING_MISSING)
         && (was_open || g_str_equal (peal_error_get_reason (error), "keyring_failed"));
}

static DexFuture *
call_fiber (gpointer data)
{
  Call *call = data;
  gboolean was_open;
  g_autoptr (DexFuture) result = NULL;
  g_autoptr (GError) error = NULL;

  if (call->before != NULL)
    dex_await (g_steal_pointer (&call->before), NULL);
  was_open = call->store->service != NULL;
  if (!(result = await_try (call, &error)) && is_worth_a_new_session (error, was_open))
    {
      g_debug ("The keyring failed, once more: %s", error->message);
      g_clear_error (&error);
      g_clear_object (&call->store->service);
      result = await_try (call, &error);
    }
  if (result != NULL)
    return g_steal_pointer (&result);
  if (g_error_matches (error, DEX_ERROR, DEX_ERROR_TIMED_OUT))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_hangs", "The keyring does not answer"));
  return dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
enqueue (PealKeyringStore *self, DexFiberFunc work, const char *key, const char *label, SecretValue *value)
{
  Call *call = g_new0 (Call, 1);

  call->store = g_object_ref (self);
  call->work = work;
  call->key = g_strdup (key);
  call->label = g_strdup (label);
  call->value = value != NULL ? secret_value_ref (value) : NULL;
  call->before = g_steal_pointer (&self->last);
  call->done = dex_promise_new ();
  self->last = dex_ref (DEX_FUTURE (call->done));
  return peal_fiber_spawn_to_end (call_fiber, call, (GDestroyNotify)call_free);
}

static void
watch_changed_cb (PealKeyringStore *self, gboolean owner_changed)
{
  /* A session does not outlive its service. */
  if (owner_changed)
    g_clear_object (&self->service);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
peal_keyring_store_dispose (GObject *object)
{
  PealKeyringStore *self = PEAL_KEYRING_STORE (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->service);
  dex_clear (&self->last);
  G_OBJECT_CLASS (peal_keyring_store_parent_class)->dispose (object);
}

static void
peal_keyring_store_finalize (GObject *object)
{
  PealKeyringStore *self = PEAL_KEYRING_STORE (object);

  g_clear_pointer (&self->schema, secret_schema_unref);
  g_clear_pointer (&self->application, g_free);
  G_OBJECT_CLASS (peal_keyring_store_parent_class)->finalize (object);
}

static void
peal_keyring_store_class_init (PealKeyringStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = peal_keyring_store_dispose;
  object_class->finalize = peal_keyring_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
peal_keyring_store_init (PealKeyringStore *self)
{
  self->watch = peal_keyring_watch_new ();
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (watch_changed_cb), self, G_CONNECT_SWAPPED);
}

PealKeyringStore *
peal_keyring_store_new (const char *application, guint timeout_ms)
{
  g_autoptr (PealKeyringStore) self = g_object_new (PEAL_TYPE_KEYRING_STORE, NULL);
  g_autofree char *name = g_strconcat (application, ".Account", NULL);

  g_return_val_if_fail (application != NULL, NULL);

  self->application = g_strdup (application);
  self->timeout_ms = timeout_ms;
  /* The name is not matched: a keyring that was never unlocked knows items by hashes, and would not find it.
   */
  self->schema =
      secret_schema_new (name, SECRET_SCHEMA_DONT_MATCH_NAME, "application", SECRET_SCHEMA_ATTRIBUTE_STRING,
                         "account", SECRET_SCHEMA_ATTRIBUTE_STRING, NULL);
  return g_steal_pointer (&self);
}

DexFuture *
peal_keyring_store_check (PealKeyringStore *self)
{
  dex_return_error_if_fail (PEAL_IS_KEYRING_STORE (self));

  return enqueue (self, check_fiber, NULL, NULL, NULL);
}

DexFuture *
peal_keyring_store_load (PealKeyringStore *self, const char *key)
{
  dex_return_error_if_fail (PEAL_IS_KEYRING_STORE (self));
  dex_return_error_if_fail (key != NULL);

  return enqueue (self, load_fiber, key, NULL, NULL);
}

DexFuture *
peal_keyring_store_save (PealKeyringStore *self, const char *key, const char *label, SecretValue *value)
{
  dex_return_error_if_fail (PEAL_IS_KEYRING_STORE (self));
  dex_return_error_if_fail (key != NULL);
  dex_return_error_if_fail (label != NULL);
  dex_return_error_if_fail (value != NULL);

  return enqueue (self, save_fiber, key, label, value);
}

DexFuture *
peal_keyring_store_remove (PealKeyringStore *self, const char *key)
{
  dex_return_error_if_fail (PEAL_IS_KEYRING_STORE (self));
  dex_return_error_if_fail (key != NULL);

  return enqueue (self, remove_fiber, key, NULL, NULL);
}
