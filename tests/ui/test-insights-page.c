/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <adwaita.h>
#include <libdex.h>

#include "peal-chart.h"
#include "peal-curve.h"
#include "peal-fake-clock.h"
#include "peal-insights-page.h"
#include "peal-numbers-agent.h"
#include "peal-point-list.h"
#include "peal-resources.h"
#include "peal-ui-test.h"
#include "peal-video-dialog.h"
#include "peal-video-label.h"
#include "peal-videos-view.h"

#define HOUR G_TIME_SPAN_HOUR
/* 2026-11-27T11:00:00Z */
#define NOW G_GINT64_CONSTANT (1795777200000000)
#define NOW_S (NOW / G_USEC_PER_SEC)
#define SCOPES "user.info.basic,user.info.stats,video.list"
#define MARA "-000ExampleMara"
#define OTTO "-000ExampleOtto"

typedef struct
{
  GDBusConnection *theirs;
  GDBusConnection *ours;
  PealNumbersAgent *agent;
  PealFakeClock *clock;
  PealAgentLink *link;
  GSettings *settings;
  PealSession *session;
  GtkWidget *page;
  GtkWindow *window;
  GPtrArray *said;
} Fixture;

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
said_cb (Fixture *self, const char *text)
{
  g_ptr_array_add (self->said, g_strdup (text));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (PealMediaRunner) runner = NULL;
  g_autoptr (PealClient) client = NULL;

  self->theirs = open_bus ();
  self->ours = open_bus ();
  self->agent = peal_numbers_agent_new (self->theirs);
  peal_numbers_agent_set_account (self->agent, MARA, "Mara", SCOPES, "connected", 12345, NOW - 3 * HOUR);
  peal_numbers_agent_set_account (self->agent, OTTO, "Otto", SCOPES, "connected", 77, NOW);
  peal_numbers_agent_set_samples (self->agent, 24 * 40, NOW, HOUR, 10000, 2);
  peal_numbers_agent_set_videos (self->agent, 30, NOW_S);
  self->clock = peal_fake_clock_new (NOW);
  runner = peal_media_runner_new ("/nonexistent/peal-media", NULL, PEAL_CLOCK (self->clock));
  client = peal_client_new (self->ours, TRUE, "/nonexistent/peal-agent");
  self->link = peal_agent_link_new (client, PEAL_CLOCK (self->clock));
  self->settings = peal_ui_test_settings_new ();
  self->session = peal_session_new (self->link, runner, PEAL_CLOCK (self->clock), self->settings);
  self->said = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_swapped (self->session, "said", G_CALLBACK (said_cb), self);
}

/* The page in a window of its own. */
static void
show (Fixture *self, int width, int height)
{
  self->page = peal_insights_page_new (self->session);
  self->window = peal_ui_test_show (self->page, width, height);
  peal_agent_link_start (self->link);
}

static void
tear_down (Fixture *self, gconstpointer data)
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

static gboolean
has_chart (gpointer data)
{
  Fixture *self = data;
  GtkWidget *chart = peal_ui_test_find (self->page, PEAL_TYPE_CHART);

  return chart != NULL
         && g_str_has_prefix (peal_chart_get_description (PEAL_CHART (chart)), "Line chart from ");
}

/* (transfer none) (nullable): the mapped status page. */
static AdwStatusPage *
find_status (Fixture *self)
{
  return (AdwStatusPage *)peal_ui_test_find (self->page, ADW_TYPE_STATUS_PAGE);
}

static gboolean
has_status (gpointer data)
{
  return find_status (data) != NULL;
}

static GtkWidget *
find_table (Fixture *self)
{
  return peal_ui_test_find (self->page, GTK_TYPE_COLUMN_VIEW);
}

static gboolean
has_videos (gpointer data)
{
  GtkWidget *table = find_table (data);
  GtkSelectionModel *model = table != NULL ? gtk_column_view_get_model (GTK_COLUMN_VIEW (table)) : NULL;

  return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0;
}

static PealVideoItem *
get_video (Fixture *self, guint position)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (find_table (self)));
  g_autoptr (PealVideoItem) video = g_list_model_get_item (G_LIST_MODEL (model), position);

  return video; /* the list keeps it */
}

/* Whether a label with that text is to be seen. */
static gboolean
shows_text (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_text (child, text))
      return TRUE;
  return FALSE;
}

