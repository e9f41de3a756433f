/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): @text in Unicode's isolates: it runs in the direction of its own first letter, from left
 * to right without one ("+387", not "387+"), and turns nothing round that stands beside it. */
char *peal_isolated_text (const char *text);

G_END_DECLS
