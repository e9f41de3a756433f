/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-account.h"
#include "peal-compose-creator.h"
#include "peal-post.h"

G_BEGIN_DECLS

/* What TikTok wants every person to choose for every post (TikTok: content-sharing-guidelines): who can view
 * it, what others may do with it, whether it advertises something; and whether it was made with AI. Nothing
 * of it is preset, and what the creator or another choice rules out is there but cannot be chosen, with the
 * reason.
 *
 * Signals:
 *   changed (): a choice is another one. */

#define PEAL_TYPE_COMPOSE_CHOICES (peal_compose_choices_get_type ())
G_DECLARE_FINAL_TYPE (PealComposeChoices, peal_compose_choices, PEAL, COMPOSE_CHOICES, GtkBox)

/* @creator: (nullable): NULL where what may be chosen is not known; then the choices stay as they are. */
void peal_compose_choices_set_creator (PealComposeChoices *self, const PealComposeCreator *creator);
/* @audited: whether TikTok has audited the user's app for direct posts. */
void peal_compose_choices_set_app (PealComposeChoices *self, PealEnvironment environment, gboolean audited);
/* Takes over the privacy level, the switches and the boxes of @options. */
void peal_compose_choices_set_options (PealComposeChoices *self, const PealPostOptions *options);
/* Writes them to @options. */
void peal_compose_choices_fill_options (PealComposeChoices *self, PealPostOptions *options);
/* Takes the privacy level back: it was chosen for another account. */
void peal_compose_choices_forget_privacy (PealComposeChoices *self);
/* Whether the switch of the disclosure is on. */
gboolean peal_compose_choices_is_disclosed (PealComposeChoices *self);
/* Moves the keyboard focus to the privacy level or the disclosure. */
void peal_compose_choices_focus_privacy (PealComposeChoices *self);
void peal_compose_choices_focus_disclosure (PealComposeChoices *self);

G_END_DECLS
