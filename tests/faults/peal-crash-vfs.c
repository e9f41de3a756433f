/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-crash-vfs.h"

#include <string.h>

#include "peal-crash-inode.h"

#define MAX_PATH 512

struct _PealCrashDisk
{
  sqlite3_vfs vfs;
  char *name;
  GHashTable *seen_names, *certain_names; /* char * → PealCrashInode */
  PealDiskFunc func;
  gpointer data;
  gboolean is_inside;
  PealDiskOps fail_ops;
  guint fail_countdown;
  int fail_rc;
  gboolean fail_for_ever;
  char *full_while;
  guint n_ops, n_failed;
  guint32 dice;
};

typedef struct
{
  sqlite3_file parent;
  PealCrashDisk *disk;
  PealCrashInode *inode;
  char *delete_on_close;
  gboolean is_temporary;
  gboolean syncs_directory;
} File;

static GHashTable *
names_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)peal_crash_inode_unref);
}

static void
sync_names (PealCrashDisk *self)
{
  GHashTableIter iter;
  gpointer name, inode;

  g_hash_table_remove_all (self->certain_names);
  g_hash_table_iter_init (&iter, self->seen_names);
  while (g_hash_table_iter_next (&iter, &name, &inode))
    g_hash_table_insert (self->certain_names, g_strdup (name), peal_crash_inode_ref (inode));
}

static void
call (PealCrashDisk *self)
{
  if (self->func == NULL || self->is_inside)
    return;
  self->is_inside = TRUE;
  self->func (self, self->data);
  self->is_inside = FALSE;
}

static int
refine (PealCrashDisk *self, PealDiskOps op)
{
  if (self->fail_rc != SQLITE_IOERR)
    return self->fail_rc;
  switch (op)
    {
    case PEAL_DISK_WRITE:
      return SQLITE_IOERR_WRITE;
    case PEAL_DISK_SYNC:
      return SQLITE_IOERR_FSYNC;
    case PEAL_DISK_TRUNCATE:
      return SQLITE_IOERR_TRUNCATE;
    default:
      return SQLITE_IOERR_DELETE;
    }
}

/* Before each operation: the instant for a power cut, and the place to fail. */
static int
begin (PealCrashDisk *self, PealDiskOps op)
{
  call (self);
  self->n_ops++;
  if (op == PEAL_DISK_WRITE && self->full_while != NULL && g_file_test (self->full_while, G_FILE_TEST_EXISTS))
    {
      self->n_failed++;
      return SQLITE_FULL;
    }
  if (!(self->fail_ops & op) || (self->fail_countdown > 1 && self->fail_countdown--))
    return SQLITE_OK;
  self->n_failed++;
  if (!self->fail_for_ever)
    self->fail_ops = 0;
  return refine (self, op);
}

static int
file_close (sqlite3_file *file)
{
  File *self = (File *)file;

  if (self->delete_on_close != NULL)
    g_hash_table_remove (self->disk->seen_names, self->delete_on_close);
  g_clear_pointer (&self->delete_on_close, g_free);
  g_clear_pointer (&self->inode, peal_crash_inode_unref);
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *file, void *buffer, int length, sqlite3_int64 offset)
{
  GByteArray *seen = ((File *)file)->inode->seen;
  gint64 there = CLAMP ((gint64)seen->len - offset, 0, length);

  if (there > 0)
    memcpy (buffer, seen->data + offset, (gsize)there);
  if (there == length)
    return SQLITE_OK;
  memset ((char *)buffer + there, 0, (gsize)(length - there));
  return SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *file, const void *data, int length, sqlite3_int64 offset)
{
  File *self = (File *)file;
  int rc = self->is_temporary ? SQLITE_OK : begin (self->disk, PEAL_DISK_WRITE);

  if (rc == SQLITE_OK)
    peal_crash_inode_change (self->inode, (gsize)offset, g_bytes_new (data, (gsize)length));
  return rc;
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  File *self = (File *)file;
  int rc = self->is_temporary ? SQLITE_OK : begin (self->disk, PEAL_DISK_TRUNCATE);

  if (rc == SQLITE_OK)
    peal_crash_inode_change (self->inode, (gsize)size, NULL);
  return rc;
}

