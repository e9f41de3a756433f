/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How numbers grow. Pure functions of a key and of the world's time (µs): nothing is stored, the same
 * question has the same answer, and a later answer is never smaller. */
typedef struct
{
  gint64 views;
  gint64 likes;
  gint64 comments;
  gint64 shares;
} PealPracticeCounts;

/* The numbers of a video of age @age (µs) whose creator's videos typically end at @typical_views. */
PealPracticeCounts peal_practice_life_video (guint64 key, double typical_views, gint64 age);

/* Followers after @age (µs) of the world, with the rhythm of days and weeks around @a_day more each day. */
gint64 peal_practice_life_followers (guint64 key, gint64 first, double a_day, gint64 age);

G_END_DECLS
