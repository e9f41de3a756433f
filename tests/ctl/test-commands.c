/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <json-glib/json-glib.h>

#include "peal-fake-agent.h"

/* pealctl itself, as a process, against an agent that is not one. */

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  PealFakeAgent *agent;
} Fixture;

typedef struct
{
  int status;
  char *out, *err;
  gboolean done;
} Result;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  self->connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (self->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      NULL, &error);
  g_assert_no_error (error);
  self->agent = peal_fake_agent_new (self->connection, FALSE, 1);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->agent, peal_fake_agent_free);
  g_clear_object (&self->connection);
  g_test_dbus_down (self->bus);
  g_clear_object (&self->bus);
}

static void
result_clear (Result *self)
{
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static GSubprocess *
spawn (Fixture *self, const char *line, const char *input)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE
                                 | (input != NULL ? G_SUBPROCESS_FLAGS_STDIN_PIPE : 0));
  g_autofree char *full = g_strconcat (g_getenv ("PEAL_TEST_PEALCTL"), " ", line, NULL);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process = NULL;

  g_assert_true (g_shell_parse_argv (full, NULL, &argv, NULL));
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", g_test_dbus_get_bus_address (self->bus),
                                TRUE);
  g_subprocess_launcher_setenv (launcher, "TZ", "Europe/Berlin", TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, &error);
  g_assert_no_error (error);
  return process;
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Result *self = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, &self->out, &self->err, &error);
  g_assert_no_error (error);
  self->done = TRUE;
}

static void
finish (GSubprocess *process, const char *input, Result *result)
{
  g_subprocess_communicate_utf8_async (process, input, NULL, done_cb, result);
  while (!result->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_subprocess_get_if_exited (process));
  result->status = g_subprocess_get_exit_status (process);
  g_test_message ("out: %s\nerr: %s", result->out, result->err);
}

static Result
run (Fixture *self, const char *line, const char *input)
{
  g_autoptr (GSubprocess) process = spawn (self, line, input);
  Result result = { 0 };

  g_test_message ("pealctl %s", line);
  finish (process, input, &result);
  return result;
}

/* The one line on stdout. */
static JsonNode *
parse (const Result *result)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (result->out, &error);

  g_assert_no_error (error);
  g_assert_true (strchr (result->out, '\n') == result->out + strlen (result->out) - 1);
  return node;
}

static void
check_error (Fixture *self, const char *line, int status, const char *code)
{
  g_autofree char *with_json = g_strconcat (line, " --json", NULL);
  g_auto (Result) result = run (self, with_json, NULL);
  g_autoptr (JsonNode) node = parse (&result);
  JsonObject *object = json_object_get_object_member (json_node_get_object (node), "error");

  g_assert_cmpint (result.status, ==, status);
  g_assert_cmpstr (json_object_get_string_member (object, "code"), ==, code);
  g_assert_cmpuint (strlen (json_object_get_string_member (object, "message")), >, 10);
  g_assert_true (json_object_has_member (object, "log_id"));
  g_assert_nonnull (strstr (result.err, "pealctl: "));
}

static void
test_status (Fixture *self, gconstpointer data)
{
  g_auto (Result) people = run (self, "status", NULL);
  g_auto (Result) programs = run (self, "--json status", NULL);
  g_autoptr (JsonNode) node = parse (&programs);
  JsonObject *due = json_object_get_object_member (json_node_get_object (node), "next_due");

  g_assert_cmpint (people.status, ==, 0);
  g_assert_nonnull (strstr (people.out, "Scheduled"));
  g_assert_nonnull (strstr (people.out, "Post 3"));
  g_assert_cmpstr (json_object_get_string_member (due, "due"), ==, "2026-11-02T13:00:00+01:00");
}

static void
test_accounts (Fixture *self, gconstpointer data)
{
  g_auto (Result) people = run (self, "accounts", NULL);
  g_auto (Result) programs = run (self, "accounts --json", NULL);
  g_autoptr (JsonNode) node = parse (&programs);
  JsonArray *accounts = json_node_get_array (node);
  JsonObject *otto = json_array_get_object_element (accounts, 1);

  g_assert_nonnull (strstr (people.out, "Mara Bakes"));
  g_assert_cmpuint (json_array_get_length (accounts), ==, 2);
  /* What is not known is not 0. */
  g_assert_true (json_object_get_null_member (otto, "follower_count"));
  g_assert_true (json_object_get_null_member (otto, "username"));
}

static void
test_connect (Fixture *self, gconstpointer data)
{
  g_auto (Result) result = run (self, "connect --no-browser --json", NULL);
  g_auto (GStrv) lines = g_strsplit (result.out, "\n", -1);
  g_autoptr (JsonNode) url = json_from_string (lines[0], NULL);
  g_autoptr (JsonNode) account = json_from_string (lines[1], NULL);

  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (url), "authorize_url"), ==,
                   "https://www.tiktok.com/v2/x?y");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (account), "open_id"), ==,
                   "-000ExampleMara");
}

