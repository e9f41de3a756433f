/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "peal-client-private.h"
#include "peal-error.h"
#include "peal-fake-agent.h"
#include "peal-test-fiber.h"

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *ours;
  GDBusConnection *theirs;
  PealFakeAgent *agent;
  PealClient *client;
} Fixture;

static GDBusConnection *
open_bus (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
set_up (Fixture *self, gconstpointer agent_version)
{
  guint version = GPOINTER_TO_UINT (agent_version);

  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  self->ours = open_bus (self->bus);
  if (version > 0)
    {
      self->theirs = open_bus (self->bus);
      self->agent = peal_fake_agent_new (self->theirs, FALSE, version);
    }
  self->client = peal_client_new (self->ours, FALSE, "/nonexistent/peal-agent");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->client);
  g_clear_pointer (&self->agent, peal_fake_agent_free);
  g_clear_object (&self->theirs);
  g_dbus_connection_close_sync (self->ours, NULL, NULL);
  g_clear_object (&self->ours);
  g_test_dbus_down (self->bus);
  g_clear_object (&self->bus);
}

/* (transfer full) (nullable): what @future came to; checks the error's reason where @reason is given. */
static GVariant *
await (DexFuture *future, const char *reason)
{
  g_autoptr (DexFuture) done = peal_test_await (future);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (done, &error);

  if (reason == NULL)
    {
      g_assert_no_error (error);
      return G_VALUE_HOLDS_VARIANT (value) ? g_value_dup_variant (value) : NULL;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == PEAL_ERROR);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
  return NULL;
}

static void
connect_client (Fixture *self)
{
  await (peal_client_connect (self->client, NULL), NULL);
}

static void
test_call (Fixture *self, gconstpointer data)
{
  g_autoptr (GVariant) reply = NULL;

  connect_client (self);
  reply = await (peal_client_call (self->client, "ListAccounts", NULL, NULL), NULL);
  g_assert_cmpstr (g_variant_get_type_string (reply), ==, "(aa{sv})");
}

static void
test_error (Fixture *self, gconstpointer data)
{
  connect_client (self);
  peal_fake_agent_set_error (self->agent, "Invalid", "post_unknown: There is no post 12");
  await (peal_client_call (self->client, "GetPost", g_variant_new ("(x)", G_GINT64_CONSTANT (12)), NULL),
         "post_unknown");
}

static void
test_job (Fixture *self, gconstpointer data)
{
  g_autoptr (GVariant) result = NULL;
  guint32 videos = 0;

  connect_client (self);
  result = await (peal_client_run_job (self->client, "Sync", g_variant_new ("(s)", ""), -1, NULL), NULL);
  g_assert_true (g_variant_lookup (result, "videos", "u", &videos));
  g_assert_cmpuint (videos, ==, 45);
}

static void
test_job_two_halves (Fixture *self, gconstpointer data)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) result = NULL;
  guint job;

  connect_client (self);
  reply =
      await (peal_client_call (self->client, "Connect", g_variant_new_parsed ("(@a{sv} {},)"), NULL), NULL);
  g_variant_get (reply, "(us)", &job, NULL);
  /* JobDone has long come. */
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  result = await (peal_client_finish_job (self->client, job, NULL), NULL);
  g_assert_true (g_variant_lookup (result, "open_id", "s", NULL));
}

static void
test_job_error (Fixture *self, gconstpointer data)
{
  g_autoptr (DexFuture) done = NULL;
  g_autoptr (GError) error = NULL;

  connect_client (self);
  done = peal_test_await (
      peal_client_run_job (self->client, "GetCreatorInfo", g_variant_new ("(s)", "-000"), -1, NULL));
  g_assert_null (dex_future_get_value (done, &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_REJECTED);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "spam_risk_too_many_posts");
  g_assert_cmpstr (peal_error_get_log_id (error), ==, "20261122EXAMPLE");
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_job_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  connect_client (self);
  g_timeout_add (50, cancel_cb, cancellable);
  await (peal_client_run_job (self->client, "CancelPost", g_variant_new ("(x)", G_GINT64_CONSTANT (1)), -1,
                              cancellable),
         "cancelled");
  g_assert_nonnull (peal_fake_agent_get_last (self->agent, "CancelJob"));
}

