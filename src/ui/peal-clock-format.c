/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-clock-format.h"

#include <langinfo.h>

#define DESKTOP_SCHEMA "org.gnome.desktop.interface"
#define PORTAL_MS 300

PealClockFormat
peal_clock_format_of_pattern (const char *pattern)
{
  static const char *const twelve[] = { "%I", "%l", "%r", "%p", "%OI" };

  g_return_val_if_fail (pattern != NULL, PEAL_CLOCK_FORMAT_24H);

  for (gsize i = 0; i < G_N_ELEMENTS (twelve); i++)
    if (strstr (pattern, twelve[i]) != NULL)
      return PEAL_CLOCK_FORMAT_12H;
  return PEAL_CLOCK_FORMAT_24H;
}

/* (transfer full) (nullable) */
static char *
read_setting (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;

  if (source == NULL || !(schema = g_settings_schema_source_lookup (source, DESKTOP_SCHEMA, TRUE))
      || !g_settings_schema_has_key (schema, "clock-format"))
    return NULL;
  settings = g_settings_new_full (schema, NULL, NULL);
  return g_settings_get_string (settings, "clock-format");
}

/* (transfer full) (nullable) */
static char *
ask_portal (GDBusConnection *bus)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
      "org.freedesktop.portal.Settings", "ReadOne", g_variant_new ("(ss)", DESKTOP_SCHEMA, "clock-format"),
      G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, PORTAL_MS, NULL, NULL);
  g_autoptr (GVariant) value = NULL;

  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "(v)", &value);
  return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (value, NULL) : NULL;
}

PealClockFormat
peal_clock_format_read (GDBusConnection *bus)
{
  g_autofree char *word = NULL;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (bus), PEAL_CLOCK_FORMAT_24H);

  word = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? ask_portal (bus) : read_setting ();
  if (g_strcmp0 (word, "12h") == 0)
    return PEAL_CLOCK_FORMAT_12H;
  if (g_strcmp0 (word, "24h") == 0)
    return PEAL_CLOCK_FORMAT_24H;
  return peal_clock_format_of_pattern (nl_langinfo (T_FMT));
}
