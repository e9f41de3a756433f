/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

#include "peal-database.h"

G_BEGIN_DECLS

/* What the database is made of, for the code that opens it and for tests that put another disk beneath it. */

/* Called before the data move on from schema version @from, outside of a transaction. FALSE stops that. */
typedef gboolean (*PealDatabasePrepare) (sqlite3 *db, const char *directory, int from, GError **error);

typedef struct
{
  const char *directory;
  const char *file;              /* NULL: "peal.db" */
  const char *vfs;               /* of sqlite3_vfs_register (); NULL: the system's */
  const char *const *migrations; /* SQL texts, the first from nothing to version 1; NULL: Peal's own */
  PealDatabasePrepare prepare;   /* nullable */
} PealDatabaseSetup;

#define PEAL_DATABASE_FILE "peal.db"

/* Opens the file with the settings that lose nothing, reads each of them back, checks it, and brings the
 * schema up to date. A file that is refused is left as it was, byte for byte. Errors as peal_database_open
 * (). (transfer full): close with peal_database_close_connection (). */
sqlite3 *peal_database_open_connection (const PealDatabaseSetup *setup, GError **error);
/* @tidy: fold the log into the file. Else both stay as they are. */
void peal_database_close_connection (sqlite3 *db, gboolean tidy);
/* As peal_database_open (), with all that can be chosen; @setup is copied. (transfer full) */
PealDatabase *peal_database_open_with (const PealDatabaseSetup *setup, GError **error);

/* From the version that the file has to the newest, each step whole or not at all. */
gboolean peal_database_migrate (sqlite3 *db, const PealDatabaseSetup *setup, int from, GError **error);
/* The schema version that this program writes. */
int peal_database_get_schema_version (void);
/* The schema version that @setup (NULL: Peal's own) leads to. */
int peal_database_count_migrations (const PealDatabaseSetup *setup);
/* The first line that "PRAGMA @check" says is "ok", or STORAGE_CORRUPT "storage_damaged". */
gboolean peal_database_check (sqlite3 *db, const char *check, GError **error);
/* A new name in @directory is safe only once this is done. */
gboolean peal_database_sync_directory (const char *directory, GError **error);
/* Whether @db has Peal's mark. */
gboolean peal_database_is_ours (sqlite3 *db);

G_END_DECLS
