/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person types for a time: RFC 3339 ("2026-11-24T18:00:00+01:00", "…Z"), "YYYY-MM-DD HH:MM" (also with
 * seconds, also with a T) in a zone, or "+90s", "+15m", "+2h", "+3d" from now (24 h a day). */

/* The instant (µs UTC), or -1 with PEAL_ERROR_INVALID: "time_syntax", "time_past" (before @now), "time_gap"
 * (the message names both neighbours, RFC 3339), "time_fold" (likewise both readings), "time_far" (over 10
 * years). */
gint64 peal_when_parse (const char *text, GTimeZone *zone, gint64 now, GError **error);
/* (transfer full): RFC 3339 of @instant (µs UTC) in @zone, in whole seconds; "2026-11-24T18:00:00+01:00", UTC
 * as Z. */
char *peal_when_format (gint64 instant, GTimeZone *zone);
/* (transfer none): the IANA name of @zone; "UTC" where it has none, such as the path of a file. */
const char *peal_when_get_zone_name (GTimeZone *zone);

G_END_DECLS
