/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-media.h"

G_BEGIN_DECLS

/* Reads the payloads of the EBML head, Info and Tracks (RFC 8794, RFC 9559) into @info. */
void peal_practice_webm_read (GByteArray *head,
                              GByteArray *segment_info,
                              GByteArray *tracks,
                              PealPracticeMediaInfo *info);

G_END_DECLS
