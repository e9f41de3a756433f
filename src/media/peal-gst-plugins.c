/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-gst-plugins.h"

#include <gst/gst.h>

#include "peal-error.h"

gboolean
peal_gst_load (const char *name, GError **error)
{
  g_autofree char *file = g_strdup_printf (PEAL_GST_PLUGINS_DIR "/libgst%s.so", name);
  g_autoptr (GError) local = NULL;
  g_autoptr (GstPlugin) plugin = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  plugin = gst_plugin_load_file (file, &local);
  if (plugin != NULL)
    return TRUE;
  g_propagate_error (error, peal_error_new (PEAL_ERROR_MEDIA, "probe_failed", "GStreamer's plug-in %s: %s",
                                            name, local->message));
  return FALSE;
}

gboolean
peal_gst_start (const char *const *names, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (names != NULL, FALSE);

  /* No folders to search and no file to remember them in. */
  g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", "", TRUE);
  g_setenv ("GST_PLUGIN_PATH_1_0", "", TRUE);
  g_setenv ("GST_REGISTRY_1_0", "/dev/null", TRUE);
  gst_registry_fork_set_enabled (FALSE);
  if (!gst_init_check (NULL, NULL, &local))
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_MEDIA, "probe_failed", "GStreamer: %s", local->message));
      return FALSE;
    }
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (!peal_gst_load (names[i], error))
        return FALSE;
    }
  return TRUE;
}
