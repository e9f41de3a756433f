/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-keyring-file-check.h"

G_BEGIN_DECLS

/* Stands before the file in which libsecret keeps secrets where there is no Secret Service (Flatpak, Snap).
 * libsecret 0.21 aborts on a file that was cut off, and leaves an empty one behind on a full disk. A file
 * that is broken is moved aside, never deleted, and the newest copy that opens takes its place: libsecret's
 * own, FILE~, or ours, FILE.last-good. Both are as encrypted as the file. */

#define PEAL_TYPE_KEYRING_FILE_GUARD (peal_keyring_file_guard_get_type ())
G_DECLARE_FINAL_TYPE (PealKeyringFileGuard, peal_keyring_file_guard, PEAL, KEYRING_FILE_GUARD, GObject)

/* (transfer full) */
PealKeyringFileGuard *peal_keyring_file_guard_new (const char *path);

/* Before each call of libsecret's. Resolves to PealKeyringFileState (int): FINE or FOREIGN, mending on the
 * way what can be mended; UNUSABLE or HANGS where that could not be found out. Costs one stat () as long as
 * nobody else wrote to the file. */
DexFuture *peal_keyring_file_guard_examine (PealKeyringFileGuard *self);
/* Before each write: FALSE with STORAGE_FULL "disk_full" where there is less than 8 MiB of room. */
gboolean peal_keyring_file_guard_has_room (PealKeyringFileGuard *self, GError **error);
/* After each write. Resolves once the file is on the disk, and to our copy where there was room for one;
 * KEYRING_MISSING "keyring_failed". */
DexFuture *peal_keyring_file_guard_keep (PealKeyringFileGuard *self);
/* After a write that failed: what libsecret has in memory is not what is in the file, and the file may be
 * broken. It is examined again and libsecret reads it again. */
void peal_keyring_file_guard_distrust (PealKeyringFileGuard *self);
/* Moves a file that nothing opens any more out of the way of a new one. */
gboolean peal_keyring_file_guard_set_aside (PealKeyringFileGuard *self, GError **error);

G_END_DECLS
