/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The week as the user's locale has it. */

/* 1 Monday to 7 Sunday. */
int peal_week_get_first_day (void);

G_END_DECLS
