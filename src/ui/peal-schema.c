/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-schema.h"

/* (transfer full) (nullable): the schemas of @datadir, with the system's (transfer none) (nullable) behind
 * them. */
static GSettingsSchemaSource *
open_source (const char *datadir, GSettingsSchemaSource *system, GError **error)
{
  g_autofree char *directory = g_build_filename (datadir, "glib-2.0", "schemas", NULL);

  return g_settings_schema_source_new_from_directory (directory, system, TRUE, error);
}

GSettings *
peal_schema_settings_new (const char *datadir, const char *id, const char *path, GError **error)
{
  GSettingsSchemaSource *system = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (datadir != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  source = open_source (datadir, system, &problem);
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, id, TRUE);
  else if (system != NULL)
    schema = g_settings_schema_source_lookup (system, id, TRUE);

  if (schema != NULL)
    return g_settings_new_full (schema, NULL, path);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no settings schema “%s”", id);
  return NULL;
}
