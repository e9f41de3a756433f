/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-bus-private.h"

#define OBJECT_PATH "/io/github/pealapp/Peal/Agent"
#define INTERFACE "io.github.pealapp.Peal.Agent"
/* Of one caller at a time. */
#define MAX_JOBS 8

/* Long work for one caller; it is cancelled when the caller leaves the bus. */
typedef struct
{
  PealBusFace *face;
  guint number;
  char *sender;
  GCancellable *cancellable;
  guint watch;
} PealBusJob;

static void
job_free (PealBusJob *job)
{
  g_clear_handle_id (&job->watch, g_bus_unwatch_name);
  g_clear_pointer (&job->sender, g_free);
  g_clear_object (&job->cancellable);
  g_free (job);
}

GHashTable *
peal_bus_jobs_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)job_free);
}

static void
sender_vanished_cb (GDBusConnection *connection, const char *name, gpointer data)
{
  g_cancellable_cancel (data);
}

static guint
count_jobs (PealBusFace *self, const char *sender)
{
  GHashTableIter iter;
  PealBusJob *job;
  guint count = 0;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&job))
    count += g_str_equal (job->sender, sender) ? 1 : 0;
  return count;
}

guint
peal_bus_call_new_job (PealBusCall *call, GCancellable **cancellable, GError **error)
{
  PealBusFace *self = call->face;
  PealBusJob *job = NULL;

  if (count_jobs (self, g_dbus_method_invocation_get_sender (call->invocation)) >= MAX_JOBS)
    {
      peal_error_refuse (error, PEAL_ERROR_INVALID, "too_many_jobs", "%d jobs are under way", MAX_JOBS);
      return 0;
    }
  job = g_new0 (PealBusJob, 1);
  job->face = self;
  job->number = ++self->last_job;
  job->sender = g_strdup (g_dbus_method_invocation_get_sender (call->invocation));
  job->cancellable = g_cancellable_new ();
  job->watch =
      g_bus_watch_name_on_connection (self->connection, job->sender, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
                                      sender_vanished_cb, g_object_ref (job->cancellable), g_object_unref);
  g_hash_table_insert (self->jobs, GUINT_TO_POINTER (job->number), job);
  peal_bus_face_emit_jobs_changed (self);
  *cancellable = g_object_ref (job->cancellable);
  return job->number;
}

void
peal_bus_call_cancel_job (PealBusCall *call, guint number)
{
  PealBusJob *job = g_hash_table_lookup (call->face->jobs, GUINT_TO_POINTER (number));

  if (job != NULL && g_str_equal (job->sender, g_dbus_method_invocation_get_sender (call->invocation)))
    g_cancellable_cancel (job->cancellable);
}

typedef struct
{
  PealBusFace *face;
  guint number;
} Ending;

static void
ending_free (Ending *self)
{
  g_clear_object (&self->face);
  g_free (self);
}

static void
report (PealBusFace *self, const PealBusJob *job, const GError *error, GVariant *result)
{
  g_autoptr (GError) told = error != NULL ? peal_error_to_bus (error) : NULL;
  g_autofree char *name = told != NULL ? g_dbus_error_encode_gerror (told) : g_strdup ("");

  if (self->connection == NULL)
    return;
  g_dbus_connection_emit_signal (
      self->connection, job->sender, OBJECT_PATH, INTERFACE, "JobDone",
      g_variant_new ("(uss@a{sv})", job->number, name, told != NULL ? told->message : "", result), NULL);
}

/* (transfer full): what the job resolved to, or an empty result. */
static GVariant *
dup_result (const GValue *value)
{
  if (value != NULL && G_VALUE_HOLDS_VARIANT (value)
      && g_variant_is_of_type (g_value_get_variant (value), G_VARIANT_TYPE_VARDICT))
    return g_value_dup_variant (value);
  return g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
}

static DexFuture *
job_done_cb (DexFuture *future, gpointer data)
{
  Ending *ending = data;
  PealBusJob *job = g_hash_table_lookup (ending->face->jobs, GUINT_TO_POINTER (ending->number));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autoptr (GVariant) result = dup_result (value);

  report (ending->face, job, error, result);
  g_hash_table_remove (ending->face->jobs, GUINT_TO_POINTER (ending->number));
  peal_bus_face_emit_jobs_changed (ending->face);
  return dex_future_new_true ();
}

DexFuture *
peal_bus_call_begin_job (PealBusCall *call, guint job, GVariant *reply, DexFuture *future)
{
  Ending *ending = g_new0 (Ending, 1);

  g_dbus_method_invocation_return_value (g_steal_pointer (&call->invocation),
                                         reply != NULL ? reply : g_variant_new ("(u)", job));
  ending->face = g_object_ref (call->face);
  ending->number = job;
  dex_future_disown (dex_future_finally (future, job_done_cb, ending, (GDestroyNotify)ending_free));
  return dex_future_new_true ();
}
