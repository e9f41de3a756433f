/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-picture-shelf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-random.h"

/* What stands before the bytes. */
typedef struct
{
  PealShelfMark origin, content;
} Head;

G_STATIC_ASSERT (sizeof (Head) == 64);

void
peal_shelf_mark_data (PealShelfMark *mark, gconstpointer data, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = sizeof mark->bytes;

  g_checksum_update (checksum, data, (gssize)length);
  g_checksum_get_digest (checksum, mark->bytes, &size);
}

static char *
dup_name (const char *key)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
}

/* The directory, if it is one and ours alone, or -1 with errno. */
static int
open_directory (const char *directory)
{
  g_autofd int fd = open (directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat info;

  if (fd < 0 || fstat (fd, &info) < 0)
    return -1;
  errno = EPERM;
  if (info.st_uid != geteuid () || ((info.st_mode & 0077) != 0 && fchmod (fd, 0700) < 0))
    return -1;
  return g_steal_fd (&fd);
}

static gboolean
read_all (int fd, gpointer data, gsize length)
{
  char *at = data;

  while (length > 0)
    {
      gssize n = TEMP_FAILURE_RETRY (read (fd, at, length));

      if (n <= 0)
        return FALSE;
      at += n;
      length -= (gsize)n;
    }
  return TRUE;
}

static gboolean
write_all (int fd, gconstpointer data, gsize length)
{
  const char *at = data;

  while (length > 0)
    {
      gssize n = TEMP_FAILURE_RETRY (write (fd, at, length));

      if (n < 0)
        return FALSE;
      at += n;
      length -= (gsize)n;
    }
  return TRUE;
}

GBytes *
peal_picture_shelf_get (const char *directory, const char *key, PealShelfMark *mark)
{
  g_autofd int folder = open_directory (directory);
  g_autofree char *name = dup_name (key);
  g_autofree char *data = NULL;
  g_autofd int fd = -1;
  PealShelfMark content;
  struct stat info;
  gsize length;
  Head head;

  if (folder < 0 || (fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) < 0
      || fstat (fd, &info) < 0 || !S_ISREG (info.st_mode) || info.st_size <= (goffset)sizeof head
      || info.st_size > (goffset)sizeof head + PEAL_PICTURE_SHELF_MAX_BYTES)
    return NULL;
  length = (gsize)info.st_size - sizeof head;
  data = g_malloc (length);
  if (!read_all (fd, &head, sizeof head) || !read_all (fd, data, length))
    return NULL;
  peal_shelf_mark_data (&content, data, length);
  if (memcmp (&content, &head.content, sizeof content) != 0)
    return NULL;
  *mark = head.origin;
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/* A file as it counts against the limit. */
typedef struct
{
  char *name;
  gint64 bytes, at_ns;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *first = *(Entry **)a, *second = *(Entry **)b;

  return (first->at_ns > second->at_ns) - (first->at_ns < second->at_ns);
}

/* (transfer full): the regular files of @folder, oldest first. */
static GPtrArray *
list_entries (int folder, gint64 *total)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  DIR *stream = fdopendir (openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  struct dirent *found;
  struct stat info;

  *total = 0;
  while (stream != NULL && (found = readdir (stream)) != NULL)
    {
      Entry *entry = NULL;

      if (fstatat (folder, found->d_name, &info, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG (info.st_mode))
        continue;
      entry = g_new0 (Entry, 1);
      entry->name = g_strdup (found->d_name);
      entry->bytes = MAX ((gint64)info.st_blocks * 512, (gint64)info.st_size);
      entry->at_ns = (gint64)info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec;
      g_ptr_array_add (entries, entry);
      *total += entry->bytes;
    }
  if (stream != NULL)
    closedir (stream);
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

static void
drop_oldest (int folder, gint64 max_bytes, gint64 max_age_s)
{
  gint64 total, oldest_ns = G_MININT64;
  g_autoptr (GPtrArray) entries = list_entries (folder, &total);

  if (max_age_s > 0)
    oldest_ns = (g_get_real_time () - max_age_s * G_USEC_PER_SEC) * 1000;
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);

      if (total <= max_bytes && entry->at_ns >= oldest_ns)
        return;
      if (unlinkat (folder, entry->name, 0) == 0)
        total -= entry->bytes;
    }
}

static gboolean
put_file (int folder, const char *name, const Head *head, GBytes *picture)
{
  g_autofree char *uuid = peal_random_uuid ();
  g_autofree char *draft = g_strconcat ("new-", uuid, NULL);
  g_autofd int fd = openat (folder, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  int reason;

  if (fd < 0)
    return FALSE;
  if (write_all (fd, head, sizeof *head)
      && write_all (fd, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture))
      && renameat (folder, draft, folder, name) == 0)
    return TRUE;
  reason = errno;
  unlinkat (folder, draft, 0);
  errno = reason;
  return FALSE;
}

gboolean
peal_picture_shelf_put (const char *directory,
                        const char *key,
                        const PealShelfMark *mark,
                        GBytes *picture,
                        gint64 max_bytes,
                        gint64 max_age_s,
                        GError **error)
{
  g_autofree char *name = dup_name (key);
  g_autofd int folder = -1;
  Head head = { .origin = *mark };

  if (g_bytes_get_size (picture) > PEAL_PICTURE_SHELF_MAX_BYTES)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "picture_unkept", "%" G_GSIZE_FORMAT " bytes",
                              g_bytes_get_size (picture));
  peal_shelf_mark_data (&head.content, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
  if (g_mkdir_with_parents (directory, 0700) < 0 || (folder = open_directory (directory)) < 0
      || !put_file (folder, name, &head, picture))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "picture_unkept", "%s", g_strerror (errno));
  drop_oldest (folder, max_bytes, max_age_s);
  return TRUE;
}
