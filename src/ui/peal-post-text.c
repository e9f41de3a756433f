/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-post-text.h"

#include <glib/gi18n.h>

#include "peal-isolated-text.h"
#include "peal-sentence.h"

const char *
peal_post_text_icon (PealPostState state)
{
  switch (state)
    {
    case PEAL_POST_DRAFT:
      return "document-edit-symbolic";
    case PEAL_POST_SCHEDULED:
      return "alarm-symbolic";
    case PEAL_POST_PUBLISHING:
      return "send-to-symbolic";
    case PEAL_POST_PUBLISHED:
      return "object-select-symbolic";
    case PEAL_POST_IN_INBOX:
      return "mail-unread-symbolic";
    case PEAL_POST_CANCELLED:
      return "action-unavailable-symbolic";
    case PEAL_POST_NEEDS_REVIEW:
      return "dialog-question-symbolic";
    case PEAL_POST_FAILED:
      return "dialog-error-symbolic";
    case PEAL_POST_HELD:
    default:
      return "media-playback-pause-symbolic";
    }
}

const char *
peal_post_text_style (PealPostState state)
{
  switch (state)
    {
    case PEAL_POST_HELD:
    case PEAL_POST_NEEDS_REVIEW:
      return "warning";
    case PEAL_POST_FAILED:
      return "error";
    case PEAL_POST_PUBLISHED:
    case PEAL_POST_IN_INBOX:
      return "success";
    case PEAL_POST_PUBLISHING:
      return "accent";
    case PEAL_POST_DRAFT:
    case PEAL_POST_SCHEDULED:
    case PEAL_POST_CANCELLED:
    default:
      return NULL;
    }
}

char *
peal_post_text_problem (PealPostItem *post)
{
  const char *reason = NULL;
  PealPostState state;

  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), NULL);

  state = peal_post_item_get_state (post);
  reason = peal_post_item_get_error_reason (post);
  if (state == PEAL_POST_HELD && (reason == NULL || peal_sentence_lookup (reason) == NULL))
    return g_strdup (
        peal_sentence_for_hold (peal_hold_reason_to_string (peal_post_item_get_hold_reason (post))));
  if (state == PEAL_POST_HELD || state == PEAL_POST_FAILED)
    return peal_sentence_for_reason (reason != NULL ? reason : "unknown",
                                     peal_post_item_get_error_message (post));
  if (state == PEAL_POST_NEEDS_REVIEW)
    return g_strdup (
        _ ("Peal cannot find out whether TikTok published this post. Look at the account on TikTok, "
           "then say what became of it."));
  return NULL;
}

char *
peal_post_text_title (PealPostItem *post)
{
  const PealPostOptions *options = NULL;

  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), NULL);

  options = peal_post_item_get_options (post);
  return g_strdup (options->caption[0] != '\0' ? options->caption : peal_post_item_get_media_name (post));
}

char *
peal_post_text_account (PealPostItem *post)
{
  g_autofree char *name = NULL;
  g_autofree char *at = NULL;
  g_autofree char *handle = NULL;

  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), NULL);

  if (peal_post_item_get_username (post) == NULL)
    return g_strdup (peal_post_item_get_account_name (post));
  /* A name that runs from right to left does not turn the handle round. */
  name = peal_isolated_text (peal_post_item_get_account_name (post));
  at = g_strconcat ("@", peal_post_item_get_username (post), NULL);
  handle = peal_isolated_text (at);
  /* Translators: an account's name and its handle */
  return g_strdup_printf (C_ ("account", "%s · %s"), name, handle);
}

const char *
peal_privacy_level_text (const char *level)
{
  static const struct
  {
    const char *level;
    const char *text;
  } levels[] = {
    { "PUBLIC_TO_EVERYONE", N_ ("Everyone") },
    { "MUTUAL_FOLLOW_FRIENDS", N_ ("Friends") },
    { "FOLLOWER_OF_CREATOR", N_ ("Followers") },
    { "SELF_ONLY", N_ ("Only me") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_strcmp0 (levels[i].level, level) == 0)
      return _ (levels[i].text);
  return level;
}