static void
test_numbers (Fixture *self, gconstpointer data)
{
  GtkWidget *chart;

  show (self, 1000, 680);
  peal_ui_test_wait (has_chart, self);
  peal_ui_test_wait (has_videos, self);
  chart = peal_ui_test_find (self->page, PEAL_TYPE_CHART);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Followers, 28 days");
  g_assert_true (shows_text (self->page, "11.9K"));
  g_assert_true (shows_text (self->page, "Updated 3 hours ago"));
  /* Nobody told how many it follows; the likes are ten times as many. */
  g_assert_true (shows_text (self->page, "119.1K"));
  g_assert_cmpint (peal_video_item_get_create_time (get_video (self, 0)), ==, NOW_S);
}

static void
test_ranges (Fixture *self, gconstpointer data)
{
  GtkWidget *group;
  GtkWidget *chart;
  guint asked;

  show (self, 1000, 680);
  peal_ui_test_wait (has_chart, self);
  chart = peal_ui_test_find (self->page, PEAL_TYPE_CHART);
  /* The first is what to show, the second the time. */
  group = peal_ui_test_find (self->page, ADW_TYPE_TOGGLE_GROUP);
  g_assert_nonnull (group);
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (group), 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Likes, 28 days");
  group = gtk_widget_get_next_sibling (group);
  group = peal_ui_test_find (group, ADW_TYPE_TOGGLE_GROUP);
  g_assert_nonnull (group);
  /* What is within what was read is not read again. */
  asked = peal_numbers_agent_count (self->agent, "GetSamples");
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (group), 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Likes, 7 days");
  g_assert_cmpuint (peal_numbers_agent_count (self->agent, "GetSamples"), ==, asked);
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (group), 4);
  for (int i = 0; peal_numbers_agent_count (self->agent, "GetSamples") == asked && i < 100000; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (peal_numbers_agent_count (self->agent, "GetSamples"), ==, asked + 1);
}

static void
test_table (Fixture *self, gconstpointer data)
{
  GtkWidget *curve;
  GtkWidget *table;
  GtkSelectionModel *model;
  g_autoptr (PealPointItem) latest = NULL;

  show (self, 1000, 680);
  peal_ui_test_wait (has_chart, self);
  curve = peal_ui_test_find (self->page, PEAL_TYPE_CURVE);
  g_object_set (curve, "table", TRUE, NULL);
  peal_ui_test_next_frame (curve);
  table = peal_ui_test_find (curve, GTK_TYPE_COLUMN_VIEW);
  g_assert_nonnull (table);
  model = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 28);
  latest = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_cmpint (peal_point_item_get_point (latest)->value, ==, 10000 + 2 * (24 * 40 - 1));
  g_assert_true (shows_text (curve, "Fri 27 Nov 2026"));
}

static void
sort_by (Fixture *self, guint column, GtkSortType direction)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (find_table (self)));
  g_autoptr (GtkColumnViewColumn) chosen = g_list_model_get_item (columns, column);

  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (find_table (self)), chosen, direction);
}

static void
test_sorting (Fixture *self, gconstpointer data)
{
  enum
  {
    VIEWS = 3
  };

  show (self, 1000, 680);
  peal_ui_test_wait (has_videos, self);
  sort_by (self, VIEWS, GTK_SORT_DESCENDING);
  g_assert_cmpint (peal_video_item_get_view_count (get_video (self, 0)), ==, 29 * 29);
  g_assert_cmpint (peal_video_item_get_view_count (get_video (self, 29)), ==, -1);
  sort_by (self, VIEWS, GTK_SORT_ASCENDING);
  g_assert_cmpint (peal_video_item_get_view_count (get_video (self, 0)), ==, 0);
  g_assert_cmpint (peal_video_item_get_view_count (get_video (self, 1)), ==, 1);
  g_assert_cmpint (peal_video_item_get_view_count (get_video (self, 29)), ==, -1);
}

/* A video that changes shows it, and finds its place. */
static gboolean
first_has_many_views (gpointer data)
{
  return peal_video_item_get_view_count (get_video (data, 0)) == 39 * 39;
}

static void
test_new_videos (Fixture *self, gconstpointer data)
{
  show (self, 1000, 680);
  peal_ui_test_wait (has_videos, self);
  sort_by (self, 3, GTK_SORT_DESCENDING);
  peal_numbers_agent_set_videos (self->agent, 40, NOW_S);
  peal_numbers_agent_emit_changed (self->agent, "video", MARA);
  peal_ui_test_wait (first_has_many_views, self);
}

