/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-timetable.h"

G_BEGIN_DECLS

/* What a date and a time of day that somebody chose come to: an instant, or the reason for which they are
 * none. Pure: the zone and "now" (µs UTC) are handed in. */

typedef enum
{
  PEAL_WHEN_FINE,
  PEAL_WHEN_NO_TIME, /* the text is no time of day */
  PEAL_WHEN_PAST,
  PEAL_WHEN_FAR,  /* more than ten years ahead */
  PEAL_WHEN_GAP,  /* the clocks go forward over this time */
  PEAL_WHEN_FOLD, /* the clocks show this time twice, and which one was not said */
} PealWhenVerdict;

/* Which of two readings of a time that comes twice. */
typedef enum
{
  PEAL_WHEN_EITHER,
  PEAL_WHEN_FIRST,
  PEAL_WHEN_SECOND,
} PealWhenReading;

typedef struct
{
  PealWhenVerdict verdict;
  gboolean is_twofold; /* whether the clocks show this time twice */
  gint64 due;          /* µs UTC; -1 unless FINE */
  gint64 first,
      second; /* where twofold: both readings; for GAP: @second is the first instant after the gap */
} PealWhenChoice;

/* @clock: the time of day as typed; the date is that of @date, whose time does not matter. */
void peal_when_choose (PealWhenChoice *self,
                       GTimeZone *zone,
                       const PealWallTime *date,
                       const char *clock,
                       PealWhenReading reading,
                       gint64 now);
/* (transfer full): for the user: "Tue 24 Nov 2026, 18:00 (CET) — in 2 days", or what is wrong with the choice
 * and what would be right. */
char *peal_when_choice_to_sentence (const PealWhenChoice *self, GTimeZone *zone, gint64 now);

/* The next full hour that is at least @ahead µs after @now, by the clocks of @zone. */
gint64 peal_when_round_up (GTimeZone *zone, gint64 now, gint64 ahead);
/* The same time of day @days after @instant by the clocks of @zone: after a gap, or the first of two, where
 * they change then. */
gint64 peal_when_add_days (GTimeZone *zone, gint64 instant, int days);

#define PEAL_WHEN_N_PROPOSALS 4

/* Times that many will want, soonest first, all of them to come: in an hour, this evening, tomorrow morning
 * and evening. Returns how many there are. */
guint peal_when_propose (GTimeZone *zone, gint64 now, gint64 proposals[PEAL_WHEN_N_PROPOSALS]);

G_END_DECLS
