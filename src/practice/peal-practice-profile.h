/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A creator as the world begins: a row of a constant table. README.md lists them. */
typedef struct
{
  const char *username;
  const char *nickname;
  const char *bio;
  const char *topic; /* what the captions of the first videos are about: one of the tables of -captions.c */
  gboolean is_verified;
  gboolean is_private;
  gboolean comment_disabled;
  gboolean duet_disabled;
  gboolean stitch_disabled;
  gboolean is_barred;
  int max_duration;       /* seconds */
  int daily_posts;        /* direct posts in 24 h; 0: the cap is reached already */
  int moderation_seconds; /* until a public post gets its id; -1: it never does */
  int videos;             /* public ones from before the world began */
  int span_days;          /* over which those were posted */
  gint64 followers;
  double followers_a_day;
  int following;
  double typical_views;
} PealPracticeProfile;

/* Returns: row @index, NULL past the last. */
const PealPracticeProfile *peal_practice_profile_nth (guint index);

G_END_DECLS
