/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-journal-private.h"

G_BEGIN_DECLS

/* When a post is to go out, read from the bus's dictionaries. */

typedef struct
{
  gboolean is_told; /* one of the members below was there */
  gboolean is_draft, is_now, is_next_slot;
  gint64 due;          /* µs UTC, or -1 */
  char *zone;          /* IANA name; NULL where none was told */
  gint64 late_grace_s; /* -1 without limit; G_MININT64 where none was told */
} PealPlanTime;

void peal_plan_time_clear (PealPlanTime *self);
/* Reads due, zone, now, next_slot, draft and late_grace_s. INVALID "setting_range", "time_twice",
 * "time_past", "zone_unknown", "option_type". */
gboolean peal_plan_time_read (PealPlanTime *self, GVariant *dict, gint64 now, GError **error);
/* The instant for @account: as told, now, or its next free slot. INVALID "no_slot". On the database's thread.
 */
gboolean peal_plan_time_resolve (sqlite3 *db,
                                 const PealPlanTime *self,
                                 gint64 account,
                                 gint64 now,
                                 gint64 *due,
                                 GError **error);
/* (transfer full): "2026-11-24 18:00:00" in @zone, or NULL without zone or instant. */
char *peal_plan_time_dup_wall (gint64 due, const char *zone);
/* INVALID "option_unknown" where @dict (a{sv}) has a member that is neither an option nor in @also
 * (nullable). */
gboolean peal_plan_check_members (GVariant *dict, const char *const *also, GError **error);
/* May @options go to @account with @facts? PealScopes are those granted. SCOPE "scope_missing", MEDIA with
 * the broken rule, INVALID as peal_post_options_check (). */
gboolean peal_plan_check_post (const PealPostOptions *options,
                               const PealMediaFacts *facts,
                               PealScopes scopes,
                               GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PealPlanTime, peal_plan_time_clear)

G_END_DECLS
