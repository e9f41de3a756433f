/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-keyring-calls.h"

#include "peal-error.h"

/* A Secret Service that answers each request for a prompt with "locked". A password dialog that comes up
 * while the user is away, or for no visible reason, teaches people to type passwords into anything. */
typedef struct
{
  SecretService parent_instance;
} PealQuietService;

typedef struct
{
  SecretServiceClass parent_class;
} PealQuietServiceClass;

static GType peal_quiet_service_get_type (void);

G_DEFINE_TYPE (PealQuietService, peal_quiet_service, SECRET_TYPE_SERVICE)

static GVariant *
peal_quiet_service_prompt_sync (SecretService *self,
                                SecretPrompt *prompt,
                                GCancellable *cancellable,
                                const GVariantType *return_type,
                                GError **error)
{
  g_set_error_literal (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "the keyring wants to ask the user");
  return NULL;
}

static void
peal_quiet_service_prompt_async (SecretService *self,
                                 SecretPrompt *prompt,
                                 const GVariantType *return_type,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, peal_quiet_service_prompt_async);
  g_task_return_new_error_literal (task, SECRET_ERROR, SECRET_ERROR_IS_LOCKED,
                                   "the keyring wants to ask the user");
}

static GVariant *
peal_quiet_service_prompt_finish (SecretService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
peal_quiet_service_class_init (PealQuietServiceClass *klass)
{
  SecretServiceClass *service_class = SECRET_SERVICE_CLASS (klass);

  service_class->prompt_sync = peal_quiet_service_prompt_sync;
  service_class->prompt_async = peal_quiet_service_prompt_async;
  service_class->prompt_finish = peal_quiet_service_prompt_finish;
}

static void
peal_quiet_service_init (PealQuietService *self)
{
}

static gboolean
is_locked_error (const GError *error)
{
  g_autofree char *name = NULL;

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return TRUE;
  name = g_dbus_error_is_remote_error (error) ? g_dbus_error_get_remote_error (error) : NULL;
  return g_strcmp0 (name, "org.freedesktop.Secret.Error.IsLocked") == 0;
}

static gboolean
is_no_service_error (const GError *error)
{
  if (error->domain != G_DBUS_ERROR)
    return FALSE;
  return error->code == G_DBUS_ERROR_SERVICE_UNKNOWN || error->code == G_DBUS_ERROR_NAME_HAS_NO_OWNER
         || (error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED && error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY);
}

static gboolean
is_no_answer_error (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* NO_REPLY is not among them: the bus says so when the service dies under a call.
 * (transfer full): @error as one of ours; @otherwise is the reason where nothing else is known. */
static GError *
translate (const GError *error, const char *otherwise)
{
  g_autoptr (GError) copy = g_error_copy (error);

  g_dbus_error_strip_remote_error (copy);
  if (is_locked_error (error))
    return peal_error_new (PEAL_ERROR_KEYRING_LOCKED, "keyring_locked", "The keyring is locked");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "Cancelled");
  if (is_no_service_error (error))
    return peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_missing", "There is no keyring: %s",
                           copy->message);
  if (is_no_answer_error (error))
    return peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_hangs", "The keyring does not answer");
  return peal_error_new (PEAL_ERROR_KEYRING_MISSING, otherwise, "The keyring failed: %s", copy->message);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  SecretService *service = secret_service_open_finish (result, &error);

  if (service != NULL)
    dex_promise_resolve_object (promise, service);
  else
    dex_promise_reject (promise, translate (error, "keyring_missing"));
}

DexFuture *
peal_keyring_call_open (GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();

  secret_service_open (peal_quiet_service_get_type (), NULL, SECRET_SERVICE_OPEN_SESSION, cancellable,
                       open_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
find_default_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  SecretCollection *collection = secret_collection_for_alias_finish (result, &error);

  if (collection != NULL)
    dex_promise_resolve_object (promise, collection);
  else if (error != NULL)
    dex_promise_reject (promise, translate (error, "keyring_failed"));
  else
    dex_promise_reject (promise, peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_missing",
                                                 "The keyring service has no default keyring"));
}

DexFuture *
peal_keyring_call_find_default (SecretService *service, GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();

  secret_collection_for_alias (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable,
                               find_default_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  guint64 first = secret_item_get_modified (*(SecretItem **)a);
  guint64 second = secret_item_get_modified (*(SecretItem **)b);

  return first < second ? 1 : first > second ? -1 : 0;
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  g_autolist (SecretItem) list = secret_collection_search_finish (SECRET_COLLECTION (source), result, &error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (error != NULL)
    {
      dex_promise_reject (promise, translate (error, "keyring_failed"));
      return;
    }
  for (GList *iter = list; iter != NULL; iter = iter->next)
    g_ptr_array_add (items, g_object_ref (iter->data));
  g_ptr_array_sort (items, compare_newest_first);
  dex_promise_resolve_boxed (promise, G_TYPE_PTR_ARRAY, g_steal_pointer (&items));
}

DexFuture *
peal_keyring_call_search (SecretCollection *collection,
                          SecretSchema *schema,
                          GHashTable *attributes,
                          gboolean with_secrets,
                          GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();

  secret_collection_search (collection, schema, attributes,
                            with_secrets ? SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS : SECRET_SEARCH_ALL,
                            cancellable, search_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
create_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretItem) item = secret_item_create_finish (result, &error);

  if (item != NULL)
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, translate (error, "keyring_failed"));
}

DexFuture *
peal_keyring_call_create (SecretCollection *collection,
                          SecretSchema *schema,
                          GHashTable *attributes,
                          const char *label,
                          SecretValue *value,
                          GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();

  secret_item_create (collection, schema, attributes, label, value, SECRET_ITEM_CREATE_REPLACE, cancellable,
                      create_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
delete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_item_delete_finish (SECRET_ITEM (source), result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, translate (error, "keyring_failed"));
}

DexFuture *
peal_keyring_call_delete (SecretItem *item, GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();

  secret_item_delete (item, cancellable, delete_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}
