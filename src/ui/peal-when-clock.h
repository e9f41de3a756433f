/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A time of day as people type it: "9", "930", "21:05", "9pm", "9:30 p.m.", "18.15", "18h15", "18 Uhr", in
 * the digits of any script, with the words for morning and afternoon of the user's language before or after.
 * Without such a word the hours are those of a clock of 24. Pure. */

/* FALSE where @text is no time of day. @hour: 0 to 23, @minute: 0 to 59. */
gboolean peal_when_clock_parse (const char *text, int *hour, int *minute);

G_END_DECLS
