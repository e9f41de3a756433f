/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-creator.h"

#include <string.h>

/* Far more than TikTok has. */
#define MAX_LEVELS 16
#define MAX_LEVEL_LENGTH 64

G_DEFINE_BOXED_TYPE (PealComposeCreator,
                     peal_compose_creator,
                     peal_compose_creator_copy,
                     peal_compose_creator_free)

static char *
dup_text (GVariant *dict, const char *key)
{
  const char *text = "";

  g_variant_lookup (dict, key, "&s", &text);
  return g_strdup (text);
}

static gboolean
is_level (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= MAX_LEVEL_LENGTH
         && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length;
}

static GStrv
dup_levels (GVariant *dict)
{
  g_autofree const char **told = NULL;
  g_autoptr (GPtrArray) levels = g_ptr_array_new_null_terminated (4, g_free, TRUE);

  if (g_variant_lookup (dict, "privacy_level_options", "^a&s", &told))
    for (gsize i = 0; told[i] != NULL && levels->len < MAX_LEVELS; i++)
      if (is_level (told[i]) && !g_ptr_array_find_with_equal_func (levels, told[i], g_str_equal, NULL))
        g_ptr_array_add (levels, g_strdup (told[i]));
  return (GStrv)g_ptr_array_free (g_steal_pointer (&levels), FALSE);
}

PealComposeCreator *
peal_compose_creator_new (GVariant *dict)
{
  PealComposeCreator *self = NULL;

  g_return_val_if_fail (dict != NULL && g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT), NULL);

  self = g_new0 (PealComposeCreator, 1);
  self->username = dup_text (dict, "username");
  self->nickname = dup_text (dict, "nickname");
  if (self->nickname[0] == '\0')
    g_set_str (&self->nickname, self->username);
  self->avatar_url = dup_text (dict, "avatar_url");
  self->privacy_levels = dup_levels (dict);
  g_variant_lookup (dict, "comment_disabled", "b", &self->comment_disabled);
  g_variant_lookup (dict, "duet_disabled", "b", &self->duet_disabled);
  g_variant_lookup (dict, "stitch_disabled", "b", &self->stitch_disabled);
  g_variant_lookup (dict, "max_video_post_duration_s", "x", &self->max_duration_s);
  self->max_duration_s = MAX (self->max_duration_s, 0);
  return self;
}

PealComposeCreator *
peal_compose_creator_copy (const PealComposeCreator *self)
{
  PealComposeCreator *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->nickname = g_strdup (self->nickname);
  copy->username = g_strdup (self->username);
  copy->avatar_url = g_strdup (self->avatar_url);
  copy->privacy_levels = g_strdupv (self->privacy_levels);
  return copy;
}

void
peal_compose_creator_free (PealComposeCreator *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->nickname, g_free);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->avatar_url, g_free);
  g_clear_pointer (&self->privacy_levels, g_strfreev);
  g_free (self);
}
