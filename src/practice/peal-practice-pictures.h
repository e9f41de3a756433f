/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-world.h"

G_BEGIN_DECLS

/* Avatars and covers, drawn when they are asked for and always alike. Their addresses are signed and end
 * after 2 h and 6 h of the world's time, as TikTok's do. Each returns: (transfer full). */
char *
peal_practice_pictures_dup_avatar_url (PealPracticeWorld *world, PealPracticeCreator *creator, guint size);
char *peal_practice_pictures_dup_cover_url (PealPracticeWorld *world, const PealPracticeVideo *video);

G_END_DECLS
