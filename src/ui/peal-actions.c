/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-actions.h"

#include <glib/gi18n.h>

const PealActionEntry peal_actions[] = {
  { "win.new-post", { "<Control>n" }, N_ ("New post"), N_ ("Posts") },
  { "win.search", { "<Control>f" }, N_ ("Search posts"), N_ ("Posts") },
  { "win.undo", { "<Control>z" }, N_ ("Undo"), N_ ("Posts") },
  { NULL, { "Return" }, N_ ("Show the chosen post"), N_ ("Posts") },
  { NULL, { "<Control>Return" }, N_ ("Publish or schedule"), N_ ("Compose") },
  { NULL, { "<Control>s" }, N_ ("Save as draft"), N_ ("Compose") },
  { NULL, { "Left", "Right" }, N_ ("The day before or after"), N_ ("Charts") },
  { NULL, { "<Control>Left", "<Control>Right" }, N_ ("The week before or after"), N_ ("Charts") },
  { NULL, { "Page_Up", "Page_Down" }, N_ ("The month before or after"), N_ ("Charts") },
  { NULL, { "Home", "End" }, N_ ("First or last day"), N_ ("Charts") },
  { "win.show-page('plan')", { "<Alt>1" }, N_ ("Plan"), N_ ("Window") },
  { "win.show-page('insights')", { "<Alt>2" }, N_ ("Insights"), N_ ("Window") },
  { "win.show-page('accounts')", { "<Alt>3" }, N_ ("Accounts"), N_ ("Window") },
  { "win.refresh", { "F5", "<Control>r" }, N_ ("Read the numbers now"), N_ ("Window") },
  { "win.toggle-sidebar", { "F9" }, N_ ("Show or hide the sidebar"), N_ ("Window") },
  { "win.main-menu", { "F10" }, N_ ("Main menu"), N_ ("Window") },
  { "win.preferences", { "<Control>comma" }, N_ ("Preferences"), N_ ("Window") },
  { "app.shortcuts", { "<Control>question" }, N_ ("Keyboard shortcuts"), N_ ("Window") },
  { "window.close", { "<Control>w" }, N_ ("Close the window"), N_ ("Window") },
  { "app.quit", { "<Control>q" }, N_ ("Quit"), N_ ("Window") },
  { NULL },
};

void
peal_actions_set_accels (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (const PealActionEntry *entry = peal_actions; entry->title != NULL; entry++)
    if (entry->action != NULL)
      gtk_application_set_accels_for_action (application, entry->action, (const char *const *)entry->accels);
}
