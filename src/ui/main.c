/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "peal-application.h"
#include "peal-clock-format.h"
#include "peal-schema.h"

/* As long as an agent that runs needs to be found; one that has to be started first takes longer. */
#define PATIENCE_MS 10

static void
wire_cb (PealApplication *application, gpointer user_data)
{
  gboolean practice = peal_application_get_practice (application);
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autofree char *helper = peal_media_runner_find_program ();
  g_autofree char *bwrap = peal_media_runner_find_bwrap ();
  g_autoptr (PealMediaRunner) runner = peal_media_runner_new (helper, bwrap, clock);
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (PealClient) client = NULL;
  g_autoptr (PealAgentLink) link = NULL;
  g_autoptr (PealSession) session = NULL;

  if (bus == NULL)
    {
      g_printerr (
          _ ("peal: There is no session bus, and without it Peal’s agent cannot be reached. Log in to a "
             "desktop, or start peal with dbus-run-session.\n"));
      exit (1);
    }
  settings = peal_schema_settings_new (
      PEAL_DATADIR, APP_ID, practice ? "/io/github/pealapp/Peal/Practice/" : "/io/github/pealapp/Peal/",
      NULL);
  if (settings == NULL)
    {
      g_printerr (_ ("peal: The settings’ schema is missing. Install Peal again.\n"));
      exit (1);
    }
  client = peal_client_new (bus, practice, NULL);
  link = peal_agent_link_new (client, clock);
  session = peal_session_new (link, runner, clock, settings);
  peal_application_set_session (application, session);
  peal_agent_link_start_early (link, PATIENCE_MS);
}

/* The desktop may take its time with the answer, the agent works meanwhile. */
static void
startup_cb (PealApplication *application, gpointer user_data)
{
  peal_time_text_set_clock_format (
      peal_clock_format_read (g_application_get_dbus_connection (G_APPLICATION (application))));
}

int
main (int argc, char **argv)
{
  g_autoptr (PealApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  dex_init ();

  application = peal_application_new ();
  g_signal_connect (application, "wire", G_CALLBACK (wire_cb), NULL);
  g_signal_connect (application, "startup", G_CALLBACK (startup_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
