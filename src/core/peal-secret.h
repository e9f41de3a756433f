/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A token, key secret, code, verifier or upload address. It can be handed around, compared and wiped; it
 * cannot be printed: the text is reached only through peal-secret-access.h, which two files of the program
 * include (where requests are built, and where the keyring is written). Memory is wiped when the last
 * reference goes. */

#define PEAL_TYPE_SECRET (peal_secret_get_type ())

typedef struct _PealSecret PealSecret;

GType peal_secret_get_type (void) G_GNUC_CONST;
/* Copies @text; the caller wipes its own copy. */
PealSecret *peal_secret_new (const char *text);
/* Takes @text (g_malloc'ed) over. */
PealSecret *peal_secret_new_take (char *text);
PealSecret *peal_secret_ref (PealSecret *self);
void peal_secret_unref (PealSecret *self);
/* In constant time for equal lengths. NULL equals NULL. */
gboolean peal_secret_equal (const PealSecret *a, const PealSecret *b);
gsize peal_secret_get_length (const PealSecret *self);
/* (transfer full): "…abcd", the last four characters, or "…" where there are fewer than 12. For people. */
char *peal_secret_dup_hint (const PealSecret *self);
/* Overwrites @length bytes and g_free ()s. NULL is fine. */
void peal_wipe_free (char *text, gssize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealSecret, peal_secret_unref)

G_END_DECLS
