/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-post-item.h"

G_BEGIN_DECLS

/* What can be done with a post in the state that it is in. Pure: row, menu and dialog ask here. */

typedef enum
{
  PEAL_DEED_NONE = 0,
  PEAL_DEED_EDIT = 1 << 0,
  PEAL_DEED_MOVE = 1 << 1,        /* give it a (new) time */
  PEAL_DEED_PUBLISH_NOW = 1 << 2, /* a scheduled or held post, before its time or after */
  PEAL_DEED_CANCEL = 1 << 3,
  PEAL_DEED_DELETE = 1 << 4, /* of a draft: cancels it */
  PEAL_DEED_RETRY = 1 << 5,  /* of a failed post */
  PEAL_DEED_RESOLVE = 1 << 6,
  PEAL_DEED_OPEN = 1 << 7,     /* on TikTok */
  PEAL_DEED_SIGN_IN = 1 << 8,  /* the account, again */
  PEAL_DEED_ADOPT = 1 << 9,    /* data copied from another computer */
  PEAL_DEED_RESTORE = 1 << 10, /* of a cancelled post: back to the drafts */
} PealDeed;

/* All that the post allows, as a set. */
PealDeed peal_post_deeds_list (PealPostItem *post);
/* The one that most likely solves what holds the post; PEAL_DEED_NONE where nothing does or nothing holds it.
 */
PealDeed peal_post_deeds_choose (PealPostItem *post);
/* (transfer none): of the action group "post": "edit", "move", … @deed: exactly one. */
const char *peal_deed_to_action (PealDeed deed);
/* (transfer none): as on a button, with a mnemonic, translated. */
const char *peal_deed_to_label (PealDeed deed);

G_END_DECLS
