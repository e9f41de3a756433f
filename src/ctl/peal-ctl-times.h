/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-ctl.h"

G_BEGIN_DECLS

/* Times as options say them. */

/* Adds due and zone, now, next_slot and zone, or draft to @dict, after --at, --now, --next-slot or --draft.
 * FALSE where more than one is given, where none is although @required, or with the errors of peal_when_parse
 * (). */
gboolean peal_ctl_times_apply (PealCtlRun *run, GVariantDict *dict, gboolean required, GError **error);

/* From when statistics are wanted: an RFC 3339 date or instant, or "30d", "12h", "4w" before @now. The
 * instant (µs UTC), or -1 with a usage error. */
gint64 peal_ctl_since_parse (const char *text, GTimeZone *zone, gint64 now, GError **error);

G_END_DECLS
