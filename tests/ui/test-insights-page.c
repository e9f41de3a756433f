/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-chart.h"
#include "peal-curve.h"
#include "peal-insights-fixture.h"
#include "peal-insights-page.h"
#include "peal-point-list.h"
#include "peal-ui-test.h"
#include "peal-video-dialog.h"
#include "peal-video-label.h"
#include "peal-videos-view.h"

#define HOUR G_TIME_SPAN_HOUR

static PealVideoItem *
get_video (PealInsightsFixture *self, guint position)
{
  GtkSelectionModel *model =
      gtk_column_view_get_model (GTK_COLUMN_VIEW (peal_insights_fixture_find_table (self)));
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
test_numbers (PealInsightsFixture *self, gconstpointer data)
{
  GtkWidget *chart;

  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  peal_ui_test_wait (peal_insights_fixture_has_videos, self);
  chart = peal_ui_test_find (self->page, PEAL_TYPE_CHART);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Followers, 28 days");
  g_assert_true (shows_text (self->page, "11.9K"));
  g_assert_true (shows_text (self->page, "Updated 3 hours ago"));
  /* Nobody told how many it follows; the likes are ten times as many. */
  g_assert_true (shows_text (self->page, "119.1K"));
  g_assert_cmpint (peal_video_item_get_create_time (get_video (self, 0)), ==,
                   (PEAL_INSIGHTS_NOW / G_USEC_PER_SEC));
}

static void
test_ranges (PealInsightsFixture *self, gconstpointer data)
{
  GtkWidget *group;
  GtkWidget *chart;
  guint asked;

  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
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
test_table (PealInsightsFixture *self, gconstpointer data)
{
  GtkWidget *curve;
  GtkWidget *table;
  GtkSelectionModel *model;
  g_autoptr (PealPointItem) latest = NULL;

  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
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
sort_by (PealInsightsFixture *self, guint column, GtkSortType direction)
{
  GListModel *columns =
      gtk_column_view_get_columns (GTK_COLUMN_VIEW (peal_insights_fixture_find_table (self)));
  g_autoptr (GtkColumnViewColumn) chosen = g_list_model_get_item (columns, column);

  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (peal_insights_fixture_find_table (self)), chosen,
                                  direction);
}

static void
test_sorting (PealInsightsFixture *self, gconstpointer data)
{
  enum
  {
    VIEWS = 3
  };

  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_videos, self);
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
test_new_videos (PealInsightsFixture *self, gconstpointer data)
{
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_videos, self);
  sort_by (self, 3, GTK_SORT_DESCENDING);
  peal_numbers_agent_set_videos (self->agent, 40, (PEAL_INSIGHTS_NOW / G_USEC_PER_SEC));
  peal_numbers_agent_emit_changed (self->agent, "video", PEAL_INSIGHTS_MARA);
  peal_ui_test_wait (first_has_many_views, self);
}

static gboolean
has_ten_thousand (gpointer data)
{
  GtkSelectionModel *model =
      gtk_column_view_get_model (GTK_COLUMN_VIEW (peal_insights_fixture_find_table (data)));

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
test_many_videos (PealInsightsFixture *self, gconstpointer data)
{
  peal_numbers_agent_set_videos (self->agent, 10000, (PEAL_INSIGHTS_NOW / G_USEC_PER_SEC));
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_videos, self);
  peal_ui_test_wait (has_ten_thousand, self);
  sort_by (self, 3, GTK_SORT_DESCENDING);
  g_assert_cmpint (peal_video_item_get_view_count (get_video (self, 0)), ==, 9999 * 9999);
  peal_ui_test_next_frame (self->page);
  g_assert_cmpuint (count_labels (self->page), <, 6 * 250);
}

static void
test_hostile_titles (PealInsightsFixture *self, gconstpointer data)
{
  static const char *const titles[] = { "<b>Cake</b> & <broken", "עוגת שזיפים \u202etxt.exe", "🎂🎂🎂",
                                        NULL };
  g_autofree char *long_title = g_strnfill (4000, 'W');

  for (gsize i = 0; i <= G_N_ELEMENTS (titles); i++)
    {
      const char *title = i < 3 ? titles[i] : long_title;

      peal_numbers_agent_set_title (self->agent, title);
      peal_insights_fixture_show (self, 700, 680);
      peal_ui_test_wait (peal_insights_fixture_has_videos, self);
      peal_ui_test_next_frame (self->page);
      if (i < 3)
        g_assert_true (shows_text (peal_insights_fixture_find_table (self), title));
      peal_ui_test_close (g_steal_pointer (&self->window), g_steal_pointer (&self->page));
    }
}

static gboolean
has_list (gpointer data)
{
  GtkWidget *list = peal_ui_test_find (((PealInsightsFixture *)data)->page, PEAL_TYPE_VIDEOS_VIEW);

  list = list != NULL ? peal_ui_test_find (list, GTK_TYPE_LIST_VIEW) : NULL;
  return list != NULL && gtk_list_view_get_model (GTK_LIST_VIEW (list)) != NULL;
}

/* On a phone growth and videos take turns, the ranges are a list, the videos rows of two lines. */
static void
test_narrow (PealInsightsFixture *self, gconstpointer data)
{
  GtkWidget *stack;

  peal_insights_fixture_show (self, 360, 640);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  g_assert_null (peal_insights_fixture_find_table (self));
  g_assert_cmpint (gtk_widget_get_width (self->page), ==, 360);
  g_assert_nonnull (peal_ui_test_find (self->page, ADW_TYPE_INLINE_VIEW_SWITCHER));
  stack = peal_ui_test_find (self->page, ADW_TYPE_VIEW_STACK);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "videos");
  peal_ui_test_wait (has_list, self);
  peal_ui_test_next_frame (self->page);
  g_assert_true (shows_text (self->page, "27 Nov 2026 · 0 views · 0 likes"));
}

