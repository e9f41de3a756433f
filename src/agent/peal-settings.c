/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-settings.h"

#include "peal-sql.h"

#define KEY_PAUSED "paused"
#define KEY_LATE_GRACE "late_grace_s"
#define KEY_SERVER "server"

char *
peal_settings_read (sqlite3 *db, const char *key)
{
  g_autoptr (sqlite3_stmt) row =
      peal_sql_query (db, NULL, "SELECT value FROM setting WHERE key = ?", "s", key);

  return row != NULL && peal_sql_step (row, NULL) ? peal_sql_dup_text (row, 0) : NULL;
}

gboolean
peal_settings_write (sqlite3 *db, const char *key, const char *value, GError **error)
{
  return peal_sql_exec (db, error,
                        "INSERT INTO setting (key, value) VALUES (?, ?) "
                        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        "ss", key, value);
}

gboolean
peal_settings_read_paused (sqlite3 *db)
{
  g_autofree char *value = peal_settings_read (db, KEY_PAUSED);

  return g_strcmp0 (value, "1") == 0;
}

gint64
peal_settings_read_late_grace_s (sqlite3 *db)
{
  g_autofree char *value = peal_settings_read (db, KEY_LATE_GRACE);
  gint64 seconds = PEAL_DEFAULT_LATE_GRACE_S;

  if (value != NULL && !g_ascii_string_to_signed (value, 10, -1, PEAL_MAX_LATE_GRACE_S, &seconds, NULL))
    return PEAL_DEFAULT_LATE_GRACE_S;
  return seconds;
}

static gboolean
get_settings (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, KEY_LATE_GRACE, "x", peal_settings_read_late_grace_s (db));
  g_value_init (result, G_TYPE_VARIANT);
  g_value_take_variant (result, g_variant_ref_sink (g_variant_dict_end (&dict)));
  return TRUE;
}

DexFuture *
peal_settings_get (PealDatabase *database)
{
  return peal_database_run (database, get_settings, NULL, NULL);
}

static gboolean
refuse (GError **error, const char *reason, const char *key)
{
  if (error != NULL)
    *error = peal_error_new (PEAL_ERROR_INVALID, reason, "%s", key);
  return FALSE;
}

static gboolean
set_settings (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  GVariantIter iter;
  const char *key;
  GVariant *boxed;

  g_variant_iter_init (&iter, data);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &boxed))
    {
      g_autoptr (GVariant) value = boxed;
      g_autofree char *text = NULL;
      gint64 seconds;

      if (!g_str_equal (key, KEY_LATE_GRACE))
        return refuse (error, "setting_unknown", key);
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
        return refuse (error, "setting_range", key);
      seconds = g_variant_get_int64 (value);
      if (seconds < -1 || seconds > PEAL_MAX_LATE_GRACE_S)
        return refuse (error, "setting_range", key);
      text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
      if (!peal_settings_write (db, key, text, error))
        return FALSE;
    }
  return TRUE;
}

DexFuture *
peal_settings_set (PealDatabase *database, GVariant *changes)
{
  dex_return_error_if_fail (changes != NULL && g_variant_is_of_type (changes, G_VARIANT_TYPE_VARDICT));

  return peal_database_run (database, set_settings, g_variant_ref_sink (changes),
                            (GDestroyNotify)g_variant_unref);
}

static gboolean
get_paused (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, peal_settings_read_paused (db));
  return TRUE;
}

DexFuture *
peal_settings_get_paused (PealDatabase *database)
{
  return peal_database_run (database, get_paused, NULL, NULL);
}

static gboolean
set_paused (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  return peal_settings_write (db, KEY_PAUSED, GPOINTER_TO_INT (data) ? "1" : "0", error);
}

DexFuture *
peal_settings_set_paused (PealDatabase *database, gboolean paused)
{
  return peal_database_run (database, set_paused, GINT_TO_POINTER (paused != FALSE), NULL);
}

static gboolean
claim_server (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  const char *server = data;
  g_autofree char *owner = peal_settings_read (db, KEY_SERVER);

  if (owner == NULL)
    return peal_settings_write (db, KEY_SERVER, server, error);
  return g_str_equal (owner, server) || refuse (error, "server_other", owner);
}

gboolean
peal_settings_claim_server (PealDatabase *database, const char *server, GError **error)
{
  g_return_val_if_fail (server != NULL, FALSE);

  return peal_database_run_sync (database, claim_server, (gpointer)server, NULL, error);
}