static int
file_sync (sqlite3_file *file, int flags)
{
  File *self = (File *)file;
  int rc = self->is_temporary ? SQLITE_OK : begin (self->disk, PEAL_DISK_SYNC);

  if (rc != SQLITE_OK)
    {
      g_ptr_array_set_size (self->inode->changes, 0);
      return rc;
    }
  peal_crash_inode_sync (self->inode);
  if (self->syncs_directory)
    sync_names (self->disk);
  self->syncs_directory = FALSE;
  call (self->disk);
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = ((File *)file)->inode->seen->len;
  return SQLITE_OK;
}

static int
file_lock (sqlite3_file *file, int level)
{
  return SQLITE_OK;
}

static int
file_check_reserved_lock (sqlite3_file *file, int *is_locked)
{
  *is_locked = 0;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *file, int op, void *arg)
{
  if (op != SQLITE_FCNTL_MMAP_SIZE)
    return SQLITE_NOTFOUND;
  *(sqlite3_int64 *)arg = 0;
  return SQLITE_OK;
}

static int
file_sector_size (sqlite3_file *file)
{
  return 4096;
}

static int
file_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_lock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
};

static int
disk_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  const int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
  PealCrashDisk *disk = vfs->pAppData;
  File *self = (File *)file;
  PealCrashInode *inode = name != NULL ? g_hash_table_lookup (disk->seen_names, name) : NULL;

  memset (self, 0, sizeof *self);
  if (inode == NULL && !(flags & SQLITE_OPEN_CREATE))
    return SQLITE_CANTOPEN;
  self->disk = disk;
  self->is_temporary = name == NULL;
  self->syncs_directory = inode == NULL && (flags & journals) != 0;
  self->inode = inode != NULL ? peal_crash_inode_ref (inode) : peal_crash_inode_new ();
  if (inode == NULL && name != NULL)
    g_hash_table_insert (disk->seen_names, g_strdup (name), peal_crash_inode_ref (self->inode));
  if ((flags & SQLITE_OPEN_DELETEONCLOSE) && name != NULL)
    self->delete_on_close = g_strdup (name);
  self->parent.pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
disk_delete (sqlite3_vfs *vfs, const char *name, int syncs_directory)
{
  PealCrashDisk *self = vfs->pAppData;
  int rc;

  if (!g_hash_table_contains (self->seen_names, name))
    return SQLITE_IOERR_DELETE_NOENT;
  if ((rc = begin (self, PEAL_DISK_DELETE)) != SQLITE_OK)
    return rc;
  g_hash_table_remove (self->seen_names, name);
  if (syncs_directory)
    sync_names (self);
  call (self);
  return SQLITE_OK;
}

/* For SQLite an empty journal is none. */
static int
disk_access (sqlite3_vfs *vfs, const char *name, int flags, int *answer)
{
  PealCrashDisk *self = vfs->pAppData;
  PealCrashInode *inode = g_hash_table_lookup (self->seen_names, name);

  *answer = inode != NULL && (flags != SQLITE_ACCESS_EXISTS || inode->seen->len > 0);
  return SQLITE_OK;
}

