/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

#include "peal-picture.h"

G_BEGIN_DECLS

/* From what a decoder gives to what is shown: in RGBA, with square pixels, small enough and upright. */

/* No side of what is decoded may be longer. */
#define PEAL_UPRIGHT_MAX_SIDE 8192

/* (transfer full) (nullable): the frame of @sample, turned as @turn says, scaled down so that no side is over
 * @max_side, 1 to PEAL_PICTURE_MAX_SIDE; never scaled up. NULL where @sample is no frame, of a kind that
 * cannot be converted, or over PEAL_UPRIGHT_MAX_SIDE. */
PealPicture *peal_upright_picture (GstSample *sample, GstVideoOrientationMethod turn, int max_side);

G_END_DECLS
