/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-consent.h"

#include "peal-practice-html.h"
#include "peal-practice-pictures.h"

#include <string.h>

#define TARGET_USERS 10

static const struct
{
  const char *scope;
  const char *text;
} explanations[] = {
  { "user.info.basic", "Read your profile picture and display name" },
  { "user.info.profile", "Read your username, biography and profile link" },
  { "user.info.stats", "Read your follower, like and video counts" },
  { "video.list", "Read your public videos" },
  { "video.upload", "Send drafts to your inbox" },
  { "video.publish", "Post videos to your account" },
};

static const char *
check_scopes (const char *scope)
{
  g_auto (GStrv) scopes = g_strsplit (scope, ",", -1);

  for (guint i = 0; scopes[i] != NULL; i++)
    if (!g_strv_contains (peal_practice_app_scopes (), scopes[i]))
      return "invalid_scope: scope names something that this app may not ask for.";
  return NULL;
}

/* Base64url passes here, as it does at TikTok: its exchange fails. */
static const char *
check_challenge (const PealPracticeConsent *self, const char *method, gboolean is_strict)
{
  gsize length = self->challenge != NULL ? strlen (self->challenge) : 0;

  if (!self->app->is_desktop)
    return NULL;
  if (length < 43 || length > 128)
    return "code_challenge is missing or malformed.";
  if (method == NULL || !g_str_equal (method, "S256"))
    return "code_challenge_method must be S256.";
  if (is_strict && (length != 64 || strspn (self->challenge, "0123456789abcdef") != 64))
    return "code_challenge must be 64 hexadecimal digits.";
  return NULL;
}

const char *
peal_practice_consent_read (PealPracticeConsent *self, GHashTable *params, gboolean strict_challenge)
{
  const char *type, *fault;

  if (params == NULL)
    return "client_key is missing.";
  type = g_hash_table_lookup (params, "response_type");
  self->app = peal_practice_app_find (g_hash_table_lookup (params, "client_key"));
  self->scope = g_hash_table_lookup (params, "scope");
  self->redirect_uri = g_hash_table_lookup (params, "redirect_uri");
  self->state = g_hash_table_lookup (params, "state");
  self->challenge = g_hash_table_lookup (params, "code_challenge");
  self->is_auto_auth_disabled = g_strcmp0 (g_hash_table_lookup (params, "disable_auto_auth"), "1") == 0;
  if (self->app == NULL)
    return "client_key is missing or unknown.";
  if (self->redirect_uri == NULL || !peal_practice_app_has_redirect (self->app, self->redirect_uri))
    return "redirect_uri is missing or not registered for this app.";
  if (type == NULL || !g_str_equal (type, "code"))
    return "unsupported_response_type: response_type must be code.";
  if (self->state == NULL || *self->state == '\0')
    return "state is missing.";
  if (self->scope == NULL || *self->scope == '\0')
    return "scope is missing.";
  fault = check_scopes (self->scope);
  if (fault != NULL)
    return fault;
  return check_challenge (self, g_hash_table_lookup (params, "code_challenge_method"), strict_challenge);
}

gboolean
peal_practice_consent_admits (const PealPracticeConsent *self, const PealPracticeCreator *creator)
{
  return !self->app->is_sandbox || creator->index < TARGET_USERS;
}

static void
append_creators (GString *html, const PealPracticeConsent *self, PealPracticeWorld *world)
{
  gboolean is_first = TRUE;

  g_string_append (html, "<fieldset><legend>Continue as</legend>");
  for (guint i = 0; i < world->creators->len; i++)
    {
      PealPracticeCreator *creator = world->creators->pdata[i];
      g_autofree char *picture = peal_practice_pictures_dup_avatar_url (world, creator, 96);

      if (!peal_practice_consent_admits (self, creator))
        continue;
      g_string_append_printf (html, "<label><input type=\"radio\" name=\"creator\" value=\"%s\"%s>",
                              creator->profile->username, is_first ? " checked" : "");
      g_string_append (html, "<img alt=\"\" width=\"40\" height=\"40\" class=\"avatar small\" src=\"");
      peal_practice_html_text (html, picture + strlen (world->base));
      g_string_append (html, "\"><span>");
      peal_practice_html_text (html, creator->profile->nickname);
      g_string_append_printf (html, " <span class=\"dim\">@%s</span></span></label>",
                              creator->profile->username);
      is_first = FALSE;
    }
  g_string_append (html, "</fieldset>");
}

