/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A fuzz target: one function that is fed bytes and checks what always holds. libFuzzer calls it a million
 * times in the soak; in the ordinary tests peal-fuzz-replay.c does, with the corpus and with changes of it
 * that are the same in each run. */

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* @size bytes at @data as a text; NUL ends it early. (transfer full) */
char *peal_fuzz_dup_text (const guint8 *data, gsize size);

G_END_DECLS
