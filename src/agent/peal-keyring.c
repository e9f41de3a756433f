/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-keyring.h"

#include <json-glib/json-glib.h>

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-keyring-file.h"
#include "peal-keyring-service.h"
#include "peal-random.h"
#include "peal-secret-access.h"

#define FORMAT_VERSION 1
#define DEFAULT_TIMEOUT_MS 30000
/* Whoever asks how things stand does not wait for a service that hangs. */
#define STATE_TIMEOUT_MS 3000
#define ACCOUNT_LABEL "Peal account"
#define APP_LABEL "Peal app"
/* As long as an item with tokens, so that a full disk shows. */
#define PROBE_LENGTH 2048

struct _PealKeyring
{
  GObject parent_instance;

  char *application;
  guint timeout_ms;
  PealKeyringStore *store;
};

static void vault_iface_init (PealVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PealKeyring,
                               peal_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PEAL_TYPE_VAULT, vault_iface_init))

typedef enum
{
  PROP_APPLICATION = 1,
  PROP_TIMEOUT_MS,
} PealKeyringProps;

typedef struct
{
  PealKeyringStore *store;
  char *key;
  PealTokens *tokens;
} TokensCall;

static void
tokens_call_free (TokensCall *call)
{
  g_clear_object (&call->store);
  g_clear_pointer (&call->tokens, peal_tokens_free);
  g_free (call->key);
  g_free (call);
}

static void
wipe_text (gpointer text)
{
  peal_wipe_free (text, -1);
}

/* (transfer full): the object in @builder as a value that wipes its memory. */
static SecretValue *
pack (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  char *text = NULL;
  gsize length = 0;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  return secret_value_new_full (text, (gssize)length, "text/plain", wipe_text);
}

/* (transfer full) (nullable): the object in @value, if it is one of ours. */
static JsonObject *
unpack (SecretValue *value)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length = 0;
  const char *text = secret_value_get (value, &length);
  JsonNode *root = NULL;

  if (!g_utf8_validate (text, (gssize)length, NULL)
      || !json_parser_load_from_data (parser, text, (gssize)length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)
      || json_object_get_int_member_with_default (json_node_get_object (root), "v", 0) != FORMAT_VERSION)
    return NULL;
  return json_object_ref (json_node_get_object (root));
}

/* (transfer none) (nullable) */
static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);
  return text != NULL && text[0] != '\0' ? text : NULL;
}

static gint64
get_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return -1;
  return json_node_get_int (node);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

/* @prev_refresh: (nullable): the refresh token before, for the case that TikTok never got to know of the new
 * one. */
static SecretValue *
pack_tokens (const PealTokens *tokens, const char *prev_refresh)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *scopes = peal_scopes_to_string (tokens->scopes);

  json_builder_begin_object (builder);
  add_number (builder, "v", FORMAT_VERSION);
  add_text (builder, "open_id", tokens->open_id);
  add_text (builder, "scopes", scopes);
  add_text (builder, "access", peal_secret_peek (tokens->access_token));
  add_text (builder, "refresh", peal_secret_peek (tokens->refresh_token));
  add_number (builder, "obtained_at", tokens->obtained_at_us);
  add_number (builder, "access_exp", tokens->access_expires_at_us);
  add_number (builder, "refresh_exp", tokens->refresh_expires_at_us);
  if (prev_refresh != NULL)
    add_text (builder, "prev_refresh", prev_refresh);
  json_builder_end_object (builder);
  return pack (builder);
}

/* (transfer full) (nullable) */
static PealTokens *
unpack_tokens (SecretValue *value)
{
  g_autoptr (JsonObject) object = unpack (value);
  g_autoptr (PealTokens) tokens = g_new0 (PealTokens, 1);

  if (object == NULL || get_text (object, "open_id") == NULL || get_text (object, "access") == NULL
      || get_text (object, "refresh") == NULL || get_number (object, "obtained_at") < 0
      || get_number (object, "access_exp") < 0)
    return NULL;
  tokens->open_id = g_strdup (get_text (object, "open_id"));
  tokens->scopes = get_text (object, "scopes") != NULL ? peal_scopes_from_string (get_text (object, "scopes"))
                                                       : PEAL_SCOPE_NONE;
  tokens->access_token = peal_secret_new (get_text (object, "access"));
  tokens->refresh_token = peal_secret_new (get_text (object, "refresh"));
  tokens->obtained_at_us = get_number (object, "obtained_at");
  tokens->access_expires_at_us = get_number (object, "access_exp");
  tokens->refresh_expires_at_us = get_number (object, "refresh_exp");
  return g_steal_pointer (&tokens);
}

