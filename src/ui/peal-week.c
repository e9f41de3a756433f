/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-week.h"

#include <langinfo.h>

/* The day that _NL_TIME_FIRST_WEEKDAY counts from is the one of this date, a number in place of a pointer. */
#define SUNDAY 19971130
#define MONDAY 19971201

int
peal_week_get_first_day (void)
{
  int first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];
  guint origin = (guint)(guintptr)nl_langinfo (_NL_TIME_WEEK_1STDAY);
  int day = first + (origin == MONDAY ? 1 : 0); /* 1 Sunday */

  return origin != SUNDAY && origin != MONDAY ? 1 : (day + 5) % 7 + 1;
}
