/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* A disk in memory, for SQLite, that forgets at a power cut what a real one may forget. Each file has what
 * programs see and what is certain; between the two stand its writes since the last sync. Names are certain
 * once their directory was synced, as strict POSIX has it. Like SQLite's own Unix layer the disk syncs the
 * directory with the first sync of a new journal or log, and where a deletion asks for it.
 *
 * It also fails on demand, and a failed sync is as bad here as on Linux: what it was to save stays readable
 * and never becomes certain, until it is written again. */

typedef struct _PealCrashDisk PealCrashDisk;

/* What survives of that which is not certain. */
#define PEAL_SURVIVES_NOTHING 0
#define PEAL_SURVIVES_ALL 1
/* From 2 on the number is a seed: any part, of writes in sectors of 512 bytes. */

typedef enum
{
  PEAL_DISK_WRITE = 1 << 0,
  PEAL_DISK_SYNC = 1 << 1,
  PEAL_DISK_TRUNCATE = 1 << 2,
  PEAL_DISK_DELETE = 1 << 3,
} PealDiskOps;

/* Called on SQLite's thread before each operation, and after each sync and deletion. */
typedef void (*PealDiskFunc) (PealCrashDisk *disk, gpointer data);

/* Registers a disk as VFS @name, empty. (transfer full) */
PealCrashDisk *peal_crash_disk_new (const char *name);
void peal_crash_disk_free (PealCrashDisk *self);
const char *peal_crash_disk_get_name (PealCrashDisk *self);
/* NULL for none. */
void peal_crash_disk_set_func (PealCrashDisk *self, PealDiskFunc func, gpointer data);
/* Makes @after, which nobody has open, what a power cut now would leave. */
void peal_crash_disk_cut (PealCrashDisk *self, PealCrashDisk *after, guint survivors);
/* The operation of the kind @ops that is number @nth from now on (from 1) fails with @rc, and where @for_ever
 * all after it. @rc SQLITE_IOERR is refined by operation. 0 ends it. */
void peal_crash_disk_fail (PealCrashDisk *self, PealDiskOps ops, guint nth, int rc, gboolean for_ever);
/* Writes fail with SQLITE_FULL while the real file @path (nullable) is there. */
void peal_crash_disk_fill_while (PealCrashDisk *self, const char *path);
/* Flips a bit of byte @offset of file @name. */
void peal_crash_disk_flip (PealCrashDisk *self, const char *name, gsize offset);
/* How many operations there were, and how many of them failed on demand. */
guint peal_crash_disk_get_n_ops (PealCrashDisk *self);
guint peal_crash_disk_get_n_failed (PealCrashDisk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealCrashDisk, peal_crash_disk_free)

G_END_DECLS
