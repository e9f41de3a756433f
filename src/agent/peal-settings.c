/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-settings.h"

#include "peal-sql.h"

#define KEY_PAUSED "paused"
#define KEY_LATE_GRACE "late_grace_s"
#define KEY_AUDITED "audited"
#define KEY_SERVER "server"

gboolean
peal_settings_read (sqlite3 *db, const char *key, char **value, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row =
      peal_sql_query (db, error, "SELECT value FROM setting WHERE key = ?", "s", key);

  if (row == NULL)
    return FALSE;
  *value = peal_sql_step (row, &local) ? peal_sql_dup_text (row, 0) : NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
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
peal_settings_read_paused (sqlite3 *db, gboolean *paused, GError **error)
{
  g_autofree char *value = NULL;

  if (!peal_settings_read (db, KEY_PAUSED, &value, error))
    return FALSE;
  *paused = g_strcmp0 (value, "1") == 0;
  return TRUE;
}

gboolean
peal_settings_read_late_grace_s (sqlite3 *db, gint64 *seconds, GError **error)
{
  g_autofree char *value = NULL;

  if (!peal_settings_read (db, KEY_LATE_GRACE, &value, error))
    return FALSE;
  *seconds = PEAL_DEFAULT_LATE_GRACE_S;
  if (value != NULL)
    g_ascii_string_to_signed (value, 10, -1, PEAL_MAX_LATE_GRACE_S, seconds, NULL);
  return TRUE;
}

static gboolean
get_settings (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *audited = NULL;
  gint64 seconds;

  if (!peal_settings_read_late_grace_s (db, &seconds, error)
      || !peal_settings_read (db, KEY_AUDITED, &audited, error))
    return FALSE;
  g_variant_dict_insert (&dict, KEY_LATE_GRACE, "x", seconds);
  g_variant_dict_insert (&dict, KEY_AUDITED, "b", g_strcmp0 (audited, "1") == 0);
  g_value_init (result, G_TYPE_VARIANT);
  g_value_take_variant (result, g_variant_ref_sink (g_variant_dict_end (&dict)));
  return TRUE;
}

DexFuture *
peal_settings_get (PealDatabase *database)
{
  return peal_database_run (database, get_settings, NULL, NULL);
}

/* (transfer full) (nullable): @value as it is stored; NULL where @key may not have it. */
static char *
dup_text (const char *key, GVariant *value)
{
  gint64 seconds;

  if (g_str_equal (key, KEY_AUDITED))
    return g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN)
               ? g_strdup (g_variant_get_boolean (value) ? "1" : "0")
               : NULL;
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return NULL;
  seconds = g_variant_get_int64 (value);
  return seconds >= -1 && seconds <= PEAL_MAX_LATE_GRACE_S ? g_strdup_printf ("%" G_GINT64_FORMAT, seconds)
                                                           : NULL;
}

static gboolean
set_settings (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  static const char *const known[] = { KEY_LATE_GRACE, KEY_AUDITED, NULL };
  GVariantIter iter;
  const char *key;
  GVariant *boxed;

  g_variant_iter_init (&iter, data);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &boxed))
    {
      g_autoptr (GVariant) value = boxed;
      g_autofree char *text = NULL;

      if (!g_strv_contains (known, key))
        return peal_error_refuse (error, PEAL_ERROR_INVALID, "setting_unknown", "%s", key);
      if (!(text = dup_text (key, value)))
        return peal_error_refuse (error, PEAL_ERROR_INVALID, "setting_range", "%s", key);
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
  gboolean paused;

  if (!peal_settings_read_paused (db, &paused, error))
    return FALSE;
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, paused);
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
  g_autofree char *owner = NULL;

  if (!peal_settings_read (db, KEY_SERVER, &owner, error))
    return FALSE;
  if (owner == NULL)
    return peal_settings_write (db, KEY_SERVER, server, error);
  return g_str_equal (owner, server)
         || peal_error_refuse (error, PEAL_ERROR_INVALID, "server_other", "%s", owner);
}

gboolean
peal_settings_claim_server (PealDatabase *database, const char *server, GError **error)
{
  g_return_val_if_fail (server != NULL, FALSE);

  return peal_database_run_sync (database, claim_server, (gpointer)server, NULL, error);
}