static int
disk_full_path (sqlite3_vfs *vfs, const char *name, int size, char *path)
{
  return g_strlcpy (path, name, (gsize)size) < (gsize)size ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int
disk_randomness (sqlite3_vfs *vfs, int length, char *bytes)
{
  for (int i = 0; i < length; i++)
    bytes[i] = (char)peal_crash_roll (&((PealCrashDisk *)vfs->pAppData)->dice);
  return length;
}

static int
disk_sleep (sqlite3_vfs *vfs, int us)
{
  return us;
}

static int
disk_time (sqlite3_vfs *vfs, double *julian_day)
{
  *julian_day = 2461367.25;
  return SQLITE_OK;
}

static int
disk_last_error (sqlite3_vfs *vfs, int length, char *text)
{
  return 0;
}

PealCrashDisk *
peal_crash_disk_new (const char *name)
{
  PealCrashDisk *self = g_new0 (PealCrashDisk, 1);

  self->name = g_strdup (name);
  self->seen_names = names_new ();
  self->certain_names = names_new ();
  self->dice = 1;
  self->vfs = (sqlite3_vfs){
    .iVersion = 1,
    .szOsFile = sizeof (File),
    .mxPathname = MAX_PATH,
    .zName = self->name,
    .pAppData = self,
    .xOpen = disk_open,
    .xDelete = disk_delete,
    .xAccess = disk_access,
    .xFullPathname = disk_full_path,
    .xRandomness = disk_randomness,
    .xSleep = disk_sleep,
    .xCurrentTime = disk_time,
    .xGetLastError = disk_last_error,
  };
  g_assert_cmpint (sqlite3_vfs_register (&self->vfs, FALSE), ==, SQLITE_OK);
  return self;
}

void
peal_crash_disk_free (PealCrashDisk *self)
{
  sqlite3_vfs_unregister (&self->vfs);
  g_clear_pointer (&self->seen_names, g_hash_table_unref);
  g_clear_pointer (&self->certain_names, g_hash_table_unref);
  g_clear_pointer (&self->full_while, g_free);
  g_clear_pointer (&self->name, g_free);
  g_free (self);
}

const char *
peal_crash_disk_get_name (PealCrashDisk *self)
{
  return self->name;
}

void
peal_crash_disk_set_func (PealCrashDisk *self, PealDiskFunc func, gpointer data)
{
  self->func = func;
  self->data = data;
}

/* Each name on its own: as it certainly was, or as it was last seen. */
static void
survive_name (PealCrashDisk *self, PealCrashDisk *after, const char *name, guint survivors)
{
  gboolean is_seen = survivors == PEAL_SURVIVES_ALL
                     || (survivors != PEAL_SURVIVES_NOTHING && peal_crash_roll (&self->dice) % 2 == 0);
  PealCrashInode *inode = g_hash_table_lookup (is_seen ? self->seen_names : self->certain_names, name);

  if (inode != NULL)
    g_hash_table_insert (after->seen_names, g_strdup (name),
                         peal_crash_inode_survive (inode, survivors, &self->dice));
}

void
peal_crash_disk_cut (PealCrashDisk *self, PealCrashDisk *after, guint survivors)
{
  GHashTableIter iter;
  gpointer name;

  self->dice = survivors * 7919u + self->n_ops * 31u + 1;
  g_hash_table_remove_all (after->seen_names);
  g_hash_table_iter_init (&iter, self->seen_names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    survive_name (self, after, name, survivors);
  g_hash_table_iter_init (&iter, self->certain_names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (self->seen_names, name))
      survive_name (self, after, name, survivors);
  sync_names (after);
}

void
peal_crash_disk_fail (PealCrashDisk *self, PealDiskOps ops, guint nth, int rc, gboolean for_ever)
{
  self->fail_ops = ops;
  self->fail_countdown = nth;
  self->fail_rc = rc;
  self->fail_for_ever = for_ever;
  self->n_failed = 0;
}

void
peal_crash_disk_fill_while (PealCrashDisk *self, const char *path)
{
  g_set_str (&self->full_while, path);
}

void
peal_crash_disk_flip (PealCrashDisk *self, const char *name, gsize offset)
{
  PealCrashInode *inode = g_hash_table_lookup (self->seen_names, name);

  g_assert_nonnull (inode);
  g_assert_cmpuint (offset, <, inode->seen->len);
  inode->seen->data[offset] ^= 1;
}

guint
peal_crash_disk_get_n_ops (PealCrashDisk *self)
{
  return self->n_ops;
}

guint
peal_crash_disk_get_n_failed (PealCrashDisk *self)
{
  return self->n_failed;
}
