/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "peal-clock.h"
#include "peal-database.h"

G_BEGIN_DECLS

/* Copies of the database in @directory/backups: one a day (peal-TIME.db, seven are kept) and one before each
 * change of the schema (pre-vN.db). Each was opened and checked before it got its name. They hold neither
 * tokens nor videos. A restore makes the backup whole beside the data and only then puts it in their place;
 * what it replaces is kept. */

#define PEAL_BACKUPS_KEPT 7

/* Writes @directory/backups/@name from @db, outside of a transaction, checked and on the disk. */
gboolean peal_backup_write (sqlite3 *db, const char *directory, const char *name, GError **error);
/* PealDatabasePrepare: writes pre-v@from.db. */
gboolean peal_backup_prepare_migration (sqlite3 *db, const char *directory, int from, GError **error);
/* Whether the file at @path is a whole database of Peal's that this program can read; else STORAGE_CORRUPT
 * "backup_damaged". */
gboolean peal_backup_verify (const char *path, GError **error);
/* (transfer full) (nullable): path of the newest backup that is whole. */
char *peal_backup_find_newest (const char *directory);
/* Adds to @error, which says that the data are damaged, which backup there is. */
void peal_backup_offer (const char *directory, GError **error);
/* Copies the files, which nobody has open, to @directory/damaged-TIME, read-only; once for each state that
 * they were in. */
void peal_backup_keep_damaged (const char *directory);

/* Writes the backup of the day where that is due and nothing else is within ten minutes, and once a week
 * reads the whole database over. Resolves to the instant (int64, µs UTC) to ask again. */
DexFuture *peal_backup_run_if_due (PealDatabase *database, const char *state_directory, PealClock *clock);

typedef struct
{
  char *backup;         /* path of what was restored */
  gint64 held, blocked; /* posts: past their time; that may have been published after the backup was made */
} PealBackupReport;

void peal_backup_report_clear (PealBackupReport *self);
/* Puts @path (NULL: the newest that is whole) in the place of the data in @directory. Posts whose time is
 * over are held (restored_backup); those that the witness in @state_directory knows to have been handed to
 * TikTok since are blocked. Nobody may have the data open. FALSE with INVALID "backup_missing" and with
 * storage errors; then the data are as they were. */
gboolean peal_backup_restore (const char *directory,
                              const char *state_directory,
                              const char *path,
                              PealClock *clock,
                              PealBackupReport *report,
                              GError **error);
/* Ends a restore that was interrupted when all was ready; TRUE also where there was none. */
gboolean peal_backup_finish_restore (const char *directory, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PealBackupReport, peal_backup_report_clear)

G_END_DECLS
