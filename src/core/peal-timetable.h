/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Wall time and instants, slots of the week. GLib alone does not tell a time that does not exist (the clocks
 * go forward) from one that happens twice (they go back), so this does. */

typedef struct
{
  int year, month, day, hour, minute, second; /* month and day from 1 */
} PealWallTime;

typedef enum
{
  PEAL_WALL_UNIQUE,
  PEAL_WALL_GAP,  /* does not exist; the two instants are the neighbours: just before, and the first after */
  PEAL_WALL_FOLD, /* happens twice; the two instants are both of them, in order */
} PealWallKind;

/* The instant or instants (µs UTC) at which a clock in @zone shows @wall. @second is set for GAP and FOLD.
 * FALSE where @wall is no date and time at all (month 13, 30 February, second 60). */
gboolean peal_timetable_resolve (GTimeZone *zone,
                                 const PealWallTime *wall,
                                 PealWallKind *kind,
                                 gint64 *first,
                                 gint64 *second);
/* What a clock in @zone shows at @instant (µs UTC). */
void peal_timetable_get_wall (GTimeZone *zone, gint64 instant, PealWallTime *wall);

typedef struct
{
  int weekday; /* 1 Monday to 7 Sunday */
  int minute;  /* of the day, 0 to 1439 */
} PealSlot;

/* The first instant (µs UTC) after @after at which one of @slots comes in @zone and which is not in @taken
 * (sorted or not; a slot counts as taken within the same minute). A slot in a gap comes at the first instant
 * after the gap, one in a fold at its first instant. -1 where @n_slots is 0 or nothing is free within 366
 * days. */
gint64 peal_timetable_next_slot (GTimeZone *zone,
                                 const PealSlot *slots,
                                 gsize n_slots,
                                 const gint64 *taken,
                                 gsize n_taken,
                                 gint64 after);

G_END_DECLS
