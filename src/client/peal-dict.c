/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-dict-private.h"

static void
reset (const PealDictMember *member, gpointer structure)
{
  switch (member->type)
    {
    case PEAL_DICT_TEXT:
      G_STRUCT_MEMBER (const char *, structure, member->offset) = NULL;
      break;
    case PEAL_DICT_INT64:
      G_STRUCT_MEMBER (gint64, structure, member->offset) = -1;
      break;
    case PEAL_DICT_UINT64:
      G_STRUCT_MEMBER (guint64, structure, member->offset) = 0;
      break;
    case PEAL_DICT_BOOLEAN:
      G_STRUCT_MEMBER (gboolean, structure, member->offset) = FALSE;
      break;
    case PEAL_DICT_VALUE:
      G_STRUCT_MEMBER (GVariant *, structure, member->offset) = NULL;
      break;
    default:
      g_assert_not_reached ();
    }
}

/* FALSE where more keys come than there are members: some come twice. */
static gboolean
keep (PealDictHold *hold, GVariant *value)
{
  if (hold->n >= PEAL_DICT_MAX_HELD)
    return FALSE;
  hold->values[hold->n++] = g_variant_ref (value);
  return TRUE;
}

static void
set (const PealDictMember *member, gpointer structure, GVariant *value, PealDictHold *hold)
{
  if (member->type == PEAL_DICT_TEXT && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      if (keep (hold, value))
        G_STRUCT_MEMBER (const char *, structure, member->offset) = g_variant_get_string (value, NULL);
    }
  else if (member->type == PEAL_DICT_INT64 && g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    G_STRUCT_MEMBER (gint64, structure, member->offset) = g_variant_get_int64 (value);
  else if (member->type == PEAL_DICT_UINT64 && g_variant_is_of_type (value, G_VARIANT_TYPE_UINT64))
    G_STRUCT_MEMBER (guint64, structure, member->offset) = g_variant_get_uint64 (value);
  else if (member->type == PEAL_DICT_BOOLEAN && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    G_STRUCT_MEMBER (gboolean, structure, member->offset) = g_variant_get_boolean (value);
  else if (member->type == PEAL_DICT_VALUE
           && g_variant_is_of_type (value, G_VARIANT_TYPE (member->signature)))
    {
      if (keep (hold, value))
        G_STRUCT_MEMBER (GVariant *, structure, member->offset) = value;
    }
}

void
peal_dict_read (GVariant *dict, const PealDictMember *members, gpointer structure, PealDictHold *hold)
{
  gsize n = 0;

  g_assert (g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT));

  for (const PealDictMember *member = members; member->name != NULL; member++)
    reset (member, structure);
  n = g_variant_n_children (dict);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (dict, i);
      g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);
      const char *name = g_variant_get_string (key, NULL);

      for (const PealDictMember *member = members; member->name != NULL; member++)
        {
          g_autoptr (GVariant) box = NULL;
          g_autoptr (GVariant) value = NULL;

          if (!g_str_equal (member->name, name))
            continue;
          box = g_variant_get_child_value (entry, 1);
          value = g_variant_get_variant (box);
          set (member, structure, value, hold);
          break;
        }
    }
}

void
peal_dict_hold_clear (PealDictHold *self)
{
  while (self->n > 0)
    g_clear_pointer (&self->values[--self->n], g_variant_unref);
}

gboolean
peal_dict_iter_init (PealDictIter *self, GVariant *reply)
{
  self->list = NULL;
  self->index = 0;
  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(aa{sv})")))
    return FALSE;
  self->list = g_variant_get_child_value (reply, 0);
  return TRUE;
}

GVariant *
peal_dict_iter_next (PealDictIter *self)
{
  if (self->list == NULL || self->index >= g_variant_n_children (self->list))
    return NULL;
  return g_variant_get_child_value (self->list, self->index++);
}

void
peal_dict_iter_clear (PealDictIter *self)
{
  g_clear_pointer (&self->list, g_variant_unref);
}
