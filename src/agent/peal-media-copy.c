/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-media-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-chunk-plan.h"
#include "peal-error.h"

#define BLOCK (1024 * 1024)

static gboolean
fail_writing (GError **error, int saved_errno)
{
  gboolean full = saved_errno == ENOSPC || saved_errno == EDQUOT;

  if (error != NULL)
    *error = peal_error_new (full ? PEAL_ERROR_STORAGE_FULL : PEAL_ERROR_STORAGE_CORRUPT,
                             full ? "disk_full" : "storage_failed", "%s", g_strerror (saved_errno));
  return FALSE;
}

static gint64
get_ns (const struct timespec *time)
{
  return (gint64)time->tv_sec * G_GINT64_CONSTANT (1000000000) + time->tv_nsec;
}

gboolean
peal_media_copy_stat (int fd, PealMediaCopy *copy, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) < 0)
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "file_unreadable", "the video cannot be copied");
  if (!S_ISREG (info.st_mode))
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "file_not_regular", "the video cannot be copied");
  copy->size = info.st_size;
  copy->inode = (gint64)info.st_ino;
  copy->mtime_ns = get_ns (&info.st_mtim);
  copy->ctime_ns = get_ns (&info.st_ctim);
  return TRUE;
}

static gboolean
is_unchanged (const PealMediaCopy *before, const PealMediaCopy *after)
{
  return before->size == after->size && before->inode == after->inode && before->mtime_ns == after->mtime_ns;
}

static gboolean
write_all (int fd, const guint8 *data, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize written = write (fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return fail_writing (error, errno);
      data += written;
      length -= (gsize)written;
    }
  return TRUE;
}

/* Reads all of @from into @checksum, and into @to unless that is -1. */
static gboolean
read_all (int from, int to, GChecksum *checksum, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  gint64 offset = 0;

  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      gssize got = pread (from, block, BLOCK, offset);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return peal_error_refuse (error, PEAL_ERROR_MEDIA, "file_unreadable", "the video cannot be copied");
      if (got == 0)
        return TRUE;
      g_checksum_update (checksum, block, got);
      if (to != -1 && !write_all (to, block, (gsize)got, error))
        return FALSE;
      offset += got;
    }
  return FALSE;
}

gboolean
peal_media_copy_digest (int fd, guint8 sha256[32], GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = 32;

  if (!read_all (fd, -1, checksum, cancellable, error))
    return FALSE;
  g_checksum_get_digest (checksum, sha256, &length);
  return TRUE;
}

static gboolean
fill (int from, int to, PealMediaCopy *copy, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean shared = ioctl (to, FICLONE, from) == 0;
  gsize length = sizeof copy->sha256;

  if (!read_all (shared ? to : from, shared ? -1 : to, checksum, cancellable, error))
    return FALSE;
  g_checksum_get_digest (checksum, copy->sha256, &length);
  return fsync (to) == 0 || fail_writing (error, errno);
}

static gboolean
sync_parent (const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail_writing (error, errno);
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
copy_checked (int from,
              int to,
              const char *path,
              PealMediaCopy *copy,
              GCancellable *cancellable,
              GError **error)
{
  PealMediaCopy before, after;

  if (!peal_media_copy_stat (from, &before, error))
    return FALSE;
  if (before.size < 1)
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "file_empty", "the video cannot be copied");
  if (before.size > PEAL_MAX_VIDEO_BYTES)
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "file_too_large", "the video cannot be copied");
  if (!fill (from, to, copy, cancellable, error) || !peal_media_copy_stat (from, &after, error)
      || !peal_media_copy_stat (to, copy, error))
    return FALSE;
  if (!is_unchanged (&before, &after) || copy->size != before.size)
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "media_changed", "the video cannot be copied");
  return sync_parent (path, error);
}

gboolean
peal_media_copy_make (int fd,
                      const char *path,
                      PealMediaCopy *copy,
                      GCancellable *cancellable,
                      GError **error)
{
  gboolean ok;
  int to;

  g_return_val_if_fail (fd >= 0 && path != NULL && copy != NULL, FALSE);

  to = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (to < 0)
    return fail_writing (error, errno);
  ok = copy_checked (fd, to, path, copy, cancellable, error);
  close (to);
  if (!ok)
    unlink (path);
  return ok;
}
