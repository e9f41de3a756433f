/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Randomness from the kernel (getrandom), for tokens and ids; never from a seeded generator. */

/* (transfer full): a random UUID, version 4. */
char *peal_random_uuid (void);
/* (transfer full): @length characters of [A-Za-z0-9], without bias. */
char *peal_random_text (gsize length);
/* [0, bound) without bias; @bound > 0. */
guint64 peal_random_below (guint64 bound);

G_END_DECLS
