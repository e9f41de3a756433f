/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-client-fixture.h"
#include "peal-client-private.h"
#include "peal-error.h"
#include "peal-post.h"

static void
assert_lost (Fixture *self, const char *reason)
{
  peal_wait_until (peal_agent_link_get_state (self->link) == PEAL_LINK_LOST);
  g_assert_true (peal_agent_link_get_error (self->link)->domain == PEAL_ERROR);
  g_assert_cmpstr (peal_error_get_reason (peal_agent_link_get_error (self->link)), ==, reason);
}

static void
assert_ready (Fixture *self)
{
  peal_wait_until (peal_agent_link_get_state (self->link) == PEAL_LINK_READY);
  g_assert_null (peal_agent_link_get_error (self->link));
}

static void
test_ready (Fixture *self, gconstpointer data)
{
  PealAgentStatus *status;

  g_assert_cmpint (peal_agent_link_get_state (self->link), ==, PEAL_LINK_CONNECTING);
  g_assert_null (peal_agent_link_get_status (self->link));
  g_assert_true (peal_agent_link_get_client (self->link) == self->client);
  peal_fixture_count (self, self->link, "ready");
  peal_agent_link_start (self->link);
  peal_agent_link_start (self->link);
  assert_ready (self);
  g_assert_cmpuint (self->n_signals, ==, 1);
  status = peal_agent_link_get_status (self->link);
  g_assert_cmpuint (status->counts[PEAL_POST_SCHEDULED], ==, 2);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetStatus"), ==, 1);
}

/* Nobody ran the main loop, and all the same the agent was found. */
static void
test_early (Fixture *self, gconstpointer data)
{
  peal_agent_link_start_early (self->link, 60000);
  g_assert_nonnull (peal_client_peek_progress (self->client));
  g_assert_cmpint (peal_agent_link_get_state (self->link), ==, PEAL_LINK_CONNECTING);
  assert_ready (self);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetStatus"), ==, 1);
}

static void
test_early_missing (Fixture *self, gconstpointer data)
{
  peal_agent_link_start_early (self->link, 60000);
  assert_lost (self, "agent_unreachable");
}

static GDBusMessage *
swallow (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
  if (!incoming)
    return message;
  g_object_unref (message);
  return NULL;
}

/* One that is there and says nothing holds nobody up. */
static void
test_early_mute (Fixture *self, gconstpointer data)
{
  guint filter = g_dbus_connection_add_filter (self->theirs, swallow, NULL, NULL);

  peal_agent_link_start_early (self->link, 20);
  g_assert_cmpint (peal_agent_link_get_state (self->link), ==, PEAL_LINK_CONNECTING);
  g_dbus_connection_remove_filter (self->theirs, filter);
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  peal_agent_link_start (self->link);
  assert_lost (self, "agent_unreachable");
  /* It does not go on trying, but notices when somebody else starts it. */
  g_assert_cmpuint (peal_fake_clock_get_n_sleepers (self->clock), ==, 0);
  peal_fixture_bring_agent (self, 1);
  assert_ready (self);
}

static void
test_asked_again (Fixture *self, gconstpointer data)
{
  peal_agent_link_start (self->link);
  assert_lost (self, "agent_unreachable");
  peal_agent_link_start (self->link);
  g_assert_cmpint (peal_agent_link_get_state (self->link), ==, PEAL_LINK_CONNECTING);
  g_assert_null (peal_agent_link_get_error (self->link));
  assert_lost (self, "agent_unreachable");
}

static void
test_version (Fixture *self, gconstpointer version)
{
  peal_agent_link_start (self->link);
  assert_lost (self, "agent_newer");
  g_assert_null (peal_agent_link_get_status (self->link));
  g_assert_cmpuint (peal_fake_clock_get_n_sleepers (self->clock), ==, 0);
  /* The right one takes its place. */
  peal_fixture_kill_agent (self);
  peal_fixture_bring_agent (self, 1);
  assert_ready (self);
}

static void
test_older (Fixture *self, gconstpointer data)
{
  peal_fixture_bring_agent (self, PEAL_CLIENT_INTERFACE_VERSION - 1);
  peal_agent_link_start (self->link);
  assert_lost (self, "agent_older");
}

