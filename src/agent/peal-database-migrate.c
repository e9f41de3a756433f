/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-database-open.h"

#include <gio/gio.h>

#include "peal-agent-resources.h"
#include "peal-error.h"
#include "peal-sql.h"

#define APPLICATION_ID 0x5065616c /* "Peal" */

static const char *const own_migrations[] = {
  "/io/github/pealapp/Peal/Agent/sql/version-001.sql",
  "/io/github/pealapp/Peal/Agent/sql/version-002.sql",
};

int
peal_database_count_migrations (const PealDatabaseSetup *setup)
{
  if (setup == NULL || setup->migrations == NULL)
    return G_N_ELEMENTS (own_migrations);
  return (int)g_strv_length ((char **)setup->migrations);
}

int
peal_database_get_schema_version (void)
{
  return peal_database_count_migrations (NULL);
}

gboolean
peal_database_is_ours (sqlite3 *db)
{
  gint64 mark = 0;

  return peal_sql_get_int (db, NULL, &mark, 0, "PRAGMA application_id", "") && mark == APPLICATION_ID;
}

/* (transfer full) */
static char *
dup_script (const PealDatabaseSetup *setup, int index)
{
  g_autoptr (GBytes) script = NULL;

  if (setup->migrations != NULL)
    return g_strdup (setup->migrations[index]);
  script = g_resource_lookup_data (peal_agent_get_resource (), own_migrations[index],
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (script != NULL);
  return g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));
}

static gboolean
check_references (sqlite3 *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) broken = peal_sql_query (db, &local, "PRAGMA foreign_key_check", "");

  if (broken != NULL && peal_sql_step (broken, &local))
    local = peal_error_new (PEAL_ERROR_STORAGE_CORRUPT, "storage_damaged",
                            "rows without the rows that they belong to");
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
run_script (sqlite3 *db, const char *script, GError **error)
{
  int rc = sqlite3_exec (db, script, NULL, NULL, NULL);

  return rc == SQLITE_OK || peal_sql_fail (db, rc, error);
}

/* From version @from to @from + 1, whole or not at all. A step may put a table in another's place: references
 * are checked at its end, not on its way. */
static gboolean
migrate_once (sqlite3 *db, const PealDatabaseSetup *setup, int from, GError **error)
{
  g_autofree char *bump = g_strdup_printf ("PRAGMA user_version=%d", from + 1);
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id=%d", APPLICATION_ID);
  g_autofree char *script = dup_script (setup, from);

  if (!peal_sql_exec (db, error, "BEGIN IMMEDIATE", ""))
    return FALSE;
  if (run_script (db, script, error) && peal_sql_exec (db, error, mark, "")
      && peal_sql_exec (db, error, bump, "") && check_references (db, error)
      && peal_sql_exec (db, error, "COMMIT", ""))
    return TRUE;
  if (!sqlite3_get_autocommit (db))
    peal_sql_exec (db, NULL, "ROLLBACK", "");
  return FALSE;
}

gboolean
peal_database_migrate (sqlite3 *db, const PealDatabaseSetup *setup, int from, GError **error)
{
  gboolean ok = TRUE;

  if (from >= peal_database_count_migrations (setup))
    return TRUE;
  if (from > 0 && setup->prepare != NULL && !setup->prepare (db, setup->directory, from, error))
    return FALSE;
  if (!peal_sql_exec (db, error, "PRAGMA foreign_keys=OFF", ""))
    return FALSE;
  for (int version = from; ok && version < peal_database_count_migrations (setup); version++)
    ok = migrate_once (db, setup, version, error);
  return ok && peal_sql_exec (db, error, "PRAGMA foreign_keys=ON", "");
}