static gboolean
has_ten_thousand (gpointer data)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (find_table (data)));

  return g_list_model_get_n_items (G_LIST_MODEL (model)) == 10000;
}

static guint
count_labels (GtkWidget *widget)
{
  guint n = PEAL_IS_VIDEO_LABEL (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_labels (child);
  return n;
}

/* However many there are, only those to be seen have cells. */
static void
test_many_videos (Fixture *self, gconstpointer data)
{
  peal_numbers_agent_set_videos (self->agent, 10000, NOW_S);
  show (self, 1000, 680);
  peal_ui_test_wait (has_videos, self);
  peal_ui_test_wait (has_ten_thousand, self);
  sort_by (self, 3, GTK_SORT_DESCENDING);
  g_assert_cmpint (peal_video_item_get_view_count (get_video (self, 0)), ==, 9999 * 9999);
  peal_ui_test_next_frame (self->page);
  g_assert_cmpuint (count_labels (self->page), <, 6 * 250);
}

static void
test_hostile_titles (Fixture *self, gconstpointer data)
{
  static const char *const titles[] = { "<b>Cake</b> & <broken", "עוגת שזיפים \u202etxt.exe", "🎂🎂🎂",
                                        NULL };
  g_autofree char *long_title = g_strnfill (4000, 'W');

  for (gsize i = 0; i <= G_N_ELEMENTS (titles); i++)
    {
      const char *title = i < 3 ? titles[i] : long_title;

      peal_numbers_agent_set_title (self->agent, title);
      show (self, 700, 680);
      peal_ui_test_wait (has_videos, self);
      peal_ui_test_next_frame (self->page);
      if (i < 3)
        g_assert_true (shows_text (find_table (self), title));
      peal_ui_test_close (g_steal_pointer (&self->window), g_steal_pointer (&self->page));
    }
}

static gboolean
has_list (gpointer data)
{
  GtkWidget *list = peal_ui_test_find (((Fixture *)data)->page, PEAL_TYPE_VIDEOS_VIEW);

  list = list != NULL ? peal_ui_test_find (list, GTK_TYPE_LIST_VIEW) : NULL;
  return list != NULL && gtk_list_view_get_model (GTK_LIST_VIEW (list)) != NULL;
}

/* On a phone growth and videos take turns, the ranges are a list, the videos rows of two lines. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  GtkWidget *stack;

  show (self, 360, 640);
  peal_ui_test_wait (has_chart, self);
  g_assert_null (find_table (self));
  g_assert_cmpint (gtk_widget_get_width (self->page), ==, 360);
  g_assert_nonnull (peal_ui_test_find (self->page, ADW_TYPE_INLINE_VIEW_SWITCHER));
  stack = peal_ui_test_find (self->page, ADW_TYPE_VIEW_STACK);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "videos");
  peal_ui_test_wait (has_list, self);
  peal_ui_test_next_frame (self->page);
  g_assert_true (shows_text (self->page, "27 Nov 2026 · 0 views · 0 likes"));
}

static void
test_smallest (Fixture *self, gconstpointer data)
{
  show (self, 360, 294);
  peal_ui_test_wait (has_chart, self);
  g_assert_cmpint (gtk_widget_get_width (self->page), ==, 360);
  g_assert_cmpint (gtk_widget_get_height (self->page), ==, 294);
}

static void
test_no_permission (Fixture *self, gconstpointer data)
{
  AdwStatusPage *status;
  GtkWidget *button;
  g_autoptr (GVariant) target = NULL;

  peal_numbers_agent_set_account (self->agent, MARA, "Mara", "user.info.basic", "connected", -1, -1);
  peal_numbers_agent_remove_account (self->agent, OTTO);
  peal_numbers_agent_set_samples (self->agent, 0, NOW, HOUR, 0, 0);
  peal_numbers_agent_set_videos (self->agent, 0, NOW_S);
  show (self, 1000, 680);
  peal_ui_test_wait (has_status, self);
  status = find_status (self);
  g_assert_cmpstr (adw_status_page_get_title (status), ==, "Permission Missing");
  g_assert_nonnull (
      strstr (adw_status_page_get_description (status), "Your numbers of followers, likes and videos"));
  button = adw_status_page_get_child (status);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.connect");
  target = g_variant_ref (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button)));
  g_assert_cmpstr (g_variant_get_string (target, NULL), ==, MARA);
}

static void
test_nothing_read_yet (Fixture *self, gconstpointer data)
{
  peal_numbers_agent_set_samples (self->agent, 0, NOW, HOUR, 0, 0);
  show (self, 1000, 680);
  peal_ui_test_wait (has_status, self);
  g_assert_cmpstr (adw_status_page_get_title (find_status (self)), ==, "No Numbers Yet");
}

static void
test_one_reading (Fixture *self, gconstpointer data)
{
  GtkWidget *chart;

  peal_numbers_agent_set_samples (self->agent, 1, NOW, HOUR, 12345, 0);
  show (self, 1000, 680);
  while ((chart = peal_ui_test_find (self->page, PEAL_TYPE_CHART)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (peal_chart_get_description (PEAL_CHART (chart)), ==,
                   "Line chart with one point: 12345 followers on Fri 27 Nov 2026.");
}

/* Beyond 2^53, where a double is not exact any more. */
static void
test_huge_numbers (Fixture *self, gconstpointer data)
{
  GtkWidget *chart;

  peal_numbers_agent_set_samples (self->agent, 48, NOW, HOUR, G_GINT64_CONSTANT (9007199254740945), 1);
  show (self, 1000, 680);
  peal_ui_test_wait (has_chart, self);
  chart = peal_ui_test_find (self->page, PEAL_TYPE_CHART);
  g_assert_nonnull (strstr (peal_chart_get_description (PEAL_CHART (chart)), "9007199254740992 followers"));
}

static gboolean
has_no_accounts (gpointer data)
{
  AdwStatusPage *status = find_status (data);

  return status != NULL && g_str_equal (adw_status_page_get_title (status), "No Accounts Yet");
}

static void
test_no_accounts (Fixture *self, gconstpointer data)
{
  peal_numbers_agent_remove_account (self->agent, MARA);
  peal_numbers_agent_remove_account (self->agent, OTTO);
  show (self, 1000, 680);
  peal_ui_test_wait (has_no_accounts, self);
  /* The first one that comes is shown at once. */
  peal_numbers_agent_set_account (self->agent, OTTO, "Otto", SCOPES, "connected", 77, NOW);
  peal_numbers_agent_emit_changed (self->agent, "account", OTTO);
  peal_ui_test_wait (has_chart, self);
}

static gboolean
has_spinner (gpointer data)
{
  return peal_ui_test_find (((Fixture *)data)->page, ADW_TYPE_SPINNER) != NULL;
}

static void
test_slow (Fixture *self, gconstpointer data)
{
  peal_numbers_agent_set_slow (self->agent, TRUE);
  show (self, 1000, 680);
  peal_ui_test_wait (has_spinner, self);
  peal_numbers_agent_set_slow (self->agent, FALSE);
  peal_ui_test_wait (has_chart, self);
  g_assert_false (has_spinner (self));
}

static gboolean
has_error (gpointer data)
{
  AdwStatusPage *status = find_status (data);

  return status != NULL && g_str_equal (adw_status_page_get_title (status), "The Numbers Cannot Be Read");
}

static void
test_error (Fixture *self, gconstpointer data)
{
  GtkWidget *button;

  peal_numbers_agent_set_error (self->agent, "StorageFull", "storage_full: No room");
  show (self, 1000, 680);
  peal_ui_test_wait (has_error, self);
  button = adw_status_page_get_child (find_status (self));
  peal_numbers_agent_set_error (self->agent, NULL, NULL);
  g_signal_emit_by_name (button, "clicked");
  peal_ui_test_wait (has_chart, self);
}

static gboolean
is_synced (gpointer data)
{
  return peal_numbers_agent_count (((Fixture *)data)->agent, "Sync") == 1;
}

static gboolean
has_said (gpointer data)
{
  return ((Fixture *)data)->said->len > 0;
}

/* It can be done once the agent and the account are there. */
static gboolean
refreshes (gpointer data)
{
  Fixture *self = data;

  peal_insights_page_refresh (PEAL_INSIGHTS_PAGE (self->page));
  return is_synced (self);
}

static void
test_refresh (Fixture *self, gconstpointer data)
{
  show (self, 1000, 680);
  peal_ui_test_wait (has_chart, self);
  peal_ui_test_wait (refreshes, self);
  g_assert_cmpstr (peal_numbers_agent_get_synced (self->agent), ==, MARA);
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
  Fixture *self = data;
  g_autofree char *account = g_settings_get_string (self->settings, "insights-account");

  return g_str_equal (account, OTTO);
}

static void
test_choice_is_remembered (Fixture *self, gconstpointer data)
{
  show (self, 1000, 680);
  peal_ui_test_wait (has_chart, self);
  peal_insights_page_set_account (PEAL_INSIGHTS_PAGE (self->page), "-000Nobody");
  g_assert_false (shows_otto (self));
  peal_insights_page_set_account (PEAL_INSIGHTS_PAGE (self->page), OTTO);
  peal_ui_test_wait (shows_otto, self);
  peal_ui_test_close (g_steal_pointer (&self->window), g_steal_pointer (&self->page));
  show (self, 1000, 680);
  peal_ui_test_wait (has_chart, self);
  peal_ui_test_wait (refreshes, self);
  g_assert_cmpstr (peal_numbers_agent_get_synced (self->agent), ==, OTTO);
}

static gboolean
has_one_account (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (peal_session_get_accounts (((Fixture *)data)->session)))
         == 1;
}

