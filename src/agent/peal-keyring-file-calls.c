/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-keyring-file-calls.h"

#include "peal-error.h"

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  SecretValue *value = secret_password_lookup_binary_finish (result, &error);

  if (value != NULL)
    dex_promise_resolve_boxed (promise, SECRET_TYPE_VALUE, value);
  else if (error != NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else
    dex_promise_reject (
        promise, peal_error_new (PEAL_ERROR_AUTH, "secret_absent", "The keyring file has no such item"));
}

DexFuture *
peal_keyring_file_call_lookup (SecretSchema *schema, GHashTable *attributes, GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();

  secret_password_lookupv (schema, attributes, cancellable, lookup_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

DexFuture *
peal_keyring_file_call_store (SecretSchema *schema,
                              GHashTable *attributes,
                              const char *label,
                              SecretValue *value,
                              GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();

  secret_password_storev_binary (schema, attributes, SECRET_COLLECTION_DEFAULT, label, value, cancellable,
                                 store_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
clear_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  gboolean was_there = secret_password_clear_finish (result, &error);

  if (error == NULL)
    dex_promise_resolve_boolean (promise, was_there);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

DexFuture *
peal_keyring_file_call_clear (SecretSchema *schema, GHashTable *attributes, GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();

  secret_password_clearv (schema, attributes, cancellable, clear_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) list = secret_password_search_finish (result, &error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (error != NULL)
    {
      dex_promise_reject (promise, g_steal_pointer (&error));
      return;
    }
  for (GList *iter = list; iter != NULL; iter = iter->next)
    g_ptr_array_add (items, g_object_ref (iter->data));
  dex_promise_resolve_boxed (promise, G_TYPE_PTR_ARRAY, g_steal_pointer (&items));
}

DexFuture *
peal_keyring_file_call_search (SecretSchema *schema, GHashTable *attributes, GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();

  secret_password_searchv (schema, attributes, SECRET_SEARCH_ALL, cancellable, search_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}