static void
test_smallest (PealInsightsFixture *self, gconstpointer data)
{
  peal_insights_fixture_show (self, 360, 294);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  g_assert_cmpint (gtk_widget_get_width (self->page), ==, 360);
  g_assert_cmpint (gtk_widget_get_height (self->page), ==, 294);
}

static void
test_no_permission (PealInsightsFixture *self, gconstpointer data)
{
  AdwStatusPage *status;
  GtkWidget *button;
  g_autoptr (GVariant) target = NULL;

  peal_numbers_agent_set_account (self->agent, PEAL_INSIGHTS_MARA, "Mara", "user.info.basic", "connected", -1,
                                  -1);
  peal_numbers_agent_remove_account (self->agent, PEAL_INSIGHTS_OTTO);
  peal_numbers_agent_set_samples (self->agent, 0, PEAL_INSIGHTS_NOW, HOUR, 0, 0);
  peal_numbers_agent_set_videos (self->agent, 0, (PEAL_INSIGHTS_NOW / G_USEC_PER_SEC));
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_status, self);
  status = peal_insights_fixture_find_status (self);
  g_assert_cmpstr (adw_status_page_get_title (status), ==, "Permission Missing");
  g_assert_nonnull (
      strstr (adw_status_page_get_description (status), "Your numbers of followers, likes and videos"));
  button = adw_status_page_get_child (status);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.connect");
  target = g_variant_ref (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button)));
  g_assert_cmpstr (g_variant_get_string (target, NULL), ==, PEAL_INSIGHTS_MARA);
}

static void
test_nothing_read_yet (PealInsightsFixture *self, gconstpointer data)
{
  peal_numbers_agent_set_samples (self->agent, 0, PEAL_INSIGHTS_NOW, HOUR, 0, 0);
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_status, self);
  g_assert_cmpstr (adw_status_page_get_title (peal_insights_fixture_find_status (self)), ==,
                   "No Numbers Yet");
}

static void
test_one_reading (PealInsightsFixture *self, gconstpointer data)
{
  GtkWidget *chart;

  peal_numbers_agent_set_samples (self->agent, 1, PEAL_INSIGHTS_NOW, HOUR, 12345, 0);
  peal_insights_fixture_show (self, 1000, 680);
  while ((chart = peal_ui_test_find (self->page, PEAL_TYPE_CHART)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (peal_chart_get_description (PEAL_CHART (chart)), ==,
                   "Line chart with one point: 12345 followers on Fri 27 Nov 2026.");
}

/* Beyond 2^53, where a double is not exact any more. */
static void
test_huge_numbers (PealInsightsFixture *self, gconstpointer data)
{
  GtkWidget *chart;

  peal_numbers_agent_set_samples (self->agent, 48, PEAL_INSIGHTS_NOW, HOUR,
                                  G_GINT64_CONSTANT (9007199254740945), 1);
  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_chart, self);
  chart = peal_ui_test_find (self->page, PEAL_TYPE_CHART);
  g_assert_nonnull (strstr (peal_chart_get_description (PEAL_CHART (chart)), "9007199254740992 followers"));
}

static gboolean
dialog_has_chart (gpointer data)
{
  GtkWidget *chart = peal_ui_test_find (data, PEAL_TYPE_CHART);

  return chart != NULL
         && g_str_has_prefix (peal_chart_get_description (PEAL_CHART (chart)), "Line chart from ");
}

static void
test_video_dialog (PealInsightsFixture *self, gconstpointer data)
{
  AdwDialog *dialog;
  GtkWidget *chart;

  peal_insights_fixture_show (self, 1000, 680);
  peal_ui_test_wait (peal_insights_fixture_has_videos, self);
  dialog = peal_video_dialog_new (self->session, PEAL_INSIGHTS_MARA, get_video (self, 0));
  adw_dialog_present (dialog, self->page);
  peal_ui_test_wait (dialog_has_chart, dialog);
  chart = peal_ui_test_find (GTK_WIDGET (dialog), PEAL_TYPE_CHART);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, "Views, 0");
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  adw_dialog_force_close (dialog);
  while (dialog != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char *argv[])
{
  peal_insights_fixture_init (&argc, &argv);
  peal_insights_fixture_add ("/insights/numbers", test_numbers);
  peal_insights_fixture_add ("/insights/ranges", test_ranges);
  peal_insights_fixture_add ("/insights/table", test_table);
  peal_insights_fixture_add ("/insights/sorting", test_sorting);
  peal_insights_fixture_add ("/insights/new-videos", test_new_videos);
  peal_insights_fixture_add ("/insights/many-videos", test_many_videos);
  peal_insights_fixture_add ("/insights/hostile-titles", test_hostile_titles);
  peal_insights_fixture_add ("/insights/narrow", test_narrow);
  peal_insights_fixture_add ("/insights/smallest", test_smallest);
  peal_insights_fixture_add ("/insights/no-permission", test_no_permission);
  peal_insights_fixture_add ("/insights/nothing-read-yet", test_nothing_read_yet);
  peal_insights_fixture_add ("/insights/one-reading", test_one_reading);
  peal_insights_fixture_add ("/insights/huge-numbers", test_huge_numbers);
  peal_insights_fixture_add ("/insights/video-dialog", test_video_dialog);
  return g_test_run ();
}
