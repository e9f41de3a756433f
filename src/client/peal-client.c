/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-client.h"

#include "peal-client-private.h"
#include "peal-error.h"

#define AGENT_INTERFACE "io.github.pealapp.Peal.Agent"
/* So many are asked for in a row before the first one that stays. */
#define MAX_AGENTS 3

G_DEFINE_FINAL_TYPE (PealClient, peal_client, G_TYPE_OBJECT)

typedef enum
{
  PROP_CONNECTION = 1,
  PROP_PRACTICE,
  PROP_AGENT_PROGRAM,
} PealClientProps;

static GParamSpec *properties[PROP_AGENT_PROGRAM + 1];

enum
{
  SIGNAL_CHANGED,
  SIGNAL_PROGRESS,
  SIGNAL_GONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  PealClient *client;
  GCancellable *cancellable;
} Connecting;

static void
connecting_free (Connecting *self)
{
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_free (self);
}

GError *
peal_client_gone_error (void)
{
  return peal_error_new (PEAL_ERROR_INVALID, "agent_unreachable", "The agent left the bus");
}

static void
job_done_cb (PealClient *self,
             guint job,
             const char *error_name,
             const char *error_message,
             GVariant *result,
             PealBusAgent *proxy)
{
  peal_client_end_job (self, job, error_name, error_message, result);
}

static void
changed_cb (PealClient *self, const char *kind, const char *const *ids, PealBusAgent *proxy)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, kind, ids);
}

/* The one property besides the progress that changes without a signal of its own. With an agent that leaves,
 * all of them become unknown, which is no news of theirs. */
static void
paused_cb (PealClient *self, GParamSpec *pspec, GDBusProxy *proxy)
{
  g_autofree char *owner = g_dbus_proxy_get_name_owner (proxy);

  if (owner != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, "status", (const char *const[]){ NULL });
}

static void
progress_cb (PealClient *self, GParamSpec *pspec, PealBusAgent *proxy)
{
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

static void
name_owner_cb (PealClient *self, GParamSpec *pspec, GDBusProxy *proxy)
{
  g_autofree char *owner = g_dbus_proxy_get_name_owner (proxy);

  if (owner != NULL)
    return;
  peal_client_fail_jobs (self);
  g_signal_emit (self, signals[SIGNAL_GONE], 0);
}

static void
proxy_new_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (PealBusAgent) proxy = NULL;
  GError *error = NULL;

  if (!(proxy = peal_bus_agent_proxy_new_finish (result, &error)))
    dex_promise_reject (promise, peal_client_take_bus_error (error));
  else
    dex_promise_resolve_object (promise, g_steal_pointer (&proxy));
}

static DexFuture *
make_proxy (PealClient *self, GCancellable *cancellable)
{
  g_autoptr (DexPromise) promise = dex_promise_new ();

  peal_bus_agent_proxy_new (self->connection, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, self->bus_name,
                            PEAL_CLIENT_OBJECT_PATH, cancellable, proxy_new_cb, dex_ref (promise));
  return DEX_FUTURE (g_steal_pointer (&promise));
}

/* Every agent has this property; one that hangs, or dies while it is asked, tells nothing. */
static gboolean
has_answered (PealBusAgent *proxy)
{
  g_autoptr (GVariant) version = g_dbus_proxy_get_cached_property (G_DBUS_PROXY (proxy), "InterfaceVersion");

  return version != NULL;
}

static gboolean
has_owner (PealBusAgent *proxy)
{
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (proxy));

  return owner != NULL;
}

static GError *
check_proxy (PealBusAgent *proxy)
{
  guint version = peal_bus_agent_get_interface_version (proxy);

  if (!has_owner (proxy))
    return peal_client_gone_error ();
  if (!has_answered (proxy))
    return peal_error_new (PEAL_ERROR_INVALID, "agent_unreachable", "The agent does not answer");
  if (version != PEAL_CLIENT_INTERFACE_VERSION)
    return peal_error_new (PEAL_ERROR_INVALID,
                           version > PEAL_CLIENT_INTERFACE_VERSION ? "agent_newer" : "agent_older",
                           "The agent speaks version %u of its interface, this program version %u", version,
                           PEAL_CLIENT_INTERFACE_VERSION);
  return NULL;
}

