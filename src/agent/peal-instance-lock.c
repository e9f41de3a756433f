/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-instance-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "peal-error.h"

#define PAUSE_US 20000

static int
fail (GError **error, int fd)
{
  gboolean taken = fd >= 0 && errno == EWOULDBLOCK;

  g_propagate_error (
      error, taken ? peal_error_new (PEAL_ERROR_INVALID, "agent_running", "another agent has these data")
                   : peal_error_new (PEAL_ERROR_STORAGE_CORRUPT, "storage_read_only", "agent.lock: %s",
                                     g_strerror (errno)));
  if (fd >= 0)
    close (fd);
  return -1;
}

int
peal_instance_lock_take (const char *directory, gint64 patience_us, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "agent.lock", NULL);
  gint64 end = g_get_monotonic_time () + patience_us;
  int fd;

  if (g_mkdir_with_parents (directory, 0700) < 0)
    return fail (error, -1);
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  while (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) < 0)
    {
      if (errno != EWOULDBLOCK || g_get_monotonic_time () >= end)
        return fail (error, fd);
      g_usleep (PAUSE_US);
    }
  return fd >= 0 ? fd : fail (error, fd);
}
