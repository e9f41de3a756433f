/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-post.h"

#include <string.h>

#include "peal-caption.h"
#include "peal-error.h"

#define MAX_PRIVACY_LEVEL 64

G_DEFINE_BOXED_TYPE (PealPostOptions, peal_post_options, peal_post_options_copy, peal_post_options_free)

/* The members of the dictionary that are plain yes or no. */
static const struct
{
  const char *name;
  gsize offset;
} switches[] = {
  { "allow_comment", G_STRUCT_OFFSET (PealPostOptions, allow_comment) },
  { "allow_duet", G_STRUCT_OFFSET (PealPostOptions, allow_duet) },
  { "allow_stitch", G_STRUCT_OFFSET (PealPostOptions, allow_stitch) },
  { "your_brand", G_STRUCT_OFFSET (PealPostOptions, your_brand) },
  { "branded_content", G_STRUCT_OFFSET (PealPostOptions, branded_content) },
  { "ai_generated", G_STRUCT_OFFSET (PealPostOptions, ai_generated) },
};

static gboolean
fail (GError **error, const char *reason, const char *message)
{
  g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, reason, "%s", message));
  return FALSE;
}

/* Of TikTok's form only: which levels there are is for the creator's own list to say, and may grow
 * (TikTok: content-posting-api-reference-query-creator-info). */
static gboolean
is_privacy_level (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_PRIVACY_LEVEL)
    return FALSE;
  return strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length;
}

static gboolean
apply_caption (PealPostOptions *self, GVariant *value, GError **error)
{
  const char *caption = g_variant_get_string (value, NULL);

  if (!peal_caption_check (caption, error))
    return FALSE;
  g_set_str (&self->caption, caption);
  return TRUE;
}

static gboolean
apply_privacy_level (PealPostOptions *self, GVariant *value, GError **error)
{
  const char *level = g_variant_get_string (value, NULL);

  if (*level == '\0')
    {
      g_clear_pointer (&self->privacy_level, g_free);
      return TRUE;
    }
  if (!is_privacy_level (level))
    return fail (error, "privacy_level_unknown", "This is not one of TikTok's privacy levels");
  g_set_str (&self->privacy_level, level);
  return TRUE;
}

static gboolean
apply_share_type (PealPostOptions *self, GVariant *value, GError **error)
{
  if (!peal_share_type_from_string (g_variant_get_string (value, NULL), &self->share_type))
    return fail (error, "share_type_unknown", "The share type is neither \"direct\" nor \"inbox\"");
  return TRUE;
}

static gboolean
apply_cover (PealPostOptions *self, GVariant *value, GError **error)
{
  gint64 cover_ms = g_variant_get_int64 (value);

  if (cover_ms < -1 || cover_ms > G_MAXINT32)
    return fail (error, "cover_range", "The position of the cover is out of range");
  self->cover_ms = cover_ms;
  return TRUE;
}

static const struct
{
  const char *name;
  const char *type;
  gboolean (*apply) (PealPostOptions *self, GVariant *value, GError **error);
} members[] = {
  { "caption", "s", apply_caption },
  { "privacy_level", "s", apply_privacy_level },
  { "share_type", "s", apply_share_type },
  { "cover_ms", "x", apply_cover },
};

static gboolean
check_type (const char *name, GVariant *value, const char *type, GError **error)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE (type)))
    return TRUE;
  g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "option_type", "%s is of type %s, not %s",
                                            name, g_variant_get_type_string (value), type));
  return FALSE;
}

static gboolean
apply_member (PealPostOptions *self, const char *name, GVariant *value, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (g_str_equal (name, members[i].name))
        return check_type (name, value, members[i].type, error) && members[i].apply (self, value, error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      if (!g_str_equal (name, switches[i].name))
        continue;
      if (!check_type (name, value, "b", error))
        return FALSE;
      G_STRUCT_MEMBER (gboolean, self, switches[i].offset) = g_variant_get_boolean (value);
      return TRUE;
    }
  return TRUE;
}

PealPostOptions *
peal_post_options_new (void)
{
  PealPostOptions *self = g_new0 (PealPostOptions, 1);

  self->caption = g_strdup ("");
  self->cover_ms = -1;
  return self;
}

PealPostOptions *
peal_post_options_copy (const PealPostOptions *self)
{
  PealPostOptions *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->caption = g_strdup (self->caption);
  copy->privacy_level = g_strdup (self->privacy_level);
  return copy;
}

void
peal_post_options_free (PealPostOptions *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->caption, g_free);
  g_clear_pointer (&self->privacy_level, g_free);
  g_free (self);
}

GVariant *
peal_post_options_to_variant (const PealPostOptions *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  g_variant_dict_insert (&dict, "caption", "s", self->caption);
  if (self->privacy_level != NULL)
    g_variant_dict_insert (&dict, "privacy_level", "s", self->privacy_level);
  g_variant_dict_insert (&dict, "share_type", "s", peal_share_type_to_string (self->share_type));
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    g_variant_dict_insert (&dict, switches[i].name, "b",
                           G_STRUCT_MEMBER (gboolean, self, switches[i].offset));
  g_variant_dict_insert (&dict, "cover_ms", "x", self->cover_ms);
  return g_variant_dict_end (&dict);
}

gboolean
peal_post_options_apply (PealPostOptions *self, GVariant *dict, GError **error)
{
  g_autoptr (PealPostOptions) changed = NULL;
  PealPostOptions old;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (dict != NULL && g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT), FALSE);

  /* All or nothing: a refused change leaves no half of itself behind. */
  changed = peal_post_options_copy (self);
  g_variant_iter_init (&iter, dict);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      g_autoptr (GVariant) member = value;

      if (!apply_member (changed, name, member, error))
        return FALSE;
    }
  old = *self;
  *self = *changed;
  *changed = old;
  return TRUE;
}

gboolean
peal_post_options_check (const PealPostOptions *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->share_type == PEAL_SHARE_INBOX)
    return TRUE;
  if (self->privacy_level == NULL)
    return fail (error, "privacy_level_missing", "Nobody has chosen who may see this post");
  if (self->branded_content && g_str_equal (self->privacy_level, "SELF_ONLY"))
    return fail (error, "branded_content_private",
                 "Branded content cannot be posted so that only you see it");
  return TRUE;
}
