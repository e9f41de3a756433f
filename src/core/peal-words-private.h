/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An enumeration and its words: the word of value n is words[n]. For the files of core. */

/* The value whose word is @text (nullable); FALSE, and @out untouched, where there is none. */
gboolean peal_words_find (const char *const *words, gsize n_words, const char *text, guint *out);

G_END_DECLS
