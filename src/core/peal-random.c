/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-random.h"

#include <errno.h>
#include <sys/random.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

static void
fill (gpointer buffer, gsize length)
{
  guint8 *p = buffer;

  while (length > 0)
    {
      ssize_t n = getrandom (p, length, 0);

      if (n < 0 && errno == EINTR)
        continue;
      /* Nothing that needs a token can go on without one. */
      if (n <= 0)
        g_error ("getrandom failed: %s", g_strerror (errno));
      p += n;
      length -= (gsize)n;
    }
}

guint64
peal_random_below (guint64 bound)
{
  guint64 value;
  guint64 unfair;

  g_return_val_if_fail (bound > 0, 0);

  /* 2^64 mod bound: values below it would make the small results likelier. */
  unfair = (0 - bound) % bound;
  do
    fill (&value, sizeof value);
  while (value < unfair);
  return value % bound;
}

char *
peal_random_text (gsize length)
{
  g_autofree char *text = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    text[i] = letters[peal_random_below (sizeof letters - 1)];
  text[length] = '\0';
  return g_steal_pointer (&text);
}

/* RFC 9562 §5.4 */
char *
peal_random_uuid (void)
{
  guint8 b[16];

  fill (b, sizeof b);
  b[6] = (guint8)((b[6] & 0x0f) | 0x40);
  b[8] = (guint8)((b[8] & 0x3f) | 0x80);
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
                          b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
                          b[15]);
}
