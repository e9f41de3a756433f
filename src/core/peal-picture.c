/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-picture.h"

#define BYTES_PER_PIXEL 4

G_DEFINE_BOXED_TYPE (PealPicture, peal_picture, peal_picture_copy, peal_picture_free)

static gboolean
is_side (int side)
{
  return side >= 1 && side <= PEAL_PICTURE_MAX_SIDE;
}

PealPicture *
peal_picture_new_take (int width, int height, GBytes *rgba)
{
  g_autoptr (GBytes) pixels = rgba;
  PealPicture *self = NULL;

  g_return_val_if_fail (rgba != NULL, NULL);

  if (!is_side (width) || !is_side (height)
      || g_bytes_get_size (pixels) != (gsize)width * (gsize)height * BYTES_PER_PIXEL)
    return NULL;
  self = g_new0 (PealPicture, 1);
  self->width = width;
  self->height = height;
  self->rgba = g_steal_pointer (&pixels);
  return self;
}

PealPicture *
peal_picture_copy (const PealPicture *self)
{
  PealPicture *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (PealPicture, 1);
  copy->width = self->width;
  copy->height = self->height;
  copy->rgba = g_bytes_ref (self->rgba);
  return copy;
}

void
peal_picture_free (PealPicture *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->rgba, g_bytes_unref);
  g_free (self);
}
