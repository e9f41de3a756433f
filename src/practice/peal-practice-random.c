/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-random.h"

#include <string.h>
#include <sys/random.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/* The finaliser of SplitMix64. */
static guint64
scramble (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

guint64
peal_practice_key_mix (guint64 key, guint64 part)
{
  return scramble (key ^ scramble (part));
}

guint64
peal_practice_key_mix_text (guint64 key, const char *text)
{
  for (; *text != '\0'; text++)
    key = peal_practice_key_mix (key, (guchar)*text);
  return key;
}

gint64
peal_practice_key_range (guint64 key, guint nth, gint64 low, gint64 high)
{
  return low + (gint64)(peal_practice_key_mix (key, nth) % (guint64)(high - low + 1));
}

double
peal_practice_key_unit (guint64 key, guint nth)
{
  return (double)(peal_practice_key_mix (key, nth) >> 11) / 9007199254740992.0;
}

char *
peal_practice_key_text (guint64 key, guint length)
{
  char *text = g_malloc (length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = letters[peal_practice_key_mix (key, i) % (sizeof letters - 1)];
  text[length] = '\0';
  return text;
}

char *
peal_practice_secret_text (guint length)
{
  g_autofree guchar *noise = g_malloc (length);
  char *text = g_malloc (length + 1);

  for (guint got = 0; got < length;)
    {
      gssize n = getrandom (noise + got, length - got, 0);

      if (n > 0)
        got += (guint)n;
    }
  for (guint i = 0; i < length; i++)
    text[i] = letters[noise[i] % (sizeof letters - 1)];
  text[length] = '\0';
  return text;
}

guint32
peal_practice_secret_number (void)
{
  guint32 number = 0;

  while (getrandom (&number, sizeof number, 0) != sizeof number)
    continue;
  return number;
}

gboolean
peal_practice_secret_equal (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint differ = 0;

  if (length != strlen (b))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    differ |= (guint)(a[i] ^ b[i]);
  return differ == 0;
}