static void
append_scopes (GString *html, const PealPracticeConsent *self)
{
  g_string_append (html, "<fieldset><legend>It would like to</legend>");
  for (guint i = 0; i < G_N_ELEMENTS (explanations); i++)
    {
      const char *scope = explanations[i].scope;
      gboolean is_basic = g_str_equal (scope, "user.info.basic");

      if (peal_practice_scopes_contain (self->scope, scope))
        g_string_append_printf (
            html,
            "<label><input type=\"checkbox\" name=\"grant:%s\" value=\"1\" checked%s><span>%s"
            " <span class=\"dim\">%s</span></span></label>",
            scope, is_basic ? " disabled" : "", explanations[i].text, scope);
    }
  g_string_append (html, "</fieldset>");
}

char *
peal_practice_consent_dup_page (const PealPracticeConsent *self,
                                PealPracticeWorld *world,
                                const char *page_token)
{
  g_autoptr (GString) html = g_string_new (NULL);

  peal_practice_html_open (html, "Allow access");
  g_string_append (html, "<main class=\"narrow\"><h1>");
  peal_practice_html_text (html, self->app->title);
  g_string_append (html,
                   " wants to use a practice account</h1><p class=\"note\">This is a practice world on this "
                   "computer. Nothing here reaches TikTok.</p>"
                   "<form method=\"post\" action=\"/v2/auth/authorize/\" class=\"card\">");
  peal_practice_html_hidden (html, "page_token", page_token);
  peal_practice_html_hidden (html, "client_key", self->app->client_key);
  peal_practice_html_hidden (html, "response_type", "code");
  peal_practice_html_hidden (html, "scope", self->scope);
  peal_practice_html_hidden (html, "redirect_uri", self->redirect_uri);
  peal_practice_html_hidden (html, "state", self->state);
  if (self->challenge != NULL)
    {
      peal_practice_html_hidden (html, "code_challenge", self->challenge);
      peal_practice_html_hidden (html, "code_challenge_method", "S256");
    }
  append_creators (html, self, world);
  append_scopes (html, self);
  g_string_append (html,
                   "<div class=\"buttons\"><button class=\"main\" name=\"answer\" value=\"allow\">Continue"
                   "</button><button name=\"answer\" value=\"deny\">Deny</button></div></form></main>");
  peal_practice_html_close (html);
  return g_string_free (g_steal_pointer (&html), FALSE);
}

char *
peal_practice_consent_dup_answer (const PealPracticeConsent *self, const PealPracticeCode *code)
{
  g_autofree char *state = g_uri_escape_string (self->state, NULL, FALSE);
  g_autofree char *value = NULL, *scopes = NULL;

  if (code == NULL)
    return g_strdup_printf (
        "%s?error=access_denied&error_description=User%%20denied%%20the%%20request&state=%s",
        self->redirect_uri, state);
  /* This also escapes the `*` and `!` of a code, as TikTok does. */
  value = g_uri_escape_string (code->value, NULL, FALSE);
  scopes = g_uri_escape_string (code->scopes, NULL, FALSE);
  return g_strdup_printf ("%s?code=%s&scopes=%s&state=%s", self->redirect_uri, value, scopes, state);
}

char *
peal_practice_consent_dup_origin (const PealPracticeConsent *self)
{
  const char *host = strstr (self->redirect_uri, "://");
  const char *end = host != NULL ? strchr (host + 3, '/') : NULL;

  return end != NULL ? g_strndup (self->redirect_uri, (gsize)(end - self->redirect_uri)) : g_strdup ("");
}