/* An account that goes away is not the user's choice of another. */
static void
test_account_goes (Fixture *self, gconstpointer data)
{
  show (self, 1000, 680);
  peal_ui_test_wait (has_chart, self);
  peal_insights_page_set_account (PEAL_INSIGHTS_PAGE (self->page), OTTO);
  peal_numbers_agent_remove_account (self->agent, OTTO);
  peal_numbers_agent_emit_changed (self->agent, "account", OTTO);
  peal_ui_test_wait (has_one_account, self);
  peal_ui_test_wait (has_chart, self);
  g_assert_true (shows_otto (self));
}

static gboolean
is_lost (gpointer data)
{
  return peal_agent_link_get_state (((Fixture *)data)->link) != PEAL_LINK_READY;
}

static gboolean
is_read_again (gpointer data)
{
  return peal_numbers_agent_count (((Fixture *)data)->agent, "GetSamples") >= 2;
}

/* While the agent is away its numbers stay; when it is back they are read again. */
static void
test_agent_goes (Fixture *self, gconstpointer data)
{
  show (self, 1000, 680);
  peal_ui_test_wait (has_chart, self);
  peal_ui_test_wait (has_videos, self);
  peal_numbers_agent_set_present (self->agent, FALSE);
  peal_ui_test_wait (is_lost, self);
  g_assert_true (has_chart (self));
  g_assert_true (has_videos (self));
  peal_numbers_agent_set_present (self->agent, TRUE);
  peal_ui_test_wait (is_read_again, self);
  peal_ui_test_wait (has_chart, self);
}

