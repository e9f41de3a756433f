/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-window-private.h"

/* A window that is resized changes its size with every frame, and settings may be a file that is written
 * anew. */
#define SAVE_AFTER_MS 500

static void
put_int (GSettings *settings, const char *key, int value)
{
  if (value != g_settings_get_int (settings, key))
    g_settings_set_int (settings, key, value);
}

void
peal_window_save_size (PealWindow *self)
{
  GSettings *settings = NULL;
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width, height;

  if (self->size_source == 0)
    return;
  g_clear_handle_id (&self->size_source, g_source_remove);
  settings = peal_session_get_settings (self->session);
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  put_int (settings, "window-width", width);
  put_int (settings, "window-height", height);
  if (maximized != g_settings_get_boolean (settings, "window-maximized"))
    g_settings_set_boolean (settings, "window-maximized", maximized);
}

static gboolean
save_cb (gpointer data)
{
  peal_window_save_size (data);
  return G_SOURCE_REMOVE;
}

static void
resized_cb (PealWindow *self)
{
  g_clear_handle_id (&self->size_source, g_source_remove);
  /* Not while it is taken apart. */
  if (self->session != NULL)
    self->size_source = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

void
peal_window_restore_size (PealWindow *self)
{
  GSettings *settings = peal_session_get_settings (self->session);

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  if (!g_settings_get_boolean (settings, "sidebar-visible"))
    {
      adw_navigation_split_view_set_show_content (self->split_view, TRUE);
      adw_navigation_split_view_set_collapsed (self->split_view, TRUE);
    }
  g_signal_connect (self, "notify::default-width", G_CALLBACK (resized_cb), NULL);
  g_signal_connect (self, "notify::default-height", G_CALLBACK (resized_cb), NULL);
  g_signal_connect (self, "notify::maximized", G_CALLBACK (resized_cb), NULL);
}
