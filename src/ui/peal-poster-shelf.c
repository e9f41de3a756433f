/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-poster-shelf.h"

#include <sys/stat.h>

#include "peal-error.h"
#include "peal-worker.h"

/* Some three hundred of a row's size. */
#define MAX_BYTES (32 * 1024 * 1024)
/* Nobody tells when the copy of the video goes; one that is still wanted after this is made anew. */
#define MAX_AGE_S (30 * 24 * 3600)

/* What stands before the pixels. */
typedef struct
{
  gint32 width, height;
} Sides;

/* What a worker has. */
typedef struct
{
  char *directory, *key;
  PealShelfMark video;
  GBytes *bytes; /* (nullable) */
} Shelving;

static void
shelving_free (Shelving *self)
{
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static Shelving *
shelving_new (const char *directory, const char *key, const PealShelfMark *video)
{
  Shelving *self = g_new0 (Shelving, 1);

  self->directory = g_strdup (directory);
  self->key = g_strdup (key);
  self->video = *video;
  return self;
}

static PealPicture *
parse (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  Sides sides;

  if (length <= sizeof sides)
    return NULL;
  memcpy (&sides, data, sizeof sides);
  return peal_picture_new_take (sides.width, sides.height,
                                g_bytes_new_from_bytes (bytes, sizeof sides, length - sizeof sides));
}

static GBytes *
format (const PealPicture *picture)
{
  Sides sides = { picture->width, picture->height };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize length;
  const guint8 *pixels = g_bytes_get_data (picture->rgba, &length);

  g_byte_array_append (bytes, (const guint8 *)&sides, sizeof sides);
  g_byte_array_append (bytes, pixels, (guint)length);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
find (gpointer data, GValue *result, GError **error)
{
  Shelving *self = data;
  PealShelfMark video;
  PealPicture *picture = NULL;

  self->bytes = peal_picture_shelf_get (self->directory, self->key, &video);
  if (self->bytes == NULL || memcmp (&video, &self->video, sizeof video) != 0
      || !(picture = parse (self->bytes)))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "no_picture", "No such poster is kept");
  g_value_init (result, PEAL_TYPE_PICTURE);
  g_value_take_boxed (result, picture);
  return TRUE;
}

static gboolean
keep (gpointer data, GValue *result, GError **error)
{
  Shelving *self = data;

  if (peal_picture_shelf_put (self->directory, self->key, &self->video, self->bytes, MAX_BYTES, MAX_AGE_S,
                              error))
    return TRUE;
  g_debug ("A poster is not kept: %s", (*error)->message);
  return FALSE;
}

gboolean
peal_poster_shelf_mark (int fd, PealShelfMark *video)
{
  struct stat info;

  g_return_val_if_fail (video != NULL, FALSE);

  if (fstat (fd, &info) < 0)
    return FALSE;
  peal_shelf_mark_data (video,
                        (const gint64[]){ (gint64)info.st_ino, info.st_size, info.st_mtim.tv_sec,
                                          info.st_mtim.tv_nsec, info.st_ctim.tv_sec, info.st_ctim.tv_nsec },
                        6 * sizeof (gint64));
  return TRUE;
}

DexFuture *
peal_poster_shelf_find (const char *directory, const char *key, const PealShelfMark *video)
{
  dex_return_error_if_fail (directory != NULL);
  dex_return_error_if_fail (key != NULL);
  dex_return_error_if_fail (video != NULL);

  return peal_worker_run ("poster-find", find, shelving_new (directory, key, video),
                          (GDestroyNotify)shelving_free);
}

DexFuture *
peal_poster_shelf_keep (const char *directory,
                        const char *key,
                        const PealShelfMark *video,
                        const PealPicture *poster)
{
  Shelving *shelving = NULL;

  dex_return_error_if_fail (directory != NULL);
  dex_return_error_if_fail (key != NULL);
  dex_return_error_if_fail (video != NULL);
  dex_return_error_if_fail (poster != NULL);

  shelving = shelving_new (directory, key, video);
  shelving->bytes = format (poster);
  return peal_worker_run ("poster-keep", keep, shelving, (GDestroyNotify)shelving_free);
}
