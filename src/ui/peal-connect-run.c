/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-connect-run.h"

#include "peal-error.h"
#include "peal-web-address.h"

struct _PealConnectRun
{
  GObject parent_instance;

  PealClient *client;
  char *open_id, *environment;
  GCancellable *cancellable;
  gboolean is_over; /* nobody wants to hear of it any more */
};

G_DEFINE_FINAL_TYPE (PealConnectRun, peal_connect_run, G_TYPE_OBJECT)

enum
{
  SIGNAL_AUTHORIZE,
  SIGNAL_CONNECTED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GVariant *
build_options (PealConnectRun *self)
{
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);

  if (self->open_id != NULL)
    g_variant_dict_insert (&options, "account", "s", self->open_id);
  else if (self->environment != NULL)
    g_variant_dict_insert (&options, "environment", "s", self->environment);
  return g_variant_new ("(@a{sv})", g_variant_dict_end (&options));
}

/* Without the cancellable: a job whose number is not known could not be ended. */
static gboolean
begin (PealConnectRun *self, guint *job, char **address, GError **error)
{
  g_autoptr (GVariant) reply =
      dex_await_variant (peal_client_call (self->client, "Connect", build_options (self), NULL), error);

  if (reply == NULL)
    return FALSE;
  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("(us)")))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "agent_failed", "Connect returned something else");
  g_variant_get (reply, "(us)", job, address);
  return TRUE;
}

static GVariant *
sign_in (PealConnectRun *self, GError **error)
{
  g_autoptr (GVariant) account = NULL;
  g_autofree char *address = NULL;
  gboolean is_web;
  guint job;

  if (!begin (self, &job, &address, error))
    return NULL;
  /* An address of another kind is never opened, and its job is ended. */
  is_web = peal_web_address_is_web (address);
  if (!is_web)
    g_cancellable_cancel (self->cancellable);
  else if (!self->is_over)
    g_signal_emit (self, signals[SIGNAL_AUTHORIZE], 0, address);
  account = dex_await_variant (peal_client_finish_job (self->client, job, self->cancellable), error);
  if (is_web && account != NULL && g_variant_is_of_type (account, G_VARIANT_TYPE_VARDICT))
    return g_steal_pointer (&account);
  if (is_web && account == NULL)
    return NULL;
  g_clear_error (error);
  peal_error_refuse (error, PEAL_ERROR_INVALID, "agent_failed", "The sign-in is not as it should be");
  return NULL;
}

static DexFuture *
run_fiber (gpointer data)
{
  PealConnectRun *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) dict = sign_in (self, &error);
  g_autoptr (PealAccountItem) account = dict != NULL ? peal_account_item_new (dict) : NULL;

  if (self->is_over)
    return dex_future_new_true ();
  self->is_over = TRUE;
  if (account != NULL)
    g_signal_emit (self, signals[SIGNAL_CONNECTED], 0, account);
  else
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  return dex_future_new_true ();
}

static void
peal_connect_run_finalize (GObject *object)
{
  PealConnectRun *self = PEAL_CONNECT_RUN (object);

  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->open_id, g_free);
  g_clear_pointer (&self->environment, g_free);
  G_OBJECT_CLASS (peal_connect_run_parent_class)->finalize (object);
}

static void
peal_connect_run_class_init (PealConnectRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = peal_connect_run_finalize;
  signals[SIGNAL_AUTHORIZE] = g_signal_new ("authorize", PEAL_TYPE_CONNECT_RUN, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CONNECTED] = g_signal_new ("connected", PEAL_TYPE_CONNECT_RUN, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, PEAL_TYPE_ACCOUNT_ITEM);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", PEAL_TYPE_CONNECT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
peal_connect_run_init (PealConnectRun *self)
{
  self->cancellable = g_cancellable_new ();
}

PealConnectRun *
peal_connect_run_new (PealClient *client, const char *open_id, const char *environment)
{
  PealConnectRun *self = NULL;

  g_return_val_if_fail (PEAL_IS_CLIENT (client), NULL);

  self = g_object_new (PEAL_TYPE_CONNECT_RUN, NULL);
  self->client = g_object_ref (client);
  self->open_id = g_strdup (open_id);
  self->environment = g_strdup (environment);
  return self;
}

void
peal_connect_run_start (PealConnectRun *self)
{
  g_return_if_fail (PEAL_IS_CONNECT_RUN (self));

  dex_future_disown (dex_scheduler_spawn (NULL, 0, run_fiber, g_object_ref (self), g_object_unref));
}

void
peal_connect_run_cancel (PealConnectRun *self)
{
  g_return_if_fail (PEAL_IS_CONNECT_RUN (self));

  self->is_over = TRUE;
  g_cancellable_cancel (self->cancellable);
}

gboolean
peal_connect_error_is_about_app (const GError *error)
{
  static const char *const reasons[] = {
    "no_credentials",      "client_key", "invalid_client", "invalid_scope", "invalid_request",
    "unauthorized_client", NULL
  };

  g_return_val_if_fail (error != NULL, FALSE);

  return g_strv_contains (reasons, peal_error_get_reason (error));
}
