/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "peal-schema.h"

#define PATH "/io/github/pealapp/Peal/"

static char *
make_datadir (void)
{
  g_autoptr (GError) error = NULL;
  char *directory = g_dir_make_tmp ("peal-schema-XXXXXX", &error);

  g_assert_no_error (error);
  return directory;
}

/* What the build installed is what the program from there uses, and each key has the value it starts with. */
static void
test_installed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettings) settings = peal_schema_settings_new (PEAL_DATADIR, APP_ID, PATH, &error);
  g_autofree char *account = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1000);
  g_assert_cmpint (g_settings_get_int (settings, "window-height"), ==, 680);
  g_assert_false (g_settings_get_boolean (settings, "window-maximized"));
  g_assert_true (g_settings_get_boolean (settings, "sidebar-visible"));
  g_assert_true (g_settings_get_boolean (settings, "remote-pictures"));
  account = g_settings_get_string (settings, "insights-account");
  g_assert_cmpstr (account, ==, "");
}

static void
test_range (void)
{
  g_autoptr (GSettings) settings = peal_schema_settings_new (PEAL_DATADIR, APP_ID, PATH, NULL);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  key = g_settings_schema_get_key (schema, "window-width");
  g_assert_true (g_settings_schema_key_range_check (key, g_variant_new_int32 (360)));
  g_assert_false (g_settings_schema_key_range_check (key, g_variant_new_int32 (0)));
  g_assert_false (g_settings_schema_key_range_check (key, g_variant_new_int32 (-1)));
}

static void
test_texts (void)
{
  g_autoptr (GSettings) settings = peal_schema_settings_new (PEAL_DATADIR, APP_ID, PATH, NULL);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  g_assert_cmpuint (g_strv_length (keys), >, 0);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, keys[i]);

      g_test_message ("%s", keys[i]);
      g_assert_nonnull (g_settings_schema_key_get_summary (key));
      g_assert_nonnull (g_settings_schema_key_get_description (key));
    }
}

/* A folder without schemas is no reason to abort: the system's are asked, and the folder is named if they
 * fail too. */
static void
test_no_folder (void)
{
  g_autofree char *datadir = make_datadir ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettings) settings =
      peal_schema_settings_new (datadir, "io.github.pealapp.Peal.Nowhere", PATH, &error);

  g_assert_null (settings);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, datadir));
  g_rmdir (datadir);
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettings) settings =
      peal_schema_settings_new (PEAL_DATADIR, "io.github.pealapp.Peal.Nowhere", PATH, &error);

  g_assert_null (settings);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* What is chosen in the practice world is chosen there only. */
static void
test_practice_is_apart (void)
{
  g_autoptr (GSettings) real = peal_schema_settings_new (PEAL_DATADIR, APP_ID, PATH, NULL);
  g_autoptr (GSettings) practice = peal_schema_settings_new (PEAL_DATADIR, APP_ID, PATH "Practice/", NULL);
  g_autofree char *account = NULL;

  g_assert_true (g_settings_set_string (practice, "insights-account", "practice-mara"));
  account = g_settings_get_string (real, "insights-account");
  g_assert_cmpstr (account, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema/installed", test_installed);
  g_test_add_func ("/schema/range", test_range);
  g_test_add_func ("/schema/texts", test_texts);
  g_test_add_func ("/schema/no-folder", test_no_folder);
  g_test_add_func ("/schema/practice-is-apart", test_practice_is_apart);
  g_test_add_func ("/schema/unknown", test_unknown);

  return g_test_run ();
}