static void
check_last (Fixture *self, const char *method, const char *expected)
{
  GVariant *last = peal_fake_agent_get_last (self->agent, method);
  g_autofree char *text = last != NULL ? g_variant_print (last, FALSE) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_grant (Fixture *self, gconstpointer data)
{
  g_auto (Result) result = run (self, "grant -000ExampleMara --no-browser", NULL);

  g_assert_cmpint (result.status, ==, 0);
  check_last (self, "Connect", "({'account': <'-000ExampleMara'>},)");
}

/* The secret goes through a pipe and appears nowhere. */
static void
test_setup (Fixture *self, gconstpointer data)
{
  g_auto (Result) result =
      run (self, "setup --client-key aw1x --client-secret-file - --environment sandbox", "SecretExample\n");

  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (peal_fake_agent_get_received (self->agent), ==, "SecretExample\n");
  g_assert_null (strstr (result.out, "SecretExample"));
  g_assert_null (strstr (result.err, "SecretExample"));
  check_error (self, "setup --client-key aw1x --client-secret-file /nonexistent", 1, "secret_unreadable");
  check_error (self, "setup --client-key aw1x --client-secret-file /dev/null", 1, "secret_unreadable");
  check_error (self, "setup --client-key aw1x", 2, "usage");
}

static void
test_list (Fixture *self, gconstpointer data)
{
  g_auto (Result) people = run (self, "list --state scheduled --account -000ExampleMara", NULL);
  g_auto (Result) programs = run (self, "list --json", NULL);
  g_autoptr (JsonNode) node = parse (&programs);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 3);
  g_assert_nonnull (strstr (people.out, "@mara.bakes"));
  g_assert_null (strchr (people.out, '\033'));
  check_error (self, "list --state asleep", 2, "usage");
}

static void
test_show (Fixture *self, gconstpointer data)
{
  g_auto (Result) people = run (self, "show 2", NULL);
  g_auto (Result) programs = run (self, "show 2 --json", NULL);
  g_autoptr (JsonNode) node = parse (&programs);
  JsonObject *post = json_node_get_object (node);

  g_assert_cmpint (json_object_get_int_member (post, "id"), ==, 2);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (post, "attempts")), ==, 1);
  g_assert_nonnull (strstr (people.out, "2026EXAMPLE"));
  g_assert_nonnull (strstr (people.out, "2026-11-02 13:00:00  state  to publishing"));
  check_error (self, "show two", 2, "usage");
}

static void
test_change (Fixture *self, gconstpointer data)
{
  g_auto (Result) edit = run (self, "edit 2 --caption Plums --no-allow-comment --draft", NULL);
  g_auto (Result) move = run (self, "move 2 --at 2036-03-01T18:00:00+01:00 --json", NULL);
  g_auto (Result) resolve = run (self, "resolve 2 again", NULL);

  g_assert_cmpint (edit.status, ==, 0);
  g_assert_cmpint (move.status, ==, 0);
  check_last (self, "EditPost", "(2, {'zone': <'Europe/Berlin'>, 'due': <int64 2088003600000000>})");
  g_assert_cmpstr (resolve.out, ==, "9\n");
  check_error (self, "edit 2", 2, "usage");
  check_error (self, "edit 2 --now --draft", 2, "usage");
  check_error (self, "edit 2 --allow-duet --no-allow-duet", 2, "usage");
  check_error (self, "move 2", 2, "usage");
  check_error (self, "move 2 --at 2020-01-01T00:00:00Z", 1, "time_past");
  check_error (self, "move 2 --at '2027-03-28 02:30'", 1, "time_gap");
  check_error (self, "move 2 --at '2027-10-31 02:30'", 1, "time_fold");
  check_error (self, "move 2 --at soon", 2, "time_syntax");
  check_error (self, "resolve 2 perhaps", 2, "usage");
}

static void
test_statistics (Fixture *self, gconstpointer data)
{
  g_auto (Result) sync = run (self, "sync -000ExampleMara --json", NULL);
  g_auto (Result) stats = run (self, "stats -000ExampleMara --json --since 30d", NULL);
  g_auto (Result) csv = run (self, "stats -000ExampleMara --csv", NULL);
  g_auto (Result) videos = run (self, "videos -- -000ExampleMara --csv", NULL);
  g_auto (Result) table = run (self, "videos --csv -000ExampleMara", NULL);
  g_autoptr (JsonNode) node = parse (&stats);
  JsonObject *sample = json_array_get_object_element (json_node_get_array (node), 0);

  g_assert_cmpstr (sync.out, ==, "{\"accounts\":1,\"videos\":45}\n");
  g_assert_true (json_object_get_null_member (sample, "following_count"));
  g_assert_cmpint (json_object_get_int_member (sample, "likes_count"), ==, 30);
  g_assert_nonnull (strstr (csv.out, "\r\n2026-11-02T13:00:00+01:00,10,,30,4\r\n"));
  g_assert_cmpint (videos.status, ==, 2);
  g_assert_nonnull (strstr (table.out, "\"'=1+1, \"\"x\"\"\",'-dash"));
}