static gboolean
dialog_has_chart (gpointer data)
{
  GtkWidget *chart = peal_ui_test_find (data, PEAL_TYPE_CHART);

  return chart != NULL
         && g_str_has_prefix (peal_chart_get_description (PEAL_CHART (chart)), "Line chart from ");
}

static void
test_video_dialog (Fixture *self, gconstpointer data)
{
  AdwDialog *dialog;
  GtkWidget *chart;

  show (self, 1000, 680);
  peal_ui_test_wait (has_videos, self);
  dialog = peal_video_dialog_new (self->session, MARA, get_video (self, 0));
  adw_dialog_present (dialog, self->page);
  peal_ui_test_wait (dialog_has_chart, dialog);
  chart = peal_ui_test_find (GTK_WIDGET (dialog), PEAL_TYPE_CHART);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, "Views, 0");
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  adw_dialog_force_close (dialog);
  while (dialog != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
add (const char *path, void (*func) (Fixture *self, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_resources_register (peal_get_resource ());
  add ("/insights/numbers", test_numbers);
  add ("/insights/ranges", test_ranges);
  add ("/insights/table", test_table);
  add ("/insights/sorting", test_sorting);
  add ("/insights/new-videos", test_new_videos);
  add ("/insights/many-videos", test_many_videos);
  add ("/insights/hostile-titles", test_hostile_titles);
  add ("/insights/narrow", test_narrow);
  add ("/insights/smallest", test_smallest);
  add ("/insights/no-permission", test_no_permission);
  add ("/insights/nothing-read-yet", test_nothing_read_yet);
  add ("/insights/one-reading", test_one_reading);
  add ("/insights/huge-numbers", test_huge_numbers);
  add ("/insights/no-accounts", test_no_accounts);
  add ("/insights/slow", test_slow);
  add ("/insights/error", test_error);
  add ("/insights/refresh", test_refresh);
  add ("/insights/choice-is-remembered", test_choice_is_remembered);
  add ("/insights/account-goes", test_account_goes);
  add ("/insights/agent-goes", test_agent_goes);
  add ("/insights/video-dialog", test_video_dialog);
  return g_test_run ();
}
