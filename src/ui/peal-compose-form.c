/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-form.h"

#include <glib/gi18n.h>

#include "peal-caption.h"
#include "peal-compose-terms.h"

static gboolean
has_scope (const PealComposeForm *self)
{
  PealScopes needed =
      self->options->share_type == PEAL_SHARE_INBOX ? PEAL_SCOPE_VIDEO_UPLOAD : PEAL_SCOPE_VIDEO_PUBLISH;

  return (self->scopes & needed) != 0;
}

static gboolean
fits (const PealComposeForm *self)
{
  return peal_caption_count_units (self->options->caption) <= PEAL_CAPTION_MAX_UNITS;
}

static PealComposeLack
find_video_lack (const PealComposeForm *self, gboolean for_draft)
{
  switch (self->video)
    {
    case PEAL_COMPOSE_VIDEO_CHECKING:
      return PEAL_COMPOSE_LACKS_CHECK;
    case PEAL_COMPOSE_VIDEO_UNUSABLE:
      return PEAL_COMPOSE_LACKS_OTHER_VIDEO;
    case PEAL_COMPOSE_VIDEO_BROKEN:
      return for_draft ? PEAL_COMPOSE_LACKS_NOTHING : PEAL_COMPOSE_LACKS_RULES;
    case PEAL_COMPOSE_VIDEO_FINE:
      return PEAL_COMPOSE_LACKS_NOTHING;
    case PEAL_COMPOSE_VIDEO_NONE:
    default:
      return PEAL_COMPOSE_LACKS_VIDEO;
    }
}

/* TikTok wants these made by a person, from what the creator may choose at this moment. */
static PealComposeLack
find_choice_lack (const PealComposeForm *self)
{
  const PealPostOptions *options = self->options;

  if (self->creator == PEAL_COMPOSE_CREATOR_ASKING && !self->is_kept)
    return PEAL_COMPOSE_LACKS_ANSWER;
  if (self->creator == PEAL_COMPOSE_CREATOR_FAILED && !self->is_kept)
    return PEAL_COMPOSE_LACKS_CHOICES;
  if (!fits (self))
    return PEAL_COMPOSE_LACKS_ROOM;
  if (options->privacy_level == NULL)
    return PEAL_COMPOSE_LACKS_PRIVACY;
  if (self->disclosure && !options->your_brand && !options->branded_content)
    return PEAL_COMPOSE_LACKS_DISCLOSURE;
  if (options->branded_content && peal_compose_branded_bar (options->privacy_level) != NULL)
    return PEAL_COMPOSE_LACKS_AUDIENCE;
  return PEAL_COMPOSE_LACKS_NOTHING;
}

PealComposeLack
peal_compose_form_find_lack (const PealComposeForm *self)
{
  PealComposeLack lack;

  g_return_val_if_fail (self != NULL && self->options != NULL, PEAL_COMPOSE_LACKS_VIDEO);

  if ((lack = find_video_lack (self, FALSE)) != PEAL_COMPOSE_LACKS_NOTHING)
    return lack;
  if (!self->has_account)
    return PEAL_COMPOSE_LACKS_ACCOUNT;
  if (!has_scope (self))
    return PEAL_COMPOSE_LACKS_SCOPE;
  if (self->options->share_type == PEAL_SHARE_DIRECT)
    lack = find_choice_lack (self);
  else if (!fits (self))
    lack = PEAL_COMPOSE_LACKS_ROOM;
  if (lack != PEAL_COMPOSE_LACKS_NOTHING)
    return lack;
  return self->moment == PEAL_COMPOSE_NOW || self->when == PEAL_WHEN_FINE ? PEAL_COMPOSE_LACKS_NOTHING
                                                                          : PEAL_COMPOSE_LACKS_TIME;
}

PealComposeLack
peal_compose_form_find_draft_lack (const PealComposeForm *self)
{
  PealComposeLack lack;

  g_return_val_if_fail (self != NULL && self->options != NULL, PEAL_COMPOSE_LACKS_VIDEO);

  if ((lack = find_video_lack (self, TRUE)) != PEAL_COMPOSE_LACKS_NOTHING)
    return lack;
  if (!self->has_account)
    return PEAL_COMPOSE_LACKS_ACCOUNT;
  return fits (self) ? PEAL_COMPOSE_LACKS_NOTHING : PEAL_COMPOSE_LACKS_ROOM;
}

const char *
peal_compose_lack_to_sentence (PealComposeLack self)
{
  switch (self)
    {
    case PEAL_COMPOSE_LACKS_VIDEO:
      return _ ("Choose a video first.");
    case PEAL_COMPOSE_LACKS_CHECK:
      return _ ("The video is still being checked.");
    case PEAL_COMPOSE_LACKS_OTHER_VIDEO:
      return _ ("This file cannot be used. Choose another video.");
    case PEAL_COMPOSE_LACKS_RULES:
      return _ ("TikTok does not take this video: see the check below it.");
    case PEAL_COMPOSE_LACKS_ACCOUNT:
      return _ ("Connect an account first.");
    case PEAL_COMPOSE_LACKS_SCOPE:
      return _ ("This account has not granted the permission that this needs.");
    case PEAL_COMPOSE_LACKS_ANSWER:
      return _ ("Peal is asking TikTok what this account may choose.");
    case PEAL_COMPOSE_LACKS_CHOICES:
      return _ ("What this account may choose could not be read. Try again, or keep the post as a draft.");
    case PEAL_COMPOSE_LACKS_ROOM:
      return _ ("The caption is too long.");
    case PEAL_COMPOSE_LACKS_PRIVACY:
      return _ ("Choose who can view the video.");
    case PEAL_COMPOSE_LACKS_DISCLOSURE:
      return _ ("You need to indicate if your content promotes yourself, a third party, or both.");
    case PEAL_COMPOSE_LACKS_AUDIENCE:
      return _ ("Branded content visibility cannot be set to private.");
    case PEAL_COMPOSE_LACKS_TIME:
      return _ ("Choose a time that is still to come.");
    case PEAL_COMPOSE_LACKS_NOTHING:
    default:
      return NULL;
    }
}

/* The value of @key in @dict as EditPost takes it: a level that was taken back is "". */
static GVariant *
look_up (GVariant *dict, const char *key)
{
  GVariant *value = g_variant_lookup_value (dict, key, NULL);

  return value != NULL ? value : g_variant_ref_sink (g_variant_new_string (""));
}

GVariant *
peal_compose_diff (const PealPostOptions *before, const PealPostOptions *after)
{
  g_autoptr (GVariant) old = NULL;
  g_autoptr (GVariant) new = NULL;
  g_auto (GVariantDict) changes = G_VARIANT_DICT_INIT (NULL);
  GVariantIter iter;
  const char *key;

  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  old = g_variant_ref_sink (peal_post_options_to_variant (before));
  new = g_variant_ref_sink (peal_post_options_to_variant (after));
  /* The privacy level is the one member that may be missing, on either side. */
  if (before->privacy_level != NULL && after->privacy_level == NULL)
    g_variant_dict_insert (&changes, "privacy_level", "s", "");
  g_variant_iter_init (&iter, new);
  while (g_variant_iter_next (&iter, "{&sv}", &key, NULL))
    {
      g_autoptr (GVariant) was = look_up (old, key);
      g_autoptr (GVariant) is = look_up (new, key);

      if (!g_variant_equal (was, is))
        g_variant_dict_insert_value (&changes, key, is);
    }
  return g_variant_dict_end (&changes);
}
