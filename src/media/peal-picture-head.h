/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a picture says of itself before anybody decodes it: so much that a small file which claims to be a
 * huge picture is not even begun with. */

typedef struct
{
  const char *format; /* "jpeg", "png" or "webp" */
  int width, height;  /* pixels, as stored; 0 where it does not say */
  int orientation;    /* 1 to 8, as Exif has it (CIPA DC-008 §4.6.5): how what is stored has to be turned */
} PealPictureHead;

/* FALSE where the file open as @fd, seekable, is none of these. Its position is left alone. */
gboolean peal_picture_head_read (int fd, PealPictureHead *head);

G_END_DECLS
