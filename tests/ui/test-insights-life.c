/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-insights-fixture.h"
#include "peal-insights-page.h"
#include "peal-ui-test.h"

/* How the page lives with its agent and its accounts, which come, fail and go. */

static gboolean
has_no_accounts (gpointer data)
{
  AdwStatusPage *status = peal_insights_fixture_find_status (data);

  return status != NULL && g_str_equal (adw_status_page_get_title (status), "No Accounts Yet");
}

static void
test_no_accounts (PealInsightsFixture *self, gconstpointer data)
{
  peal_numbers_agent_remove_account (self->agent, PEAL_INSIGHTS_MARA);
  peal_numbers_agent_remove_account (self->agent, PEAL_INSIGHTS_OTTO);
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (has_no_accounts, self);
  /* The first one that comes is shown at once. */
  peal_numbers_agent_set_account (self->agent, PEAL_INSIGHTS_OTTO, "Otto", PEAL_INSIGHTS_SCOPES, "connected",
                                  77, PEAL_INSIGHTS_NOW);
  peal_numbers_agent_emit_changed (self->agent, "account", PEAL_INSIGHTS_OTTO);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
}

static gboolean
has_spinner (gpointer data)
{
  return peal_ui_test_find (((PealInsightsFixture *)data)->page, ADW_TYPE_SPINNER) != NULL;
}

static void
test_slow (PealInsightsFixture *self, gconstpointer data)
{
  peal_numbers_agent_set_slow (self->agent, TRUE);
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (has_spinner, self);
  peal_numbers_agent_set_slow (self->agent, FALSE);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  g_assert_false (has_spinner (self));
}

static gboolean
has_error (gpointer data)
{
  AdwStatusPage *status = peal_insights_fixture_find_status (data);

  return status != NULL && g_str_equal (adw_status_page_get_title (status), "The Numbers Cannot Be Read");
}

static void
test_error (PealInsightsFixture *self, gconstpointer data)
{
  GtkWidget *button;

  peal_numbers_agent_set_error (self->agent, "StorageFull", "storage_full: No room");
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (has_error, self);
  button = adw_status_page_get_child (peal_insights_fixture_find_status (self));
  peal_numbers_agent_set_error (self->agent, NULL, NULL);
  g_signal_emit_by_name (button, "clicked");
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
}

static gboolean
is_synced (gpointer data)
{
  return peal_numbers_agent_count (((PealInsightsFixture *)data)->agent, "Sync") == 1;
}

static gboolean
has_said (gpointer data)
{
  return ((PealInsightsFixture *)data)->said->len > 0;
}

/* It can be done once the agent and the account are there. */
static gboolean
refreshes (gpointer data)
{
  PealInsightsFixture *self = data;

  peal_insights_page_refresh (PEAL_INSIGHTS_PAGE (self->page));
  return is_synced (self);
}

static void
test_refresh (PealInsightsFixture *self, gconstpointer data)
{
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  peal_ui_test_wait (refreshes, self);
  g_assert_cmpstr (peal_numbers_agent_get_synced (self->agent), ==, PEAL_INSIGHTS_MARA);
  while (has_spinner (self))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->said->len, ==, 0);
  /* What goes wrong is said, and it can be tried again. */
  peal_numbers_agent_set_error (self->agent, "Network", "offline: No network");
  peal_insights_page_refresh (PEAL_INSIGHTS_PAGE (self->page));
  peal_ui_test_wait (has_said, self);
}

static gboolean
shows_otto (gpointer data)
{
  PealInsightsFixture *self = data;
  g_autofree char *account = g_settings_get_string (self->settings, "insights-account");

  return g_str_equal (account, PEAL_INSIGHTS_OTTO);
}

static void
test_choice_is_remembered (PealInsightsFixture *self, gconstpointer data)
{
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  peal_insights_page_set_account (PEAL_INSIGHTS_PAGE (self->page), "-000Nobody");
  g_assert_false (shows_otto (self));
  peal_insights_page_set_account (PEAL_INSIGHTS_PAGE (self->page), PEAL_INSIGHTS_OTTO);
  peal_ui_test_wait (shows_otto, self);
  peal_ui_test_close (g_steal_pointer (&self->window), g_steal_pointer (&self->page));
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  peal_ui_test_wait (refreshes, self);
  g_assert_cmpstr (peal_numbers_agent_get_synced (self->agent), ==, PEAL_INSIGHTS_OTTO);
}

static gboolean
has_one_account (gpointer data)
{
  return g_list_model_get_n_items (
             G_LIST_MODEL (peal_session_get_accounts (((PealInsightsFixture *)data)->session)))
         == 1;
}

/* An account that goes away is not the user's choice of another. */
static void
test_account_goes (PealInsightsFixture *self, gconstpointer data)
{
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  peal_insights_page_set_account (PEAL_INSIGHTS_PAGE (self->page), PEAL_INSIGHTS_OTTO);
  peal_numbers_agent_remove_account (self->agent, PEAL_INSIGHTS_OTTO);
  peal_numbers_agent_emit_changed (self->agent, "account", PEAL_INSIGHTS_OTTO);
  peal_ui_test_wait (has_one_account, self);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  g_assert_true (shows_otto (self));
}

static gboolean
is_lost (gpointer data)
{
  return peal_agent_link_get_state (((PealInsightsFixture *)data)->link) != PEAL_LINK_READY;
}

static gboolean
is_read_again (gpointer data)
{
  return peal_numbers_agent_count (((PealInsightsFixture *)data)->agent, "GetSamples") >= 2;
}

/* While the agent is away its numbers stay; when it is back they are read again. */
static void
test_agent_goes (PealInsightsFixture *self, gconstpointer data)
{
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  peal_ui_test_wait (peal_insights_fixture_has_videos, self);
  peal_numbers_agent_set_present (self->agent, FALSE);
  peal_ui_test_wait (is_lost, self);
  g_assert_true (peal_insights_fixture_has_chart (self));
  g_assert_true (peal_insights_fixture_has_videos (self));
  peal_numbers_agent_set_present (self->agent, TRUE);
  peal_ui_test_wait (is_read_again, self);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
}

int
main (int argc, char *argv[])
{
  peal_insights_fixture_init (&argc, &argv);
  peal_insights_fixture_add ("/insights/no-accounts", test_no_accounts);
  peal_insights_fixture_add ("/insights/slow", test_slow);
  peal_insights_fixture_add ("/insights/error", test_error);
  peal_insights_fixture_add ("/insights/refresh", test_refresh);
  peal_insights_fixture_add ("/insights/choice-is-remembered", test_choice_is_remembered);
  peal_insights_fixture_add ("/insights/account-goes", test_account_goes);
  peal_insights_fixture_add ("/insights/agent-goes", test_agent_goes);
  return g_test_run ();
}
