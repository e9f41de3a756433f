/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "peal-time-text.h"

G_BEGIN_DECLS

/* Whether the user reads hours by 24 or by 12: as the desktop's setting "clock-format" says, where it has
 * one, else as the locale writes them. @bus: asked in a sandbox, which does not see the desktop's settings;
 * waits at most 300 ms for it. */
PealClockFormat peal_clock_format_read (GDBusConnection *bus);

/* What the locale's format of a time says (glibc: nl_langinfo (T_FMT)). Pure. */
PealClockFormat peal_clock_format_of_pattern (const char *pattern);

G_END_DECLS
