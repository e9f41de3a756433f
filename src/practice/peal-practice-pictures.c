/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-pictures.h"

#include "peal-practice-handlers.h"
#include "peal-practice-png.h"
#include "peal-practice-random.h"

#include <math.h>

#define AVATAR_LIFETIME (2 * 3600)
#define COVER_LIFETIME (6 * 3600)

static guint64
sign (PealPracticeWorld *world, const char *path, gint64 expires)
{
  guint64 key = peal_practice_key_mix_text (world->seed ^ G_GUINT64_CONSTANT (0x5169), path);

  return peal_practice_key_mix (key, (guint64)expires);
}

static char *
make_url (PealPracticeWorld *world, const char *path, gint64 lifetime)
{
  gint64 expires = peal_practice_world_now (world) / G_USEC_PER_SEC + lifetime;

  return g_strdup_printf ("%s%s?x-expires=%" G_GINT64_FORMAT "&x-signature=%016" G_GINT64_MODIFIER "x",
                          world->base, path, expires, sign (world, path, expires));
}

char *
peal_practice_pictures_dup_avatar_url (PealPracticeWorld *world, PealPracticeCreator *creator, guint size)
{
  g_autofree char *path = g_strdup_printf ("/pictures/avatar/%s/%u.png", creator->profile->username, size);

  return make_url (world, path, AVATAR_LIFETIME);
}

char *
peal_practice_pictures_dup_cover_url (PealPracticeWorld *world, const PealPracticeVideo *video)
{
  g_autofree char *path = g_strdup_printf ("/pictures/cover/%" G_GINT64_FORMAT ".png", video->id);

  return make_url (world, path, COVER_LIFETIME);
}

/* One of three channels of a soft colour. */
static double
tint (guint64 key, guint channel, double x)
{
  double from = 40 + 170 * peal_practice_key_unit (key, 40 + channel);
  double to = 40 + 170 * peal_practice_key_unit (key, 50 + channel);

  return from + (to - from) * x;
}

/* A gradient with three discs on it. */
static GBytes *
draw (guint64 key, guint width, guint height)
{
  g_autofree guint8 *rgb = g_malloc ((gsize)width * height * 3);
  double slant = peal_practice_key_unit (key, 60);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        double u = (double)x / width, v = (double)y / height;
        double light = 0;

        for (guint disc = 0; disc < 3; disc++)
          {
            double dx = (u - peal_practice_key_unit (key, 70 + disc)) * width;
            double dy = (v - peal_practice_key_unit (key, 80 + disc)) * height;
            double radius = (0.12 + 0.25 * peal_practice_key_unit (key, 90 + disc)) * width;

            light += hypot (dx, dy) < radius ? 22 : 0;
          }
        for (guint channel = 0; channel < 3; channel++)
          rgb[((gsize)y * width + x) * 3 + channel] =
              (guint8)MIN (tint (key, channel, slant * u + (1 - slant) * v) + light, 255);
      }
  return peal_practice_png_encode (rgb, width, height);
}

static GBytes *
draw_path (PealPracticeWorld *world, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint count = g_strv_length (parts);

  if (count == 5 && g_str_equal (parts[2], "avatar"))
    {
      guint64 size = g_ascii_strtoull (parts[4], NULL, 10);

      return size >= 16 && size <= 1024
                 ? draw (peal_practice_key_mix_text (world->seed, parts[3]), (guint)size, (guint)size)
                 : NULL;
    }
  if (count == 4 && g_str_equal (parts[2], "cover"))
    return draw (peal_practice_key_mix_text (world->seed, parts[3]), 270, 480);
  return NULL;
}

void
peal_practice_picture (PealPracticeCall *call)
{
  const char *expires = peal_practice_call_get_query (call, "x-expires");
  const char *signature = peal_practice_call_get_query (call, "x-signature");
  gint64 end = expires != NULL ? g_ascii_strtoll (expires, NULL, 10) : 0;
  g_autofree char *right =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x", sign (call->world, call->path, end));
  g_autoptr (GBytes) png = NULL;

  if (signature == NULL || !peal_practice_secret_equal (right, signature)
      || end * G_USEC_PER_SEC <= peal_practice_world_now (call->world))
    {
      peal_practice_call_text (call, 403, "This address has expired.\n");
      return;
    }
  png = draw_path (call->world, call->path);
  if (png == NULL)
    {
      peal_practice_call_text (call, 404, "There is no such picture.\n");
      return;
    }
  soup_server_message_set_status (call->message, 200, NULL);
  soup_server_message_set_response (call->message, "image/png", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (png, NULL), g_bytes_get_size (png));
}
