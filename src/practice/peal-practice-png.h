/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): @width by @height pixels of three bytes each as a PNG (ISO/IEC 15948). */
GBytes *peal_practice_png_encode (const guint8 *rgb, guint width, guint height);

G_END_DECLS
