/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-post-deeds.h"

#include <glib/gi18n.h>

#define PLAN_DEEDS (PEAL_DEED_EDIT | PEAL_DEED_MOVE | PEAL_DEED_CANCEL)

static PealDeed
list_of_held (PealHoldReason reason)
{
  switch (reason)
    {
    case PEAL_HOLD_RECONNECT:
      return PLAN_DEEDS | PEAL_DEED_SIGN_IN;
    case PEAL_HOLD_ADOPTED_DATA:
      return PEAL_DEED_ADOPT | PEAL_DEED_CANCEL;
    case PEAL_HOLD_MEDIA_CHANGED:
    case PEAL_HOLD_MEDIA_MISSING:
      /* Its video is not there to be published. */
      return PEAL_DEED_CANCEL;
    case PEAL_HOLD_NONE:
    case PEAL_HOLD_MISSED:
    case PEAL_HOLD_KEYRING_LOCKED:
    case PEAL_HOLD_CLOCK:
    case PEAL_HOLD_OPTION_UNAVAILABLE:
    case PEAL_HOLD_DAILY_CAP:
    case PEAL_HOLD_DISK_FULL:
    case PEAL_HOLD_RESTORED_BACKUP:
    case PEAL_HOLD_TZ_RULES:
    default:
      return PLAN_DEEDS | PEAL_DEED_PUBLISH_NOW;
    }
}

PealDeed
peal_post_deeds_list (PealPostItem *post)
{
  PealDeed link = PEAL_DEED_NONE;

  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), PEAL_DEED_NONE);

  if (peal_post_item_get_share_url (post) != NULL)
    link = PEAL_DEED_OPEN;
  switch (peal_post_item_get_state (post))
    {
    case PEAL_POST_DRAFT:
      return PEAL_DEED_EDIT | PEAL_DEED_DELETE;
    case PEAL_POST_SCHEDULED:
      return PLAN_DEEDS | PEAL_DEED_PUBLISH_NOW;
    case PEAL_POST_HELD:
      return list_of_held (peal_post_item_get_hold_reason (post)) | link;
    case PEAL_POST_PUBLISHING:
      return PEAL_DEED_CANCEL;
    case PEAL_POST_FAILED:
      return PLAN_DEEDS | PEAL_DEED_RETRY;
    case PEAL_POST_NEEDS_REVIEW:
      return PEAL_DEED_RESOLVE | link;
    case PEAL_POST_CANCELLED:
      return PEAL_DEED_RESTORE | link;
    case PEAL_POST_PUBLISHED:
    case PEAL_POST_IN_INBOX:
    default:
      return link;
    }
}

static PealDeed
choose_for_held (PealHoldReason reason)
{
  switch (reason)
    {
    case PEAL_HOLD_RECONNECT:
      return PEAL_DEED_SIGN_IN;
    case PEAL_HOLD_ADOPTED_DATA:
      return PEAL_DEED_ADOPT;
    case PEAL_HOLD_MEDIA_CHANGED:
    case PEAL_HOLD_MEDIA_MISSING:
      return PEAL_DEED_CANCEL;
    case PEAL_HOLD_OPTION_UNAVAILABLE:
      return PEAL_DEED_EDIT;
    case PEAL_HOLD_DAILY_CAP:
    case PEAL_HOLD_TZ_RULES:
      return PEAL_DEED_MOVE;
    case PEAL_HOLD_NONE:
    case PEAL_HOLD_MISSED:
    case PEAL_HOLD_KEYRING_LOCKED:
    case PEAL_HOLD_CLOCK:
    case PEAL_HOLD_DISK_FULL:
    case PEAL_HOLD_RESTORED_BACKUP:
    default:
      return PEAL_DEED_PUBLISH_NOW;
    }
}

PealDeed
peal_post_deeds_choose (PealPostItem *post)
{
  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), PEAL_DEED_NONE);

  switch (peal_post_item_get_state (post))
    {
    case PEAL_POST_HELD:
      return choose_for_held (peal_post_item_get_hold_reason (post));
    case PEAL_POST_FAILED:
      return PEAL_DEED_RETRY;
    case PEAL_POST_NEEDS_REVIEW:
      return PEAL_DEED_RESOLVE;
    case PEAL_POST_DRAFT:
    case PEAL_POST_SCHEDULED:
    case PEAL_POST_PUBLISHING:
    case PEAL_POST_PUBLISHED:
    case PEAL_POST_IN_INBOX:
    case PEAL_POST_CANCELLED:
    default:
      return PEAL_DEED_NONE;
    }
}

static const struct
{
  PealDeed deed;
  const char *action;
  const char *label;
} deeds[] = {
  { PEAL_DEED_EDIT, "edit", N_ ("_Edit…") },
  { PEAL_DEED_MOVE, "move", N_ ("_Move…") },
  { PEAL_DEED_PUBLISH_NOW, "publish-now", N_ ("_Publish Now…") },
  { PEAL_DEED_CANCEL, "cancel", N_ ("_Cancel Post") },
  { PEAL_DEED_DELETE, "cancel", N_ ("_Delete Draft") },
  { PEAL_DEED_RETRY, "publish-now", N_ ("_Try Again…") },
  { PEAL_DEED_RESOLVE, "resolve", N_ ("_What Became of It?") },
  { PEAL_DEED_OPEN, "open", N_ ("_Open on TikTok") },
  { PEAL_DEED_SIGN_IN, "sign-in", N_ ("_Sign In Again…") },
  { PEAL_DEED_ADOPT, "adopt", N_ ("_Publish from Here…") },
  { PEAL_DEED_RESTORE, "restore", N_ ("Make It a _Draft") },
};

const char *
peal_deed_to_action (PealDeed deed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (deeds[i].deed == deed)
      return deeds[i].action;
  g_return_val_if_reached (NULL);
}

const char *
peal_deed_to_label (PealDeed deed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (deeds[i].deed == deed)
      return _ (deeds[i].label);
  g_return_val_if_reached (NULL);
}
