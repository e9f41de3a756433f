/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-bus-private.h"

#include "peal-sign-in-flow.h"
#include "peal-slots.h"
#include "peal-tiktok-publish.h"

/* A job on one account, from its own fiber. */
typedef struct
{
  PealBusFace *face;
  PealSignInFlow *flow;
  gint64 account;
  GCancellable *cancellable;
} AccountJob;

static AccountJob *
account_job_new (PealBusCall *call, gint64 account, GCancellable *cancellable)
{
  AccountJob *self = g_new0 (AccountJob, 1);

  self->face = g_object_ref (call->face);
  self->account = account;
  self->cancellable = g_object_ref (cancellable);
  return self;
}

static void
account_job_free (AccountJob *self)
{
  g_clear_object (&self->face);
  g_clear_object (&self->flow);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static DexFuture *
run_sign_in_fiber (gpointer data)
{
  AccountJob *self = data;
  PealBusServices *services = &self->face->services;
  g_autoptr (GError) error = NULL;
  gint64 account = dex_await_int64 (peal_sign_in_flow_run (self->flow, self->cancellable), &error);

  self->face->is_connecting = FALSE;
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!dex_await (peal_journal_release_account (services->journal, account), &error))
    g_warning ("The account's posts stay held: %s", error->message);
  peal_publisher_look (services->publisher);
  peal_collector_rescan (services->collector);
  return peal_accounts_describe (services->accounts, account);
}

static gboolean
read_connect_options (PealBusCall *call, PealEnvironment *environment, gint64 *account, GError **error)
{
  static const char *const members[] = { "account", "environment", NULL };
  g_autoptr (GVariant) options = g_variant_get_child_value (call->parameters, 0);
  const char *name = NULL, *word = NULL;

  if (!peal_bus_check_texts (options, members, error))
    return FALSE;
  *account = 0;
  if (g_variant_lookup (options, "account", "&s", &name))
    {
      g_autoptr (GVariant) row = NULL;

      if (!(*account = peal_bus_call_resolve_account (call, name, error))
          || !(row = dex_await_variant (peal_accounts_describe (call->face->services.accounts, *account),
                                        error)))
        return FALSE;
      g_variant_lookup (row, "environment", "&s", &word);
      return peal_environment_from_string (word, environment);
    }
  if (g_variant_lookup (options, "environment", "&s", &word))
    {
      if (peal_environment_from_string (word, environment))
        return TRUE;
      g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "environment_unknown", "%s", word));
      return FALSE;
    }
  *environment = dex_await_int (peal_accounts_query_profile (call->face->services.accounts), error);
  return error == NULL || *error == NULL;
}

static PealSignInFlow *
start_flow (PealBusCall *call, gint64 *account, GError **error)
{
  PealEnvironment environment;

  if (!read_connect_options (call, &environment, account, error))
    return NULL;
  return dex_await_object (peal_sign_in_flow_start (call->face->services.accounts, environment, *account),
                           error);
}

static DexFuture *
connect_account (PealBusCall *call)
{
  PealBusFace *self = call->face;
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (PealSignInFlow) flow = NULL;
  g_autoptr (GError) error = NULL;
  AccountJob *job = NULL;
  gint64 account;
  guint number;

  if (self->is_connecting)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "connect_running", "another sign-in waits for its browser"));
  self->is_connecting = TRUE;
  if (!(flow = start_flow (call, &account, &error))
      || !(number = peal_bus_call_new_job (call, &cancellable, &error)))
    {
      self->is_connecting = FALSE;
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  job = account_job_new (call, account, cancellable);
  job->flow = g_object_ref (flow);
  return peal_bus_call_begin_job (
      call, number, g_variant_new ("(us)", number, peal_sign_in_flow_get_authorize_url (flow)),
      dex_scheduler_spawn (NULL, 0, run_sign_in_fiber, job, (GDestroyNotify)account_job_free));
}

