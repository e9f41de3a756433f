/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-keyring-store.h"

#include "peal-error.h"
#include "peal-fiber.h"

#define DEFAULT_TIMEOUT_MS 30000
/* For a service that did not answer the last time. */
#define HANGING_TIMEOUT_MS 5000
#define FIRST_PAUSE_S 5
#define LAST_PAUSE_S 300

typedef struct
{
  char *application;
  guint timeout_ms;
  SecretSchema *schema;
  DexFuture *last;      /* of the queue: resolves when the call that came last has ended */
  gboolean is_hanging;  /* the last call got no answer */
  gboolean in_trouble;  /* the last call found the place unusable */
  guint pause_s;        /* until it is asked again */
  gint64 hung_us;       /* monotonic; when a call last got no answer */
  gint64 recovered_us;  /* monotonic; when it could be used again */
  guint recheck_source; /* asks again */
} PealKeyringStorePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PealKeyringStore, peal_keyring_store, G_TYPE_OBJECT)

typedef enum
{
  PROP_APPLICATION = 1,
  PROP_TIMEOUT_MS,
} PealKeyringStoreProps;

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static PealKeyringStorePrivate *
get_private (PealKeyringStore *self)
{
  return peal_keyring_store_get_instance_private (self);
}

static void
call_free (PealKeyringCall *call)
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

static gboolean
recheck_cb (gpointer data)
{
  PealKeyringStore *self = data;
  PealKeyringStorePrivate *priv = get_private (self);

  priv->recheck_source = 0;
  priv->pause_s = MIN (priv->pause_s * 2, LAST_PAUSE_S);
  dex_future_disown (peal_keyring_store_check (self));
  return G_SOURCE_REMOVE;
}

/* What one call does not cure, but time or the user may. */
static gboolean
is_trouble (const GError *error)
{
  static const char *const reasons[] = { "keyring_locked", "keyring_missing", "keyring_hangs",
                                         "keyring_replaced", NULL };

  return error->domain == PEAL_ERROR && g_strv_contains (reasons, peal_error_get_reason (error));
}

static gboolean
is_hanging (const GError *error)
{
  return g_str_equal (peal_error_get_reason (error), "keyring_hangs");
}

/* @error: (nullable): how a call ended. */
static void
note_end (PealKeyringStore *self, const GError *error)
{
  PealKeyringStorePrivate *priv = get_private (self);
  gint64 now = g_get_monotonic_time ();

  /* The bus gives a call up after 25 s, which may be before we do. */
  priv->is_hanging = error != NULL && is_hanging (error);
  if (priv->is_hanging)
    priv->hung_us = now;
  if (error != NULL && is_trouble (error))
    {
      if (!priv->in_trouble && now - priv->recovered_us > LAST_PAUSE_S * G_TIME_SPAN_SECOND)
        priv->pause_s = FIRST_PAUSE_S;
      priv->in_trouble = TRUE;
      if (priv->recheck_source == 0)
        priv->recheck_source = g_timeout_add_seconds (priv->pause_s, recheck_cb, self);
    }
  else if (error == NULL && priv->in_trouble)
    {
      priv->in_trouble = FALSE;
      priv->recovered_us = now;
      g_clear_handle_id (&priv->recheck_source, g_source_remove);
      peal_keyring_store_emit_changed (self);
    }
}

static GError *
new_hanging (void)
{
  return peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_hangs", "The keyring does not answer");
}

/* One try within the time limit. A call that hangs is cancelled, and its session is not used again. */
static DexFuture *
await_try (PealKeyringCall *call, GError **error)
{
  g_autoptr (DexFuture) work = NULL;
  PealKeyringStorePrivate *priv = get_private (call->store);
  guint timeout_ms = priv->is_hanging ? MIN (priv->timeout_ms, HANGING_TIMEOUT_MS) : priv->timeout_ms;

  g_clear_object (&call->cancellable);
  call->cancellable = g_cancellable_new ();
  work = peal_fiber_spawn_to_end (call->work, call, NULL);
  dex_await (dex_future_first (dex_ref (work), dex_timeout_new_msec ((int)timeout_ms), NULL), NULL);
  if (dex_future_is_pending (work))
    {
      g_cancellable_cancel (call->cancellable);
      *error = new_hanging ();
      PEAL_KEYRING_STORE_GET_CLASS (call->store)->reset (call->store, *error);
      dex_await (dex_ref (work), NULL);
      return NULL;
    }
  if (dex_future_get_value (work, error) == NULL)
    return NULL;
  return g_steal_pointer (&work);
}

