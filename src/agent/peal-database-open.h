/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Opens @directory/peal.db with the settings that lose nothing, reads each of them back, and brings the
 * schema up to date. Errors as peal_database_open (). (transfer full) */
sqlite3 *peal_database_open_connection (const char *directory, GError **error);

/* The schema version that this program writes. */
int peal_database_get_schema_version (void);

G_END_DECLS
