/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-post-item.h"
#include "peal-session.h"

G_BEGIN_DECLS

/* Where a post is made, or one that is not out yet is changed: video, account, caption, TikTok's choices, and
 * when. It really schedules: what is pressed is told to the agent, and the dialog closes once that has taken
 * it. Several videos are composed one after the other. */

#define PEAL_TYPE_COMPOSE_DIALOG (peal_compose_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PealComposeDialog, peal_compose_dialog, PEAL, COMPOSE_DIALOG, AdwDialog)

/* (transfer floating) */
AdwDialog *peal_compose_dialog_new (PealSession *session);
/* Composes @files (of GFile), one after the other, after those that it has already. Nothing where a post is
 * edited. */
void peal_compose_dialog_add_files (PealComposeDialog *self, GListModel *files);
/* Changes @post instead of making one; video and account stay as they are. Once, before anything else. */
void peal_compose_dialog_edit (PealComposeDialog *self, PealPostItem *post);
/* The same for the post that the agent knows by @post; what keeps it from being read is told in the dialog.
 */
void peal_compose_dialog_edit_id (PealComposeDialog *self, gint64 post);
/* Begins with this time: µs UTC. */
void peal_compose_dialog_set_due (PealComposeDialog *self, gint64 due);

G_END_DECLS
