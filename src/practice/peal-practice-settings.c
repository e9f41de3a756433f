/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-settings.h"

#include "peal-practice-json.h"

typedef struct
{
  const char *name;
  GType type;
  gsize offset;
  gint64 number;       /* the default of numbers and switches */
  const char *choices; /* for texts: `|` between them, the first is the default; NULL: free, default null */
} Setting;

#define NUMBER(name, value) { #name, G_TYPE_INT64, G_STRUCT_OFFSET (PealPracticeSettings, name), value, NULL }
#define SWITCH(name, value)                                                                                  \
  { #name, G_TYPE_BOOLEAN, G_STRUCT_OFFSET (PealPracticeSettings, name), value, NULL }
#define TEXT(name, choices) { #name, G_TYPE_STRING, G_STRUCT_OFFSET (PealPracticeSettings, name), 0, choices }

static const Setting settings[] = {
  NUMBER (access_token_lifetime, 7200),
  NUMBER (refresh_token_lifetime, 15552000),
  NUMBER (code_lifetime, 600),
  NUMBER (upload_lifetime, 3600),
  NUMBER (processing_base_ms, 1000),
  NUMBER (processing_ms_per_gb, 60000),
  NUMBER (active_user_cap, 0),
  NUMBER (min_duration, 0),
  SWITCH (auto_consent, FALSE),
  SWITCH (auto_consent_deny, FALSE),
  SWITCH (rate_limits, TRUE),
  SWITCH (validate_media, TRUE),
  SWITCH (hash_uploads, TRUE),
  SWITCH (refresh_rotates, TRUE),
  SWITCH (refresh_kills_access, FALSE),
  SWITCH (oauth_errors_http_200, FALSE),
  SWITCH (strict_challenge, FALSE),
  SWITCH (strict_brand_toggles, FALSE),
  SWITCH (strict_private_branded, FALSE),
  SWITCH (strict_sandbox_private, FALSE),
  SWITCH (singular_invalid_param, FALSE),
  SWITCH (progress_last_index, FALSE),
  SWITCH (accept_resent_chunks, FALSE),
  SWITCH (post_ids_as_strings, FALSE),
  TEXT (auto_consent_creator, NULL),
  TEXT (auto_consent_scopes, NULL),
  TEXT (missing_scope_fields, "scope_not_authorized|scope_permission_missed|empty"),
  TEXT (missing_post_id, "absent|empty|null"),
};

static const Setting *
find_setting (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].name, name))
      return &settings[i];
  return NULL;
}

static gboolean
is_choice (const Setting *setting, const char *value)
{
  g_auto (GStrv) choices = NULL;

  if (setting->choices == NULL)
    return TRUE;
  choices = g_strsplit (setting->choices, "|", -1);
  return value != NULL && g_strv_contains ((const char *const *)choices, value);
}

static gboolean
is_acceptable (JsonObject *object, const char *name)
{
  const Setting *setting = find_setting (name);
  const char *text = NULL;
  gint64 number;
  gboolean flag;

  if (setting == NULL)
    return FALSE;
  if (setting->type == G_TYPE_INT64)
    return peal_practice_json_int (object, name, &number) == PEAL_PRACTICE_PRESENT && number >= 0
           && number <= G_MAXINT32;
  if (setting->type == G_TYPE_BOOLEAN)
    return peal_practice_json_bool (object, name, &flag) == PEAL_PRACTICE_PRESENT;
  return peal_practice_json_string (object, name, &text) != PEAL_PRACTICE_WRONG && is_choice (setting, text);
}

static void
apply (PealPracticeSettings *self, JsonObject *object, const char *name)
{
  const Setting *setting = find_setting (name);

  if (setting->type == G_TYPE_INT64)
    peal_practice_json_int (object, name, &G_STRUCT_MEMBER (gint64, self, setting->offset));
  else if (setting->type == G_TYPE_BOOLEAN)
    peal_practice_json_bool (object, name, &G_STRUCT_MEMBER (gboolean, self, setting->offset));
  else
    g_set_str (&G_STRUCT_MEMBER (char *, self, setting->offset),
               peal_practice_json_get_string (object, name, NULL));
}

void
peal_practice_settings_init (PealPracticeSettings *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const Setting *setting = &settings[i];

      if (setting->type == G_TYPE_INT64)
        G_STRUCT_MEMBER (gint64, self, setting->offset) = setting->number;
      else if (setting->type == G_TYPE_BOOLEAN)
        G_STRUCT_MEMBER (gboolean, self, setting->offset) = (gboolean)setting->number;
      else if (setting->choices != NULL)
        {
          g_auto (GStrv) choices = g_strsplit (setting->choices, "|", -1);

          g_set_str (&G_STRUCT_MEMBER (char *, self, setting->offset), choices[0]);
        }
    }
}

void
peal_practice_settings_clear (PealPracticeSettings *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (settings[i].type == G_TYPE_STRING)
      g_clear_pointer (&G_STRUCT_MEMBER (char *, self, settings[i].offset), g_free);
}

JsonObject *
peal_practice_settings_to_json (const PealPracticeSettings *self)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const Setting *setting = &settings[i];

      if (setting->type == G_TYPE_INT64)
        json_object_set_int_member (object, setting->name, G_STRUCT_MEMBER (gint64, self, setting->offset));
      else if (setting->type == G_TYPE_BOOLEAN)
        json_object_set_boolean_member (object, setting->name,
                                        G_STRUCT_MEMBER (gboolean, self, setting->offset));
      else
        peal_practice_json_set_text (object, setting->name, G_STRUCT_MEMBER (char *, self, setting->offset));
    }
  return object;
}

char *
peal_practice_settings_update (PealPracticeSettings *self, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    if (!is_acceptable (object, l->data))
      return g_strdup (l->data);
  for (GList *l = names; l != NULL; l = l->next)
    apply (self, object, l->data);
  return NULL;
}
