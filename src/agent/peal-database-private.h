/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sys/types.h>

#include "peal-ballast.h"
#include "peal-database-open.h"

G_BEGIN_DECLS

/* All but trouble belongs to the database's thread once that runs. */
struct _PealDatabase
{
  GObject parent_instance;

  sqlite3 *db; /* NULL once it is given up */
  GThread *thread;
  GAsyncQueue *queue;
  PealDatabaseSetup setup; /* its texts are our own */
  char *path;
  PealBallast *ballast;
  dev_t device;
  ino_t inode;
  guint n_io_errors;
  GMutex mutex;
  GError *trouble; /* under mutex */
};

/* Opens the connection and remembers which file it is. */
gboolean peal_database_connect (PealDatabase *self, GError **error);
/* FALSE with what stands in the way: given up before, or the file is not the one that was opened. */
gboolean peal_database_is_usable (PealDatabase *self, GError **error);
/* Draws the conclusions from what a piece of work ended with: @rc as SQLite had it, @error nullable. */
void peal_database_note_result (PealDatabase *self, int rc, const GError *error);
void peal_database_emit (PealDatabase *self, const char *signal);

G_END_DECLS
