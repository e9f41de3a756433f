/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The table behind peal-sentence.h, for it and for its test. */

typedef struct
{
  const char *word;
  const char *sentence; /* in English, marked for translation */
  gboolean detail;      /* whether the message adds something that people need: a time, a name */
} PealSentence;

/* Each ends with a NULL word. */
extern const PealSentence peal_sentence_reasons[];
extern const PealSentence peal_sentence_holds[];
extern const PealSentence peal_sentence_states[];
extern const PealSentence peal_sentence_account_states[];
extern const PealSentence peal_sentence_rules[];

G_END_DECLS
