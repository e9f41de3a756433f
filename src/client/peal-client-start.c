/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-client-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "peal-error.h"

/* What the agent says before it gives up is a line or two. */
#define STDERR_BYTES 16384

typedef struct
{
  GDBusConnection *connection;
  char *name;
  gboolean practice;
  char *program;
  GCancellable *cancellable;
} StartAgent;

static void
start_agent_free (StartAgent *self)
{
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->program, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StartAgent, start_agent_free)

static GError *
unreachable (const char *message)
{
  return peal_error_new (PEAL_ERROR_INVALID, "agent_unreachable", "%s", message);
}

static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  if (self != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (self);
      g_autofree char *sibling = g_build_filename (folder, "peal-agent", NULL);

      if (g_file_test (sibling, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&sibling);
    }
  return g_build_filename (PEAL_LIBEXECDIR, "peal-agent", NULL);
}

GError *
peal_client_parse_refusal (const char *text)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("^peal-agent: ([a-z][a-z0-9_]*): (.+)$", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *message = NULL;

  if (text == NULL || !g_utf8_validate (text, -1, NULL) || !g_regex_match (regex, text, 0, &match))
    return NULL;
  reason = g_match_info_fetch (match, 1);
  message = g_match_info_fetch (match, 2);
  return peal_error_new (PEAL_ERROR_INVALID, reason, "%s", message);
}

/* A file in memory that cannot grow: the agent outlives us, and nobody reads what it says later. */
static int
open_stderr (void)
{
  g_autofd int fd = memfd_create ("peal-agent-stderr", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd < 0 || ftruncate (fd, STDERR_BYTES) < 0 || fcntl (fd, F_ADD_SEALS, F_SEAL_GROW) < 0)
    return -1;
  return g_steal_fd (&fd);
}

static GError *
explain_exit (int stderr_fd)
{
  g_autofree char *text = g_malloc0 (STDERR_BYTES + 1);
  GError *error = NULL;

  if (stderr_fd >= 0 && pread (stderr_fd, text, STDERR_BYTES, 0) > 0)
    error = peal_client_parse_refusal (text);
  return error != NULL ? error : unreachable ("peal-agent ended before it was ready");
}

/* Async-signal-safe: runs between fork and exec. A Ctrl+C at our terminal is not meant for the agent. */
static void
leave_session (gpointer user_data)
{
  setsid ();
}

static GSubprocess *
spawn (StartAgent *self, int stderr_fd, GError **error)
{
  g_autofree char *found = self->program == NULL ? find_program () : NULL;
  const char *program = self->program != NULL ? self->program : found;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

  if (stderr_fd >= 0)
    g_subprocess_launcher_take_stderr_fd (launcher, fcntl (stderr_fd, F_DUPFD_CLOEXEC, 3));
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_set_child_setup (launcher, leave_session, NULL, NULL);
  g_debug ("Starting %s", program);
  return g_subprocess_launcher_spawn (launcher, error, program, "--gapplication-service",
                                      self->practice ? "--practice" : NULL, NULL);
}

static void
name_appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  DexPromise *promise = user_data;

  if (dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_resolve_boolean (promise, TRUE);
}

static gboolean
has_owner (StartAgent *self)
{
  g_autoptr (GVariant) reply = NULL;
  gboolean has = FALSE;

  reply = dex_await_variant (peal_client_bus_call (self->connection, "org.freedesktop.DBus",
                                                   "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                                   "NameHasOwner", g_variant_new ("(s)", self->name), -1,
                                                   self->cancellable),
                             NULL);
  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(b)")))
    g_variant_get (reply, "(b)", &has);
  return has;
}

static DexFuture *
wait_for_name (StartAgent *self, GSubprocess *process, DexPromise *appeared, int stderr_fd)
{
  g_autoptr (GError) error = NULL;

  dex_await (dex_future_first (dex_ref (DEX_FUTURE (appeared)), dex_subprocess_wait_check (process),
                               dex_timeout_new_seconds (PEAL_CLIENT_START_SECONDS),
                               dex_cancellable_new_from_cancellable (self->cancellable), NULL),
             &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return dex_future_new_for_error (peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "Cancelled"));
  /* It may have ended because another one was quicker. */
  if (dex_future_is_resolved (DEX_FUTURE (appeared)) || has_owner (self))
    return dex_future_new_true ();
  if (g_subprocess_get_identifier (process) == NULL)
    return dex_future_new_for_error (explain_exit (stderr_fd));
  g_subprocess_send_signal (process, SIGTERM);
  return dex_future_new_for_error (unreachable ("peal-agent did not come onto the bus in time"));
}

static DexFuture *
spawn_and_wait (StartAgent *self)
{
  g_autoptr (DexPromise) appeared = dex_promise_new ();
  g_autofd int stderr_fd = open_stderr ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *result = NULL;
  guint watch;

  if (!(process = spawn (self, stderr_fd, &error)))
    return dex_future_new_for_error (unreachable (error->message));
  watch = g_bus_watch_name_on_connection (self->connection, self->name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                          name_appeared_cb, NULL, dex_ref (appeared), dex_unref);
  result = wait_for_name (self, process, appeared, stderr_fd);
  g_bus_unwatch_name (watch);
  return result;
}

static void
start_service_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GVariant) reply = NULL;
  GError *error = NULL;

  if (!(reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error)))
    dex_promise_reject (promise, error);
  else
    dex_promise_resolve_boolean (promise, TRUE);
}

static DexFuture *
start_service (StartAgent *self)
{
  g_autoptr (DexPromise) promise = dex_promise_new ();

  g_dbus_connection_call (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "StartServiceByName", g_variant_new ("(su)", self->name, 0),
                          NULL, G_DBUS_CALL_FLAGS_NONE, PEAL_CLIENT_START_SECONDS * 1000, self->cancellable,
                          start_service_cb, dex_ref (promise));
  return DEX_FUTURE (g_steal_pointer (&promise));
}

/* The bus does not say why a service would not start; started by ourselves, it does. */
static gboolean
is_worth_spawning (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || (name != NULL && g_str_has_prefix (name, "org.freedesktop.DBus.Error.Spawn."));
}

static DexFuture *
start_agent_fiber (gpointer user_data)
{
  StartAgent *self = user_data;
  g_autoptr (GError) error = NULL;

  if (has_owner (self) || dex_await (start_service (self), &error))
    return dex_future_new_true ();
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return dex_future_new_for_error (peal_client_take_bus_error (g_steal_pointer (&error)));
  if (is_worth_spawning (error))
    return spawn_and_wait (self);
  g_dbus_error_strip_remote_error (error);
  return dex_future_new_for_error (unreachable (error->message));
}

DexFuture *
peal_client_start_agent (GDBusConnection *connection,
                         const char *name,
                         gboolean practice,
                         const char *program,
                         GCancellable *cancellable)
{
  StartAgent *self = NULL;

  g_assert (G_IS_DBUS_CONNECTION (connection));
  g_assert (name != NULL);

  self = g_new0 (StartAgent, 1);
  self->connection = g_object_ref (connection);
  self->name = g_strdup (name);
  self->practice = practice;
  self->program = g_strdup (program);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  return dex_scheduler_spawn (NULL, 0, start_agent_fiber, self, (GDestroyNotify)start_agent_free);
}
