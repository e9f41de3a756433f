/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-media-open.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-error.h"

#define COSTLY_BYTES G_GINT64_CONSTANT (500000000)

gboolean
peal_media_check_file (int fd, GError **error)
{
  const char *reason = NULL;
  const char *message = NULL;
  struct stat info;

  if (fstat (fd, &info) != 0)
    {
      reason = "file_unreadable";
      message = g_strerror (errno);
    }
  else if (S_ISDIR (info.st_mode))
    {
      reason = "file_is_directory";
      message = "This is a folder";
    }
  else if (!S_ISREG (info.st_mode))
    {
      reason = "file_not_regular";
      message = "This is not a plain file";
    }
  else if (info.st_size == 0)
    {
      reason = "file_empty";
      message = "The file is empty";
    }
  if (reason != NULL)
    g_propagate_error (error, peal_error_new (PEAL_ERROR_MEDIA, reason, "%s", message));
  return reason == NULL;
}

int
peal_media_open (const char *path, GError **error)
{
  g_autofd int fd = -1;

  g_return_val_if_fail (path != NULL, -1);

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    {
      int code = errno;
      const char *reason = code == ENOENT || code == ENOTDIR ? "file_missing"
                           : code == ENXIO                   ? "file_not_regular"
                                                             : "file_unreadable";

      g_propagate_error (error, peal_error_new (PEAL_ERROR_MEDIA, reason, "%s", g_strerror (code)));
      return -1;
    }
  if (!peal_media_check_file (fd, error))
    return -1;
  return g_steal_fd (&fd);
}

static gboolean
can_clone (int fd)
{
  g_autofd int probe = g_open (g_get_user_data_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  return probe >= 0 && ioctl (probe, FICLONE, fd) == 0;
}

gboolean
peal_media_is_costly_to_copy (int fd, gint64 size)
{
  g_return_val_if_fail (fd >= 0, FALSE);

  return size > COSTLY_BYTES && !can_clone (fd);
}
