/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-bytes.h"

#include <errno.h>
#include <unistd.h>

gsize
peal_bytes_read_at (int fd, gint64 offset, guint8 *bytes, gsize length)
{
  gsize done = 0;

  g_return_val_if_fail (fd >= 0, 0);
  g_return_val_if_fail (bytes != NULL || length == 0, 0);

  while (done < length)
    {
      ssize_t n = pread (fd, bytes + done, length - done, offset + (gint64)done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      done += (gsize)n;
    }
  return done;
}

guint64
peal_bytes_get_be (const guint8 *bytes, gsize length)
{
  guint64 value = 0;

  g_return_val_if_fail (bytes != NULL, 0);

  for (gsize i = 0; i < length; i++)
    value = value << 8 | bytes[i];
  return value;
}

guint64
peal_bytes_get_le (const guint8 *bytes, gsize length)
{
  guint64 value = 0;

  g_return_val_if_fail (bytes != NULL, 0);

  for (gsize i = length; i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}
