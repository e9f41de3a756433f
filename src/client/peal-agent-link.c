/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-agent-link.h"

#include "peal-error.h"
#include "peal-reader.h"

#define FIRST_PAUSE_US G_USEC_PER_SEC
#define LAST_PAUSE_US (30 * G_USEC_PER_SEC)
/* An agent that stayed for so long is not one that falls over as soon as it stands. */
#define STEADY_US (60 * G_USEC_PER_SEC)

/* What the reader is at. */
typedef enum
{
  PHASE_UNASKED,
  PHASE_PAUSE,
  PHASE_CONNECT,
  PHASE_ASK, /* for the first status */
  PHASE_READY,
  PHASE_LOST,
} Phase;

struct _PealAgentLink
{
  GObject parent_instance;

  PealClient *client;
  PealClock *clock;

  PealReader *reader;
  guint name_watch;
  gboolean has_owner; /* whether somebody has the agent's name */

  Phase phase;
  gint64 pause_us, next_pause_us;
  gint64 ready_since_us; /* boot time */
  gboolean is_stale;     /* something changed since the status was asked for */

  PealLinkState state;
  PealAgentStatus *status;
  GError *error;
};

G_DEFINE_ENUM_TYPE (PealLinkState,
                    peal_link_state,
                    G_DEFINE_ENUM_VALUE (PEAL_LINK_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (PEAL_LINK_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (PEAL_LINK_LOST, "lost"))

G_DEFINE_FINAL_TYPE (PealAgentLink, peal_agent_link, G_TYPE_OBJECT)

typedef enum
{
  PROP_CLIENT = 1,
  PROP_CLOCK,
  PROP_STATE,
  PROP_STATUS,
  PROP_ERROR,
} PealAgentLinkProps;

static GParamSpec *properties[PROP_ERROR + 1];

enum
{
  SIGNAL_READY,
  SIGNAL_CHANGED,
  SIGNAL_PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Takes @error. */
static void
set_state (PealAgentLink *self, PealLinkState state, GError *error)
{
  GObject *object = G_OBJECT (self);

  if (self->error != error)
    {
      g_clear_error (&self->error);
      self->error = error;
      g_object_notify_by_pspec (object, properties[PROP_ERROR]);
    }
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (object, properties[PROP_STATE]);
}

/* FALSE where @reply is no status. */
static gboolean
take_status (PealAgentLink *self, DexFuture *done, GError **error)
{
  const GValue *value = dex_future_get_value (done, error);
  g_autoptr (GVariant) dict = NULL;

  if (value == NULL)
    return FALSE;
  if (!g_variant_is_of_type (g_value_get_variant (value), G_VARIANT_TYPE ("(a{sv})")))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "agent_failed", "The agent's status is none");
  dict = g_variant_get_child_value (g_value_get_variant (value), 0);
  g_clear_pointer (&self->status, peal_agent_status_unref);
  self->status = peal_agent_status_new (dict);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
  return TRUE;
}

/* The agent was there and left. One that leaves again and again is given more and more time. */
static void
plan_return (PealAgentLink *self)
{
  if (self->phase == PHASE_READY && peal_clock_get_boot_us (self->clock) - self->ready_since_us >= STEADY_US)
    self->next_pause_us = 0;
  self->pause_us = self->next_pause_us;
  self->next_pause_us = CLAMP (2 * self->pause_us, FIRST_PAUSE_US, LAST_PAUSE_US);
  self->phase = self->pause_us > 0 ? PHASE_PAUSE : PHASE_CONNECT;
  set_state (self, PEAL_LINK_CONNECTING, NULL);
}

/* Takes @error. */
static PealReaderUrge
fail (PealAgentLink *self, GError *error)
{
  /* It is on the bus all the same: it came just now, or does not answer yet. */
  if (self->has_owner && g_str_equal (peal_error_get_reason (error), "agent_unreachable"))
    {
      g_clear_error (&error);
      plan_return (self);
      return PEAL_READER_NOW;
    }
  g_debug ("The agent cannot be had: %s", error->message);
  self->phase = PHASE_LOST;
  set_state (self, PEAL_LINK_LOST, error);
  return PEAL_READER_REST;
}

static PealReaderUrge
become_ready (PealAgentLink *self)
{
  self->phase = PHASE_READY;
  self->ready_since_us = peal_clock_get_boot_us (self->clock);
  set_state (self, PEAL_LINK_READY, NULL);
  g_signal_emit (self, signals[SIGNAL_READY], 0);
  return self->is_stale ? PEAL_READER_LATER : PEAL_READER_REST;
}

static DexFuture *
next_call (gpointer owner, GCancellable *cancellable)
{
  PealAgentLink *self = owner;

  switch (self->phase)
    {
    case PHASE_PAUSE:
      return peal_clock_sleep (self->clock, self->pause_us, cancellable);
    case PHASE_CONNECT:
      return peal_client_connect (self->client, cancellable);
    case PHASE_READY:
      if (!self->is_stale)
        return NULL;
      G_GNUC_FALLTHROUGH;
    case PHASE_ASK:
      self->is_stale = FALSE;
      return peal_client_call (self->client, "GetStatus", NULL, cancellable);
    case PHASE_UNASKED:
    case PHASE_LOST:
    default:
      return NULL;
    }
}

static PealReaderUrge
take_outcome (gpointer owner, DexFuture *done)
{
  PealAgentLink *self = owner;
  GError *error = NULL;

  switch (self->phase)
    {
    case PHASE_PAUSE:
      self->phase = PHASE_CONNECT;
      return PEAL_READER_NOW;
    case PHASE_CONNECT:
      if (dex_future_get_value (done, &error) == NULL)
        return fail (self, error);
      self->phase = PHASE_ASK;
      return PEAL_READER_NOW;
    case PHASE_ASK:
      return take_status (self, done, &error) ? become_ready (self) : fail (self, error);
    case PHASE_READY:
      /* The one that we have stays until the next change. */
      if (!take_status (self, done, &error))
        g_debug ("The status could not be read: %s", error->message);
      g_clear_error (&error);
      return self->is_stale ? PEAL_READER_LATER : PEAL_READER_REST;
    case PHASE_UNASKED:
    case PHASE_LOST:
    default:
      return PEAL_READER_REST;
    }
}

static void
changed_cb (PealAgentLink *self, const char *kind, const char *const *ids, PealClient *client)
{
  if (self->phase != PHASE_READY && self->phase != PHASE_ASK)
    return;
  /* Everything else may be counted in it, or need attention. */
  if (!g_str_equal (kind, "video"))
    self->is_stale = TRUE;
  if (self->phase != PHASE_READY)
    return;
  peal_reader_wake (self->reader, PEAL_READER_LATER);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, kind, ids);
}

static void
progress_cb (PealAgentLink *self, PealClient *client)
{
  if (self->phase == PHASE_READY)
    g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

static void
gone_cb (PealAgentLink *self, PealClient *client)
{
  if (self->phase != PHASE_READY && self->phase != PHASE_ASK)
    return;
  plan_return (self);
  peal_reader_restart (self->reader);
}

static void
connect_now (PealAgentLink *self)
{
  self->phase = PHASE_CONNECT;
  set_state (self, PEAL_LINK_CONNECTING, NULL);
  peal_reader_restart (self->reader);
}

static void
name_appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  PealAgentLink *self = user_data;

  self->has_owner = TRUE;
  if (self->phase == PHASE_LOST || self->phase == PHASE_PAUSE)
    connect_now (self);
}

static void
name_vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  PealAgentLink *self = user_data;

  self->has_owner = FALSE;
}

