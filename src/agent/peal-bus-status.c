/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-bus-private.h"

#include <gio/gunixinputstream.h>

#include "peal-settings.h"

#define MAX_SECRET 1024
#define SECRET_DEADLINE_S 5

static void
merge (GVariantDict *dict, GVariant *more)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, more);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    g_variant_dict_insert_value (dict, key, value);
}

/* What stands in the way of all work goes before everything else that needs attention. */
static void
add_trouble (GVariantDict *status, const GError *trouble)
{
  g_autoptr (GVariant) others = g_variant_dict_lookup_value (status, "attention", G_VARIANT_TYPE ("aa{sv}"));
  g_auto (GVariantBuilder) attention = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_auto (GVariantDict) entry = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&entry, "kind", "s", "storage");
  g_variant_dict_insert (&entry, "reason", "s", peal_error_get_reason (trouble));
  g_variant_builder_add_value (&attention, g_variant_dict_end (&entry));
  for (gsize i = 0; others != NULL && i < g_variant_n_children (others); i++)
    {
      g_autoptr (GVariant) other = g_variant_get_child_value (others, i);

      g_variant_builder_add_value (&attention, other);
    }
  g_variant_dict_insert_value (status, "attention", g_variant_builder_end (&attention));
}

/* With a database that answers no more, the status is that. */
static DexFuture *
get_status (PealBusCall *call)
{
  PealBusFace *self = call->face;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) apps = NULL;
  g_autoptr (GVariant) plan = NULL;
  g_autoptr (GError) trouble = NULL;
  g_auto (GVariantDict) status = G_VARIANT_DICT_INIT (NULL);
  int keyring;

  if ((apps = dex_await_variant (peal_accounts_describe_apps (self->services.accounts), &error)))
    plan = dex_await_variant (peal_journal_describe_plan (self->services.journal), &error);
  trouble = peal_database_dup_trouble (self->services.database);
  if (plan == NULL && trouble == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  keyring = dex_await_int (peal_vault_query_state (peal_accounts_get_vault (self->services.accounts)), NULL);
  if (plan != NULL)
    {
      merge (&status, apps);
      merge (&status, plan);
    }
  if (trouble != NULL)
    add_trouble (&status, trouble);
  g_variant_dict_insert (&status, "version", "s", PEAL_VERSION);
  g_variant_dict_insert (&status, "interface_version", "u", 1u);
  g_variant_dict_insert (&status, "practice", "b", self->is_practice);
  g_variant_dict_insert (&status, "server", "s", self->server);
  g_variant_dict_insert (&status, "paused", "b", self->is_paused);
  g_variant_dict_insert (&status, "keyring", "s", peal_vault_state_to_string (keyring));
  return peal_bus_reply_with (g_variant_dict_end (&status));
}

/* One read of at most @length bytes; NULL with @error also when nothing comes before @deadline. The buffer
 * belongs to the read, which may outlive our patience. */
static GBytes *
read_some (GInputStream *stream, gsize length, gint64 deadline, GError **error)
{
  g_autoptr (DexFuture) read = dex_input_stream_read_bytes (stream, length, G_PRIORITY_DEFAULT);

  if (!dex_await (dex_future_first (dex_ref (read), dex_timeout_new_deadline (deadline), NULL), error))
    return NULL;
  return dex_await_boxed (dex_ref (read), error);
}

/* (transfer full): what came through @fd up to its end, without a last newline. */
static PealSecret *
read_secret (int fd, GError **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (fd, TRUE);
  gint64 deadline = g_get_monotonic_time () + SECRET_DEADLINE_S * G_USEC_PER_SEC;
  char text[MAX_SECRET + 2] = { 0 };
  PealSecret *secret = NULL;
  gsize length = 0, got = 1;

  while (got > 0 && length <= MAX_SECRET)
    {
      g_autoptr (GBytes) bytes = read_some (stream, MAX_SECRET + 1 - length, deadline, error);

      if (bytes == NULL)
        return NULL;
      got = g_bytes_get_size (bytes);
      memcpy (text + length, g_bytes_get_data (bytes, NULL), got);
      explicit_bzero ((gpointer)g_bytes_get_data (bytes, NULL), got);
      length += got;
    }
  if (length > 0 && text[length - 1] == '\n')
    text[--length] = '\0';
  if (length > 0 && length <= MAX_SECRET && strlen (text) == length && g_str_is_ascii (text))
    secret = peal_secret_new (text);
  else
    peal_error_refuse (error, PEAL_ERROR_INVALID, "client_secret", "1 to 1024 ASCII characters");
  explicit_bzero (text, sizeof text);
  return secret;
}

