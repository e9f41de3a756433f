/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "peal-client.h"
#include "peal-ctl-commands.h"
#include "peal-ctl-error.h"
#include "peal-ctl-help.h"
#include "peal-ctl-output.h"
#include "peal-error.h"

typedef struct
{
  PealCtlRun run;
  const PealCtlCommand *command;
  PealCtlStatus status;
  gboolean unreachable; /* connecting failed, for whatever reason */
} Session;

gboolean
peal_ctl_run_connect (PealCtlRun *run, GError **error)
{
  Session *session = (Session *)run; /* its first member */
  g_autoptr (PealClient) client = NULL;

  if (run->client != NULL)
    return TRUE;
  if (run->connection == NULL)
    {
      g_autoptr (GError) local = NULL;

      if (!(run->connection = dex_await_object (dex_bus_get (G_BUS_TYPE_SESSION), &local)))
        {
          session->unreachable = TRUE;
          g_propagate_error (error,
                             peal_error_new (PEAL_ERROR_INVALID, "agent_unreachable", "%s", local->message));
          return FALSE;
        }
      g_dbus_connection_set_exit_on_close (run->connection, FALSE);
    }
  client = peal_client_new (run->connection, run->options->practice, NULL);
  if (!dex_await (peal_client_connect (client, run->cancellable), error))
    {
      session->unreachable = !g_cancellable_is_cancelled (run->cancellable);
      return FALSE;
    }
  run->client = g_steal_pointer (&client);
  return TRUE;
}

GVariant *
peal_ctl_run_call (PealCtlRun *run, const char *method, GVariant *parameters, GError **error)
{
  g_autoptr (GVariant) arguments = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  g_autoptr (GVariant) reply = NULL;

  if (!peal_ctl_run_connect (run, error))
    return NULL;
  if (!(reply =
            dex_await_variant (peal_client_call (run->client, method, arguments, run->cancellable), error)))
    return NULL;
  return g_variant_n_children (reply) > 0 ? g_variant_get_child_value (reply, 0) : g_steal_pointer (&reply);
}

GVariant *
peal_ctl_run_job (PealCtlRun *run, const char *method, GVariant *parameters, int fd, GError **error)
{
  g_autoptr (GVariant) arguments = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;

  if (!peal_ctl_run_connect (run, error))
    return NULL;
  return dex_await_variant (peal_client_run_job (run->client, method, arguments, fd, run->cancellable),
                            error);
}

static gboolean
interrupt_cb (gpointer user_data)
{
  GCancellable *cancellable = user_data;

  g_cancellable_cancel (cancellable);
  /* The second time is for good. */
  return G_SOURCE_REMOVE;
}

static void
report (Session *session, GError *error)
{
  session->status = session->unreachable ? PEAL_CTL_UNREACHABLE : peal_ctl_error_get_status (error);
  peal_ctl_error_report (error, session->run.options->json);
}

static DexFuture *
session_fiber (gpointer user_data)
{
  Session *session = user_data;
  g_autoptr (GError) error = NULL;

  session->status = session->command->function (&session->run, &error);
  if (error != NULL)
    report (session, error);
  return dex_future_new_true ();
}

static PealCtlStatus
run_command (const PealCtlCommand *command, PealCtlLine *line, GDBusConnection *connection)
{
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GSource) interrupt = g_unix_signal_source_new (SIGINT);
  g_autoptr (GSource) terminate = g_unix_signal_source_new (SIGTERM);
  Session session = { .command = command };

  session.run.options = &line->options;
  session.run.args = (const char *const *)line->args;
  session.run.connection = connection != NULL ? g_object_ref (connection) : NULL;
  session.run.clock = clock;
  session.run.zone = zone;
  session.run.cancellable = cancellable;
  g_source_set_callback (interrupt, interrupt_cb, cancellable, NULL);
  g_source_set_callback (terminate, interrupt_cb, cancellable, NULL);
  g_source_attach (interrupt, NULL);
  g_source_attach (terminate, NULL);

  future = dex_scheduler_spawn (NULL, 0, session_fiber, &session, NULL);
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  g_source_destroy (interrupt);
  g_source_destroy (terminate);
  g_clear_object (&session.run.client);
  g_clear_object (&session.run.connection);
  return session.status;
}

static PealCtlStatus
dispatch (PealCtlLine *line, GDBusConnection *connection)
{
  if (line->options.version)
    {
      peal_ctl_print ("pealctl " PEAL_VERSION "\n");
      return PEAL_CTL_DONE;
    }
  if (line->command == NULL && line->options.help)
    {
      peal_ctl_help_print_all ();
      return PEAL_CTL_DONE;
    }
  if (line->command == NULL)
    {
      g_autoptr (GError) error = NULL;

      peal_ctl_fail_usage (&error, _ ("pealctl needs a command. “pealctl help” lists what there is."));
      peal_ctl_error_report (error, line->options.json);
      return PEAL_CTL_USAGE;
    }
  if (line->options.help)
    {
      peal_ctl_help_print_command (peal_ctl_command_find (line->command));
      return PEAL_CTL_DONE;
    }
  return run_command (peal_ctl_command_find (line->command), line, connection);
}

int
peal_ctl_main (int argc, const char *const *argv, GDBusConnection *connection)
{
  const char *const nothing[] = { NULL };
  const char *const *tokens = argc > 0 ? argv + 1 : nothing;
  g_autoptr (PealCtlLine) line = NULL;
  g_autoptr (GError) error = NULL;
  PealCtlStatus status;

  g_return_val_if_fail (argv != NULL, PEAL_CTL_USAGE);

  dex_init ();
  if ((line = peal_ctl_line_parse (tokens, &error)) != NULL)
    status = dispatch (line, connection);
  else
    {
      status = peal_ctl_error_get_status (error);
      peal_ctl_error_report (error, peal_ctl_line_wants_json (tokens));
    }
  g_clear_error (&error);
  if (!peal_ctl_flush (&error))
    {
      peal_ctl_error_report (error, FALSE);
      return status == PEAL_CTL_DONE ? PEAL_CTL_FAILED : (int)status;
    }
  return (int)status;
}