/* First nothing new goes out for the account, then its sign-in ends. */
static DexFuture *
disconnect_fiber (gpointer data)
{
  AccountJob *self = data;
  PealBusServices *services = &self->face->services;
  g_auto (GVariantDict) result = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;
  gboolean revoked;
  guint held;

  /* What the keyring will refuse is not begun. */
  if (!dex_await (peal_vault_check_writable (peal_accounts_get_vault (services->accounts)), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  held = dex_await_uint (peal_journal_hold_account (services->journal, self->account), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  peal_publisher_stop_account (services->publisher, self->account);
  revoked = dex_await_boolean (peal_accounts_disconnect (services->accounts, self->account), &error);
  if (error != NULL)
    {
      /* The account is as it was, and so is its plan. */
      dex_await (peal_journal_release_account (services->journal, self->account), NULL);
      peal_publisher_look (services->publisher);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  g_variant_dict_insert (&result, "held", "u", held);
  g_variant_dict_insert (&result, "revoked", "b", revoked);
  return dex_future_new_take_variant (g_variant_ref_sink (g_variant_dict_end (&result)));
}

/* Begins @fiber as a job on the account that is the call's first argument. */
static DexFuture *
begin_account_job (PealBusCall *call, DexFiberFunc fiber)
{
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;
  gint64 account;
  guint number;

  g_variant_get_child (call->parameters, 0, "&s", &name);
  if (!(account = peal_bus_call_resolve_account (call, name, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!(number = peal_bus_call_new_job (call, &cancellable, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return peal_bus_call_begin_job (call, number, NULL,
                                  dex_scheduler_spawn (NULL, 0, fiber,
                                                       account_job_new (call, account, cancellable),
                                                       (GDestroyNotify)account_job_free));
}

static DexFuture *
disconnect_account (PealBusCall *call)
{
  return begin_account_job (call, disconnect_fiber);
}

static DexFuture *
list_accounts (PealBusCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) list = dex_await_variant (peal_accounts_list (call->face->services.accounts), &error);

  if (list == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return peal_bus_reply_with (list);
}

static DexFuture *
set_account (PealBusCall *call)
{
  static const char *const members[] = { "share_type", NULL };
  g_autoptr (GVariant) changes = g_variant_get_child_value (call->parameters, 1);
  g_autoptr (GError) error = NULL;
  const char *name, *word = NULL;
  PealShareType share_type;
  gint64 account;

  g_variant_get_child (call->parameters, 0, "&s", &name);
  if (!peal_bus_check_texts (changes, members, &error)
      || !(account = peal_bus_call_resolve_account (call, name, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!g_variant_lookup (changes, "share_type", "&s", &word))
    return dex_future_new_true ();
  if (!peal_share_type_from_string (word, &share_type))
    return dex_future_new_for_error (peal_error_new (PEAL_ERROR_INVALID, "share_type_unknown", "%s", word));
  return peal_accounts_set_share_type (call->face->services.accounts, account, share_type);
}

static void
put_text (GVariantDict *dict, const char *key, const char *text)
{
  if (text != NULL)
    g_variant_dict_insert (dict, key, "s", text);
}

static DexFuture *
query_creator (PealTiktokClient *client, const PealAccess *access, gpointer data)
{
  return peal_tiktok_query_creator (client, access, data);
}

static DexFuture *
creator_info_fiber (gpointer data)
{
  AccountJob *self = data;
  g_auto (GVariantDict) result = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealCreatorInfo) creator =
      dex_await_boxed (peal_accounts_call (self->face->services.accounts, self->account, query_creator,
                                           g_object_ref (self->cancellable), g_object_unref),
                       &error);

  if (creator == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  put_text (&result, "username", creator->username);
  put_text (&result, "nickname", creator->nickname);
  put_text (&result, "avatar_url", creator->avatar_url);
  g_variant_dict_insert (&result, "privacy_level_options", "^as",
                         creator->privacy_level_options != NULL ? creator->privacy_level_options
                                                                : (char *[]){ NULL });
  g_variant_dict_insert (&result, "comment_disabled", "b", creator->comment_disabled);
  g_variant_dict_insert (&result, "duet_disabled", "b", creator->duet_disabled);
  g_variant_dict_insert (&result, "stitch_disabled", "b", creator->stitch_disabled);
  if (creator->max_video_post_duration_s >= 0)
    g_variant_dict_insert (&result, "max_video_post_duration_s", "x", creator->max_video_post_duration_s);
  return dex_future_new_take_variant (g_variant_ref_sink (g_variant_dict_end (&result)));
}

static DexFuture *
get_creator_info (PealBusCall *call)
{
  return begin_account_job (call, creator_info_fiber);
}

static DexFuture *
get_slots (PealBusCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) slots = NULL;
  const char *name;
  gint64 account;

  g_variant_get (call->parameters, "(&s)", &name);
  if (!(account = peal_bus_call_resolve_account (call, name, &error))
      || !(slots = dex_await_variant (peal_slots_get (call->face->services.database, account), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return peal_bus_reply_with (slots);
}

static DexFuture *
set_slots (PealBusCall *call)
{
  g_autoptr (GVariant) slots = g_variant_get_child_value (call->parameters, 1);
  g_autoptr (GError) error = NULL;
  const char *name;
  gint64 account;

  g_variant_get_child (call->parameters, 0, "&s", &name);
  if (!(account = peal_bus_call_resolve_account (call, name, &error))
      || !dex_await (peal_slots_set (call->face->services.database, account, slots), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  peal_bus_face_emit_changed (call->face, "settings", (const char *const[]){ NULL });
  return dex_future_new_true ();
}

const PealBusMethod peal_bus_account_methods[] = {
  { "Connect", connect_account },
  { "Disconnect", disconnect_account },
  { "ListAccounts", list_accounts },
  { "SetAccount", set_account },
  { "GetCreatorInfo", get_creator_info },
  { "GetSlots", get_slots },
  { "SetSlots", set_slots },
  { NULL, NULL },
};
