/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a name on a disk stands for: the bytes that programs see, those that are certain, and the changes that
 * lie between the two. */
typedef struct
{
  gatomicrefcount references;
  GByteArray *seen, *certain;
  GPtrArray *changes;
} PealCrashInode;

PealCrashInode *peal_crash_inode_new (void);
PealCrashInode *peal_crash_inode_ref (PealCrashInode *self);
void peal_crash_inode_unref (PealCrashInode *self);
/* Writes @bytes (transfer full) at @offset, or where they are NULL makes it @offset bytes long. */
void peal_crash_inode_change (PealCrashInode *self, gsize offset, GBytes *bytes);
/* What is seen is certain. */
void peal_crash_inode_sync (PealCrashInode *self);
/* What a power cut leaves of it; @survivors as in peal-crash-vfs.h. (transfer full) */
PealCrashInode *peal_crash_inode_survive (const PealCrashInode *self, guint survivors, guint32 *dice);
/* The next number of a sequence that is the same in each run. */
guint32 peal_crash_roll (guint32 *dice);

G_END_DECLS
