/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-compose-form.h"
#include "peal-post-item.h"
#include "peal-session.h"

G_BEGIN_DECLS

/* The video of a post that is being composed: chosen by button (dropping is for the whole dialog to take),
 * opened and looked into at once, shown with its preview and TikTok's rules. A file that cannot be used is
 * answered with a sentence and the button.
 *
 * Signals:
 *   chosen (GListModel *files): the user chose these, one or more.
 *   changed (): its state, its facts or its cover are others. */

#define PEAL_TYPE_COMPOSE_VIDEO (peal_compose_video_get_type ())
G_DECLARE_FINAL_TYPE (PealComposeVideo, peal_compose_video, PEAL, COMPOSE_VIDEO, AdwBin)

/* Once, before anything else. */
void peal_compose_video_set_session (PealComposeVideo *self, PealSession *session);
void peal_compose_video_open (PealComposeVideo *self, GFile *file);
/* The video of a post that there is; it cannot be exchanged. */
void peal_compose_video_show_post (PealComposeVideo *self, PealPostItem *post);
/* Back to none. */
void peal_compose_video_clear (PealComposeVideo *self);
/* As in peal-media-rules.h. */
void peal_compose_video_set_limit (PealComposeVideo *self, gint64 max_duration_s);
/* Whether TikTok takes the choice of a cover with this post. */
void peal_compose_video_set_takes_cover (PealComposeVideo *self, gboolean takes_cover);

PealComposeVideoState peal_compose_video_get_state (PealComposeVideo *self);
/* The open file; -1 where there is none, or it is that of a post. */
int peal_compose_video_get_fd (PealComposeVideo *self);
/* (transfer none) (nullable): of the file, for people. */
const char *peal_compose_video_get_name (PealComposeVideo *self);
/* (transfer none) (nullable): NULL unless FINE or BROKEN. */
const PealMediaFacts *peal_compose_video_get_facts (PealComposeVideo *self);
/* ms; -1 for the first frame. */
gint64 peal_compose_video_get_cover (PealComposeVideo *self);

/* Asks for files; "chosen" tells which. */
void peal_compose_video_choose (PealComposeVideo *self);

G_END_DECLS
