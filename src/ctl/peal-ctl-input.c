/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-input.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "peal-error.h"

/* GLib has reads begin anew after a signal; poll () comes back. */
static gboolean
wait_readable (int fd)
{
  struct pollfd poller = { .fd = fd, .events = POLLIN };

  return poll (&poller, 1, -1) > 0;
}

gssize
peal_ctl_read (int fd, char *buffer, gsize size, const char *reason, GError **error)
{
  gsize length = 0;

  g_return_val_if_fail (buffer != NULL, -1);

  while (length < size)
    {
      gssize n = wait_readable (fd) ? read (fd, buffer + length, size - length) : -1;

      if (n == 0)
        break;
      if (n < 0)
        {
          g_propagate_error (
              error, errno == EINTR ? peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "Interrupted")
                                    : peal_error_new (PEAL_ERROR_INVALID, reason, "%s", g_strerror (errno)));
          return -1;
        }
      length += (gsize)n;
    }
  return (gssize)length;
}

gboolean
peal_ctl_ask (const char *question)
{
  char answer[16] = "";

  fprintf (stderr, "%s ", question);
  fflush (stderr);
  return wait_readable (STDIN_FILENO) && read (STDIN_FILENO, answer, sizeof answer - 1) > 0
         && g_ascii_tolower (answer[0]) == 'y';
}
