/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-sign-in-flow.h"

#include "peal-accounts-private.h"
#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-redirect-listener.h"
#include "peal-tiktok-oauth.h"
#include "peal-tiktok-user.h"

/* TikTok shows its own errors in the browser and never calls back, so the wait must end by itself. */
#define LIMIT_US (10 * G_TIME_SPAN_MINUTE)

struct _PealSignInFlow
{
  GObject parent_instance;

  PealAccounts *accounts;
  PealEnvironment environment;
  gint64 account; /* who is to come back, or 0 */
  PealAppCredentials *app;
  PealRedirectListener *listener;
  PealSignIn *sign_in;
  GCancellable *closing; /* closes the listener */
  char *authorize_url;
};

G_DEFINE_FINAL_TYPE (PealSignInFlow, peal_sign_in_flow, G_TYPE_OBJECT)

typedef struct
{
  PealSignInFlow *flow;
  GCancellable *cancellable;
} RunCall;

static void
run_call_free (RunCall *call)
{
  g_clear_object (&call->flow);
  g_clear_object (&call->cancellable);
  g_free (call);
}

static void
peal_sign_in_flow_dispose (GObject *object)
{
  PealSignInFlow *self = PEAL_SIGN_IN_FLOW (object);

  if (self->closing != NULL)
    g_cancellable_cancel (self->closing);
  g_clear_object (&self->closing);
  g_clear_object (&self->listener);
  g_clear_object (&self->accounts);
  G_OBJECT_CLASS (peal_sign_in_flow_parent_class)->dispose (object);
}

static void
peal_sign_in_flow_finalize (GObject *object)
{
  PealSignInFlow *self = PEAL_SIGN_IN_FLOW (object);

  g_clear_pointer (&self->app, peal_app_credentials_free);
  g_clear_pointer (&self->sign_in, peal_sign_in_free);
  g_clear_pointer (&self->authorize_url, g_free);
  G_OBJECT_CLASS (peal_sign_in_flow_parent_class)->finalize (object);
}

static void
peal_sign_in_flow_class_init (PealSignInFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = peal_sign_in_flow_dispose;
  object_class->finalize = peal_sign_in_flow_finalize;
}

static void
peal_sign_in_flow_init (PealSignInFlow *self)
{
  self->closing = g_cancellable_new ();
}

static DexFuture *
start_fiber (gpointer data)
{
  PealSignInFlow *self = data;
  PealTiktokClient *client = peal_accounts_get_client (self->accounts);
  g_autoptr (PealAccountRow) row = NULL;
  g_autoptr (GError) error = NULL;

  if (self->account != 0)
    {
      if (!(row = dex_await_boxed (peal_accounts_load_row (self->accounts, self->account), &error)))
        return dex_future_new_for_error (g_steal_pointer (&error));
      self->environment = row->environment;
    }
  if (!(self->app = dex_await_boxed (peal_accounts_load_app (self->accounts, self->environment), &error))
      || !dex_await (peal_vault_check_writable (peal_accounts_get_vault (self->accounts)), &error)
      || !(self->listener = peal_redirect_listener_new (&error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  self->sign_in = peal_sign_in_new (peal_redirect_listener_get_uri (self->listener));
  self->authorize_url =
      peal_tiktok_dup_authorize_url (client, self->app->client_key, PEAL_SCOPE_ALL, self->sign_in);
  return dex_future_new_for_object (self);
}

DexFuture *
peal_sign_in_flow_start (PealAccounts *accounts, PealEnvironment environment, gint64 account)
{
  PealSignInFlow *self = NULL;

  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (accounts));
  dex_return_error_if_fail (account >= 0);

  self = g_object_new (PEAL_TYPE_SIGN_IN_FLOW, NULL);
  self->accounts = g_object_ref (accounts);
  self->environment = environment;
  self->account = account;
  return peal_fiber_spawn_to_end (start_fiber, self, g_object_unref);
}

const char *
peal_sign_in_flow_get_authorize_url (PealSignInFlow *self)
{
  g_return_val_if_fail (PEAL_IS_SIGN_IN_FLOW (self), NULL);

  return self->authorize_url;
}

/* (transfer full): what the browser brought back, within the time. */
static PealRedirect *
await_redirect (RunCall *call, GError **error)
{
  PealSignInFlow *self = call->flow;
  g_autoptr (DexFuture) coming =
      peal_redirect_listener_wait (self->listener, self->sign_in->state, self->closing);
  g_autoptr (DexFuture) first = dex_future_first (
      dex_ref (coming),
      peal_clock_sleep (peal_accounts_get_clock (self->accounts), LIMIT_US, call->cancellable), NULL);
  gboolean ok;

  /* It is closed by its cancellable, and not by being forgotten. */
  dex_future_disown (dex_ref (coming));
  ok = dex_await (dex_ref (first), error);
  g_cancellable_cancel (self->closing);
  if (dex_future_is_resolved (coming))
    {
      g_clear_error (error);
      return g_value_dup_boxed (dex_future_get_value (coming, NULL));
    }
  if (ok)
    *error = peal_error_new (PEAL_ERROR_INVALID, "connect_timeout",
                             "Nobody came back from TikTok within 10 minutes");
  else if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (error);
      *error = peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "The sign-in was cancelled");
    }
  return NULL;
}

