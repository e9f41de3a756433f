/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-account.h"
#include "peal-media-rules.h"
#include "peal-post.h"
#include "peal-when-choice.h"

G_BEGIN_DECLS

/* All that a filled-in form of the compose dialog says, at one moment, and what it lacks. A plain value that
 * borrows what it points at. Pure. */

typedef enum
{
  PEAL_COMPOSE_VIDEO_NONE,
  PEAL_COMPOSE_VIDEO_CHECKING,
  PEAL_COMPOSE_VIDEO_UNUSABLE, /* it could not be read */
  PEAL_COMPOSE_VIDEO_BROKEN,   /* it breaks one of TikTok's rules */
  PEAL_COMPOSE_VIDEO_FINE,
} PealComposeVideoState;

typedef enum
{
  PEAL_COMPOSE_CREATOR_ASKING,
  PEAL_COMPOSE_CREATOR_FAILED,
  PEAL_COMPOSE_CREATOR_KNOWN,
} PealComposeCreatorState;

typedef enum
{
  PEAL_COMPOSE_NOW,
  PEAL_COMPOSE_AT_TIME,
} PealComposeMoment;

typedef struct
{
  PealComposeVideoState video;
  gboolean has_account;
  PealScopes scopes; /* of the account */
  PealComposeCreatorState creator;
  const PealPostOptions *options;
  gboolean disclosure; /* whether the switch is on */
  PealComposeMoment moment;
  PealWhenVerdict when; /* for AT_TIME */
  gboolean is_kept;     /* the privacy level was chosen before and stays as it is */
} PealComposeForm;

typedef enum
{
  PEAL_COMPOSE_LACKS_NOTHING,
  PEAL_COMPOSE_LACKS_VIDEO,
  PEAL_COMPOSE_LACKS_CHECK, /* of the video: wait */
  PEAL_COMPOSE_LACKS_OTHER_VIDEO,
  PEAL_COMPOSE_LACKS_RULES, /* the video breaks one */
  PEAL_COMPOSE_LACKS_ACCOUNT,
  PEAL_COMPOSE_LACKS_SCOPE,
  PEAL_COMPOSE_LACKS_ANSWER,  /* of TikTok: wait */
  PEAL_COMPOSE_LACKS_CHOICES, /* TikTok did not give them */
  PEAL_COMPOSE_LACKS_ROOM,    /* for the caption */
  PEAL_COMPOSE_LACKS_PRIVACY,
  PEAL_COMPOSE_LACKS_DISCLOSURE,
  PEAL_COMPOSE_LACKS_AUDIENCE, /* branded content that only its maker would see */
  PEAL_COMPOSE_LACKS_TIME,
} PealComposeLack;

/* What is missing for the post to be published or scheduled: the first thing in the order of the form. */
PealComposeLack peal_compose_form_find_lack (const PealComposeForm *self);
/* What is missing for it to be kept as a draft: far less. */
PealComposeLack peal_compose_form_find_draft_lack (const PealComposeForm *self);
/* (transfer none) (nullable): for the user; NULL for NOTHING. */
const char *peal_compose_lack_to_sentence (PealComposeLack self);

/* (transfer full), floating: a{sv} with those members of @after that differ from @before, as EditPost takes
 * them. */
GVariant *peal_compose_diff (const PealPostOptions *before, const PealPostOptions *after);

G_END_DECLS
