/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-ctl.h"
#include "peal-post.h"

G_BEGIN_DECLS

/* Posts as the bus has them (an a{sv}), and the options that make one. To be called in a fiber. */

/* The number of a post; 0 with a usage error. */
gint64 peal_ctl_post_parse_id (const char *text, GError **error);
/* (transfer full): the post @id, or NULL. */
GVariant *peal_ctl_post_get (PealCtlRun *run, gint64 id, GError **error);
/* (transfer none): a text or word of @post; "" where it has none. */
const char *peal_ctl_post_get_text (GVariant *post, const char *name);
/* With --json, prints the post @id. */
gboolean peal_ctl_post_print_json (PealCtlRun *run, gint64 id, GError **error);
/* (transfer full): "@handle", or the open_id. */
char *peal_ctl_post_dup_account (GVariant *post);

/* Adds what the options say about the post itself, caption to cover, to @dict. */
gboolean peal_ctl_post_apply_options (PealCtlRun *run, GVariantDict *dict, GError **error);

G_END_DECLS
