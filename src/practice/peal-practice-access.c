/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-access.h"

#include "peal-practice-json.h"
#include "peal-practice-random.h"

struct _PealPracticeAccess
{
  GPtrArray *grants;
  GHashTable *tokens; /* value → PealPracticeToken */
  GHashTable *codes;  /* value → PealPracticeCode */
  guint last_id;
};

static void
grant_free (PealPracticeGrant *grant)
{
  g_free (grant->scopes);
  g_free (grant);
}

static void
token_free (PealPracticeToken *token)
{
  g_free (token->value);
  g_free (token);
}

static void
code_free (PealPracticeCode *code)
{
  g_free (code->value);
  g_free (code->scopes);
  g_free (code->redirect_uri);
  g_free (code->challenge);
  g_free (code);
}

PealPracticeAccess *
peal_practice_access_new (void)
{
  PealPracticeAccess *self = g_new0 (PealPracticeAccess, 1);

  self->grants = g_ptr_array_new_with_free_func ((GDestroyNotify)grant_free);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)token_free);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)code_free);
  return self;
}

void
peal_practice_access_free (PealPracticeAccess *self)
{
  g_clear_pointer (&self->codes, g_hash_table_unref);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_clear_pointer (&self->grants, g_ptr_array_unref);
  g_free (self);
}

const PealPracticeCode *
peal_practice_access_add_code (PealPracticeAccess *self,
                               const PealPracticeApp *app,
                               PealPracticeCreator *creator,
                               const char *scopes,
                               const char *redirect_uri,
                               const char *challenge,
                               gint64 expires)
{
  PealPracticeCode *code = g_new0 (PealPracticeCode, 1);
  g_autofree char *text = peal_practice_secret_text (48);

  /* The `*` and `!` of real codes, which a client has to decode exactly once. */
  code->value = g_strdup_printf ("%s*0!6410.e1", text);
  code->app = app;
  code->creator = creator;
  code->scopes = g_strdup (scopes);
  code->redirect_uri = g_strdup (redirect_uri);
  code->challenge = g_strdup (challenge);
  code->expires = expires;
  g_hash_table_replace (self->codes, code->value, code);
  return code;
}

PealPracticeCode *
peal_practice_access_find_code (PealPracticeAccess *self, const char *value)
{
  return g_hash_table_lookup (self->codes, value);
}

PealPracticeGrant *
peal_practice_access_add_grant (PealPracticeAccess *self,
                                const PealPracticeApp *app,
                                PealPracticeCreator *creator,
                                const char *scopes)
{
  PealPracticeGrant *grant = g_new0 (PealPracticeGrant, 1);

  grant->id = ++self->last_id;
  grant->app = app;
  grant->creator = creator;
  grant->scopes = g_strdup (scopes);
  g_ptr_array_add (self->grants, grant);
  return grant;
}

PealPracticeGrant *
peal_practice_access_find_grant (PealPracticeAccess *self,
                                 const PealPracticeApp *app,
                                 PealPracticeCreator *creator)
{
  for (guint i = self->grants->len; i > 0; i--)
    {
      PealPracticeGrant *grant = self->grants->pdata[i - 1];

      if (grant->app == app && grant->creator == creator && !grant->is_revoked)
        return grant;
    }
  return NULL;
}

static PealPracticeToken *
insert_token (PealPracticeAccess *self,
              PealPracticeGrant *grant,
              char *value,
              gboolean is_refresh,
              gint64 expires)
{
  PealPracticeToken *token = g_new0 (PealPracticeToken, 1);

  token->value = value;
  token->grant = grant;
  token->is_refresh = is_refresh;
  token->expires = expires;
  g_hash_table_replace (self->tokens, token->value, token);
  return token;
}

const PealPracticeToken *
peal_practice_access_add_token (PealPracticeAccess *self,
                                PealPracticeGrant *grant,
                                gboolean is_refresh,
                                gint64 expires)
{
  g_autofree char *text = peal_practice_secret_text (56);
  char *value = g_strdup_printf (is_refresh ? "rft.%s!5019.e1" : "act.%s!5021.e1", text);

  return insert_token (self, grant, value, is_refresh, expires);
}

const PealPracticeToken *
peal_practice_access_find_token (PealPracticeAccess *self, const char *value, gboolean is_refresh, gint64 now)
{
  PealPracticeToken *token = g_hash_table_lookup (self->tokens, value);

  if (token == NULL || token->is_refresh != is_refresh || token->expires <= now || token->grant->is_revoked)
    return NULL;
  return token;
}

void
peal_practice_access_drop_token (PealPracticeAccess *self, const char *value)
{
  g_hash_table_remove (self->tokens, value);
}

static gboolean
is_access_token_of (gpointer key, PealPracticeToken *token, const PealPracticeGrant *grant)
{
  return token->grant == grant && !token->is_refresh;
}