static DexFuture *
call_fiber (gpointer data)
{
  PealKeyringCall *call = data;
  g_autoptr (DexFuture) result = NULL;
  g_autoptr (GError) error = NULL;

  if (call->before != NULL)
    dex_await (g_steal_pointer (&call->before), NULL);
  /* Who waited all the time while another call hung has waited enough. */
  if (get_private (call->store)->hung_us > call->asked_us)
    return dex_future_new_for_error (new_hanging ());
  if (!(result = await_try (call, &error)) && !is_hanging (error)
      && PEAL_KEYRING_STORE_GET_CLASS (call->store)->reset (call->store, error))
    {
      g_debug ("The keyring failed, once more: %s", error->message);
      g_clear_error (&error);
      result = await_try (call, &error);
    }
  note_end (call->store, error);
  return result != NULL ? g_steal_pointer (&result) : dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
enqueue (PealKeyringStore *self, DexFiberFunc work, const char *key, const char *label, SecretValue *value)
{
  PealKeyringStorePrivate *priv = get_private (self);
  PealKeyringCall *call = g_new0 (PealKeyringCall, 1);

  call->store = g_object_ref (self);
  call->work = work;
  call->asked_us = g_get_monotonic_time ();
  call->key = g_strdup (key);
  call->label = g_strdup (label);
  call->value = value != NULL ? secret_value_ref (value) : NULL;
  call->before = g_steal_pointer (&priv->last);
  call->done = dex_promise_new ();
  priv->last = dex_ref (DEX_FUTURE (call->done));
  return peal_fiber_spawn_to_end (call_fiber, call, (GDestroyNotify)call_free);
}

static gboolean
peal_keyring_store_real_reset (PealKeyringStore *self, const GError *error)
{
  return FALSE;
}

static void
peal_keyring_store_constructed (GObject *object)
{
  PealKeyringStorePrivate *priv = get_private (PEAL_KEYRING_STORE (object));
  g_autofree char *name = NULL;

  G_OBJECT_CLASS (peal_keyring_store_parent_class)->constructed (object);
  g_assert (priv->application != NULL);
  name = g_strconcat (priv->application, ".Account", NULL);
  /* The name is not matched: a keyring that was never unlocked knows items by hashes, and would not find it.
   */
  priv->schema =
      secret_schema_new (name, SECRET_SCHEMA_DONT_MATCH_NAME, "application", SECRET_SCHEMA_ATTRIBUTE_STRING,
                         "account", SECRET_SCHEMA_ATTRIBUTE_STRING, NULL);
}

static void
peal_keyring_store_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealKeyringStorePrivate *priv = get_private (PEAL_KEYRING_STORE (object));

  switch ((PealKeyringStoreProps)id)
    {
    case PROP_APPLICATION:
      priv->application = g_value_dup_string (value);
      break;
    case PROP_TIMEOUT_MS:
      priv->timeout_ms = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_keyring_store_dispose (GObject *object)
{
  PealKeyringStorePrivate *priv = get_private (PEAL_KEYRING_STORE (object));

  g_clear_handle_id (&priv->recheck_source, g_source_remove);
  dex_clear (&priv->last);
  G_OBJECT_CLASS (peal_keyring_store_parent_class)->dispose (object);
}

static void
peal_keyring_store_finalize (GObject *object)
{
  PealKeyringStorePrivate *priv = get_private (PEAL_KEYRING_STORE (object));

  g_clear_pointer (&priv->schema, secret_schema_unref);
  g_clear_pointer (&priv->application, g_free);
  G_OBJECT_CLASS (peal_keyring_store_parent_class)->finalize (object);
}

static void
peal_keyring_store_class_init (PealKeyringStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  klass->reset = peal_keyring_store_real_reset;
  object_class->constructed = peal_keyring_store_constructed;
  object_class->set_property = peal_keyring_store_set_property;
  object_class->dispose = peal_keyring_store_dispose;
  object_class->finalize = peal_keyring_store_finalize;
  g_object_class_install_property (object_class, PROP_APPLICATION,
                                   g_param_spec_string ("application", NULL, NULL, NULL, flags));
  g_object_class_install_property (
      object_class, PROP_TIMEOUT_MS,
      g_param_spec_uint ("timeout-ms", NULL, NULL, 1, G_MAXINT, DEFAULT_TIMEOUT_MS, flags));
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
peal_keyring_store_init (PealKeyringStore *self)
{
  PealKeyringStorePrivate *priv = get_private (self);

  priv->pause_s = FIRST_PAUSE_S;
}

const char *
peal_keyring_store_get_application (PealKeyringStore *self)
{
  g_return_val_if_fail (PEAL_IS_KEYRING_STORE (self), NULL);

  return get_private (self)->application;
}

SecretSchema *
peal_keyring_store_get_schema (PealKeyringStore *self)
{
  g_return_val_if_fail (PEAL_IS_KEYRING_STORE (self), NULL);

  return get_private (self)->schema;
}

GHashTable *
peal_keyring_call_dup_attributes (PealKeyringCall *call)
{
  PealKeyringStorePrivate *priv = NULL;

  g_return_val_if_fail (call != NULL && call->key != NULL, NULL);

  priv = get_private (call->store);
  return secret_attributes_build (priv->schema, "application", priv->application, "account", call->key, NULL);
}

void
peal_keyring_store_emit_changed (PealKeyringStore *self)
{
  g_return_if_fail (PEAL_IS_KEYRING_STORE (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

DexFuture *
peal_keyring_store_check (PealKeyringStore *self)
{
  dex_return_error_if_fail (PEAL_IS_KEYRING_STORE (self));

  return enqueue (self, PEAL_KEYRING_STORE_GET_CLASS (self)->check, NULL, NULL, NULL);
}

DexFuture *
peal_keyring_store_load (PealKeyringStore *self, const char *key)
{
  dex_return_error_if_fail (PEAL_IS_KEYRING_STORE (self));
  dex_return_error_if_fail (key != NULL);

  return enqueue (self, PEAL_KEYRING_STORE_GET_CLASS (self)->load, key, NULL, NULL);
}

DexFuture *
peal_keyring_store_save (PealKeyringStore *self, const char *key, const char *label, SecretValue *value)
{
  dex_return_error_if_fail (PEAL_IS_KEYRING_STORE (self));
  dex_return_error_if_fail (key != NULL);
  dex_return_error_if_fail (label != NULL);
  dex_return_error_if_fail (value != NULL);

  return enqueue (self, PEAL_KEYRING_STORE_GET_CLASS (self)->save, key, label, value);
}

DexFuture *
peal_keyring_store_remove (PealKeyringStore *self, const char *key)
{
  dex_return_error_if_fail (PEAL_IS_KEYRING_STORE (self));
  dex_return_error_if_fail (key != NULL);

  return enqueue (self, PEAL_KEYRING_STORE_GET_CLASS (self)->remove, key, NULL, NULL);
}