/* Something has the name and answers nothing: it may be about to. */
static void
test_mute (Fixture *self, gconstpointer data)
{
  peal_fake_agent_set_mute (self->agent);
  peal_agent_link_start (self->link);
  peal_wait_until (peal_fake_clock_get_n_sleepers (self->clock) == 1);
  g_assert_cmpint (peal_fake_clock_get_next_us (self->clock), ==, G_USEC_PER_SEC);
  g_assert_cmpint (peal_agent_link_get_state (self->link), ==, PEAL_LINK_CONNECTING);
  peal_fixture_kill_agent (self);
  peal_fixture_settle (self);
  peal_fake_clock_advance (self->clock, G_USEC_PER_SEC);
  assert_lost (self, "agent_unreachable");
}

/* What answers with nonsense is no agent; also not where its reply is of another type. */
static void
test_nonsense (Fixture *self, gconstpointer data)
{
  peal_fake_agent_set_reply (self->agent, "GetStatus", "('hello',)");
  peal_agent_link_start (self->link);
  assert_lost (self, "agent_failed");
}

static void
test_status (Fixture *self, gconstpointer data)
{
  PealAgentStatus *status = peal_agent_status_ref (peal_agent_link_get_status (self->link));

  peal_fake_agent_set_status (self->agent, "{'paused': <true>}");
  peal_fake_agent_emit_changed (self->agent, "settings", (const char *const[]){ NULL });
  peal_wait_until (peal_agent_link_get_status (self->link)->paused);
  /* The one before is still what it was. */
  g_assert_false (status->paused);
  g_assert_cmpuint (status->counts[PEAL_POST_SCHEDULED], ==, 2);
  peal_agent_status_unref (status);
}

static void
test_paused (Fixture *self, gconstpointer data)
{
  peal_fake_agent_set_status (self->agent, "{'paused': <true>}");
  peal_fake_agent_set_paused (self->agent, TRUE);
  peal_wait_until (peal_agent_link_get_status (self->link)->paused);
}

/* A hundred changes are one or two readings, those of videos none. */
static void
test_status_coalesces (Fixture *self, gconstpointer data)
{
  const char *ids[] = { "1", NULL };
  guint n = peal_fake_agent_get_n_calls (self->agent, "GetStatus");

  peal_fixture_count (self, self->link, "changed");
  for (int i = 0; i < 100; i++)
    peal_fake_agent_emit_changed (self->agent, "video", (const char *const[]){ NULL });
  peal_wait_until (self->n_signals == 100);
  peal_fixture_settle (self);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetStatus"), ==, n);
  for (int i = 0; i < 100; i++)
    peal_fake_agent_emit_changed (self->agent, "post", ids);
  peal_wait_until (self->n_signals == 200);
  peal_fixture_settle (self);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetStatus"), >, n);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "GetStatus"), <=, n + 50);
}

static void
test_relays (Fixture *self, gconstpointer data)
{
  peal_fixture_count (self, self->link, "progress");
  peal_fake_agent_set_progress (self->agent, 3, 10, 40);
  peal_wait_until (self->n_signals == 1);
}

static void
test_return (Fixture *self, gconstpointer data)
{
  peal_fixture_count (self, self->link, "ready");
  peal_fixture_kill_agent (self);
  peal_wait_until (peal_agent_link_get_state (self->link) != PEAL_LINK_READY);
  /* What was known stays. */
  g_assert_nonnull (peal_agent_link_get_status (self->link));
  peal_fixture_bring_agent (self, 1);
  assert_ready (self);
  g_assert_cmpuint (self->n_signals, ==, 1);
}

static void
die_and_return (Fixture *self)
{
  peal_fixture_kill_agent (self);
  peal_wait_until (peal_agent_link_get_state (self->link) != PEAL_LINK_READY);
}

