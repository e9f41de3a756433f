/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-database.h"

G_BEGIN_DECLS

/* Whose data these are. The lease row names the machine and process that had them last; its epoch goes up at
 * each start and after each backup, and stands also in @state_directory/generation. Another machine's name
 * means copied data, an epoch behind the file's means older data that were copied back. */

typedef struct
{
  gboolean is_other_machine;
  gboolean is_rolled_back;
} PealLease;

/* (transfer full): this machine's id, hashed so that it says nothing to others; "" where there is none. As
 * sd_id128_get_machine_app_specific (). @path: of machine-id (5). */
char *peal_lease_hash_machine (const char *path);
/* Writes the lease of this process, from @machine on. Another machine's stays until peal_lease_adopt ().
 * Blocks; once at start. */
gboolean peal_lease_claim (PealDatabase *database,
                           const char *state_directory,
                           const char *machine,
                           PealLease *lease,
                           GError **error);
/* Raises the epoch, so that what was copied before is known to be older. On the database's thread,
 * outside of a transaction. */
gboolean peal_lease_raise (sqlite3 *db, const char *state_directory, GError **error);
/* Makes the data @machine's. On the database's thread. */
gboolean peal_lease_adopt (sqlite3 *db, const char *machine, GError **error);

G_END_DECLS
