/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Statements in one line, for code that runs on the database's thread. Argument letters: i gint64, s const
 * char * (NULL is NULL), b const void * and gsize (a blob), n nothing (NULL), o gint64 where -1 is NULL. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* Runs @sql, which returns no rows. FALSE with a storage error, or INVALID "refused_by_database" where a
 * constraint or trigger said no. */
gboolean peal_sql_exec (sqlite3 *db, GError **error, const char *sql, const char *letters, ...);
/* As peal_sql_exec (), and exactly one row must have changed: else FALSE with INVALID "changed_meanwhile". */
gboolean peal_sql_exec_one (sqlite3 *db, GError **error, const char *sql, const char *letters, ...);
/* (transfer full): @sql with its arguments bound, to be stepped. */
sqlite3_stmt *peal_sql_query (sqlite3 *db, GError **error, const char *sql, const char *letters, ...);
/* TRUE with a row at hand; FALSE at the end, or with @error set. */
gboolean peal_sql_step (sqlite3_stmt *statement, GError **error);
/* TRUE with a row at hand; else FALSE with a storage error, or INVALID @missing where there is no row. */
gboolean peal_sql_step_one (sqlite3_stmt *statement, const char *missing, GError **error);
/* The first column of the first row, or @fallback where there is no row or it is NULL. */
gboolean peal_sql_get_int (sqlite3 *db,
                           GError **error,
                           gint64 *value,
                           gint64 fallback,
                           const char *sql,
                           const char *letters,
                           ...);
/* (transfer full) (nullable): a text column. */
char *peal_sql_dup_text (sqlite3_stmt *statement, int column);
/* (transfer none) (nullable): valid until the next step. */
const char *peal_sql_text (sqlite3_stmt *statement, int column);
/* An integer column, or @fallback for NULL. */
gint64 peal_sql_int (sqlite3_stmt *statement, int column, gint64 fallback);
/* Sets @error from the connection's last result @rc. Always FALSE. */
gboolean peal_sql_fail (sqlite3 *db, int rc, GError **error);

G_END_DECLS
