/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-media.h"

G_BEGIN_DECLS

/* Reads the payload of a moov box (ISO/IEC 14496-12) into @info. */
void peal_practice_mp4_read (const guint8 *moov, gsize length, PealPracticeMediaInfo *info);

G_END_DECLS
