/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* All that is known of one post: what it is, what can be done with it, and the account of what happened. */

#define PEAL_TYPE_POST_DIALOG (peal_post_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PealPostDialog, peal_post_dialog, PEAL, POST_DIALOG, AdwDialog)

/* (transfer floating) */
AdwDialog *peal_post_dialog_new (PealSession *session, gint64 post);

G_END_DECLS
