/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-database.h"

G_BEGIN_DECLS

/* The user's settings, in the database beside what they rule. */

#define PEAL_DEFAULT_LATE_GRACE_S (2 * 60 * 60)
#define PEAL_MAX_LATE_GRACE_S (24 * 60 * 60)

/* On the database's thread, inside a transaction; FALSE where the database fails. @value (out) (transfer
 * full): NULL where it was never set. */
gboolean peal_settings_read (sqlite3 *db, const char *key, char **value, GError **error);
gboolean peal_settings_write (sqlite3 *db, const char *key, const char *value, GError **error);
gboolean peal_settings_read_paused (sqlite3 *db, gboolean *paused, GError **error);
/* Seconds, or -1 for without limit. */
gboolean peal_settings_read_late_grace_s (sqlite3 *db, gint64 *seconds, GError **error);

/* Resolves to a{sv} as the bus's GetSettings has it. */
DexFuture *peal_settings_get (PealDatabase *database);
/* INVALID "setting_unknown", "setting_range". Nothing is changed unless all is right. */
DexFuture *peal_settings_set (PealDatabase *database, GVariant *changes);
/* Resolves to a boolean. */
DexFuture *peal_settings_get_paused (PealDatabase *database);
DexFuture *peal_settings_set_paused (PealDatabase *database, gboolean paused);
/* These data belong to one server ("" is TikTok itself): remembers @server at first, and refuses another one
 * later. Blocks. FALSE with INVALID "server_other", whose message names the server that they belong to. */
gboolean peal_settings_claim_server (PealDatabase *database, const char *server, GError **error);

G_END_DECLS
