/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-database-private.h"

#include <sys/stat.h>

#include "peal-backup.h"
#include "peal-error.h"

/* The first I/O error may have been an accident. After the second nothing is believed any more. */
#define MAX_IO_ERRORS 2

static void
set_trouble (PealDatabase *self, const GError *error)
{
  const char *reason = error != NULL ? peal_error_get_reason (error) : "";
  gboolean changed;

  g_mutex_lock (&self->mutex);
  changed = g_strcmp0 (self->trouble != NULL ? peal_error_get_reason (self->trouble) : "", reason) != 0;
  if (changed)
    {
      g_clear_error (&self->trouble);
      self->trouble = error != NULL ? g_error_copy (error) : NULL;
    }
  g_mutex_unlock (&self->mutex);
  if (changed)
    peal_database_emit (self, "trouble-changed");
}

GError *
peal_database_dup_trouble (PealDatabase *self)
{
  GError *trouble = NULL;

  g_return_val_if_fail (PEAL_IS_DATABASE (self), NULL);

  g_mutex_lock (&self->mutex);
  trouble = self->trouble != NULL ? g_error_copy (self->trouble) : NULL;
  g_mutex_unlock (&self->mutex);
  return trouble;
}

/* For good: the files stay as they are, and every later piece of work is told why. */
static void
give_up (PealDatabase *self, const GError *error)
{
  if (self->db != NULL)
    peal_database_close_connection (g_steal_pointer (&self->db), FALSE);
  set_trouble (self, error);
}

gboolean
peal_database_connect (PealDatabase *self, GError **error)
{
  struct stat info;

  if (!(self->db = peal_database_open_connection (&self->setup, error)))
    return FALSE;
  if (self->setup.vfs == NULL && stat (self->path, &info) == 0)
    {
      self->device = info.st_dev;
      self->inode = info.st_ino;
    }
  return TRUE;
}

/* What the page cache holds after a failed fsync may never have reached the disk, though it can be read. So
 * all of the log is written once more, into the file, before anything new is acknowledged. */
static gboolean
reconnect (PealDatabase *self, GError **error)
{
  int rc;

  peal_database_close_connection (g_steal_pointer (&self->db), FALSE);
  if (!peal_database_connect (self, error))
    return FALSE;
  rc = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  if (rc == SQLITE_OK)
    return TRUE;
  g_propagate_error (error, peal_error_new (PEAL_ERROR_STORAGE_CORRUPT, "storage_failed", "%s (%d)",
                                            sqlite3_errstr (rc), rc));
  return FALSE;
}

/* "Never try fsync again": the connection is poisoned. */
static void
recover_from_io_error (PealDatabase *self, const GError *error)
{
  g_autoptr (GError) local = NULL;

  if (++self->n_io_errors >= MAX_IO_ERRORS)
    give_up (self, error);
  else if (!reconnect (self, &local))
    give_up (self, local);
  else
    peal_database_emit (self, "reopened");
}

gboolean
peal_database_is_usable (PealDatabase *self, GError **error)
{
  struct stat info;

  if (self->db != NULL && self->setup.vfs == NULL
      && (stat (self->path, &info) < 0 || info.st_dev != self->device || info.st_ino != self->inode))
    {
      g_autoptr (GError) gone =
          peal_error_new (PEAL_ERROR_STORAGE_CORRUPT, "storage_replaced",
                          "peal.db was deleted or replaced while the agent was using it");

      give_up (self, gone);
    }
  if (self->db != NULL)
    return TRUE;
  g_propagate_error (error, peal_database_dup_trouble (self));
  return FALSE;
}

void
peal_database_note_result (PealDatabase *self, int rc, const GError *error)
{
  gboolean is_damage = (rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB;

  if (error == NULL)
    {
      if (peal_ballast_load (self->ballast))
        set_trouble (self, NULL);
    }
  else if (is_damage || g_str_equal (peal_error_get_reason (error), "storage_damaged"))
    {
      give_up (self, error);
      if (self->setup.vfs == NULL)
        peal_backup_keep_damaged (self->setup.directory);
    }
  else if (g_error_matches (error, PEAL_ERROR, PEAL_ERROR_STORAGE_FULL)
           || g_str_equal (peal_error_get_reason (error), "storage_read_only"))
    set_trouble (self, error);
  else if ((rc & 0xff) == SQLITE_IOERR)
    recover_from_io_error (self, error);
}

gboolean
peal_database_has_room (PealDatabase *self)
{
  g_return_val_if_fail (PEAL_IS_DATABASE (self), FALSE);

  return peal_ballast_load (self->ballast);
}
