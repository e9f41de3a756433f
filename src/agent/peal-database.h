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

/* Signals, on the main context. "reopened" (): after an I/O error the connection was given up and another one
 * opened; what had failed may have happened or not, so that whoever relies on it must read it again.
 * "trouble-changed" (): peal_database_dup_trouble () has another answer. */

/* Opens or makes @directory/peal.db, mode 0600, in a directory that is ours alone. Finishes a restore that
 * was interrupted; backs up before the schema changes; sets damaged files aside. Blocks; call it once at
 * start. NULL with STORAGE_NEWER, STORAGE_FULL, STORAGE_CORRUPT ("storage_newer", "disk_full",
 * "storage_damaged", "storage_not_ours", "storage_read_only", "storage_unsafe", "storage_busy"). (transfer
 * full) */
PealDatabase *peal_database_open (const char *directory, GError **error);

/* Runs @func in a transaction. @data is freed with @destroy (nullable) afterwards, on the database's thread.
 */
DexFuture *
peal_database_run (PealDatabase *self, PealDatabaseFunc func, gpointer data, GDestroyNotify destroy);
/* As peal_database_run (), for the outcome of what was sent: on a full disk the ballast is thrown away for
 * it, and @func runs once more. */
DexFuture *
peal_database_run_outcome (PealDatabase *self, PealDatabaseFunc func, gpointer data, GDestroyNotify destroy);
/* As peal_database_run (), but outside of a transaction: for what SQLite does only there. */
DexFuture *
peal_database_run_bare (PealDatabase *self, PealDatabaseFunc func, gpointer data, GDestroyNotify destroy);
/* As peal_database_run (), blocking: for start-up and shut-down, when no fiber runs yet or any more. */
gboolean peal_database_run_sync (PealDatabase *self,
                                 PealDatabaseFunc func,
                                 gpointer data,
                                 GValue *result,
                                 GError **error);
/* Whether there is room to record the outcome of what would be begun now. On the database's thread. */
gboolean peal_database_has_room (PealDatabase *self);
/* What stands in the way of all work, or NULL: a full or read-only disk until it is over; damaged data, a
 * file that was taken away and a second I/O error for good. From any thread. (transfer full) */
GError *peal_database_dup_trouble (PealDatabase *self);
/* (transfer none) */
const char *peal_database_get_directory (PealDatabase *self);
/* Finishes what was handed over, checkpoints, closes. Nothing may be run afterwards. */
void peal_database_close (PealDatabase *self);

G_END_DECLS
