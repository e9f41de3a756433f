/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>
#include <sqlite3.h>

#include "peal-error.h"

G_BEGIN_DECLS

/* The one connection to the one database, on a thread of its own. Work is handed over as a function that runs
 * there inside a transaction; the future resolves when the transaction is on the disk. Settings, permissions
 * and schema are checked at opening, and nothing opens that is not safe to publish from (reliability: WAL,
 * EXTRA, EXCLUSIVE). */

#define PEAL_TYPE_DATABASE (peal_database_get_type ())
G_DECLARE_FINAL_TYPE (PealDatabase, peal_database, PEAL, DATABASE, GObject)

/* Runs on the database's thread between BEGIN IMMEDIATE and COMMIT. FALSE with @error rolls everything back.
 * @result (unset at entry) becomes what the future resolves to; left unset it resolves to TRUE. Must not keep
 * @db. */
typedef gboolean (*PealDatabaseFunc) (sqlite3 *db, gpointer data, GValue *result, GError **error);

/* Opens or makes @directory/peal.db, mode 0600, in a directory that is ours alone. Blocks; call it once at
 * start. NULL with STORAGE_NEWER, STORAGE_FULL, STORAGE_CORRUPT ("storage_newer", "disk_full",
 * "storage_damaged", "storage_not_ours", "storage_read_only", "storage_unsafe", "storage_busy"). (transfer
 * full) */
PealDatabase *peal_database_open (const char *directory, GError **error);

/* Runs @func in a transaction. @data is freed with @destroy (nullable) afterwards, on the database's thread.
 */
DexFuture *
peal_database_run (PealDatabase *self, PealDatabaseFunc func, gpointer data, GDestroyNotify destroy);
/* As peal_database_run (), blocking: for start-up and shut-down, when no fiber runs yet or any more. */
gboolean peal_database_run_sync (PealDatabase *self,
                                 PealDatabaseFunc func,
                                 gpointer data,
                                 GValue *result,
                                 GError **error);
/* Finishes what was handed over, checkpoints, closes. Nothing may be run afterwards. */
void peal_database_close (PealDatabase *self);

G_END_DECLS
