/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-ballast.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define WEIGHT (1024 * 1024)

struct _PealBallast
{
  char *directory;
  char *path;
};

PealBallast *
peal_ballast_new (const char *directory)
{
  PealBallast *self = NULL;

  g_return_val_if_fail (directory != NULL, NULL);

  self = g_new0 (PealBallast, 1);
  self->directory = g_strdup (directory);
  self->path = g_build_filename (directory, "ballast", NULL);
  return self;
}

void
peal_ballast_free (PealBallast *self)
{
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}

static gboolean
is_loaded (PealBallast *self)
{
  struct stat info;

  return lstat (self->path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size == WEIGHT
         && info.st_blocks * 512 >= WEIGHT;
}

static gboolean
has_room (PealBallast *self)
{
  struct statvfs info;

  return statvfs (self->directory, &info) == 0 && info.f_bavail * info.f_frsize >= 2 * WEIGHT;
}

gboolean
peal_ballast_load (PealBallast *self)
{
  gboolean ok;
  int fd;

  g_return_val_if_fail (self != NULL, FALSE);

  if (is_loaded (self))
    return TRUE;
  if (!has_room (self))
    return FALSE;
  fd = open (self->path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  ok = fd >= 0 && posix_fallocate (fd, 0, WEIGHT) == 0 && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  if (!ok)
    unlink (self->path);
  return ok;
}

gboolean
peal_ballast_drop (PealBallast *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return unlink (self->path) == 0;
}
