/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A decoded picture: 8-bit RGBA, not premultiplied, rows of width × 4 bytes without padding, top row first.
 */

#define PEAL_TYPE_PICTURE (peal_picture_get_type ())

/* No side of a picture that peal-media hands over is longer. */
#define PEAL_PICTURE_MAX_SIDE 2048

typedef struct
{
  int width, height; /* 1 to PEAL_PICTURE_MAX_SIDE */
  GBytes *rgba;      /* width × height × 4 bytes */
} PealPicture;

GType peal_picture_get_type (void) G_GNUC_CONST;
/* (transfer full): takes @rgba; NULL where its length does not fit the sides or these are out of range. */
PealPicture *peal_picture_new_take (int width, int height, GBytes *rgba);
PealPicture *peal_picture_copy (const PealPicture *self);
void peal_picture_free (PealPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPicture, peal_picture_free)

G_END_DECLS
