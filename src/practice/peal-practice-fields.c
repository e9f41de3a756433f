/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-fields.h"

const char *
peal_practice_fields_get_scope (const PealPracticeField *table, const char *name)
{
  for (; table->name != NULL; table++)
    if (g_str_equal (table->name, name))
      return table->scope;
  return NULL;
}

GStrv
peal_practice_fields_dup (PealPracticeCall *call, const PealPracticeField *table)
{
  const char *text = peal_practice_call_get_query (call, "fields");
  g_auto (GStrv) names = NULL;
  g_autoptr (GStrvBuilder) unknown = g_strv_builder_new ();
  g_auto (GStrv) bad = NULL;
  g_autofree char *list = NULL, *message = NULL;

  if (text == NULL || *text == '\0')
    {
      peal_practice_call_invalid (call, "Fields is required, please provide fields in the request");
      return NULL;
    }
  names = g_strsplit (text, ",", -1);
  for (guint i = 0; names[i] != NULL; i++)
    if (peal_practice_fields_get_scope (table, names[i]) == NULL)
      g_strv_builder_add (unknown, names[i]);
  bad = g_strv_builder_end (unknown);
  if (bad[0] == NULL)
    return g_steal_pointer (&names);
  list = g_strjoinv (",", bad);
  message = g_strconcat ("Invalid field(s): ", list, NULL);
  peal_practice_call_invalid (call, message);
  return NULL;
}

JsonObject *
peal_practice_fields_pick (JsonObject *all, GStrv names)
{
  JsonObject *picked = json_object_new ();

  for (guint i = 0; names[i] != NULL; i++)
    if (json_object_has_member (all, names[i]))
      json_object_set_member (picked, names[i], json_object_dup_member (all, names[i]));
  return picked;
}
