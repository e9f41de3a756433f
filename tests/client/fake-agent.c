/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <gio/gio.h>
#include <glib-unix.h>

#include "peal-fake-agent.h"

/* The fake agent as a program, to be started in the real one's place. Ends when its bus does. */

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (PealFakeAgent) agent = NULL;
  gboolean practice = argc > 2 && g_str_equal (argv[2], "--practice");

  g_assert_cmpstr (argv[1], ==, "--gapplication-service");
  agent = peal_fake_agent_new (bus, practice, 1);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_main_loop_run (loop);
  return 0;
}