static DexFuture *
new_damaged (void)
{
  return dex_future_new_for_error (
      peal_error_new (PEAL_ERROR_PROTOCOL, "secret_damaged", "The keyring's item is not readable"));
}

static DexFuture *
state_from_check_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) != NULL)
    return dex_future_new_for_int (PEAL_VAULT_UNLOCKED);
  if (g_error_matches (error, PEAL_ERROR, PEAL_ERROR_CANCELLED))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (g_error_matches (error, PEAL_ERROR, PEAL_ERROR_KEYRING_LOCKED))
    return dex_future_new_for_int (PEAL_VAULT_LOCKED);
  return dex_future_new_for_int (PEAL_VAULT_MISSING);
}

static DexFuture *
peal_keyring_query_state (PealVault *vault)
{
  PealKeyring *self = PEAL_KEYRING (vault);

  return dex_future_finally (dex_future_first (peal_keyring_store_check (self->store),
                                               dex_timeout_new_msec (STATE_TIMEOUT_MS), NULL),
                             state_from_check_cb, NULL, NULL);
}

static DexFuture *
tokens_from_value_cb (DexFuture *future, gpointer user_data)
{
  const GValue *value = dex_future_get_value (future, NULL);
  PealTokens *tokens = unpack_tokens (g_value_get_boxed (value));

  return tokens != NULL ? dex_future_new_take_boxed (PEAL_TYPE_TOKENS, tokens) : new_damaged ();
}

static DexFuture *
peal_keyring_load_tokens (PealVault *vault, const char *key)
{
  PealKeyring *self = PEAL_KEYRING (vault);

  return dex_future_then (peal_keyring_store_load (self->store, key), tokens_from_value_cb, NULL, NULL);
}

/* Whether an item that could not be loaded may be written over: one that is not there, or lost for good. */
static gboolean
is_replaceable (const GError *error)
{
  return g_error_matches (error, PEAL_ERROR, PEAL_ERROR_AUTH)
         || g_str_equal (peal_error_get_reason (error), "keyring_replaced");
}

