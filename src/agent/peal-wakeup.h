/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One alarm on the wall clock, the agent's only timer: timerfd on CLOCK_REALTIME, which counts suspended time
 * and tells when the clock was set or the computer resumed. Without one, where the kernel refuses, it looks
 * every minute. */

#define PEAL_TYPE_WAKEUP (peal_wakeup_get_type ())
G_DECLARE_FINAL_TYPE (PealWakeup, peal_wakeup, PEAL, WAKEUP, GObject)

/* Signal "awake" (gboolean clock_was_set): the instant has come, or the clock is not what it was, because
 * somebody set it or the computer slept. Look at everything and arm again. */

PealWakeup *peal_wakeup_new (void);
/* @instant: µs UTC, in the past for at once, G_MAXINT64 for never (but still told of clock changes). */
void peal_wakeup_arm (PealWakeup *self, gint64 instant);

G_END_DECLS