/* One that leaves as soon as it has come is not started again and again without a pause. */
static void
test_pauses (Fixture *self, gconstpointer data)
{
  const gint64 pauses[] = { 1, 2, 4, 8, 16, 30, 30 };

  die_and_return (self);
  peal_fixture_bring_agent (self, 1);
  assert_ready (self);
  for (gsize i = 0; i < G_N_ELEMENTS (pauses); i++)
    {
      die_and_return (self);
      peal_wait_until (peal_fake_clock_get_n_sleepers (self->clock) == 1);
      g_assert_cmpint (peal_fake_clock_get_next_us (self->clock), ==, pauses[i] * G_USEC_PER_SEC);
      g_assert_cmpint (peal_agent_link_get_state (self->link), ==, PEAL_LINK_CONNECTING);
      /* Comes onto the bus by itself: no need to wait any longer. */
      peal_fixture_bring_agent (self, 1);
      assert_ready (self);
      g_assert_cmpuint (peal_fake_clock_get_n_sleepers (self->clock), ==, 0);
    }
  /* One that stayed is believed again. */
  peal_fake_clock_advance (self->clock, 61 * G_USEC_PER_SEC);
  die_and_return (self);
  assert_lost (self, "agent_unreachable");
}

static void
test_pause_ends (Fixture *self, gconstpointer data)
{
  die_and_return (self);
  peal_fixture_bring_agent (self, 1);
  assert_ready (self);
  die_and_return (self);
  peal_wait_until (peal_fake_clock_get_n_sleepers (self->clock) == 1);
  peal_fake_clock_advance (self->clock, G_USEC_PER_SEC);
  /* Tried, once, in vain. */
  assert_lost (self, "agent_unreachable");
  g_assert_cmpuint (peal_fake_clock_get_n_sleepers (self->clock), ==, 0);
}

static void
test_pause_cut_short (Fixture *self, gconstpointer data)
{
  die_and_return (self);
  peal_fixture_bring_agent (self, 1);
  assert_ready (self);
  die_and_return (self);
  peal_wait_until (peal_fake_clock_get_n_sleepers (self->clock) == 1);
  peal_agent_link_start (self->link);
  assert_lost (self, "agent_unreachable");
}

/* The link is let go of while a call is under way: tear_down () checks that nothing holds it. */
static void
test_let_go_connecting (Fixture *self, gconstpointer data)
{
  peal_agent_link_start (self->link);
  while (peal_fake_agent_get_n_calls (self->agent, "GetStatus") == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_let_go_pausing (Fixture *self, gconstpointer data)
{
  die_and_return (self);
  peal_fixture_bring_agent (self, 1);
  assert_ready (self);
  die_and_return (self);
  peal_wait_until (peal_fake_clock_get_n_sleepers (self->clock) == 1);
}

static void
test_enum (void)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (PEAL_TYPE_LINK_STATE);

  g_assert_cmpstr (g_enum_get_value (klass, PEAL_LINK_LOST)->value_nick, ==, "lost");
}

#define ADD(path, version, func)                                                                             \
  g_test_add (path, Fixture, GUINT_TO_POINTER (version), peal_fixture_set_up, func, peal_fixture_tear_down)
#define ADD_READY(path, func)                                                                                \
  g_test_add (path, Fixture, NULL, peal_fixture_set_up_ready, func, peal_fixture_tear_down)

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/agent-link/ready", 1, test_ready);
  ADD ("/agent-link/early", 1, test_early);
  ADD ("/agent-link/early/missing", 0, test_early_missing);
  ADD ("/agent-link/early/mute", 1, test_early_mute);
  ADD ("/agent-link/missing", 0, test_missing);
  ADD ("/agent-link/asked-again", 0, test_asked_again);
  ADD ("/agent-link/version/newer", 2, test_version);
  ADD ("/agent-link/version/older", 0, test_older);
  ADD ("/agent-link/mute", 1, test_mute);
  ADD ("/agent-link/nonsense", 1, test_nonsense);
  ADD_READY ("/agent-link/status", test_status);
  ADD_READY ("/agent-link/paused", test_paused);
  ADD_READY ("/agent-link/status/coalesces", test_status_coalesces);
  ADD_READY ("/agent-link/relays", test_relays);
  ADD_READY ("/agent-link/return", test_return);
  ADD_READY ("/agent-link/pauses", test_pauses);
  ADD_READY ("/agent-link/pause-ends", test_pause_ends);
  ADD_READY ("/agent-link/pause-cut-short", test_pause_cut_short);
  ADD ("/agent-link/let-go/connecting", 1, test_let_go_connecting);
  ADD_READY ("/agent-link/let-go/pausing", test_let_go_pausing);
  g_test_add_func ("/agent-link/enum", test_enum);

  return g_test_run ();
}
