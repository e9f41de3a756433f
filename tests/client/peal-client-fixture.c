/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-client-fixture.h"

#define PATIENCE_S 60

static gboolean
out_of_patience_cb (gpointer user_data)
{
  g_error ("This did not come true within %d seconds: %s", PATIENCE_S, (const char *)user_data);
  return G_SOURCE_REMOVE;
}

guint
peal_fixture_begin_patience (const char *what)
{
  return g_timeout_add_seconds (PATIENCE_S, out_of_patience_cb, (gpointer)what);
}

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

void
peal_fixture_bring_agent (Fixture *self, guint version)
{
  self->theirs = open_bus (self->bus);
  self->agent = peal_fake_agent_new (self->theirs, FALSE, version);
}

void
peal_fixture_kill_agent (Fixture *self)
{
  g_clear_pointer (&self->agent, peal_fake_agent_free);
  g_clear_object (&self->theirs);
}

void
peal_fixture_set_up (Fixture *self, gconstpointer agent_version)
{
  guint version = GPOINTER_TO_UINT (agent_version);

  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  self->ours = open_bus (self->bus);
  if (version > 0)
    peal_fixture_bring_agent (self, version);
  self->clock = peal_fake_clock_new_at ("2026-11-02T12:00:00Z");
  self->client = peal_client_new (self->ours, FALSE, "/nonexistent/peal-agent");
  self->link = peal_agent_link_new (self->client, PEAL_CLOCK (self->clock));
}

void
peal_fixture_set_up_ready (Fixture *self, gconstpointer data)
{
  peal_fixture_set_up (self, GUINT_TO_POINTER (1));
  peal_agent_link_start (self->link);
  peal_wait_until (peal_agent_link_get_state (self->link) == PEAL_LINK_READY);
}

void
peal_fixture_tear_down (Fixture *self, gconstpointer data)
{
  /* What is still under way holds them until it has come back. */
  g_object_add_weak_pointer (G_OBJECT (self->client), (gpointer *)&self->client);
  g_assert_finalize_object (self->link);
  g_object_unref (self->client);
  peal_wait_until (self->client == NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->clock);
  peal_fixture_kill_agent (self);
  g_dbus_connection_close_sync (self->ours, NULL, NULL);
  g_clear_object (&self->ours);
  g_test_dbus_down (self->bus);
  g_clear_object (&self->bus);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

void
peal_fixture_count (Fixture *self, gpointer object, const char *signal)
{
  self->n_signals = 0;
  g_signal_connect_data (object, signal, G_CALLBACK (count_cb), &self->n_signals, NULL, G_CONNECT_SWAPPED);
}

static void
ping_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_back = user_data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);

  *is_back = TRUE;
}

/* The bus delivers in order: what was called before this has been answered when this is. */
static void
ping (Fixture *self)
{
  gboolean is_back = FALSE;

  g_dbus_connection_call (self->ours, peal_client_get_bus_name (self->client),
                          "/io/github/pealapp/Peal/Agent", "org.freedesktop.DBus.Peer", "Ping", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, ping_cb, &is_back);
  while (!is_back)
    g_main_context_iteration (NULL, TRUE);
}

void
peal_fixture_settle (Fixture *self)
{
  /* A reply may make for another call, and that for one more. */
  for (int i = 0; i < 5; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      ping (self);
    }
}