static DexFuture *
store_tokens_fiber (gpointer data)
{
  TokensCall *call = data;
  g_autoptr (SecretValue) before = NULL;
  g_autoptr (SecretValue) value = NULL;
  g_autoptr (PealTokens) old = NULL;
  g_autoptr (GError) error = NULL;

  if (!(before = dex_await_boxed (peal_keyring_store_load (call->store, call->key), &error))
      && !is_replaceable (error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (before != NULL)
    old = unpack_tokens (before);
  value = pack_tokens (call->tokens, old != NULL ? peal_secret_peek (old->refresh_token) : NULL);
  return peal_keyring_store_save (call->store, call->key, ACCOUNT_LABEL, value);
}

static DexFuture *
peal_keyring_store_tokens (PealVault *vault, const char *key, const PealTokens *tokens)
{
  PealKeyring *self = PEAL_KEYRING (vault);
  TokensCall *call = g_new0 (TokensCall, 1);

  call->store = g_object_ref (self->store);
  call->key = g_strdup (key);
  call->tokens = peal_tokens_copy (tokens);
  return peal_fiber_spawn_to_end (store_tokens_fiber, call, (GDestroyNotify)tokens_call_free);
}

static DexFuture *
secret_from_value_cb (DexFuture *future, gpointer user_data)
{
  const GValue *value = dex_future_get_value (future, NULL);
  g_autoptr (JsonObject) object = unpack (g_value_get_boxed (value));

  if (object == NULL || get_text (object, "secret") == NULL)
    return new_damaged ();
  return dex_future_new_take_boxed (PEAL_TYPE_SECRET, peal_secret_new (get_text (object, "secret")));
}

static DexFuture *
peal_keyring_load_secret (PealVault *vault, const char *key)
{
  PealKeyring *self = PEAL_KEYRING (vault);

  return dex_future_then (peal_keyring_store_load (self->store, key), secret_from_value_cb, NULL, NULL);
}

static DexFuture *
save_text (PealKeyring *self, const char *key, const char *label, const char *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (SecretValue) value = NULL;

  json_builder_begin_object (builder);
  add_number (builder, "v", FORMAT_VERSION);
  add_text (builder, "secret", text);
  json_builder_end_object (builder);
  value = pack (builder);
  return peal_keyring_store_save (self->store, key, label, value);
}

static DexFuture *
peal_keyring_store_secret (PealVault *vault, const char *key, PealSecret *secret)
{
  return save_text (PEAL_KEYRING (vault), key, APP_LABEL, peal_secret_peek (secret));
}

static DexFuture *
peal_keyring_remove (PealVault *vault, const char *key)
{
  PealKeyring *self = PEAL_KEYRING (vault);

  return peal_keyring_store_remove (self->store, key);
}

static DexFuture *
peal_keyring_check_writable (PealVault *vault)
{
  g_autofree char *text = peal_random_text (PROBE_LENGTH);

  return save_text (PEAL_KEYRING (vault), PEAL_KEYRING_PROBE_KEY, APP_LABEL, text);
}

static void
vault_iface_init (PealVaultInterface *iface)
{
  iface->query_state = peal_keyring_query_state;
  iface->load_tokens = peal_keyring_load_tokens;
  iface->store_tokens = peal_keyring_store_tokens;
  iface->load_secret = peal_keyring_load_secret;
  iface->store_secret = peal_keyring_store_secret;
  iface->remove = peal_keyring_remove;
  iface->check_writable = peal_keyring_check_writable;
}

static void
store_changed_cb (PealKeyring *self)
{
  g_signal_emit_by_name (self, "state-changed");
}

static void
peal_keyring_constructed (GObject *object)
{
  PealKeyring *self = PEAL_KEYRING (object);

  G_OBJECT_CLASS (peal_keyring_parent_class)->constructed (object);
  g_assert (self->application != NULL);
  self->store = peal_keyring_file_is_used () ? peal_keyring_file_new (self->application, self->timeout_ms)
                                             : peal_keyring_service_new (self->application, self->timeout_ms);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
peal_keyring_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealKeyring *self = PEAL_KEYRING (object);

  switch ((PealKeyringProps)id)
    {
    case PROP_APPLICATION:
      self->application = g_value_dup_string (value);
      break;
    case PROP_TIMEOUT_MS:
      self->timeout_ms = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_keyring_dispose (GObject *object)
{
  PealKeyring *self = PEAL_KEYRING (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (peal_keyring_parent_class)->dispose (object);
}

static void
peal_keyring_finalize (GObject *object)
{
  PealKeyring *self = PEAL_KEYRING (object);

  g_clear_pointer (&self->application, g_free);
  G_OBJECT_CLASS (peal_keyring_parent_class)->finalize (object);
}

static void
peal_keyring_class_init (PealKeyringClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = peal_keyring_constructed;
  object_class->set_property = peal_keyring_set_property;
  object_class->dispose = peal_keyring_dispose;
  object_class->finalize = peal_keyring_finalize;
  g_object_class_install_property (object_class, PROP_APPLICATION,
                                   g_param_spec_string ("application", NULL, NULL, NULL, flags));
  g_object_class_install_property (
      object_class, PROP_TIMEOUT_MS,
      g_param_spec_uint ("timeout-ms", NULL, NULL, 1, G_MAXINT, DEFAULT_TIMEOUT_MS, flags));
}

static void
peal_keyring_init (PealKeyring *self)
{
}

PealVault *
peal_keyring_new (const char *application)
{
  g_return_val_if_fail (application != NULL, NULL);

  return g_object_new (PEAL_TYPE_KEYRING, "application", application, NULL);
}
