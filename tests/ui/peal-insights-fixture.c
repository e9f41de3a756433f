/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-insights-fixture.h"

#include <libdex.h>

#include "peal-chart.h"
#include "peal-insights-page.h"
#include "peal-resources.h"
#include "peal-ui-test.h"

#define HOUR G_TIME_SPAN_HOUR

static GDBusConnection *
open_bus (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
said_cb (PealInsightsFixture *self, const char *text)
{
  g_ptr_array_add (self->said, g_strdup (text));
}

static void
set_up (PealInsightsFixture *self, gconstpointer data)
{
  g_autoptr (PealMediaRunner) runner = NULL;
  g_autoptr (PealClient) client = NULL;

  self->theirs = open_bus ();
  self->ours = open_bus ();
  self->agent = peal_numbers_agent_new (self->theirs);
  peal_numbers_agent_set_account (self->agent, PEAL_INSIGHTS_MARA, "Mara", PEAL_INSIGHTS_SCOPES, "connected",
                                  12345, PEAL_INSIGHTS_NOW - 3 * HOUR);
  peal_numbers_agent_set_account (self->agent, PEAL_INSIGHTS_OTTO, "Otto", PEAL_INSIGHTS_SCOPES, "connected",
                                  77, PEAL_INSIGHTS_NOW);
  peal_numbers_agent_set_samples (self->agent, 24 * 40, PEAL_INSIGHTS_NOW, HOUR, 10000, 2);
  peal_numbers_agent_set_videos (self->agent, 30, (PEAL_INSIGHTS_NOW / G_USEC_PER_SEC));
  self->clock = peal_fake_clock_new (PEAL_INSIGHTS_NOW);
  runner = peal_media_runner_new ("/nonexistent/peal-media", NULL, PEAL_CLOCK (self->clock));
  client = peal_client_new (self->ours, TRUE, "/nonexistent/peal-agent");
  self->link = peal_agent_link_new (client, PEAL_CLOCK (self->clock));
  self->settings = peal_ui_test_settings_new ();
  self->session = peal_session_new (self->link, runner, PEAL_CLOCK (self->clock), self->settings);
  self->said = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_swapped (self->session, "said", G_CALLBACK (said_cb), self);
}

void
peal_insights_fixture_show (PealInsightsFixture *self, int width, int height)
{
  self->page = peal_insights_page_new (self->session);
  self->window = peal_ui_test_show (self->page, width, height);
  peal_agent_link_start (self->link);
}

static void
tear_down (PealInsightsFixture *self, gconstpointer data)
{
  if (self->window != NULL)
    peal_ui_test_close (self->window, self->page);
  g_clear_pointer (&self->said, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->link);
  g_clear_pointer (&self->agent, peal_numbers_agent_free);
  g_clear_object (&self->clock);
  g_clear_object (&self->ours);
  g_clear_object (&self->theirs);
}

gboolean
peal_insights_fixture_has_chart (gpointer data)
{
  PealInsightsFixture *self = data;
  GtkWidget *chart = peal_ui_test_find (self->page, PEAL_TYPE_CHART);

  return chart != NULL
         && g_str_has_prefix (peal_chart_get_description (PEAL_CHART (chart)), "Line chart from ");
}

AdwStatusPage *
peal_insights_fixture_find_status (PealInsightsFixture *self)
{
  return (AdwStatusPage *)peal_ui_test_find (self->page, ADW_TYPE_STATUS_PAGE);
}

gboolean
peal_insights_fixture_has_status (gpointer data)
{
  return peal_insights_fixture_find_status (data) != NULL;
}

GtkWidget *
peal_insights_fixture_find_table (PealInsightsFixture *self)
{
  return peal_ui_test_find (self->page, GTK_TYPE_COLUMN_VIEW);
}

gboolean
peal_insights_fixture_has_videos (gpointer data)
{
  GtkWidget *table = peal_insights_fixture_find_table (data);
  GtkSelectionModel *model = table != NULL ? gtk_column_view_get_model (GTK_COLUMN_VIEW (table)) : NULL;

  return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0;
}

void
peal_insights_fixture_init (int *argc, char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  dex_init ();
  g_resources_register (peal_get_resource ());
}

void
peal_insights_fixture_add (const char *path, void (*func) (PealInsightsFixture *self, gconstpointer data))
{
  g_test_add (path, PealInsightsFixture, NULL, set_up, func, tear_down);
}
