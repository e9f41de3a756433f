/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-media-facts.h"

#include <string.h>

#include "peal-error.h"

#define MAX_WORD 32
#define MAX_SIDE 65535

G_DEFINE_BOXED_TYPE (PealMediaFacts, peal_media_facts, peal_media_facts_copy, peal_media_facts_free)

static gboolean
is_word (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= MAX_WORD
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_.+-") == length;
}

static gboolean
is_sound (const PealMediaFacts *self)
{
  return is_word (self->container) && (self->video_codec == NULL || is_word (self->video_codec))
         && (self->audio_codec == NULL || is_word (self->audio_codec)) && self->size >= 0
         && self->duration_us >= -1 && self->width >= 0 && self->width <= MAX_SIDE && self->height >= 0
         && self->height <= MAX_SIDE && self->rotation >= 0 && self->rotation < 360
         && self->rotation % 90 == 0 && self->fps_num >= 0 && self->fps_den >= 1;
}

/* An optional word; FALSE where it is there and no string. */
static gboolean
lookup_word (GVariant *facts, const char *name, char **word)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (facts, name, NULL);

  if (value == NULL)
    return TRUE;
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return FALSE;
  *word = g_variant_dup_string (value, NULL);
  return TRUE;
}

static gboolean
read_members (PealMediaFacts *self, GVariant *facts)
{
  return g_variant_lookup (facts, "container", "s", &self->container)
         && lookup_word (facts, "video_codec", &self->video_codec)
         && lookup_word (facts, "audio_codec", &self->audio_codec)
         && g_variant_lookup (facts, "size", "x", &self->size)
         && g_variant_lookup (facts, "duration_us", "x", &self->duration_us)
         && g_variant_lookup (facts, "width", "i", &self->width)
         && g_variant_lookup (facts, "height", "i", &self->height)
         && g_variant_lookup (facts, "rotation", "i", &self->rotation)
         && g_variant_lookup (facts, "fps_num", "i", &self->fps_num)
         && g_variant_lookup (facts, "fps_den", "i", &self->fps_den);
}

PealMediaFacts *
peal_media_facts_new (void)
{
  PealMediaFacts *self = g_new0 (PealMediaFacts, 1);

  self->duration_us = -1;
  self->fps_den = 1;
  return self;
}

PealMediaFacts *
peal_media_facts_copy (const PealMediaFacts *self)
{
  PealMediaFacts *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->container = g_strdup (self->container);
  copy->video_codec = g_strdup (self->video_codec);
  copy->audio_codec = g_strdup (self->audio_codec);
  return copy;
}

void
peal_media_facts_free (PealMediaFacts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->container, g_free);
  g_clear_pointer (&self->video_codec, g_free);
  g_clear_pointer (&self->audio_codec, g_free);
  g_free (self);
}

GVariant *
peal_media_facts_to_variant (const PealMediaFacts *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  g_variant_dict_insert (&dict, "container", "s", self->container != NULL ? self->container : "");
  if (self->video_codec != NULL)
    g_variant_dict_insert (&dict, "video_codec", "s", self->video_codec);
  if (self->audio_codec != NULL)
    g_variant_dict_insert (&dict, "audio_codec", "s", self->audio_codec);
  g_variant_dict_insert (&dict, "size", "x", self->size);
  g_variant_dict_insert (&dict, "duration_us", "x", self->duration_us);
  g_variant_dict_insert (&dict, "width", "i", self->width);
  g_variant_dict_insert (&dict, "height", "i", self->height);
  g_variant_dict_insert (&dict, "rotation", "i", self->rotation);
  g_variant_dict_insert (&dict, "fps_num", "i", self->fps_num);
  g_variant_dict_insert (&dict, "fps_den", "i", self->fps_den);
  return g_variant_dict_end (&dict);
}

PealMediaFacts *
peal_media_facts_from_variant (GVariant *facts, GError **error)
{
  g_autoptr (PealMediaFacts) self = NULL;

  g_return_val_if_fail (facts != NULL && g_variant_is_of_type (facts, G_VARIANT_TYPE_VARDICT), NULL);

  self = peal_media_facts_new ();
  if (!read_members (self, facts) || !is_sound (self))
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "media_facts",
                                         "The description of the video is incomplete or out of range"));
      return NULL;
    }
  return g_steal_pointer (&self);
}
