/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-crash-vfs.h"
#include "peal-database-open.h"
#include "peal-fake-clock.h"
#include "peal-journal.h"

G_BEGIN_DECLS

/* A real database and journal upon a disk in memory, with one account, one video and posts that are due; the
 * witness is a real file, which is on the disk as soon as it is written. */

typedef struct
{
  char *directory;
  PealCrashDisk *disk;
  PealFakeClock *clock;
  PealDatabase *database;
  PealJournal *journal;
} PealDiskFixture;

/* Called after each step that the journal acknowledged; from 1. */
typedef void (*PealStepFunc) (guint step, gpointer data);

/* @disk is lent. */
PealDiskFixture *peal_disk_fixture_new (PealCrashDisk *disk, guint n_posts);
void peal_disk_fixture_free (PealDiskFixture *self);
/* Opens what is on @disk. Must work. */
void peal_disk_fixture_open (PealDiskFixture *self, PealCrashDisk *disk);
void peal_disk_fixture_close (PealDiskFixture *self);
/* From a fiber: publishes post @post step by step, as the publisher does. Ends at the first step that fails,
 * FALSE with @error. @step counts on (inout). */
gboolean peal_disk_fixture_publish (PealDiskFixture *self,
                                    gint64 post,
                                    guint *step,
                                    PealStepFunc func,
                                    gpointer data,
                                    GError **error);
/* (transfer full): all that publishing changes, in one text that is the same in each run. */
char *peal_disk_describe (sqlite3 *db);
/* As peal_disk_describe (), of the open database. Blocks. */
char *peal_disk_fixture_describe (PealDiskFixture *self);
/* After recovery: an attempt whose last chunk was allowed is never dead, and its post never on the plan; and
 * every post is where somebody will look after it. */
gboolean peal_disk_is_sound (sqlite3 *db);
/* Runs @sql on the database's thread, outside of a transaction. From a fiber. */
void peal_disk_fixture_exec_bare (PealDiskFixture *self, const char *sql);
/* Runs @sql in a transaction. Blocks. */
void peal_disk_fixture_exec (PealDiskFixture *self, const char *sql);
/* (transfer full): the script that makes Peal's schema @version (1: the first) of the one before. */
char *peal_disk_dup_schema_step (int version);
/* (transfer full): a new directory, in memory where there is such a place: whatever is real of these tests
 * need not wait for the machine's disk. */
char *peal_disk_make_directory (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealDiskFixture, peal_disk_fixture_free)

G_END_DECLS
