/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text that came from the network, made fit to be kept and shown: valid UTF-8, no control characters, nothing
 * that turns the direction of what stands beside it, nothing that looks like a token. */

/* One line of at most @max_chars characters. (transfer full) (nullable): NULL for NULL and for what comes out
 * empty. */
char *peal_text_dup_line (const char *text, gsize max_chars);
/* As peal_text_dup_line (), but line feeds stay. */
char *peal_text_dup_paragraph (const char *text, gsize max_chars);
/* A line for an error: at most 500 characters; what looks like a token or a secret parameter becomes "…".
 * Never NULL. (transfer full) */
char *peal_text_dup_message (const char *text);
/* Is @text 1 to @max_length characters of [A-Za-z0-9] and @others? NULL is not. */
gboolean peal_text_is_word (const char *text, gsize max_length, const char *others);

G_END_DECLS
