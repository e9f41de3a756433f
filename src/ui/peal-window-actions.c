/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-window-private.h"

#include <glib/gi18n.h>

#include "peal-accounts-page.h"
#include "peal-after-frames.h"
#include "peal-connect-dialog.h"
#include "peal-credentials-dialog.h"
#include "peal-preferences-dialog.h"

#define FRAMES_TO_OPEN 3

/* A dialog becomes a bottom sheet once it is laid out, and then moves the focus to whatever is at its top. */
static void
focus_default_cb (GtkWidget *dialog)
{
  GtkWidget *widget = adw_dialog_get_default_widget (ADW_DIALOG (dialog));

  if (widget != NULL)
    gtk_widget_grab_focus (widget);
}

void
peal_window_present_dialog (PealWindow *self, AdwDialog *dialog)
{
  adw_dialog_present (dialog, GTK_WIDGET (self));
  if (adw_dialog_get_default_widget (dialog) != NULL)
    peal_after_frames (GTK_WIDGET (dialog), FRAMES_TO_OPEN, focus_default_cb);
}

/* A page is made when it is first looked at: the window is there sooner. */
static void
ensure_page (PealWindow *self, const char *name)
{
  GtkWidget *page = NULL;

  if (adw_navigation_view_find_page (self->pages, name) != NULL)
    return;
  if (g_str_equal (name, "plan"))
    {
      page = peal_plan_page_new (self->session);
      self->plan = PEAL_PLAN_PAGE (page);
    }
  else if (g_str_equal (name, "insights"))
    {
      page = peal_insights_page_new (self->session);
      self->insights = PEAL_INSIGHTS_PAGE (page);
    }
  else
    page = peal_accounts_page_new (self->session);
  adw_navigation_page_set_tag (ADW_NAVIGATION_PAGE (page), name);
  adw_navigation_view_add (self->pages, ADW_NAVIGATION_PAGE (page));
}

void
peal_window_show_page (PealWindow *self, const char *name)
{
  const char *visible = adw_navigation_view_get_visible_page_tag (self->pages);

  ensure_page (self, name);

  if (g_strcmp0 (visible, name) != 0)
    adw_navigation_view_replace_with_tags (self->pages, (const char *[]){ name }, 1);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  peal_sidebar_set_page (self->sidebar, name);
}

static PealComposeDialog *
open_compose (PealWindow *self)
{
  if (self->compose == NULL)
    {
      g_set_weak_pointer (&self->compose, PEAL_COMPOSE_DIALOG (peal_compose_dialog_new (self->session)));
      peal_window_present_dialog (self, ADW_DIALOG (self->compose));
    }
  return self->compose;
}

void
peal_window_compose (PealWindow *self, GListModel *files)
{
  g_return_if_fail (PEAL_IS_WINDOW (self));
  g_return_if_fail (files == NULL || G_IS_LIST_MODEL (files));

  if (g_list_model_get_n_items (G_LIST_MODEL (peal_session_get_accounts (self->session))) == 0)
    {
      if (files == NULL)
        return;
      if (self->waiting_files == NULL)
        self->waiting_files = g_list_store_new (G_TYPE_FILE);
      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);

          g_list_store_append (self->waiting_files, file);
        }
      return;
    }
  open_compose (self);
  if (files != NULL)
    peal_compose_dialog_add_files (self->compose, files);
}

static void
new_post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  peal_window_compose (PEAL_WINDOW (widget), NULL);
}

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const pages[] = { "plan", "insights", "accounts", NULL };
  const char *page = g_variant_get_string (parameter, NULL);

  if (g_strv_contains (pages, page))
    peal_window_show_page (PEAL_WINDOW (widget), page);
}

static void
show_attention_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  peal_window_show_page (self, "plan");
  peal_plan_page_show_attention (self->plan);
}