static DexFuture *
refuse (const char *reason)
{
  return dex_future_new_for_error (peal_error_new (PEAL_ERROR_INVALID, reason, "this cannot be stored"));
}

static gboolean
is_client_key (const char *text)
{
  gsize length = strlen (text);

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.~", *p) == NULL)
      return FALSE;
  return length >= 1 && length <= 128;
}

static DexFuture *
set_credentials (PealBusCall *call)
{
  static const char *const members[] = { "client_key", "environment", "share_type", NULL };
  g_autoptr (GVariant) options = g_variant_get_child_value (call->parameters, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealSecret) secret = NULL;
  const char *key = NULL, *environment_word = NULL, *share_word = "direct";
  PealEnvironment environment;
  PealShareType share_type;
  int handle, fd;

  if (!peal_bus_check_texts (options, members, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  g_variant_lookup (options, "client_key", "&s", &key);
  g_variant_lookup (options, "environment", "&s", &environment_word);
  g_variant_lookup (options, "share_type", "&s", &share_word);
  if (key == NULL || !is_client_key (key))
    return refuse ("client_key");
  if (environment_word == NULL || !peal_environment_from_string (environment_word, &environment))
    return refuse ("environment_unknown");
  if (!peal_share_type_from_string (share_word, &share_type))
    return refuse ("share_type_unknown");
  g_variant_get_child (call->parameters, 0, "h", &handle);
  if ((fd = peal_bus_call_dup_fd (call, handle, &error)) < 0 || !(secret = read_secret (fd, &error))
      || !dex_await (
          peal_accounts_set_credentials (call->face->services.accounts, environment, key, secret, share_type),
          &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static DexFuture *
forget_credentials (PealBusCall *call)
{
  PealAccounts *accounts = call->face->services.accounts;
  g_autoptr (GError) error = NULL;
  PealEnvironment environment;
  const char *word;

  g_variant_get (call->parameters, "(&s)", &word);
  if (word[0] == '\0')
    environment = dex_await_int (peal_accounts_query_profile (accounts), &error);
  else if (!peal_environment_from_string (word, &environment))
    return refuse ("environment_unknown");
  if (error != NULL || !dex_await (peal_accounts_forget_credentials (accounts, environment), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static DexFuture *
set_paused (PealBusCall *call, gboolean paused)
{
  g_autoptr (GError) error = NULL;

  if (!dex_await (peal_settings_set_paused (call->face->services.database, paused), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  peal_bus_face_set_paused (call->face, paused);
  if (paused)
    peal_publisher_stop_all (call->face->services.publisher);
  peal_publisher_look (call->face->services.publisher);
  return dex_future_new_true ();
}

static DexFuture *
pause_publishing (PealBusCall *call)
{
  return set_paused (call, TRUE);
}

static DexFuture *
resume_publishing (PealBusCall *call)
{
  return set_paused (call, FALSE);
}

static DexFuture *
adopt (PealBusCall *call)
{
  PealBusServices *services = &call->face->services;
  g_autoptr (GError) error = NULL;
  guint count = dex_await_uint (peal_journal_adopt (services->journal, services->machine), &error);

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  peal_publisher_look (services->publisher);
  return peal_bus_reply_with (g_variant_new_uint32 (count));
}

static DexFuture *
get_settings (PealBusCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings =
      dex_await_variant (peal_settings_get (call->face->services.database), &error);

  if (settings == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return peal_bus_reply_with (settings);
}

static DexFuture *
set_settings (PealBusCall *call)
{
  g_autoptr (GVariant) changes = g_variant_get_child_value (call->parameters, 0);
  g_autoptr (GError) error = NULL;

  if (!dex_await (peal_settings_set (call->face->services.database, changes), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  peal_bus_face_emit_changed (call->face, "settings", (const char *const[]){ NULL });
  return dex_future_new_true ();
}

static DexFuture *
cancel_job (PealBusCall *call)
{
  guint job;

  g_variant_get (call->parameters, "(u)", &job);
  peal_bus_call_cancel_job (call, job);
  return dex_future_new_true ();
}

const PealBusMethod peal_bus_status_methods[] = {
  { "GetStatus", get_status },
  { "SetCredentials", set_credentials },
  { "ForgetCredentials", forget_credentials },
  { "Pause", pause_publishing },
  { "Resume", resume_publishing },
  { "Adopt", adopt },
  { "GetSettings", get_settings },
  { "SetSettings", set_settings },
  { "CancelJob", cancel_job },
  { NULL, NULL },
};