void
peal_practice_access_drop_access_tokens (PealPracticeAccess *self, const PealPracticeGrant *grant)
{
  g_hash_table_foreach_remove (self->tokens, (GHRFunc)is_access_token_of, (gpointer)grant);
}

static gboolean
is_token_dead (gpointer key, PealPracticeToken *token, gpointer data)
{
  return token->grant->is_revoked;
}

void
peal_practice_access_revoke (PealPracticeAccess *self,
                             const PealPracticeApp *app,
                             PealPracticeCreator *creator)
{
  for (guint i = 0; i < self->grants->len; i++)
    {
      PealPracticeGrant *grant = self->grants->pdata[i];

      if (grant->creator == creator && (app == NULL || grant->app == app))
        grant->is_revoked = TRUE;
    }
  g_hash_table_foreach_remove (self->tokens, (GHRFunc)is_token_dead, NULL);
}

static JsonArray *
tokens_to_json (PealPracticeAccess *self)
{
  JsonArray *array = json_array_new ();
  GHashTableIter iter;
  PealPracticeToken *token;

  g_hash_table_iter_init (&iter, self->tokens);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&token))
    {
      JsonObject *item = json_object_new ();

      json_object_set_string_member (item, "value", token->value);
      json_object_set_int_member (item, "grant", token->grant->id);
      json_object_set_boolean_member (item, "refresh", token->is_refresh);
      json_object_set_int_member (item, "expires", token->expires);
      json_array_add_object_element (array, item);
    }
  return array;
}

JsonObject *
peal_practice_access_to_json (PealPracticeAccess *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *grants = json_array_new ();

  for (guint i = 0; i < self->grants->len; i++)
    {
      PealPracticeGrant *grant = self->grants->pdata[i];
      JsonObject *item = json_object_new ();

      json_object_set_int_member (item, "id", grant->id);
      json_object_set_string_member (item, "client_key", grant->app->client_key);
      json_object_set_string_member (item, "creator", grant->creator->profile->username);
      json_object_set_string_member (item, "scopes", grant->scopes);
      json_object_set_boolean_member (item, "revoked", grant->is_revoked);
      json_array_add_object_element (grants, item);
    }
  json_object_set_array_member (object, "grants", grants);
  json_object_set_array_member (object, "tokens", tokens_to_json (self));
  return object;
}

static PealPracticeCreator *
find_creator (GPtrArray *creators, const char *username)
{
  for (guint i = 0; i < creators->len; i++)
    {
      PealPracticeCreator *creator = creators->pdata[i];

      if (g_strcmp0 (creator->profile->username, username) == 0)
        return creator;
    }
  return NULL;
}

static void
load_grant (PealPracticeAccess *self, JsonObject *item, GPtrArray *creators)
{
  const PealPracticeApp *app =
      peal_practice_app_find (peal_practice_json_get_string (item, "client_key", NULL));
  PealPracticeCreator *creator =
      find_creator (creators, peal_practice_json_get_string (item, "creator", NULL));
  PealPracticeGrant *grant;

  if (app == NULL || creator == NULL)
    return;
  grant =
      peal_practice_access_add_grant (self, app, creator, peal_practice_json_get_string (item, "scopes", ""));
  grant->id = (guint)peal_practice_json_get_int (item, "id", 0);
  grant->is_revoked = peal_practice_json_get_bool (item, "revoked", FALSE);
  self->last_id = MAX (self->last_id, grant->id);
}

static void
load_token (PealPracticeAccess *self, JsonObject *item)
{
  const char *value = peal_practice_json_get_string (item, "value", NULL);
  gint64 id = peal_practice_json_get_int (item, "grant", 0);

  for (guint i = 0; value != NULL && i < self->grants->len; i++)
    {
      PealPracticeGrant *grant = self->grants->pdata[i];

      if (grant->id == id)
        insert_token (self, grant, g_strdup (value), peal_practice_json_get_bool (item, "refresh", FALSE),
                      peal_practice_json_get_int (item, "expires", 0));
    }
}

void
peal_practice_access_load (PealPracticeAccess *self, JsonObject *object, GPtrArray *creators)
{
  JsonArray *array = NULL;
  JsonObject *item;

  if (peal_practice_json_array (object, "grants", &array) == PEAL_PRACTICE_PRESENT)
    for (guint i = 0; i < json_array_get_length (array); i++)
      if ((item = peal_practice_json_element (array, i)) != NULL)
        load_grant (self, item, creators);
  if (peal_practice_json_array (object, "tokens", &array) == PEAL_PRACTICE_PRESENT)
    for (guint i = 0; i < json_array_get_length (array); i++)
      if ((item = peal_practice_json_element (array, i)) != NULL)
        load_token (self, item);
}