static void
show_insights_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  peal_window_show_page (self, "insights");
  peal_insights_page_set_account (self->insights, g_variant_get_string (parameter, NULL));
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);
  const char *account = g_variant_get_string (parameter, NULL);

  peal_window_present_dialog (self,
                              peal_connect_dialog_new (self->session, account[0] != '\0' ? account : NULL));
}

static void
credentials_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  peal_window_present_dialog (self, peal_credentials_dialog_new (self->session));
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  peal_window_present_dialog (self, peal_preferences_dialog_new (self->session));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  peal_window_show_page (self, "plan");
  peal_plan_page_search (self->plan);
}

static void
show_post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  peal_window_show_page (self, "plan");
  peal_plan_page_show_post (self->plan, g_variant_get_int64 (parameter));
}

static void
edit_post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  if (self->compose == NULL)
    peal_compose_dialog_edit_id (open_compose (self), g_variant_get_int64 (parameter));
}

static void
toggle_sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);
  GSettings *settings = peal_session_get_settings (self->session);
  gboolean collapsed = adw_navigation_split_view_get_collapsed (self->split_view);

  /* On a narrow window sidebar and page take turns; on a wide one the sidebar goes and comes. */
  if (adw_application_window_get_current_breakpoint (ADW_APPLICATION_WINDOW (self)) != NULL)
    adw_navigation_split_view_set_show_content (
        self->split_view, !adw_navigation_split_view_get_show_content (self->split_view));
  else
    {
      adw_navigation_split_view_set_show_content (self->split_view, TRUE);
      adw_navigation_split_view_set_collapsed (self->split_view, !collapsed);
      g_settings_set_boolean (settings, "sidebar-visible", collapsed);
    }
}

/* The menu is in the sidebar, which a narrow window does not always show. */
static void
main_menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  if (adw_navigation_split_view_get_collapsed (self->split_view))
    adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  peal_sidebar_open_menu (self->sidebar);
}

static void
try_again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  peal_agent_link_start (peal_session_get_link (PEAL_WINDOW (widget)->session));
}

/* A call whose only news is its error. */
static DexFuture *
say_failure_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    peal_session_say_error (user_data, error);
  return dex_ref (future);
}

static void
run (PealWindow *self, DexFuture *future)
{
  dex_future_disown (
      dex_future_finally (future, say_failure_cb, g_object_ref (self->session), g_object_unref));
}

static void
resume_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  run (self, peal_client_call (peal_session_get_client (self->session), "Resume", NULL, NULL));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  peal_window_withdraw_undo (self);
  run (self, peal_undo_run (peal_session_get_undo (self->session)));
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealWindow *self = PEAL_WINDOW (widget);

  /* Whoever looks at one account's numbers waits for no others, and sees there that they are being read. */
  if (g_strcmp0 (adw_navigation_view_get_visible_page_tag (self->pages), "insights") == 0)
    {
      peal_insights_page_refresh (self->insights);
      return;
    }
  run (self, peal_client_run_job (peal_session_get_client (self->session), "Sync", g_variant_new ("(s)", ""),
                                  -1, NULL));
}

void
peal_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-post", NULL, new_post_action);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.show-insights", "s", show_insights_action);
  gtk_widget_class_install_action (widget_class, "win.connect", "s", connect_action);
  gtk_widget_class_install_action (widget_class, "win.credentials", NULL, credentials_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.show-attention", NULL, show_attention_action);
  gtk_widget_class_install_action (widget_class, "win.show-post", "x", show_post_action);
  gtk_widget_class_install_action (widget_class, "win.edit-post", "x", edit_post_action);
  gtk_widget_class_install_action (widget_class, "win.toggle-sidebar", NULL, toggle_sidebar_action);
  gtk_widget_class_install_action (widget_class, "win.main-menu", NULL, main_menu_action);
  gtk_widget_class_install_action (widget_class, "win.try-again", NULL, try_again_action);
  gtk_widget_class_install_action (widget_class, "win.resume", NULL, resume_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action);
}
