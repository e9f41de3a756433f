/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two kinds of chance. A key is a pure function of the seed and of what it is for: the same seed makes the
 * same world. A secret comes from the kernel. */

/* Mixes @part into @key. */
guint64 peal_practice_key_mix (guint64 key, guint64 part);
guint64 peal_practice_key_mix_text (guint64 key, const char *text);

/* Draws number @nth from @key: at least @low, at most @high. */
gint64 peal_practice_key_range (guint64 key, guint nth, gint64 low, gint64 high);

/* Draws number @nth from @key: from 0 to below 1. */
double peal_practice_key_unit (guint64 key, guint nth);

/* Returns: (transfer full): @length letters and digits that @key stands for. */
char *peal_practice_key_text (guint64 key, guint length);

/* Returns: (transfer full): @length letters and digits that nobody can guess. */
char *peal_practice_secret_text (guint length);
guint32 peal_practice_secret_number (void);

/* Compares in a time that does not tell where they differ. */
gboolean peal_practice_secret_equal (const char *a, const char *b);

G_END_DECLS