static void
watch_name (PealAgentLink *self)
{
  g_autoptr (GDBusConnection) connection = NULL;

  g_object_get (self->client, "connection", &connection, NULL);
  self->name_watch = g_bus_watch_name_on_connection (connection, peal_client_get_bus_name (self->client),
                                                     G_BUS_NAME_WATCHER_FLAGS_NONE, name_appeared_cb,
                                                     name_vanished_cb, self, NULL);
}

static void
peal_agent_link_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealAgentLink *self = PEAL_AGENT_LINK (object);

  switch ((PealAgentLinkProps)id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_STATUS:
      g_value_set_boxed (value, self->status);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_agent_link_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealAgentLink *self = PEAL_AGENT_LINK (object);

  switch ((PealAgentLinkProps)id)
    {
    case PROP_CLIENT:
      self->client = g_value_dup_object (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_STATE:
    case PROP_STATUS:
    case PROP_ERROR:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_agent_link_constructed (GObject *object)
{
  PealAgentLink *self = PEAL_AGENT_LINK (object);

  G_OBJECT_CLASS (peal_agent_link_parent_class)->constructed (object);
  g_assert (PEAL_IS_CLIENT (self->client));
  g_assert (PEAL_IS_CLOCK (self->clock));
  self->reader = peal_reader_new (self, next_call, take_outcome);
  g_signal_connect_object (self->client, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
}

/* References are kept to the end: somebody who hears our news may dispose us in the middle of it. */
static void
peal_agent_link_dispose (GObject *object)
{
  PealAgentLink *self = PEAL_AGENT_LINK (object);

  g_clear_handle_id (&self->name_watch, g_bus_unwatch_name);
  peal_reader_stop (self->reader);
  G_OBJECT_CLASS (peal_agent_link_parent_class)->dispose (object);
}

static void
peal_agent_link_finalize (GObject *object)
{
  PealAgentLink *self = PEAL_AGENT_LINK (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->status, peal_agent_status_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (peal_agent_link_parent_class)->finalize (object);
}

static void
peal_agent_link_class_init (PealAgentLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags made =
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = peal_agent_link_get_property;
  object_class->set_property = peal_agent_link_set_property;
  object_class->constructed = peal_agent_link_constructed;
  object_class->dispose = peal_agent_link_dispose;
  object_class->finalize = peal_agent_link_finalize;

  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, PEAL_TYPE_CLIENT, made);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, PEAL_TYPE_CLOCK, made);
  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, PEAL_TYPE_LINK_STATE, PEAL_LINK_CONNECTING, told);
  properties[PROP_STATUS] = g_param_spec_boxed ("status", NULL, NULL, PEAL_TYPE_AGENT_STATUS, told);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, told);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_READY] =
      g_signal_new ("ready", PEAL_TYPE_AGENT_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", PEAL_TYPE_AGENT_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRV);
  signals[SIGNAL_PROGRESS] =
      g_signal_new ("progress", PEAL_TYPE_AGENT_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
peal_agent_link_init (PealAgentLink *self)
{
}

PealAgentLink *
peal_agent_link_new (PealClient *client, PealClock *clock)
{
  g_return_val_if_fail (PEAL_IS_CLIENT (client), NULL);
  g_return_val_if_fail (PEAL_IS_CLOCK (clock), NULL);

  return g_object_new (PEAL_TYPE_AGENT_LINK, "client", client, "clock", clock, NULL);
}

void
peal_agent_link_start (PealAgentLink *self)
{
  g_return_if_fail (PEAL_IS_AGENT_LINK (self));

  if (self->name_watch == 0)
    watch_name (self);
  if (self->phase != PHASE_UNASKED && self->phase != PHASE_LOST && self->phase != PHASE_PAUSE)
    return;
  self->next_pause_us = 0;
  connect_now (self);
}

static void
patience_cb (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;
}

void
peal_agent_link_start_early (PealAgentLink *self, guint patience_ms)
{
  gboolean is_over = FALSE;
  guint patience;

  g_return_if_fail (PEAL_IS_AGENT_LINK (self));

  peal_agent_link_start (self);
  patience = g_timeout_add_once (patience_ms, patience_cb, &is_over);
  /* The status is asked for when the phase begins. */
  while (self->phase < PHASE_ASK && !is_over)
    g_main_context_iteration (NULL, TRUE);
  if (!is_over)
    g_source_remove (patience);
}

PealClient *
peal_agent_link_get_client (PealAgentLink *self)
{
  g_return_val_if_fail (PEAL_IS_AGENT_LINK (self), NULL);

  return self->client;
}

PealLinkState
peal_agent_link_get_state (PealAgentLink *self)
{
  g_return_val_if_fail (PEAL_IS_AGENT_LINK (self), PEAL_LINK_LOST);

  return self->state;
}

PealAgentStatus *
peal_agent_link_get_status (PealAgentLink *self)
{
  g_return_val_if_fail (PEAL_IS_AGENT_LINK (self), NULL);

  return self->status;
}

const GError *
peal_agent_link_get_error (PealAgentLink *self)
{
  g_return_val_if_fail (PEAL_IS_AGENT_LINK (self), NULL);

  return self->error;
}