/* (transfer full): the tokens for what came back. */
static PealTokens *
await_tokens (RunCall *call, const PealRedirect *redirect, GError **error)
{
  PealSignInFlow *self = call->flow;
  g_autoptr (PealTokens) tokens = NULL;

  if (redirect->error != NULL)
    {
      *error = peal_error_new_remote (PEAL_ERROR_REJECTED, redirect->error,
                                      redirect->error_description != NULL ? redirect->error_description
                                                                          : "TikTok refused the sign-in",
                                      NULL, 0, -1);
      return NULL;
    }
  tokens = dex_await_boxed (peal_tiktok_exchange_code (peal_accounts_get_client (self->accounts), self->app,
                                                       self->sign_in, redirect->code, call->cancellable),
                            error);
  if (tokens == NULL)
    return NULL;
  if (tokens->refresh_token == NULL || tokens->open_id == NULL)
    {
      *error = peal_error_new (PEAL_ERROR_PROTOCOL, "tokens_incomplete", "TikTok's answer misses a token");
      return NULL;
    }
  return g_steal_pointer (&tokens);
}

/* (transfer full): who signed in, seen with the new token. */
static PealUser *
await_user (RunCall *call, const PealTokens *tokens, GError **error)
{
  g_autoptr (PealAccess) access = peal_access_new (tokens->open_id, tokens->scopes, tokens->access_token);
  g_autoptr (PealUser) user = NULL;

  if (!(user = dex_await_boxed (peal_tiktok_fetch_user (peal_accounts_get_client (call->flow->accounts),
                                                        access, call->cancellable),
                                error)))
    return NULL;
  if (user->open_id != NULL && !g_str_equal (user->open_id, tokens->open_id))
    {
      *error = peal_error_new (PEAL_ERROR_PROTOCOL, "open_id_changed", "TikTok answered for another account");
      return NULL;
    }
  return g_steal_pointer (&user);
}

static DexFuture *
run_fiber (gpointer data)
{
  RunCall *call = data;
  PealSignInFlow *self = call->flow;
  g_autoptr (PealRedirect) redirect = NULL;
  g_autoptr (PealTokens) tokens = NULL;
  g_autoptr (PealUser) user = NULL;
  g_autoptr (GError) error = NULL;

  if (!(redirect = await_redirect (call, &error)) || !(tokens = await_tokens (call, redirect, &error))
      || !(user = await_user (call, tokens, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return peal_accounts_adopt (self->accounts, self->environment, self->account, tokens, user);
}

DexFuture *
peal_sign_in_flow_run (PealSignInFlow *self, GCancellable *cancellable)
{
  RunCall *call = NULL;

  dex_return_error_if_fail (PEAL_IS_SIGN_IN_FLOW (self));
  dex_return_error_if_fail (self->authorize_url != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  call = g_new0 (RunCall, 1);
  call->flow = g_object_ref (self);
  call->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return peal_fiber_spawn_to_end (run_fiber, call, (GDestroyNotify)run_call_free);
}