static void
set_proxy (PealClient *self, PealBusAgent *proxy)
{
  if (self->proxy != NULL)
    g_signal_handlers_disconnect_by_data (self->proxy, self);
  g_set_object (&self->proxy, proxy);
  g_signal_connect_object (proxy, "job-done", G_CALLBACK (job_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (proxy, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (proxy, "notify::paused", G_CALLBACK (paused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (proxy, "notify::progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (proxy, "notify::g-name-owner", G_CALLBACK (name_owner_cb), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
find_agent (Connecting *work, PealBusAgent **proxy, GError **error)
{
  PealClient *self = work->client;

  g_clear_object (proxy);
  return dex_await (peal_client_start_agent (self->connection, self->bus_name, self->practice,
                                             self->agent_program, work->cancellable),
                    error)
         && (*proxy = dex_await_object (make_proxy (self, work->cancellable), error)) != NULL;
}

/* The agent that was found may just be leaving, as it does without work; nothing was asked of it yet, so that
 * another one is started. */
static DexFuture *
connect_fiber (gpointer user_data)
{
  Connecting *work = user_data;
  g_autoptr (PealBusAgent) proxy = NULL;
  GError *error = NULL;

  for (guint i = 0; i < MAX_AGENTS && (proxy == NULL || !has_owner (proxy)); i++)
    if (!find_agent (work, &proxy, &error))
      return dex_future_new_for_error (error);
  if ((error = check_proxy (proxy)) != NULL)
    return dex_future_new_for_error (error);
  set_proxy (work->client, proxy);
  return dex_future_new_true ();
}

static void
peal_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealClient *self = PEAL_CLIENT (object);

  switch ((PealClientProps)id)
    {
    case PROP_CONNECTION:
      g_value_set_object (value, self->connection);
      break;
    case PROP_PRACTICE:
      g_value_set_boolean (value, self->practice);
      break;
    case PROP_AGENT_PROGRAM:
      g_value_set_string (value, self->agent_program);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_client_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealClient *self = PEAL_CLIENT (object);

  switch ((PealClientProps)id)
    {
    case PROP_CONNECTION:
      self->connection = g_value_dup_object (value);
      break;
    case PROP_PRACTICE:
      self->practice = g_value_get_boolean (value);
      break;
    case PROP_AGENT_PROGRAM:
      self->agent_program = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_client_constructed (GObject *object)
{
  PealClient *self = PEAL_CLIENT (object);

  G_OBJECT_CLASS (peal_client_parent_class)->constructed (object);
  g_assert (G_IS_DBUS_CONNECTION (self->connection));
  self->bus_name = g_strconcat (APP_ID, self->practice ? ".Practice" : "", ".Agent", NULL);
}

static void
peal_client_dispose (GObject *object)
{
  PealClient *self = PEAL_CLIENT (object);

  g_hash_table_remove_all (self->jobs);
  g_clear_object (&self->proxy);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (peal_client_parent_class)->dispose (object);
}

static void
peal_client_finalize (GObject *object)
{
  PealClient *self = PEAL_CLIENT (object);

  g_clear_pointer (&self->jobs, g_hash_table_unref);
  g_clear_pointer (&self->agent_program, g_free);
  g_clear_pointer (&self->bus_name, g_free);
  G_OBJECT_CLASS (peal_client_parent_class)->finalize (object);
}

static void
peal_client_class_init (PealClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = peal_client_get_property;
  object_class->set_property = peal_client_set_property;
  object_class->constructed = peal_client_constructed;
  object_class->dispose = peal_client_dispose;
  object_class->finalize = peal_client_finalize;

  properties[PROP_CONNECTION] = g_param_spec_object ("connection", NULL, NULL, G_TYPE_DBUS_CONNECTION, flags);
  properties[PROP_PRACTICE] = g_param_spec_boolean ("practice", NULL, NULL, FALSE, flags);
  properties[PROP_AGENT_PROGRAM] = g_param_spec_string ("agent-program", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", PEAL_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRV);
  signals[SIGNAL_PROGRESS] =
      g_signal_new ("progress", PEAL_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_GONE] =
      g_signal_new ("gone", PEAL_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
peal_client_init (PealClient *self)
{
  /* Teaches GDBus the names of our errors, before the first one comes in. */
  (void)PEAL_ERROR;
  self->jobs = g_hash_table_new_full (NULL, NULL, NULL, dex_unref);
}

PealClient *
peal_client_new (GDBusConnection *connection, gboolean practice, const char *agent_program)
{
  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  return g_object_new (PEAL_TYPE_CLIENT, "connection", connection, "practice", practice, "agent-program",
                       agent_program, NULL);
}

gboolean
peal_client_get_practice (PealClient *self)
{
  g_return_val_if_fail (PEAL_IS_CLIENT (self), FALSE);

  return self->practice;
}

const char *
peal_client_get_bus_name (PealClient *self)
{
  g_return_val_if_fail (PEAL_IS_CLIENT (self), NULL);

  return self->bus_name;
}

DexFuture *
peal_client_connect (PealClient *self, GCancellable *cancellable)
{
  Connecting *work = NULL;

  dex_return_error_if_fail (PEAL_IS_CLIENT (self));

  work = g_new0 (Connecting, 1);
  work->client = g_object_ref (self);
  work->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  return dex_scheduler_spawn (NULL, 0, connect_fiber, work, (GDestroyNotify)connecting_free);
}

DexFuture *
peal_client_call (PealClient *self, const char *method, GVariant *parameters, GCancellable *cancellable)
{
  return peal_client_call_with_fd (self, method, parameters, -1, cancellable);
}

DexFuture *
peal_client_call_with_fd (PealClient *self,
                          const char *method,
                          GVariant *parameters,
                          int fd,
                          GCancellable *cancellable)
{
  g_autoptr (GVariant) arguments = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;

  dex_return_error_if_fail (PEAL_IS_CLIENT (self));
  dex_return_error_if_fail (method != NULL);

  /* It may never have been there: who asks all the same hears so. */
  if (self->proxy == NULL)
    return dex_future_new_for_error (peal_client_gone_error ());
  return peal_client_bus_call (self->connection, self->bus_name, AGENT_INTERFACE, PEAL_CLIENT_OBJECT_PATH,
                               method, arguments, fd, cancellable);
}

DexFuture *
peal_client_call_for_fd (PealClient *self,
                         const char *method,
                         GVariant *parameters,
                         GCancellable *cancellable)
{
  g_autoptr (GVariant) arguments = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;

  dex_return_error_if_fail (PEAL_IS_CLIENT (self));
  dex_return_error_if_fail (method != NULL);

  if (self->proxy == NULL)
    return dex_future_new_for_error (peal_client_gone_error ());
  return peal_client_bus_call_for_fd (self->connection, self->bus_name, AGENT_INTERFACE,
                                      PEAL_CLIENT_OBJECT_PATH, method, arguments, cancellable);
}

GVariant *
peal_client_peek_progress (PealClient *self)
{
  GVariant *progress = self->proxy != NULL ? peal_bus_agent_get_progress (self->proxy) : NULL;

  return progress != NULL && g_variant_is_of_type (progress, G_VARIANT_TYPE ("a(xtt)")) ? progress : NULL;
}

gboolean
peal_client_get_progress (PealClient *self, gint64 post, guint64 *bytes, guint64 *total)
{
  GVariant *progress = NULL;
  GVariantIter iter;
  gint64 id;
  guint64 sent, size;

  g_return_val_if_fail (PEAL_IS_CLIENT (self), FALSE);

  progress = peal_client_peek_progress (self);
  if (progress == NULL)
    return FALSE;
  g_variant_iter_init (&iter, progress);
  while (g_variant_iter_next (&iter, "(xtt)", &id, &sent, &size))
    {
      if (id != post)
        continue;
      if (bytes != NULL)
        *bytes = sent;
      if (total != NULL)
        *total = size;
      return TRUE;
    }
  return FALSE;
}
