/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-handlers.h"

#include "peal-practice-consent.h"
#include "peal-practice-html.h"
#include "peal-practice-random.h"

#include <string.h>

#define COOKIE "practice_session"

static void
show_fault (PealPracticeCall *call, const char *fault)
{
  g_autoptr (GString) html = g_string_new (NULL);

  peal_practice_html_open (html, "Something went wrong");
  g_string_append (html, "<main class=\"narrow\"><h1>Something went wrong</h1><p class=\"card\">");
  peal_practice_html_text (html, fault);
  g_string_append (
      html, "</p><p class=\"note\">The app is not told about this. Go back to it and try again.</p></main>");
  peal_practice_html_close (html);
  peal_practice_call_html (call, 400, html->str, NULL);
}

static PealPracticeCreator *
find_session (PealPracticeCall *call)
{
  const char *header = peal_practice_call_get_header (call, "Cookie");
  g_auto (GStrv) parts = g_strsplit (header != NULL ? header : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (g_str_has_prefix (part, COOKIE "="))
        return g_hash_table_lookup (call->sessions, part + strlen (COOKIE "="));
    }
  return NULL;
}

static void
begin_session (PealPracticeCall *call, PealPracticeCreator *creator)
{
  g_autofree char *cookie = peal_practice_secret_text (32);
  g_autofree char *header = g_strdup_printf (COOKIE "=%s; Path=/; HttpOnly; SameSite=Lax", cookie);

  soup_message_headers_append (soup_server_message_get_response_headers (call->message), "Set-Cookie",
                               header);
  g_hash_table_replace (call->sessions, g_steal_pointer (&cookie), creator);
}

static void
grant (PealPracticeCall *call,
       const PealPracticeConsent *consent,
       PealPracticeCreator *creator,
       const char *scopes)
{
  PealPracticeWorld *world = call->world;
  gint64 expires = peal_practice_world_now (world) + world->settings.code_lifetime * G_USEC_PER_SEC;
  const PealPracticeCode *code = peal_practice_access_add_code (
      world->access, consent->app, creator, scopes, consent->redirect_uri, consent->challenge, expires);
  g_autofree char *location = peal_practice_consent_dup_answer (consent, code);

  begin_session (call, creator);
  peal_practice_call_redirect (call, location);
}

static void
deny (PealPracticeCall *call, const PealPracticeConsent *consent)
{
  g_autofree char *location = peal_practice_consent_dup_answer (consent, NULL);

  peal_practice_call_redirect (call, location);
}

/* The one that the settings name, else the first that this app does not have yet, else the first. */
static PealPracticeCreator *
choose_creator (PealPracticeCall *call, const PealPracticeConsent *consent)
{
  PealPracticeWorld *world = call->world;
  PealPracticeCreator *creator =
      peal_practice_world_find_creator (world, world->settings.auto_consent_creator);

  for (guint i = 0; creator == NULL && i < world->creators->len; i++)
    {
      PealPracticeCreator *candidate = world->creators->pdata[i];

      if (peal_practice_consent_admits (consent, candidate)
          && peal_practice_access_find_grant (world->access, consent->app, candidate) == NULL)
        creator = candidate;
    }
  return creator != NULL ? creator : world->creators->pdata[0];
}

static void
answer_at_once (PealPracticeCall *call, const PealPracticeConsent *consent)
{
  const PealPracticeSettings *settings = &call->world->settings;

  if (settings->auto_consent_deny)
    deny (call, consent);
  else
    grant (call, consent, choose_creator (call, consent),
           settings->auto_consent_scopes != NULL ? settings->auto_consent_scopes : consent->scope);
}

/* A browser that is signed in, and an account that allowed all of this before: nobody is asked again. */
static PealPracticeCreator *
find_silent (PealPracticeCall *call, const PealPracticeConsent *consent)
{
  PealPracticeCreator *creator = consent->is_auto_auth_disabled ? NULL : find_session (call);
  PealPracticeGrant *earlier =
      creator != NULL ? peal_practice_access_find_grant (call->world->access, consent->app, creator) : NULL;
  g_auto (GStrv) scopes = g_strsplit (consent->scope, ",", -1);

  for (guint i = 0; earlier != NULL && scopes[i] != NULL; i++)
    if (!peal_practice_scopes_contain (earlier->scopes, scopes[i]))
      return NULL;
  return earlier != NULL ? creator : NULL;
}

void
peal_practice_authorize_show (PealPracticeCall *call)
{
  PealPracticeConsent consent = { 0 };
  const char *fault =
      peal_practice_consent_read (&consent, call->query, call->world->settings.strict_challenge);
  g_autofree char *page = NULL, *origin = NULL;
  PealPracticeCreator *silent;

  if (fault != NULL)
    {
      show_fault (call, fault);
      return;
    }
  silent = find_silent (call, &consent);
  if (call->world->settings.auto_consent)
    answer_at_once (call, &consent);
  else if (silent != NULL)
    grant (call, &consent, silent, consent.scope);
  else
    {
      page = peal_practice_consent_dup_page (&consent, call->world, call->page_token);
      origin = peal_practice_consent_dup_origin (&consent);
      peal_practice_call_html (call, 200, page, origin);
    }
}

/* Returns: (transfer full): the scopes that stayed ticked; the basic one always does. */
static char *
dup_granted (GHashTable *form, const char *scope)
{
  g_auto (GStrv) asked = g_strsplit (scope, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) granted = NULL;

  for (guint i = 0; asked[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("grant:", asked[i], NULL);

      if (g_str_equal (asked[i], "user.info.basic") || g_hash_table_contains (form, name))
        g_strv_builder_add (builder, asked[i]);
    }
  granted = g_strv_builder_end (builder);
  return g_strjoinv (",", granted);
}

void
peal_practice_authorize_answer (PealPracticeCall *call)
{
  g_autoptr (GHashTable) form = peal_practice_call_dup_form (call);
  PealPracticeConsent consent = { 0 };
  const char *fault = peal_practice_consent_read (&consent, form, call->world->settings.strict_challenge);
  const char *token = form != NULL ? g_hash_table_lookup (form, "page_token") : NULL;
  PealPracticeCreator *creator;
  g_autofree char *scopes = NULL;

  if (fault != NULL)
    {
      show_fault (call, fault);
      return;
    }
  if (token == NULL || !peal_practice_secret_equal (call->page_token, token))
    {
      show_fault (call, "This form did not come from this server. Go back to the app and start again.");
      return;
    }
  if (g_strcmp0 (g_hash_table_lookup (form, "answer"), "allow") != 0)
    {
      deny (call, &consent);
      return;
    }
  creator = peal_practice_world_find_creator (call->world, g_hash_table_lookup (form, "creator"));
  if (creator == NULL || !peal_practice_consent_admits (&consent, creator))
    {
      show_fault (call, "This account cannot sign in to this app.");
      return;
    }
  scopes = dup_granted (form, consent.scope);
  grant (call, &consent, creator, scopes);
}