static gboolean
vanish_cb (gpointer user_data)
{
  peal_fake_agent_vanish (user_data);
  return G_SOURCE_REMOVE;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_job_gone (Fixture *self, gconstpointer data)
{
  guint n_gone = 0;

  connect_client (self);
  g_signal_connect_swapped (self->client, "gone", G_CALLBACK (count_cb), &n_gone);
  g_timeout_add (50, vanish_cb, self->agent);
  await (peal_client_run_job (self->client, "CancelPost", g_variant_new ("(x)", G_GINT64_CONSTANT (1)), -1,
                              NULL),
         "agent_unreachable");
  g_assert_cmpuint (n_gone, ==, 1);
  await (peal_client_call (self->client, "GetStatus", NULL, NULL), "agent_unreachable");
}

static void
test_file (Fixture *self, gconstpointer data)
{
  g_autoptr (GVariant) result = NULL;
  g_autofd int fd = -1;

  connect_client (self);
  fd = g_open ("/proc/self/comm", O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  result = await (
      peal_client_run_job (self->client, "ImportMedia", g_variant_new_parsed ("(@h 0, @a{sv} {})"), fd, NULL),
      NULL);
  g_assert_cmpuint (strlen (peal_fake_agent_get_received (self->agent)), >, 0);
  /* Ours is still ours. */
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
}

static DexFuture *
open_media_fiber (gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofd int fd = dex_await_fd (
      peal_client_call_for_fd (user_data, "OpenMedia", g_variant_new ("(x)", G_GINT64_CONSTANT (1)), NULL),
      &error);
  char text[8] = "";

  g_assert_no_error (error);
  g_assert_cmpint (read (fd, text, sizeof text - 1), ==, 7);
  g_assert_cmpstr (text, ==, "a video");
  return dex_future_new_true ();
}

static guint
count_fds (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

/* Nor does it stay open with us: what GDBus has on its way at the moment is few. */
static void
test_reply_file (Fixture *self, gconstpointer data)
{
  guint n_fds;

  connect_client (self);
  n_fds = count_fds ();
  for (int i = 0; i < 50; i++)
    {
      g_autoptr (DexFuture) done = peal_test_run_fiber (open_media_fiber, self->client);
    }
  g_assert_cmpuint (count_fds (), <, n_fds + 25);
}

static void
test_reply_no_file (Fixture *self, gconstpointer data)
{
  const char *const replies[] = { "(@h 0,)", "(@h 7,)", "(@h -1,)", "(5,)", "@() ()", "('x', @h 0)" };

  connect_client (self);
  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      peal_fake_agent_set_reply (self->agent, "OpenMedia", replies[i]);
      await (peal_client_call_for_fd (self->client, "OpenMedia", g_variant_new ("(x)", G_GINT64_CONSTANT (1)),
                                      NULL),
             "agent_failed");
    }
  peal_fake_agent_set_reply (self->agent, "OpenMedia", NULL);
  peal_fake_agent_set_error (self->agent, "Media", "media_missing: Gone");
  await (
      peal_client_call_for_fd (self->client, "OpenMedia", g_variant_new ("(x)", G_GINT64_CONSTANT (1)), NULL),
      "media_missing");
}

static void
changed_cb (char **got, const char *kind, const char *const *ids)
{
  g_autofree char *joined = g_strjoinv (",", (char **)ids);

  g_free (*got);
  *got = g_strconcat (kind, ":", joined, NULL);
}

static void
test_changed (Fixture *self, gconstpointer data)
{
  const char *ids[] = { "3", "4", NULL };
  g_autofree char *got = NULL;

  connect_client (self);
  g_signal_connect_swapped (self->client, "changed", G_CALLBACK (changed_cb), &got);
  peal_fake_agent_emit_changed (self->agent, "post", ids);
  while (got == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (got, ==, "post:3,4");
}

static void
test_paused (Fixture *self, gconstpointer data)
{
  g_autofree char *got = NULL;

  connect_client (self);
  g_signal_connect_swapped (self->client, "changed", G_CALLBACK (changed_cb), &got);
  peal_fake_agent_set_paused (self->agent, TRUE);
  while (got == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (got, ==, "status:");
  /* With the agent goes what it said, which is no news. */
  g_clear_pointer (&got, g_free);
  peal_fake_agent_vanish (self->agent);
  await (peal_client_call (self->client, "GetStatus", NULL, NULL), "agent_unreachable");
  g_assert_null (got);
}

static void
test_progress (Fixture *self, gconstpointer data)
{
  guint n = 0;
  guint64 bytes = 0, total = 0;

  connect_client (self);
  g_assert_false (peal_client_get_progress (self->client, 3, NULL, NULL));
  g_signal_connect_swapped (self->client, "progress", G_CALLBACK (count_cb), &n);
  peal_fake_agent_set_progress (self->agent, 3, 10, 40);
  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (peal_client_get_progress (self->client, 3, &bytes, &total));
  g_assert_cmpuint (bytes, ==, 10);
  g_assert_cmpuint (total, ==, 40);
  g_assert_false (peal_client_get_progress (self->client, 4, NULL, NULL));
}

static void
test_version (Fixture *self, gconstpointer version)
{
  await (peal_client_connect (self->client, NULL),
         GPOINTER_TO_UINT (version) > PEAL_CLIENT_INTERFACE_VERSION ? "agent_newer" : "agent_older");
}

/* Whoever asks before there is an agent hears so. */
static void
test_never_there (Fixture *self, gconstpointer data)
{
  GVariant *parameters = g_variant_new ("(x)", G_GINT64_CONSTANT (1));

  await (peal_client_call (self->client, "GetStatus", NULL, NULL), "agent_unreachable");
  await (peal_client_call_for_fd (self->client, "OpenMedia", parameters, NULL), "agent_unreachable");
  await (peal_client_run_job (self->client, "Sync", g_variant_new ("(s)", ""), -1, NULL),
         "agent_unreachable");
}

static void
test_no_program (Fixture *self, gconstpointer data)
{
  await (peal_client_connect (self->client, NULL), "agent_unreachable");
}

static void
kill_agent (Fixture *self, const char *name)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      self->ours, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "GetConnectionUnixProcessID", g_variant_new ("(s)", name), G_VARIANT_TYPE ("(u)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  guint32 pid;

  g_assert_nonnull (reply);
  g_variant_get (reply, "(u)", &pid);
  g_assert_cmpint (kill ((pid_t)pid, SIGTERM), ==, 0);
}

static void
test_spawn (Fixture *self, gconstpointer data)
{
  const char *program = g_getenv ("PEAL_TEST_FAKE_AGENT");
  g_autoptr (PealClient) client = peal_client_new (self->ours, TRUE, program);
  g_autoptr (GVariant) reply = NULL;

  g_assert_cmpstr (peal_client_get_bus_name (client), ==, "io.github.pealapp.Peal.Practice.Agent");
  await (peal_client_connect (client, NULL), NULL);
  reply = await (peal_client_call (client, "GetStatus", NULL, NULL), NULL);
  g_assert_nonnull (reply);
  kill_agent (self, peal_client_get_bus_name (client));
}

static GDBusMessage *
leave_when_asked (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer n_asked)
{
  if (incoming && g_strcmp0 (g_dbus_message_get_member (message), "GetAll") == 0)
    {
      g_atomic_int_inc ((int *)n_asked);
      g_dbus_connection_close (connection, NULL, NULL, NULL);
      g_clear_object (&message);
    }
  return message;
}

/* An agent without work leaves while the client reads what it says of itself; that is no reason to give up.
 */
static void
test_leaves_meanwhile (Fixture *self, gconstpointer data)
{
  g_autoptr (PealClient) client = peal_client_new (self->ours, TRUE, g_getenv ("PEAL_TEST_FAKE_AGENT"));
  g_autoptr (GDBusConnection) leaver = open_bus (self->bus);
  PealFakeAgent *leaving = peal_fake_agent_new (leaver, TRUE, PEAL_CLIENT_INTERFACE_VERSION);
  int n_asked = 0;

  g_dbus_connection_add_filter (leaver, leave_when_asked, &n_asked, NULL);
  await (peal_client_connect (client, NULL), NULL);
  g_assert_cmpint (g_atomic_int_get (&n_asked), ==, 1);
  kill_agent (self, peal_client_get_bus_name (client));
  peal_fake_agent_free (leaving);
}

/* A program that prints @text on stderr and exits. */
static char *
write_script (const char *text)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "peal-agent-XXXXXX", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\necho '%s' >&2\nexit 1\n", text);
  g_autoptr (GError) error = NULL;
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0700);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

static void
test_refusal (Fixture *self, gconstpointer data)
{
  g_autofree char *path = write_script ("warning\npeal-agent: storage_newer: Made by a newer Peal");
  g_autofree char *mute = write_script ("Segmentation fault");
  g_autoptr (PealClient) refused = peal_client_new (self->ours, FALSE, path);
  g_autoptr (PealClient) crashed = peal_client_new (self->ours, FALSE, mute);

  await (peal_client_connect (refused, NULL), "storage_newer");
  await (peal_client_connect (crashed, NULL), "agent_unreachable");
  g_unlink (path);
  g_unlink (mute);
}

static void
test_start_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (PealClient) client = peal_client_new (self->ours, FALSE, "/bin/cat");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  await (peal_client_connect (client, cancellable), "cancelled");
}

#define ADD(path, version, func)                                                                             \
  g_test_add (path, Fixture, GUINT_TO_POINTER (version), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/client/call", 1, test_call);
  ADD ("/client/error", 1, test_error);
  ADD ("/client/job", 1, test_job);
  ADD ("/client/job/two-halves", 1, test_job_two_halves);
  ADD ("/client/job/error", 1, test_job_error);
  ADD ("/client/job/cancel", 1, test_job_cancel);
  ADD ("/client/job/gone", 1, test_job_gone);
  ADD ("/client/file", 1, test_file);
  ADD ("/client/file/reply", 1, test_reply_file);
  ADD ("/client/file/none", 1, test_reply_no_file);
  ADD ("/client/changed", 1, test_changed);
  ADD ("/client/paused", 1, test_paused);
  ADD ("/client/progress", 1, test_progress);
  ADD ("/client/version/newer", 2, test_version);
  ADD ("/client/never-there", 0, test_never_there);
  ADD ("/client/start/no-program", 0, test_no_program);
  ADD ("/client/start/spawn", 0, test_spawn);
  ADD ("/client/start/leaves-meanwhile", 0, test_leaves_meanwhile);
  ADD ("/client/start/refusal", 0, test_refusal);
  ADD ("/client/start/cancel", 0, test_start_cancel);

  return g_test_run ();
}