static void
test_errors (Fixture *self, gconstpointer data)
{
  check_error (self, "check /nonexistent.mp4", 1, "file_missing");
  check_error (self, "check /", 1, "file_is_directory");
  check_error (self, "add /nonexistent.mp4 --account @mara.bakes --now", 1, "file_missing");
  check_error (self, "add cake.mp4 --now", 2, "usage");
  check_error (self, "add cake.mp4 --account @mara.bakes", 2, "usage");
  check_error (self, "staus", 2, "command_unknown");
  check_error (self, "", 2, "usage");
  peal_fake_agent_set_error (self->agent, "Invalid", "account_unknown: Nobody");
  check_error (self, "stats -000Nobody", 1, "account_unknown");
  peal_fake_agent_set_error (self->agent, "KeyringLocked", "keyring_locked: Locked");
  check_error (self, "status", 3, "keyring_locked");
  peal_fake_agent_set_error (self->agent, "Rejected", "brand_new: No cake (log id 2026X)");
  check_error (self, "accounts", 1, "brand_new");
}

static gboolean
interrupt_cb (gpointer user_data)
{
  g_subprocess_send_signal (user_data, SIGINT);
  return G_SOURCE_REMOVE;
}

/* Ctrl+C cancels the job before the program ends. */
static void
test_interrupt (Fixture *self, gconstpointer data)
{
  g_autoptr (GSubprocess) process = spawn (self, "cancel 2 --json", NULL);
  g_auto (Result) result = { 0 };

  while (peal_fake_agent_get_last (self->agent, "CancelPost") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_timeout_add (50, interrupt_cb, process);
  finish (process, NULL, &result);
  g_assert_cmpint (result.status, ==, 1);
  g_assert_nonnull (peal_fake_agent_get_last (self->agent, "CancelJob"));
  g_assert_nonnull (strstr (result.out, "\"cancelled\""));
}

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  gboolean *ended = user_data;

  *ended = g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
}

/* Also while it waits for somebody to type the secret. */
static void
test_interrupt_input (Fixture *self, gconstpointer data)
{
  g_autoptr (GSubprocess) process = spawn (self, "setup --client-key aw1x --client-secret-file - --json", "");
  g_auto (Result) result = { 0 };
  gboolean ended = FALSE;

  g_timeout_add (400, interrupt_cb, process);
  g_subprocess_wait_async (process, NULL, ended_cb, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  finish (process, NULL, &result);
  g_assert_cmpint (result.status, ==, 1);
  g_assert_nonnull (strstr (result.out, "\"cancelled\""));
  g_assert_null (peal_fake_agent_get_last (self->agent, "SetCredentials"));
}

static gboolean
change_cb (gpointer user_data)
{
  const char *ids[] = { "2", NULL };

  peal_fake_agent_emit_changed (user_data, "post", ids);
  return G_SOURCE_REMOVE;
}

static gboolean
change_settings_cb (gpointer user_data)
{
  const char *ids[] = { NULL };

  peal_fake_agent_emit_changed (user_data, "settings", ids);
  return G_SOURCE_REMOVE;
}

static void
test_watch (Fixture *self, gconstpointer data)
{
  g_autoptr (GSubprocess) process = spawn (self, "watch", NULL);
  g_auto (Result) result = { 0 };
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) first = NULL;

  g_timeout_add (400, change_cb, self->agent);
  g_timeout_add (400, change_settings_cb, self->agent);
  g_timeout_add (800, interrupt_cb, process);
  finish (process, NULL, &result);
  g_assert_cmpint (result.status, ==, 0);
  lines = g_strsplit (result.out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  first = json_from_string (lines[0], NULL);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (first), "kind"), ==, "post");
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (json_node_get_object (first), "posts")), ==, 1);
  g_assert_nonnull (strstr (lines[1], "\"settings\""));
}

static gboolean
vanish_cb (gpointer user_data)
{
  peal_fake_agent_vanish (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_watch_gone (Fixture *self, gconstpointer data)
{
  g_autoptr (GSubprocess) process = spawn (self, "watch", NULL);
  g_auto (Result) result = { 0 };

  g_timeout_add (400, vanish_cb, self->agent);
  finish (process, NULL, &result);
  g_assert_cmpint (result.status, ==, 4);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/commands/status", test_status);
  ADD ("/commands/accounts", test_accounts);
  ADD ("/commands/connect", test_connect);
  ADD ("/commands/grant", test_grant);
  ADD ("/commands/setup", test_setup);
  ADD ("/commands/list", test_list);
  ADD ("/commands/show", test_show);
  ADD ("/commands/change", test_change);
  ADD ("/commands/statistics", test_statistics);
  ADD ("/commands/errors", test_errors);
  ADD ("/commands/interrupt", test_interrupt);
  ADD ("/commands/interrupt/input", test_interrupt_input);
  ADD ("/commands/watch", test_watch);
  ADD ("/commands/watch/gone", test_watch_gone);

  return g_test_run ();
}
