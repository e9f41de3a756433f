/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-hosts-page.h"

#include <glib/gi18n.h>

const PealHost peal_hosts[] = {
  { "open.tiktokapis.com", N_ ("Signing in, publishing and reading numbers.") },
  { "*.tiktokapis.com", N_ ("Sending videos: TikTok names the server for each upload.") },
  { "*.tiktok.com, *.tiktokcdn.com, *.tiktokcdn-us.com, *.tiktokcdn-eu.com, *.ttwstatic.com, "
    "*.byteoversea.com, "
    "*.ibyteimg.com, *.ibytedtos.com",
    N_ ("Pictures of accounts and covers of videos, from where TikTok keeps them; unless you switch them "
        "off.") },
  { "www.tiktok.com, developers.tiktok.com",
    N_ ("Opened in your browser, and only there: for signing in, profiles, videos and your app’s page.") },
  { NULL, NULL },
};

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  adw_preferences_group_add (group, GTK_WIDGET (row));
}

static void
add_rows (AdwPreferencesGroup *group, gboolean practice, const char *server)
{
  if (practice)
    {
      add_row (group, server != NULL && server[0] != '\0' ? server : "127.0.0.1",
               _ ("The practice server, on this computer. Nothing leaves it."));
      return;
    }
  for (const PealHost *host = peal_hosts; host->host != NULL; host++)
    add_row (group, host->host, _ (host->purpose));
}

AdwNavigationPage *
peal_hosts_page_new (gboolean practice, const char *server)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  GtkWidget *view = adw_toolbar_view_new ();

  adw_preferences_group_set_description (
      group, _ ("Peal sends nothing to its makers and has no server of its own."));
  add_rows (group, practice, server);
  adw_preferences_page_add (page, group);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  return adw_navigation_page_new (view, _ ("Servers"));
}
